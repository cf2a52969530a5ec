// Package source reads the files of a package that is analysed. Which files these are
// is the driver's affair.
package source

import (
	"os"

	"golang.org/x/tools/go/analysis"
)

// Read returns what is in a file. Bazel's nogo gives a pass no way to read files.
func Read(pass *analysis.Pass, name string) ([]byte, error) {
	if pass.ReadFile == nil {
		return os.ReadFile(name)
	}
	return pass.ReadFile(name)
}
