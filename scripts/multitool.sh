#!/bin/sh
# Installs Microsoft's SARIF Multitool below .tools, at the version and with the digest of
# scripts/multitool/package-lock.json, and validates what we write with its rules for SARIF
# and for GitHub code scanning: no error and no warning.
set -eu
cd "$(dirname "$0")/.."
scripts/require.sh npm
dir=$PWD/.tools/multitool
if ! cmp -s scripts/multitool/package-lock.json "$dir/package-lock.json"; then
	rm -rf "$dir"
	mkdir -p "$dir"
	cp scripts/multitool/*.json "$dir"
	npm ci --prefix "$dir" --ignore-scripts --no-audit --no-fund || { rm -rf "$dir"; exit 1; }
fi
tool=$dir/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$tool"
(cd cmd/e2e && PICKLE_MULTITOOL="$tool" go test -count=1 -run 'SARIF$' .)
