#!/bin/sh
# Runs every analyzer as a vet tool over code of other people, where none may panic or fail:
#
#	scripts/vettool.sh        some of the standard library and of x/tools (half a minute)
#	scripts/vettool.sh all    all of both (minutes)
#
# What the analyzers find there is not looked at. GO is the go command.
set -eu
cd "$(dirname "$0")/.."
: "${GO:=go}"
std='encoding/... net/rpc/... net/http/... database/sql/... go/... text/... runtime/cgo'
tools='./go/ssa/... ./go/callgraph/... ./go/packages ./internal/gcimporter'
if [ "${1:-}" = all ]; then
	std=std
	tools=./...
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$GO" build -buildvcs=false -o "$work/" ./cmd/pickle-lint ./cmd/pickle-vet
x=$("$GO" mod download -json golang.org/x/tools | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')

# run TOOL DIRECTORY PATTERN...
run() {
	tool=$1 dir=$2
	shift 2
	echo "$tool over $*"
	# With -json findings do not make the go command fail; a tool that ends badly does,
	# and an analyzer that gives an error is in the answer.
	if ! (cd "$dir" && GOWORK=off "$GO" vet -json -vettool="$work/$tool" "$@") >"$work/out" 2>"$work/err" ||
		grep -q '"error":' "$work/out" || grep -q '^panic:\|internal error' "$work/err"; then
		grep -v '^#' "$work/err" | head -40 >&2
		grep -A2 '"error":' "$work/out" | head -20 >&2
		echo "$tool fails over $*" >&2
		exit 1
	fi
}

run pickle-vet . $std
[ "${1:-}" != all ] || run pickle-lint . $std
(cd "$x" && run pickle-vet . $tools)
