#!/bin/sh
# Installs the pinned golangci-lint below .tools and runs it over all modules.
set -eu
cd "$(dirname "$0")/.."
version=v2.15.0
bin=$PWD/.tools/golangci-lint-$version
if [ ! -x "$bin/golangci-lint" ]; then
	echo "installing golangci-lint $version (a few minutes the first time)"
	GOBIN="$bin" go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"
fi
"$bin/golangci-lint" run ./...
(cd cmd/e2e && "$bin/golangci-lint" run --config ../../.golangci.yml ./...)
