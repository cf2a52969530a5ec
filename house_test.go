// Package house holds the tests about the repository as a whole: who may import
// whom, who may use cgo, and how long files may grow.
package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const modulePath = "github.com/pickle-lint/pickle-lint/"

// direction is one row of the table of import directions: packages that match
// any of from may import, besides the standard library, packages that match any
// of to. A pattern is a path inside the module or a full import path; "/..." at
// its end stands for the package and everything below it.
type direction struct {
	from []string
	to   []string
}

// testsMay is what tests may import besides what their package may: recipes, sample
// inventories, the package itself, and analysistest.
var testsMay = []string{"internal/recipe", "internal/sample", "golang.org/x/tools/go/...", "catalog", "lint/..."}

// directions is the table. The first row that matches a package decides.
var directions = []direction{
	{[]string{"lint"}, nil},
	{[]string{"lint/suggest"}, nil},
	{[]string{"lint/justify"}, []string{"lint", "lint/suggest"}},
	{[]string{"pickle"}, nil},
	{[]string{"catalog"}, nil},
	{[]string{"blob/container/internal/..."}, nil},
	{[]string{"blob/container"}, []string{"blob/container/internal/...", "github.com/klauspost/compress/zstd"}},
	{[]string{"blob"}, []string{"pickle", "catalog", "lint/...", "blob/container"}},
	{[]string{"analyzers/internal/honnef"}, []string{
		"golang.org/x/tools/go/...", "honnef.co/go/tools/...",
	}},
	{[]string{"analyzers/plugin"}, []string{
		"golang.org/x/tools/go/analysis", "analyzers/...", "lint/justify", "github.com/golangci/plugin-module-register/register",
	}},
	{[]string{"analyzers/..."}, []string{
		"golang.org/x/tools/go/...", "analyzers/...", "catalog", "lint/...", "blob/...",
	}},
	{[]string{"pyscan/internal/syntax"}, []string{"github.com/smacker/go-tree-sitter/..."}},
	{[]string{"pyscan/internal/decode"}, []string{"golang.org/x/text/encoding/...", "golang.org/x/text/transform"}},
	{[]string{"pyscan/internal/prelex"}, []string{"golang.org/x/text/unicode/norm"}},
	{[]string{"pyscan/internal/..."}, []string{"pyscan/internal/...", "catalog"}},
	{[]string{"pyscan/pep440"}, nil},
	{[]string{"pyscan/declared"}, []string{"internal/cause", "pyscan/pep440", "pyscan/internal/prelex", "go.yaml.in/yaml/v3"}},
	{[]string{"pyscan"}, []string{"pyscan/internal/...", "pyscan/declared", "pyscan/pep440", "catalog", "lint/...", "blob"}},
	{[]string{"inventory"}, []string{"lint", "lint/justify"}},
	{[]string{"inventory/audit"}, nil},
	{[]string{"inventory/retention"}, []string{"inventory", "inventory/audit"}},
	{[]string{"lint/lines"}, nil},
	{[]string{"inventory/render"}, []string{"inventory", "lint", "lint/justify", "internal/table", "internal/page", "internal/markdown"}},
	{[]string{"internal/table", "internal/markdown"}, []string{"lint"}},
	{[]string{"internal/page"}, nil},
	{[]string{"cmd/internal/report"}, []string{"lint", "lint/lines", "internal/table", "internal/page", "internal/markdown"}},
	{[]string{"inventory/lock"}, []string{"lint"}},
	{[]string{"inventory/lock/signature"}, []string{"lint", "golang.org/x/crypto/blake2b", "golang.org/x/crypto/scrypt"}},
	{[]string{"inventory/wrapper/safegob"}, nil},
	{[]string{"inventory/wrapper"}, []string{"catalog", "inventory"}},
	{[]string{"cmd/internal/newcode", "lint/baseline"}, []string{"lint"}},
	{[]string{"cmd/internal/since"}, nil},
	{[]string{"cmd/internal/relpath"}, nil},
	{[]string{"cmd/internal/lsp"}, []string{"lint", "lint/lines"}},
	{[]string{"cmd/internal/fix"}, []string{"lint", "cmd/internal/foreign", "cmd/internal/relpath", "internal/cause"}},
	{[]string{"cmd/internal/foreign"}, nil},
	{[]string{"cmd/internal/cache"}, nil},
	{[]string{"cmd/internal/ignore"}, []string{"internal/worktree"}},
	{[]string{"cmd/internal/starter"}, []string{"internal/config", "lint/justify", "go.yaml.in/yaml/v3"}},
	{[]string{"cmd/internal/progress"}, []string{"lint", "cmd/internal/report"}},
	// What a configuration, a walk and a fix have in common is below all of them.
	{[]string{"internal/cause", "internal/worktree"}, nil},
	{[]string{"internal/config"}, []string{"internal/cause", "internal/worktree", "lint/...", "catalog", "pyscan/pep440", "go.yaml.in/yaml/v3", "github.com/pelletier/go-toml/v2/..."}},
	{[]string{"cmd/internal/goload"}, []string{"analyzers/...", "lint/...", "cmd/internal/relpath", "golang.org/x/tools/go/..."}},
	{[]string{"cmd/internal/cli"}, []string{
		"blob", "pickle", "pyscan", "pyscan/declared", "pyscan/pep440", "catalog", "lint/...", "inventory/...", "cmd/internal/...", "internal/cause", "internal/config", "internal/dbcommand", "internal/recipe", "internal/rules", "internal/table", "internal/worktree", "github.com/spf13/cobra/...", "github.com/spf13/pflag",
	}},
	{[]string{"cmd/internal/facts"}, []string{"pickle", "blob", "catalog", "inventory/lock", "lint", "internal/recipe"}},
	{[]string{"internal/dbcommand"}, []string{"github.com/spf13/cobra"}},
	{[]string{"cmd/pickle-lint"}, []string{"cmd/internal/cli", "cmd/internal/goload"}},
	{[]string{"cmd/pickle-vet"}, []string{"analyzers", "golang.org/x/tools/go/analysis/unitchecker"}},
	{[]string{"internal/recipe/..."}, []string{"pickle", "internal/recipe"}},
	{[]string{"internal/sample"}, []string{"inventory", "lint"}},
	{[]string{"internal/gen"}, []string{"internal/rules", "internal/config", "inventory", "lint/..."}},
	{[]string{"internal/rules"}, []string{"blob", "pyscan", "analyzers", "inventory", "inventory/lock", "lint/..."}},
	{[]string{"."}, nil},
}

