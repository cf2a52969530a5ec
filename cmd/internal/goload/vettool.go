package goload

import (
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/pickle-lint/pickle-lint/analyzers"
)

// IsVettool reports whether arguments, without the program's name, are those of
// the go command calling a vettool: -V=full, -flags, or flags and then the
// vet.cfg of a package. The pickle-lint command asks first of all, because it is
// its own vettool.
func IsVettool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	if len(args) == 1 && (last == "-V=full" || last == "-flags") {
		return true
	}
	// The go command names the file so. Any other *.cfg may be something that a
	// person wants to have looked at.
	if filepath.Base(last) != "vet.cfg" {
		return false
	}
	for _, arg := range args[:len(args)-1] {
		if !strings.HasPrefix(arg, "-") {
			return false
		}
	}
	return true
}

// VetMain is the vettool. It does not return.
func VetMain() { unitchecker.Main(analyzers.Suite...) }
