package decodesite

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// showing reports each site in a form of the test's choice.
func showing(show func(*analysis.Pass, *Site)) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "showing",
		Doc:      "reports sites",
		Requires: []*analysis.Analyzer{Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			for _, s := range pass.ResultOf[Analyzer].(*Result).Sites {
				show(pass, s)
			}
			return nil, nil
		},
	}
}

func form(pass *analysis.Pass, s *Site) {
	pass.Reportf(s.Node.Pos(), "%s %s of %s in %s", s.Form, s.API, s.Argument, s.Function)
}

func TestForms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), showing(form), "forms")
}

func TestDynamic(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), showing(form), "dynamic")
}

func TestBehind(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "example.com/fronts")
	analysistest.Run(t, analysistest.TestData(), showing(form), "behind")
}

func TestCopies(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), showing(form), "copies")
}

func TestWraps(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "wraps")
}

func TestThrough(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), showing(form), "through")
}

func TestHandlers(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), showing(form), "handlers")
}

func TestCallers(t *testing.T) {
	// analysistest compares the facts of the analyzer that it is given, and the
	// sites are shown by another.
	analysistest.Run(t, analysistest.TestData(), Analyzer, "callee")
	analysistest.Run(t, analysistest.TestData(), showing(form), "caller")
}

func TestPlacement(t *testing.T) {
	a := showing(func(pass *analysis.Pass, s *Site) {
		j := s.Claim.Justification
		if j == nil {
			pass.Reportf(s.Node.Pos(), "bare")
			return
		}
		line := pass.Fset.Position(s.Node.Pos()).Line
		at := pass.Fset.File(s.Node.Pos()).LineStart(j.Line)
		pass.Reportf(at, "covers %+d", line-j.Line)
	})
	analysistest.Run(t, analysistest.TestData(), a, "placement")
}

func TestWords(t *testing.T) {
	a := words([]byte("f(x, // why\n\t\t\"s\",\n)"))
	b := words([]byte("f( x,/* what */ \"s\" , )"))
	if a != b || a != `f ( x , "s" , )` {
		t.Errorf("%q and %q", a, b)
	}
	if got := words([]byte("\"cut off")); got == "" {
		t.Error("a cut string has no words")
	}
}

func TestVerifies(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "verifies")
}
