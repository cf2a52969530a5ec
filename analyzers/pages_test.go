package analyzers_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/directives"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/unjustifieddecode"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// everything reports what all judging analyzers report, because an expectation
// in a page may be of any of them.
var everything = &analysis.Analyzer{
	Name:     "everything",
	Doc:      "reports what the whole suite reports",
	Requires: []*analysis.Analyzer{unjustifieddecode.Analyzer, directives.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, judge := range pass.Analyzer.Requires {
			verdict.Report(pass, pass.ResultOf[judge].([]verdict.Finding))
		}
		return nil, nil
	},
}

// The Go examples of every page that the suite may report are whole files and
// say what is reported where.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	rules := slices.Concat(analyzers.Rules, justify.Rules)
	for _, rule := range rules {
		for _, section := range rule.Page.Sections {
			for _, example := range section.Examples {
				if example.Lang != "go" {
					continue
				}
				name := fmt.Sprintf("%s_line%d", rule.Name, example.Line)
				pkg := path.Join("pages", name)
				file := filepath.Join(dir, "src", filepath.FromSlash(pkg), "example.go")
				write(t, file, example.Code)
				if _, err := parser.ParseFile(token.NewFileSet(), file, nil, 0); err != nil {
					t.Errorf("%s: %v", rule.Name, err)
					continue
				}
				paths = append(paths, pkg)
			}
		}
	}
	if len(paths) < len(rules) {
		t.Errorf("only %d Go examples in %d pages", len(paths), len(rules))
	}
	// One run for all: what they import is loaded once.
	analysistest.Run(t, dir, everything, paths...)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
