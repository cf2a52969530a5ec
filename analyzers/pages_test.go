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
	"github.com/pickle-lint/pickle-lint/analyzers/embeddedblob"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/judges"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/pythonexec"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// everything reports what all judging analyzers report, because an expectation
// in a page may be of any of them.
var everything = &analysis.Analyzer{
	Name:     "everything",
	Doc:      "reports what the whole suite reports",
	Requires: append(judges.Analyzers(), directives.Analyzer),
	Run: func(pass *analysis.Pass) (any, error) {
		for _, judge := range pass.Analyzer.Requires {
			switch result := pass.ResultOf[judge].(type) {
			case []verdict.Finding:
				verdict.Report(pass, result)
			case *embeddedblob.Result:
				verdict.Report(pass, result.Told)
			case *pythonexec.Result:
				verdict.Report(pass, result.Told)
			}
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
	// The page of a rule that is off by default is one of a project that wants it.
	on := make(map[string]string)
	for _, rule := range rules {
		on[rule.ID] = "on"
	}
	configure(t, analyzers.Options{Rules: on, Today: "2026-11-01"})
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
	// Stand-ins for the libraries that examples import.
	if err := os.CopyFS(filepath.Join(dir, "src"), os.DirFS("testdata/stubs")); err != nil {
		t.Fatal(err)
	}
	// One run for all: what they import is loaded once.
	analysistest.Run(t, dir, everything, paths...)
}

// configure gives the analyzers of this process options for the time of a test.
func configure(t *testing.T, options analyzers.Options) {
	t.Helper()
	if err := options.Apply(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := (analyzers.Options{}).Apply(); err != nil {
			t.Error(err)
		}
	})
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
