package decodesite

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// use is one identifier that names a sink.
type use struct {
	syntax *ast.File
	ident  *ast.Ident
	callee *types.Func
	sink   *catalog.GoSink
	// path leads from the identifier to the file.
	path []ast.Node
}

// finder finds the uses of sinks in one package.
type finder struct {
	pass    *analysis.Pass
	catalog *catalog.Catalog
	// packages are those the catalogue knows a sink of. Looking at a path
	// first keeps the common identifier from being printed as a full name.
	packages map[string]bool
	// declared are the functions that boundary=caller made sinks: of other
	// packages by their facts, and of this one. fresh are those of the last
	// round.
	declared map[*types.Func]*catalog.GoSink
	fresh    map[*types.Func]bool
}

func newFinder(pass *analysis.Pass, cat *catalog.Catalog) *finder {
	f := &finder{
		pass:     pass,
		catalog:  cat,
		packages: make(map[string]bool),
		declared: make(map[*types.Func]*catalog.GoSink),
		fresh:    make(map[*types.Func]bool),
	}
	for _, s := range cat.GoSinks() {
		f.packages[packageOf(s.Name)] = true
	}
	for _, of := range pass.AllObjectFacts() {
		fn, isFunc := of.Object.(*types.Func)
		fact, isDecodes := of.Fact.(*Decodes)
		if isFunc && isDecodes {
			f.declared[fn] = fact.sink(fn)
		}
	}
	return f
}

// packageOf returns the import path in a full name:
// "(*encoding/gob.Decoder).Decode" and "net/rpc.ServeConn".
func packageOf(fullName string) string {
	name := strings.TrimLeft(fullName, "(*")
	dir := strings.LastIndexByte(name, '/') + 1
	if dot := strings.IndexByte(name[dir:], '.'); dot >= 0 {
		return name[:dir+dot]
	}
	return name
}

// sink returns what fn is known to decode, or nil. An instantiated function is
// looked up as the generic one.
func (f *finder) sink(fn *types.Func) *catalog.GoSink {
	if fn.Pkg() != nil && f.packages[fn.Pkg().Path()] {
		if s, ok := f.catalog.GoSink(fn.FullName()); ok {
			return s
		}
	}
	return f.declared[fn]
}

// uses returns the uses of all sinks known so far, ordered by position.
func (f *finder) uses() []use {
	return f.find(func(fn *types.Func) *catalog.GoSink { return f.sink(fn) })
}

// usesOfDeclared returns the uses of the functions that were declared since it
// was last called.
func (f *finder) usesOfDeclared() []use {
	if len(f.fresh) == 0 {
		return nil
	}
	fresh := f.fresh
	f.fresh = make(map[*types.Func]bool)
	return f.find(func(fn *types.Func) *catalog.GoSink {
		if fresh[fn] {
			return f.declared[fn]
		}
		return nil
	})
}

func (f *finder) find(sinkOf func(*types.Func) *catalog.GoSink) []use {
	var out []use
	for ident, obj := range f.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		fn = fn.Origin()
		if sink := sinkOf(fn); sink != nil {
			out = append(out, use{ident: ident, callee: fn, sink: sink})
		}
	}
	slices.SortFunc(out, func(a, b use) int { return cmp.Compare(a.ident.Pos(), b.ident.Pos()) })
	kept := out[:0]
	for _, u := range out {
		if u.syntax = f.fileOf(u.ident.Pos()); u.syntax == nil {
			continue
		}
		u.path, _ = astutil.PathEnclosingInterval(u.syntax, u.ident.Pos(), u.ident.End())
		// A function that calls itself is not its own caller: the bytes came
		// in at the call from outside.
		if enclosing := f.function(u); enclosing != nil && enclosing == u.callee {
			continue
		}
		kept = append(kept, u)
	}
	return kept
}

func (f *finder) fileOf(pos token.Pos) *ast.File {
	for _, syntax := range f.pass.Files {
		if syntax.FileStart <= pos && pos < syntax.FileEnd {
			return syntax
		}
	}
	return nil
}

// function returns the declared function around a use, or nil at package level.
func (f *finder) function(u use) *types.Func {
	if decl := enclosingDecl(u.path); decl != nil {
		fn, _ := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
		return fn
	}
	return nil
}

func enclosingDecl(path []ast.Node) *ast.FuncDecl {
	for _, n := range path {
		if decl, ok := n.(*ast.FuncDecl); ok {
			return decl
		}
	}
	return nil
}
