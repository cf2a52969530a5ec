// Package directives reports what is wrong with the justifications of Go files:
// rules PKL9xx, whose tiles and whose judgement live in lint/justify.
package directives

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/judges"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
)

// Analyzer reports the rules of lint/justify. Its result is a []verdict.Finding.
var Analyzer = &analysis.Analyzer{
	Name: "directives",
	Doc: "check picklelint directives\n\n" +
		"Reports justifications that are malformed, incomplete, out of date, in the wrong place or dead.",
	URL: "https://github.com/pickle-lint/pickle-lint/blob/main/docs/rules/README.md",
	Run: run,
	// Whoever asks for claims has asked before.
	Requires:   append([]*analysis.Analyzer{decodesite.Analyzer}, judges.Analyzers()...),
	ResultType: reflect.TypeFor[[]verdict.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	result, ok := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok {
		return nil, fmt.Errorf("analyzer %s gave no sites", decodesite.Analyzer.Name)
	}
	var out []verdict.Finding
	for _, file := range result.Files {
		out = append(out, file.Hygiene()...)
	}
	verdict.Sort(out)
	verdict.Report(pass, out)
	return out, nil
}
