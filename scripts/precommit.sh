#!/bin/sh
# The hooks in pre-commit, over file://, with everything that it builds. It is installed from
# Debian's packages where there is none and it may be.
set -eu
cd "$(dirname "$0")/.."
if ! command -v pre-commit >/dev/null; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "no pre-commit: install one" >&2
		exit 1
	fi
	fetch() {
		apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends pre-commit >&2
	}
	# A mirror that is being updated answers a few seconds later.
	fetch || { sleep 10 && fetch; }
fi
cd cmd/e2e && PICKLE_PRECOMMIT=1 "${GO:-go}" test -count=1 -run '^TestPreCommit' .
