package tainteddecode

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
)

// origins reports of every site where its bytes come from.
var origins = &analysis.Analyzer{
	Name:     "origins",
	Doc:      "reports where bytes come from",
	Requires: []*analysis.Analyzer{evidence.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, site := range pass.ResultOf[evidence.Analyzer].([]*evidence.Site) {
			switch t := site.Taint; {
			case t.Origin == flow.Own:
				pass.Reportf(site.Node.Pos(), "own")
			case t.Origin == flow.Unknown:
				pass.Reportf(site.Node.Pos(), "unknown")
			case t.Network:
				pass.Reportf(site.Node.Pos(), "network: %s", t.Source)
			default:
				pass.Reportf(site.Node.Pos(), "from %s", t.Source)
			}
		}
		return nil, nil
	},
}

// fixtures are loaded in one go: what they import is loaded once.
var fixtures = []string{"requests", "ways", "own", "unknown", "operator", "elsewhere", "farther", "files", "weights", "models", "cookies", "github.com/gorilla/securecookie"}

// Every site of the fixtures says where its bytes come from.
func TestOrigins(t *testing.T) {
	for _, r := range analysistest.Run(t, analysistest.TestData(), origins, fixtures...) {
		if len(r.Diagnostics) == 0 {
			t.Errorf("%s: no site", r.Action.Package.PkgPath)
		}
	}
}

// What functions of other packages fetch is known from facts.
func TestGiven(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), decodesite.Analyzer, "example.com/fetch", "example.com/model")
	analysistest.Run(t, analysistest.TestData(), origins, "given")
}

// A claim in one package is contradicted by the bytes of another.
func TestClaimsElsewhere(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "within")
	analysistest.Run(t, analysistest.TestData(), decodesite.Analyzer, "within/spool", "within/relay")
}

// The way of the bytes is part of the finding, from the source to the site.
func TestTrace(t *testing.T) {
	var got []string
	for _, r := range analysistest.Run(t, analysistest.TestData(), Analyzer, "trace") {
		for _, f := range r.Action.Result.([]verdict.Finding) {
			for _, step := range f.Trace {
				got = append(got, fmt.Sprintf("%d:%d %s", step.Line, step.Column, step.Text))
			}
		}
	}
	want := `20:22 the bytes come from the body of an HTTP request
20:19 it is passed to read
15:22 it goes through io.ReadAll
16:2 it is returned by read
24:10 it is sent to a channel
27:54 it is kept in queue
32:46 it goes through Encoding.DecodeString
36:43 it goes through bytes.NewReader
36:27 it goes through gob.NewDecoder
36:13 it is decoded by (*encoding/gob.Decoder).Decode`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}
