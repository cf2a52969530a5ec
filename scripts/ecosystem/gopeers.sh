#!/bin/sh
# Times the Go wing beside its peers, on one Go module.
#
#   gopeers.sh VETTOOL LINTER STATICCHECK GOSEC MODULE OUT
#
# VETTOOL is pickle-vet and LINTER pickle-lint; MODULE is a directory with a go.mod, OUT a
# new directory for the reports. Cold means that the packages are compiled and that nothing
# is known of what an analysis of them gave: each cold run of a vet tool is one of a copy
# with other bytes at its end, which the go command takes for another tool, and staticcheck
# gets a new cache. gosec has none. Each run is made twice and the better one counts.
set -eu

if [ $# != 6 ]; then
	sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
vettool=$(realpath "$1")
linter=$(realpath "$2")
staticcheck=$(realpath "$3")
gosec=$(realpath "$4")
module=$(realpath "$5")
mkdir "$6"
out=$(realpath "$6")
: "${GO:=go}"
export GOWORK=off
vet=$("$GO" tool -n vet)

# timed NAME COMMAND...: the report goes to OUT/NAME, the times, one run a line, to OUT/NAME.time.
# Findings make most of the tools end with 1 or 3.
timed() {
	name=$1
	shift
	/usr/bin/time -a -o "$out/$name.time" -f "%U %S %e %M" "$@" >"$out/$name" 2>"$out/$name.err" || test $? -le 3
}

# fresh TOOL: a copy of it that nobody has seen.
fresh() {
	cp "$1" "$out/tool"
	printf '%s' "$(date +%s%N)$run" >>"$out/tool"
}

cd "$module"
# What the tools ask the compiler for is there when the clock begins to run.
"$GO" vet ./... >/dev/null 2>&1 || true
for run in 1 2; do
	# The go command asks its own vet for no more than the version of Go, so that a copy of
	# it is nothing new; a flag that says what is so anyway is.
	fresh "$vet"
	timed vet "$GO" vet -vettool="$out/tool" -unusedresult.stringmethods="Error,String,Not$run$$" ./...
	fresh "$vettool"
	timed ours "$GO" vet -vettool="$out/tool" ./...
	timed ours-warm "$GO" vet -vettool="$out/tool" ./...
	fresh "$linter"
	timed lint "$out/tool" --no-cache --progress never --format json ./...
	timed lint-warm "$out/tool" --no-cache --progress never --format json ./...
	rm -rf "$out/staticcheck.cache"
	timed staticcheck env STATICCHECK_CACHE="$out/staticcheck.cache" "$staticcheck" ./...
	timed staticcheck-warm env STATICCHECK_CACHE="$out/staticcheck.cache" "$staticcheck" ./...
	timed gosec "$gosec" -quiet -fmt=json ./...
done
rm -rf "$out/tool" "$out/staticcheck.cache"

python3 "$here/gopeers.py" "$out"
