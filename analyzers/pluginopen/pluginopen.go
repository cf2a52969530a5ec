package pluginopen

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/hookedunpickler"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed pluginopen.md
var page string

// Rule is PKL310; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL310",
	Name:             "plugin-open",
	Severity:         lint.Warning,
	CWE:              114,
	SecuritySeverity: 6.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL310. Its result holds the justified places too.
//
// Whoever asks for claims before is required; see decodesite.Result.Place.
var Analyzer = verdict.Judge(Rule, run, settings.Analyzer, decodesite.Analyzer, hookedunpickler.Analyzer)

func run(pass *analysis.Pass) ([]verdict.Finding, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
	}
	var keys lint.Fingerprints
	var out []verdict.Finding
	reader := spelled.New(pass)
	for _, use := range calls.Find(pass, set.Catalog, catalog.GoPlugin) {
		path := use.Arg("path")
		if path != nil && reader.Constant(path) {
			continue // the program says which file it is
		}
		place, err := sites.Place(use.Node.Pos(), use.Node.End(), use.Fact.Name, false)
		if err != nil {
			return nil, err
		}
		var taint flow.Taint
		if _, value := sites.Flow.Place(use.Node, use.Name(), strconv.Itoa(use.Fact.Args["path"])); value != nil {
			taint = sites.Flow.Taint(value)
		}
		// A path that the operator gives is the operator's choice.
		tainted := taint.Origin == flow.Tainted && !taint.Operator
		found := place.Finding(Rule, &keys, use.Fact.Name, "%s %s %s: opening a plugin runs its initialisers and those of every package in it, in this process",
			use.Fact.Name, what(path, tainted, taint.Source), place.Claim.Standing())
		related := []analysis.RelatedInformation(nil)
		if tainted {
			found.Severity = lint.Error
			found.Trace = decodesite.Way(pass, taint.Trace, place.Location, "it is opened by "+use.Fact.Name)
			related = decodesite.Related(taint.Trace)
		}
		// Whoever can connect is neither this process, nor this host, nor the build.
		contradicted := tainted && taint.Network && decodesite.Close(place.Claim.Justification)
		found.Suppressed = found.Suppressed && !contradicted
		out = append(out, verdict.Finding{Finding: found, Pos: use.Node.Pos(), End: use.Node.End(), Related: related})
	}
	verdict.Report(pass, out)
	return out, nil
}

// what says what becomes of the function and its argument, which is nil where none is
// written.
func what(path ast.Expr, tainted bool, source string) string {
	switch {
	case path == nil:
		return "is handed on"
	case tainted:
		return fmt.Sprintf("opens `%s`, a path that comes from %s,", lint.Shorten(types.ExprString(path), maxArgument), source)
	}
	return fmt.Sprintf("opens `%s`, a path that is not in the program,", lint.Shorten(types.ExprString(path), maxArgument))
}

// maxArgument bounds the text of an argument in a message, in bytes.
const maxArgument = 120
