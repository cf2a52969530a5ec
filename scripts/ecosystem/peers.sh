#!/bin/sh
# Times pickle-lint beside its peers, and compares what they find.
#
#   NODE_PATH=DIR/node_modules peers.sh LINTER TREE OUT
#
# LINTER is the binary, TREE what corpus.py made of libraries.txt, OUT a new
# directory for the reports. bandit sees a part of the tree only, as it needs
# a minute for 25 MB. Each run is made twice and the better one counts.
set -eu

if [ $# != 3 ]; then
	sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
linter=$(realpath "$1")
tree=$(realpath "$2")
mkdir "$3"
out=$(realpath "$3")
PART="sklearn pandas networkx"
WORDS='pickle|marshal|shelve|joblib|torch'

# timed NAME COMMAND...: the report goes to OUT/NAME, the times, one run a line, to OUT/NAME.time.
timed() {
	name=$1
	shift
	for run in 1 2; do
		/usr/bin/time -a -o "$out/$name.time" -f "%U %S %e %M" "$@" >"$out/$name" 2>"$out/$name.err" || test $? -le 3
	done
}

mkdir "$out/part"
for package in $PART; do
	cp -R "$tree/$package" "$out/part/"
done

cd "$tree"
timed grep grep -rlE "$WORDS" .
timed ours-one env GOMAXPROCS=1 "$linter" -j 1 --no-cache --progress never --format json .
timed ours-all "$linter" --no-cache --progress never --format json .
timed ruff node "$here/ruff.js" .
cd "$out/part"
timed part-grep grep -rlE "$WORDS" .
timed part-ours-one env GOMAXPROCS=1 "$linter" -j 1 --no-cache --progress never --format json .
timed part-ruff node "$here/ruff.js" .
timed part-bandit bandit -q -r -t B301,B302,B403,B506 -f json .

python3 "$here/peers.py" "$out" "$tree"
