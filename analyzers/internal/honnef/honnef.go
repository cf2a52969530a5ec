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
	files, ok := pass.ResultOf[generated.Analyzer].(map[string]generated.Generator)
	if !ok {
		return false, fmt.Errorf("analyzer %s does not require %s", pass.Analyzer.Name, generated.Analyzer.Name)
	}
	kind, ok := files[pass.Fset.PositionFor(pos, false).Filename]
	return ok && kind != generated.Cgo, nil
}

// DisplayPosition returns where pos lies for a reader: the position that
// //line directives name if that is a Go file (cgo), else the physical one
// (a parser generated from a grammar).
func DisplayPosition(fset *token.FileSet, pos token.Pos) token.Position {
	return report.DisplayPosition(fset, pos)
}
