// Pickle-vet runs the Go analyzers of pickle-lint under go vet:
//
//	go vet -vettool=$(which pickle-vet) ./...
//
// It needs no cgo. Stored blobs and Python sources are looked at by pickle-lint.
package main

import (
	"runtime/debug"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/pickle-lint/pickle-lint/analyzers"
)

func main() {
	debug.SetGCPercent(analyzers.GCPercent)
	unitchecker.Main(analyzers.Suite...)
}
