package templatetext

import (
	_ "embed"
	"fmt"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
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
var Analyzer = &analysis.Analyzer{
	Name:       "templatetext",
	Doc:        Rule.Page.Title + ": " + Rule.Page.Summary + "\n\n" + Rule.Page.Section("What it does").Text,
	URL:        lint.PageURL(Rule.ID, Rule.Name),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, decodesite.Analyzer},
	ResultType: reflect.TypeFor[[]verdict.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	set, ok := pass.ResultOf[settings.Analyzer].(*settings.Settings)
	sites, ok2 := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok || !ok2 {
		return nil, fmt.Errorf("analyzer %s misses a result", pass.Analyzer.Name)
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
		found := Rule.Finding(place.Location, "%s parses %s as a template %s: "+
			"whoever writes a template chooses which fields are shown and which methods and functions are called",
			use.Fact.Name, what, place.Claim.Standing())
		found.Callable = use.Fact.Name
		found.Justification = place.Claim.Justification
		contradicted := taint.Network && decodesite.Close(place.Claim.Justification)
		found.Suppressed = place.Claim.Suppresses && !contradicted
		found.Fingerprint = keys.Of(append([]string{Rule.ID}, place.Key...)...)
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
