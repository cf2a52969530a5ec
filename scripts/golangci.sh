#!/bin/sh
# Builds golangci-lint with the linter picklelint in it below .tools, runs it over all modules
# as any golangci-lint, and then the tests that compare the linter with the command. The
# versions are those of cmd/pickle-golangci/go.mod; what has not changed is not built again.
set -eu
cd "$(dirname "$0")/.."
bin=$PWD/.tools/pickle-golangci
echo "building golangci-lint with picklelint (a few minutes the first time)"
(cd cmd/pickle-golangci && GOWORK=off go build -mod=readonly -o "$bin" . && GOWORK=off go vet .)
"$bin" run ./...
(cd cmd/e2e && "$bin" run --config ../../.golangci.yml ./...)
(cd cmd/e2e && PICKLE_GOLANGCI="$bin" go test -count=1 -run '^TestGolangci' .)
