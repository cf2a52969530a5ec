// Package honnef is the one place that imports honnef.co/go/tools, which makes
// no promise of a stable interface. It offers two things of it: which files are
// generated, and where a position lies for a reader.
//
// The functions of honnef.co/go/tools that need further analyzers among the
// prerequisites of a pass (they panic without them, and under go vet such a
// panic fails every package) stay unused, and so do its ways of reporting.
package honnef

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/facts/generated"
	"honnef.co/go/tools/analysis/report"
)

// Generated must be among the prerequisites of an analyzer that calls
// [IsGenerated].
var Generated = generated.Analyzer

// IsGenerated reports whether the file around pos carries the "Code generated"
// mark. The files that cgo makes carry one too, but what they hold was written
// by a person, in the file that their //line directives name.
func IsGenerated(pass *analysis.Pass, pos token.Pos) (bool, error) {
	kind, ok, err := generator(pass, pos)
	return ok && kind != generated.Cgo, err
}

// IsCgo reports whether the file around pos is cgo's rewriting of another, which
// lies in the build cache, where nobody wants to read it.
func IsCgo(pass *analysis.Pass, pos token.Pos) (bool, error) {
	kind, ok, err := generator(pass, pos)
	return ok && kind == generated.Cgo, err
}

func generator(pass *analysis.Pass, pos token.Pos) (kind generated.Generator, ok bool, err error) {
	files, is := pass.ResultOf[generated.Analyzer].(map[string]generated.Generator)
	if !is {
		return kind, false, fmt.Errorf("analyzer %s does not require %s", pass.Analyzer.Name, generated.Analyzer.Name)
	}
	kind, ok = files[pass.Fset.PositionFor(pos, false).Filename]
	return kind, ok, nil
}

// DisplayPosition returns the position that //line directives name if that is a
// Go file, else the physical one. It is for the files of cgo: anywhere else a
// directive says whatever its author likes, also that a finding lies in a file
// that nobody lints.
func DisplayPosition(fset *token.FileSet, pos token.Pos) token.Position {
	return report.DisplayPosition(fset, pos)
}
