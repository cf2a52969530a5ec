package analyzers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/picklelint"
	"github.com/pickle-lint/pickle-lint/analyzers/wire"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

func TestSuiteIsValid(t *testing.T) {
	if err := analysis.Validate(analyzers.Suite); err != nil {
		t.Error(err)
	}
	for _, a := range analyzers.Suite {
		if a.URL == "" {
			t.Errorf("%s has no URL", a.Name)
		}
	}
}

// A driver offers the flags of the analyzers it is given, and a judging analyzer
// that nobody lists is never heard.
func TestSuiteIsClosed(t *testing.T) {
	listed := make(map[*analysis.Analyzer]bool)
	for _, a := range analyzers.Suite {
		listed[a] = true
	}
	for _, a := range analyzers.Suite {
		for _, r := range a.Requires {
			if !listed[r] && r.Name != "isgenerated" {
				t.Errorf("%s requires %s, which is not in the suite", a.Name, r.Name)
			}
		}
	}
}

func TestRules(t *testing.T) {
	if len(analyzers.Rules) == 0 {
		t.Error("there are no rules")
	}
	for _, r := range analyzers.Rules {
		if !strings.HasPrefix(r.ID, "PKL3") {
			t.Errorf("%s is not of the Go family", r.ID)
		}
	}
}

func TestFlags(t *testing.T) {
	flags, err := analyzers.Options{
		Today:      "2026-11-01",
		Boundaries: map[string]justify.Boundary{"vault": {Description: "ours"}},
		Rules:      map[string]string{"PKL301": "off"},
		SkipTests:  true, SkipGenerated: true, OptionalSinks: true, Draft: true,
	}.Flags()
	want := `-picklelint.today=2026-11-01 -picklelint.boundaries={"vault":{"description":"ours"}} -picklelint.rules={"PKL301":"off"} ` +
		`-picklelint.tests=false -picklelint.generated=false -picklelint.optional=true -picklelint.draft=true`
	if err != nil || strings.Join(flags, " ") != want {
		t.Errorf("got %q, %v", flags, err)
	}
	if _, err := (analyzers.Options{Catalogs: []string{"testdata/no.cat"}}).Flags(); err == nil {
		t.Error("a catalogue that does not exist gave no error")
	}
}

// Bazel's nogo and other drivers know an analyzer by the path of its package and the name
// Analyzer. Every analyzer of the suite is in the package named like it.
func TestEveryAnalyzerHasItsPackage(t *testing.T) {
	for _, a := range analyzers.Suite {
		files, err := filepath.Glob(filepath.Join(a.Name, "*.go"))
		if err != nil || len(files) == 0 {
			t.Errorf("no package analyzers/%s: %v", a.Name, err)
		}
		fset := token.NewFileSet()
		exported := false
		for _, name := range files {
			file, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			if file.Name.Name != a.Name && file.Name.Name != a.Name+"_test" {
				t.Errorf("%s: package %s", name, file.Name.Name)
			}
			for _, decl := range file.Decls {
				gen, ok := decl.(*ast.GenDecl)
				if !ok || gen.Tok != token.VAR {
					continue
				}
				for _, spec := range gen.Specs {
					for _, id := range spec.(*ast.ValueSpec).Names {
						exported = exported || id.Name == "Analyzer"
					}
				}
			}
		}
		if !exported {
			t.Errorf("package analyzers/%s exports no Analyzer", a.Name)
		}
	}
	page := readFile(t, filepath.Join("..", "docs", "drivers.md"))
	for _, a := range analyzers.Suite {
		if label := "//analyzers/" + a.Name + `"`; strings.Contains(page, label) != (a != wire.Analyzer) {
			t.Errorf("does docs/drivers.md list %s for nogo? It lists all but %s", label, wire.Name)
		}
	}
	if picklelint.Analyzer != settings.Analyzer {
		t.Error("package picklelint exports another analyzer than the suite has")
	}
}

func TestApplyForgets(t *testing.T) {
	configure(t, analyzers.Options{Draft: true, SkipTests: true, SkipGenerated: true, OptionalSinks: true, Rules: map[string]string{"PKL301": "off"}})
	set := settings.Current()
	if !set.Draft || !set.Optional || !set.SkipTests || !set.SkipGenerated || !set.Rules.Off(&lint.Finding{Rule: "PKL301", Name: "unjustified-decode"}) {
		t.Errorf("%+v", set)
	}
	if err := (analyzers.Options{}).Apply(); err != nil {
		t.Fatal(err)
	}
	set = settings.Current()
	if set.Draft || set.Optional || set.SkipTests || set.SkipGenerated || set.Rules.Off(&lint.Finding{Rule: "PKL301", Name: "unjustified-decode"}) {
		t.Errorf("%+v", set)
	}
}
