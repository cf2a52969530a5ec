package decodesite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Most packages hold no site, and with facts every dependency goes through the
// analyzer, so the way out of such a package is what counts.
func BenchmarkPackageWithoutSites(b *testing.B) {
	var src strings.Builder
	src.WriteString("package p\n")
	for i := range 500 {
		fmt.Fprintf(&src, "// f%d is one of many.\nfunc f%d(x int) int {\n\t// A comment.\n\tif x > %d {\n\t\treturn f%d(x - 1)\n\t}\n\treturn x\n}\n", i, i, i, i)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src.String(), parser.ParseComments)
	if err != nil {
		b.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		b.Fatal(err)
	}
	pass := &analysis.Pass{
		Analyzer: Analyzer, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		AllObjectFacts: func() []analysis.ObjectFact { return nil },
		ResultOf: map[*analysis.Analyzer]any{
			settings.Analyzer: &settings.Settings{
				Catalog: catalog.Builtin(),
				Policy:  justify.DefaultPolicy(time.Now()),
			},
		},
	}
	b.SetBytes(int64(src.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := run(pass); err != nil {
			b.Fatal(err)
		}
	}
}
