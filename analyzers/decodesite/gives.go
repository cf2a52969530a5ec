package decodesite

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// Gives is the fact that results of a function come from outside of the program, of
// which the arguments say nothing: it fetches them, or reads them from a connection of
// its own.
type Gives struct {
	// Results are their indices, and Fields are those of structs and of pointers to them:
	// "0.Body".
	Results []int
	Fields  []string
	// Origin and Called are as in [catalog.GoSource].
	Origin, Called string
}

const by = " (by "

// AFact marks Gives as a fact.
func (*Gives) AFact() {}

func (g *Gives) String() string {
	if len(g.Fields) > 0 {
		return fmt.Sprintf("gives(%v %v of %s)", g.Results, g.Fields, g.Called)
	}
	return fmt.Sprintf("gives(%v of %s)", g.Results, g.Called)
}

// shareSources exports which functions of a package give bytes from outside: as bytes, as
// readers, as texts, or in fields of these types.
func shareSources(pass *analysis.Pass, cat *catalog.Catalog, pkg *flow.Package) {
	if pass.Pkg.Name() == "main" || isStandard(pass) {
		return
	}
	var candidates []*types.Func
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || !decl.Name.IsExported() {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && givesBytes(fn.Signature()) {
				candidates = append(candidates, fn)
			}
		}
	}
	if len(candidates) == 0 || !mentionsSource(pass, cat) {
		return
	}
	for _, fn := range candidates {
		if g := given(pkg, fn); g != nil {
			pass.ExportObjectFact(fn, g)
		}
	}
}

// isStandard reports a package of the standard library. What those give is in the
// catalogue, and there are many of them in every run.
func isStandard(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" {
		return pass.Module.Path == "std"
	}
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return !strings.Contains(first, ".")
}

func givesBytes(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if carriesBytes(v.Type()) || len(fieldsWithBytes(v.Type())) > 0 {
			return true
		}
	}
	return false
}

// maxFields bounds the fields of a result that are asked for.
const maxFields = 20

// fieldsWithBytes are the exported fields of a struct, or of what a pointer points to, that
// carry bytes.
func fieldsWithBytes(t types.Type) []*types.Var {
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := types.Unalias(t).Underlying().(*types.Struct)
	if !ok || s.NumFields() > maxFields {
		return nil
	}
	var out []*types.Var
	for f := range s.Fields() {
		if f.Exported() && !f.Embedded() && carriesBytes(f.Type()) {
			out = append(out, f.Origin())
		}
	}
	return out
}

// carriesBytes reports bytes, a text, and an interface with Read.
func carriesBytes(t types.Type) bool {
	switch t := types.Unalias(t).Underlying().(type) {
	case *types.Slice:
		b, ok := types.Unalias(t.Elem()).Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	case *types.Basic:
		return t.Kind() == types.String
	case *types.Interface:
		for m := range t.Methods() {
			if m.Name() == "Read" {
				return true
			}
		}
	}
	return false
}

// outsides are the names of a catalogue's sources by package, but of those that the
// operator fills, and of requests, which functions are passed.
type outsides map[string]map[string]bool

// outsidesOf remembers them by catalogue: they are asked of every package.
var outsidesOf sync.Map

func findOutsides(cat *catalog.Catalog) outsides {
	if out, ok := outsidesOf.Load(cat); ok {
		return out.(outsides)
	}
	out := make(outsides)
	for _, s := range cat.GoSources() {
		if s.Function != "" || s.Origin == catalog.FromOperator || s.Origin == catalog.FromRequest {
			continue
		}
		path := library.Path(s.Name)
		if out[path] == nil {
			out[path] = make(map[string]bool)
		}
		out[path][s.Name[strings.LastIndexByte(s.Name, '.')+1:]] = true
	}
	outsidesOf.Store(cat, out)
	return out
}

// mentionsSource is the cheap way out of a package that names no source, and calls nothing
// that gives bytes of one.
func mentionsSource(pass *analysis.Pass, cat *catalog.Catalog) bool {
	sources := findOutsides(cat)
	imports := make(map[*types.Package]map[string]bool)
	for _, imported := range pass.Pkg.Imports() {
		if names := sources[imported.Path()]; names != nil {
			imports[imported] = names
		}
	}
	given := make(map[types.Object]bool)
	for _, of := range pass.AllObjectFacts() {
		if _, ok := of.Fact.(*Gives); ok {
			given[of.Object] = true
		}
	}
	if len(imports) == 0 && len(given) == 0 {
		return false
	}
	for _, obj := range pass.TypesInfo.Uses {
		if given[obj] || imports[obj.Pkg()][obj.Name()] {
			return true
		}
	}
	return false
}

// given returns the fact about a function, or nil.
func given(pkg *flow.Package, fn *types.Func) *Gives {
	var out *Gives
	ask := func(i int, field *types.Var) {
		from, called, ok := pkg.Given(fn, i, field)
		// Who is called says it, and not also whom that calls.
		called, _, _ = strings.Cut(called, by)
		if !ok || out != nil && (out.Called != called || out.Origin != string(from)) {
			return
		}
		if out == nil {
			out = &Gives{Origin: string(from), Called: called}
		}
		if field != nil {
			out.Fields = append(out.Fields, strconv.Itoa(i)+"."+field.Name())
		} else {
			out.Results = append(out.Results, i)
		}
	}
	for i := range fn.Signature().Results().Len() {
		t := fn.Signature().Results().At(i).Type()
		if carriesBytes(t) {
			ask(i, nil)
			continue
		}
		for _, field := range fieldsWithBytes(t) {
			ask(i, field)
		}
	}
	return out
}

// takeSources lets the flow of a package ask for what functions of others give.
func takeSources(pass *analysis.Pass, pkg *flow.Package) {
	pkg.Gives = func(fn *types.Func, result int, field string) *catalog.GoSource {
		var fact Gives
		if !pass.ImportObjectFact(fn, &fact) || !slices.Contains(fact.Results, result) && !slices.Contains(fact.Fields, strconv.Itoa(result)+"."+field) {
			return nil
		}
		return &catalog.GoSource{
			Name: fn.FullName(), To: []string{"result"}, Origin: catalog.Origin(fact.Origin),
			Called: fact.Called + by + flow.ShortName(fn) + ")", Reason: "a fact of its package",
		}
	}
}
