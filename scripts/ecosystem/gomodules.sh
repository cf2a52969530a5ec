#!/bin/sh
# Runs pickle-lint over modules of other people, with what the Go proxy has of them.
#
#   gomodules.sh LINTER OUT MODULE@VERSION...
#
# Each module is copied to OUT, a new directory, because the module cache cannot be written
# to; OUT/NAME.json is the report. What modules depend on is fetched and compiled before the
# clock runs. A line a module: user and system seconds, wall clock, peak memory of a process
# in KB, and the summary.
set -eu

if [ $# -lt 3 ]; then
	sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
linter=$(realpath "$1")
mkdir "$2"
out=$(realpath "$2")
shift 2
: "${GO:=go}"
export GOWORK=off

for module; do
	name=$(echo "$module" | tr '/@' '__')
	dir=$(cd "$out" && "$GO" mod download -json "$module" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
	cp -r "$dir" "$out/$name"
	chmod -R u+w "$out/$name"
	cd "$out/$name"
	case $module in
	github.com/hashicorp/packer-plugin-sdk@*)
		# Its own advice: the released go-cty has no gob any more.
		"$GO" mod edit -replace github.com/zclconf/go-cty=github.com/nywilken/go-cty@v1.13.3
		GOFLAGS=-mod=mod "$GO" list -deps ./... >/dev/null
		;;
	esac
	"$GO" vet ./... >/dev/null 2>&1 || true
	/usr/bin/time -q -o "$out/$name.time" -f "%U %S %e %M" \
		"$linter" --no-cache --progress never --format json ./... >"$out/$name.json" 2>"$out/$name.err" || test $? -le 3
	echo "$module: $(cat "$out/$name.time") $(tail -1 "$out/$name.json")"
done