// listed is what `go list -json` says of one package.
type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestImportDirections(t *testing.T) {
	packages := goList(t, "./...")
	if len(packages) < 10 {
		t.Fatalf("only %d packages listed", len(packages))
	}
	used := make([]bool, len(directions))
	for _, p := range packages {
		inside := short(p.ImportPath)
		row := slices.IndexFunc(directions, func(d direction) bool { return matchesAny(d.from, inside) })
		if row < 0 {
			t.Errorf("%s is in no row of the table of import directions: add it, and argue it", inside)
			continue
		}
		used[row] = true
		for _, imported := range p.Imports {
			if !standard(imported) && !matchesAny(directions[row].to, short(imported)) {
				t.Errorf("%s may not import %s", inside, short(imported))
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if !standard(imported) && !matchesAny(slices.Concat(directions[row].to, directions[row].from, testsMay), short(imported)) {
				t.Errorf("the tests of %s may not import %s", inside, short(imported))
			}
		}
	}
	for row, is := range used {
		if !is {
			t.Errorf("no package is in the row of %q: delete it", directions[row].from)
		}
	}
}

// Only one package may use cgo, or the promise of a pure-Go build of the others
// hangs on luck.
func TestOnlySyntaxUsesCgo(t *testing.T) {
	for _, p := range goList(t, "./...") {
		if slices.Contains(p.Imports, "C") && short(p.ImportPath) != "pyscan/internal/syntax" {
			t.Errorf("%s imports C", short(p.ImportPath))
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "github.com/smacker/") && short(p.ImportPath) != "pyscan/internal/syntax" {
				t.Errorf("%s imports %s", short(p.ImportPath), imported)
			}
		}
	}
}

// The table itself is tested, or a pattern that matches everything would pass.
func TestTableRefuses(t *testing.T) {
	for _, tt := range []struct{ from, to string }{
		{"analyzers", "pyscan"}, {"pyscan", "analyzers"}, {"blob", "cmd/internal/cli"}, {"pickle", "lint"},
		{"cmd/internal/report", "pickle"}, {"cmd/internal/report", "blob"}, {"blob/container", "pickle"}, {"lint", "catalog"},
		{"analyzers/decodesite", "honnef.co/go/tools/analysis/report"},
		{"catalog", "lint"}, {"lint", "cmd/internal/cli"}, {"analyzers/wire", "cmd/internal/goload"}, {"pyscan", "cmd/internal/cli"},
		{"blob", "pyscan"}, {"lint/justify", "catalog"}, {"pyscan/declared", "pyscan"}, {"pyscan/pep440", "catalog"}, {"internal/gen", "cmd/internal/cli"}, {"pickle", "internal/recipe"},
	} {
		row := slices.IndexFunc(directions, func(d direction) bool { return matchesAny(d.from, tt.from) })
		if row < 0 || matchesAny(directions[row].to, tt.to) {
			t.Errorf("the table lets %s import %s", tt.from, tt.to)
		}
	}
}

func goList(t *testing.T, patterns ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,TestImports,XTestImports"}, patterns...)...)
	// Without cgo its users would not be listed at all.
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// short returns the path inside the module, or the import path itself.
func short(importPath string) string {
	if importPath+"/" == modulePath {
		return "."
	}
	return strings.TrimPrefix(importPath, modulePath)
}

// standard reports a package of the standard library: its first element has no
// dot. Packages of this module have one.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if tree, ok := strings.CutSuffix(p, "/..."); ok {
			return name == tree || strings.HasPrefix(name, tree+"/")
		}
		return name == p
	})
}

// Files stay near 100 to 300 lines; a giant is a sign of two things in one.
func TestFileSizes(t *testing.T) {
	const most = 400
	out, err := exec.Command("git", "ls-files", "*.go").Output()
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("not a git checkout: %v", err)
	}
	if err != nil {
		t.Fatalf("listing files: %v", err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.Contains(name, "testdata/") || path.Ext(name) != ".go" {
			continue
		}
		text, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > most {
			t.Errorf("%s has %d lines, more than %d", name, lines, most)
		}
	}
}
