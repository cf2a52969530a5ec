// Package judges lists the analyzers that have a rule of their own, once for everybody
// who goes through them: the suite, the checks of directives, which come after all that
// ask for claims, and the wire.
package judges

import (
	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/embeddedblob"
	"github.com/pickle-lint/pickle-lint/analyzers/hookedunpickler"
	"github.com/pickle-lint/pickle-lint/analyzers/pluginopen"
	"github.com/pickle-lint/pickle-lint/analyzers/pythonexec"
	"github.com/pickle-lint/pickle-lint/analyzers/rpcgob"
	"github.com/pickle-lint/pickle-lint/analyzers/servespickle"
	"github.com/pickle-lint/pickle-lint/analyzers/tainteddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/templatetext"
	"github.com/pickle-lint/pickle-lint/analyzers/unboundeddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unjustifieddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unverifieddecode"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Judge is an analyzer and the rule that it reports.
type Judge struct {
	Analyzer *analysis.Analyzer
	Rule     *lint.Rule
}

// All are the judges, in the order of their rules. The result of an analyzer is a
// []verdict.Finding, or holds what the command can judge better.
var All = []Judge{
	{unjustifieddecode.Analyzer, unjustifieddecode.Rule},
	{tainteddecode.Analyzer, tainteddecode.Rule},
	{unverifieddecode.Analyzer, unverifieddecode.Rule},
	{unboundeddecode.Analyzer, unboundeddecode.Rule},
	{hookedunpickler.Analyzer, hookedunpickler.Rule},
	{rpcgob.Analyzer, rpcgob.Rule},
	{pythonexec.Analyzer, pythonexec.Rule},
	{servespickle.Analyzer, servespickle.Rule},
	{embeddedblob.Analyzer, embeddedblob.Rule},
	{pluginopen.Analyzer, pluginopen.Rule},
	{templatetext.Analyzer, templatetext.Rule},
}

// Analyzers are those of all judges.
func Analyzers() []*analysis.Analyzer {
	var out []*analysis.Analyzer
	for _, j := range All {
		out = append(out, j.Analyzer)
	}
	return out
}

// Rules are those of all judges.
func Rules() []*lint.Rule {
	var out []*lint.Rule
	for _, j := range All {
		out = append(out, j.Rule)
	}
	return out
}
