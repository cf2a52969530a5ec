package decodesite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// Verifies is the fact that a function takes part in proving who wrote some bytes: its
// comment says so, or its body does it on every way. The fields are as in
// [catalog.GoVerifier].
type Verifies struct {
	Does string
	Data []string
	Key  string
}

// AFact marks Verifies as a fact.
func (*Verifies) AFact() {}

func (v *Verifies) String() string {
	return fmt.Sprintf("%s(%s)", v.Does, strings.Join(v.Data, ","))
}

// shareVerifiers exports what the functions of a package verify, and lets its flow ask for
// what those of others do.
func shareVerifiers(pass *analysis.Pass, cat *catalog.Catalog, pkg *flow.Package) {
	pkg.Facts = func(fn *types.Func) *catalog.GoVerifier {
		var fact Verifies
		if !pass.ImportObjectFact(fn, &fact) {
			return nil
		}
		return &catalog.GoVerifier{Name: fn.FullName(), Does: fact.Does, Data: fact.Data, Key: fact.Key, Reason: "a fact of its package"}
	}
	said := make(map[*types.Func]bool)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || !flow.DeclaredVerifier(decl) {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				v := flow.Declared(fn)
				pass.ExportObjectFact(fn, &Verifies{Does: v.Does, Data: v.Data})
				said[fn] = true
			}
		}
	}
	if !mayVerify(pass, cat) {
		return
	}
	for _, v := range pkg.Verifying() {
		if !said[v.Func] {
			pass.ExportObjectFact(v.Func, &Verifies{Does: v.Does, Data: v.Data, Key: v.Key})
		}
	}
}

// mayVerify is the cheap way out of a package: one that imports nothing which proves who
// wrote some bytes proves nothing. What the packages of the catalogue do is said there.
func mayVerify(pass *analysis.Pass, cat *catalog.Catalog) bool {
	path := pass.Pkg.Path()
	for _, of := range []string{"crypto", "vendor", "golang.org/x/crypto"} {
		if path == of || strings.HasPrefix(path, of+"/") {
			return false
		}
	}
	imports := make(map[string]bool)
	for _, imported := range pass.Pkg.Imports() {
		imports[imported.Path()] = true
	}
	if len(imports) == 0 {
		return false
	}
	for _, v := range cat.GoVerifiers() {
		if decides(v) && imports[library.Path(v.Name)] {
			return true
		}
	}
	for _, of := range pass.AllObjectFacts() {
		if _, ok := of.Fact.(*Verifies); ok && of.Object.Pkg() != nil && imports[of.Object.Pkg().Path()] {
			return true
		}
	}
	return false
}

// decides reports what proves something where it is used, and is not used for much else.
func decides(v *catalog.GoVerifier) bool {
	switch v.Does {
	case catalog.GoCompares:
		return v.Constant
	case catalog.GoMACs, catalog.GoVerifies, catalog.GoOpens:
		return true
	}
	return false
}
