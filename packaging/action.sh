#!/usr/bin/env bash
# What action.yml runs: the whole tree for code scanning, and then the judgement that fails
# or passes the run. Inputs are INPUT_… variables; PICKLE_LINT_SOURCE is the checkout that is
# built, unless PICKLE_LINT names a binary.
set -euo pipefail

lines() { # one argument a line, blank lines left out
	local line
	while IFS= read -r line; do
		line=${line%$'\r'}
		[ -z "${line//[[:space:]]/}" ] || printf '%s\0' "$line"
	done <<<"$1"
}
mapfile -d '' -t paths < <(lines "${INPUT_PATHS:-./...}")
mapfile -d '' -t flags < <(lines "${INPUT_ARGS:-}")
[ -z "${INPUT_CATEGORY:-}" ] || flags+=(--sarif-category "$INPUT_CATEGORY")

tool=${PICKLE_LINT:-}
if [ -z "$tool" ]; then
	tool=${RUNNER_TEMP:?}/pickle-lint
	(cd "$PICKLE_LINT_SOURCE" && go build -trimpath -o "$tool" ./cmd/pickle-lint)
fi

sarif=${INPUT_SARIF:-pickle-lint.sarif}
case $sarif in
/*) ;;
*)
	# What lies there came with the commit: it would go to code scanning where nothing is written.
	sarif=$PWD/$sarif
	rm -f -- "$sarif"
	;;
esac

since=${INPUT_SINCE:-}
if [ "$since" = auto ]; then
	since=
	[ -z "${GITHUB_BASE_REF:-}" ] || since=origin/$GITHUB_BASE_REF
fi
judge=()
[ -z "${INPUT_FAIL_ON:-}" ] || judge+=(--fail-on "$INPUT_FAIL_ON")
format=text
[ "${INPUT_ANNOTATE:-true}" != true ] || format=github

# finish says how it ended to the steps that follow.
finish() {
	{
		echo "exit-code=$1"
		[ ! -s "$sarif" ] || echo "sarif=$sarif"
	} >>"${GITHUB_OUTPUT:-/dev/null}"
	exit "$1"
}

# run keeps words of the repository from being commands: the runner takes "##[stop-commands]…"
# anywhere in a line, from standard error too. Annotations are escaped for it already.
run() {
	{ { "$@" 2>&1 1>&3 3>&- | sed -e 's/##\[/#\\#[/g' -e 's/^\([[:space:]]*\)::/\1\\::/' >&2; } 3>&1 | sed -e '/^::/!s/##\[/#\\#[/g'; }
}

code=0
if [ -z "$since" ]; then
	run "$tool" --format "$format" --output "sarif:$sarif" "${flags[@]}" "${judge[@]}" -- "${paths[@]}" || code=$?
	finish "$code"
fi
# Code scanning compares with the base itself, and closes alerts that are not in the file.
run "$tool" --output "sarif:$sarif" --fail-on never "${flags[@]}" -- "${paths[@]}" >/dev/null || code=$?
[ "$code" -ne 2 ] || finish 2
code=0
run "$tool" --format "$format" --since "$since" "${flags[@]}" "${judge[@]}" -- "${paths[@]}" || code=$?
finish "$code"
