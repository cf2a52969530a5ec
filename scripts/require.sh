#!/bin/sh
# Says in one line what is missing: scripts/require.sh go cc git python3
set -eu
missing=
for tool in "$@"; do
	case $tool in
	cc) command -v "${CC:-cc}" >/dev/null 2>&1 || missing="$missing a C compiler (gcc or clang),";;
	*) command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool,";;
	esac
done
if [ -n "$missing" ]; then
	echo "missing:${missing%,}; install it and run the same command again" >&2
	exit 1
fi
