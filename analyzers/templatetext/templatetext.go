package templatetext

import (
	_ "embed"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/pluginopen"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed templatetext.md
var page string

// Rule is PKL311; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL311",
	Name:             "template-text",
	Severity:         lint.Warning,
	CWE:              94,
	SecuritySeverity: 6.5,
	Off:              true,
	Precision:        "medium",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL311. Its result holds the justified places too.
//
// Whoever asks for claims before is required; see decodesite.Result.Place.
var Analyzer = verdict.Judge(Rule, run, settings.Analyzer, decodesite.Analyzer, pluginopen.Analyzer)

func run(pass *analysis.Pass) ([]verdict.Finding, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
	}
	out := []verdict.Finding(nil)
	if set.Rules.Skips(Rule) {
		return out, nil
	}
	var keys lint.Fingerprints
	for _, use := range calls.Find(pass, set.Catalog, catalog.GoTemplate) {
		taint, file := tainted(sites.Flow, use)
		// What the operator gives is the operator's choice: docker ps --format.
		if taint.Origin != flow.Tainted || taint.Operator {
			continue
		}
		place, err := sites.Place(use.Node.Pos(), use.Node.End(), use.Fact.Name, false)
		if err != nil {
			return nil, err
		}
		what := "text from " + taint.Source
		if file {
			what = "a file that " + taint.Source + " names"
		}
		found := place.Finding(Rule, &keys, use.Fact.Name, "%s parses %s as a template %s: "+
			"whoever writes a template chooses which fields are shown and which methods and functions are called",
			use.Fact.Name, what, place.Claim.Standing())
		contradicted := taint.Network && decodesite.Close(place.Claim.Justification)
		found.Suppressed = found.Suppressed && !contradicted
		found.Trace = decodesite.Way(pass, taint.Trace, place.Location, "it is parsed by "+use.Fact.Name)
		out = append(out, verdict.Finding{
			Finding: found, Pos: use.Node.Pos(), End: use.Node.End(), Related: decodesite.Related(taint.Trace),
		})
	}
	verdict.Report(pass, out)
	return out, nil
}

// tainted says where the template comes from, or with file what names the file that it
// is in.
func tainted(pkg *flow.Package, use *calls.Use) (taint flow.Taint, file bool) {
	index, file := use.Fact.Args["path"]
	if !file {
		index = use.Fact.Args["text"]
	}
	_, value := pkg.Place(use.Node, use.Name(), strconv.Itoa(index))
	if value == nil {
		return flow.Taint{}, file
	}
	return pkg.Taint(value), file
}
