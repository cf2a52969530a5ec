package decodesite

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
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
	// sizeOnly: it counts only where much is read.
	sizeOnly bool
}

// finder finds the uses of sinks in one package.
type finder struct {
	pass  *analysis.Pass
	flow  *flow.Package
	sinks *sinks
	// declared are the functions that boundary=caller made sinks: of other
	// packages by their facts, and of this one. fresh are those of the last
	// round. wrapped are functions of other packages that decode what they are
	// given and say nothing of it.
	declared map[*types.Func]*catalog.GoSink
	fresh    map[*types.Func]bool
	wrapped  map[*types.Func]*catalog.GoSink
	// within are the boundaries of claims about what is wrapped.
	within map[*types.Func]string
}

func newFinder(pass *analysis.Pass, set *settings.Settings, pkg *flow.Package) *finder {
	f := &finder{
		pass:     pass,
		flow:     pkg,
		sinks:    newSinks(set.Catalog, set.Optional, set.Rules.Asks(BoundID, BoundName)),
		declared: make(map[*types.Func]*catalog.GoSink),
		fresh:    make(map[*types.Func]bool),
		wrapped:  make(map[*types.Func]*catalog.GoSink),
		within:   make(map[*types.Func]string),
	}
	for _, of := range pass.AllObjectFacts() {
		fn, isFunc := of.Object.(*types.Func)
		fact, isDecodes := of.Fact.(*Decodes)
		switch {
		case !isFunc || !isDecodes:
		case fact.Declared:
			f.declared[fn] = fact.sink(fn)
		case fn.Pkg() != pass.Pkg && !f.opens(fn):
			f.wrapped[fn], f.within[fn] = fact.sink(fn), fact.Boundary
		}
	}
	return f
}

// sink returns what fn is known to decode, or nil. An instantiated function is
// looked up as the generic one. A library does not use itself: what it calls of its own
// is how it decodes.
func (f *finder) sink(fn *types.Func) *catalog.GoSink {
	if fn.Pkg() == f.pass.Pkg {
		return f.declared[fn]
	}
	if s := f.sinks.sink(fn); s != nil {
		return s
	}
	if s := f.declared[fn]; s != nil {
		return s
	}
	return f.wrapped[fn]
}

// opens reports a function of which the catalogue says that it verifies what it is given
// before it decodes it, however it does that.
func (f *finder) opens(fn *types.Func) bool {
	v, ok := f.sinks.catalog.GoVerifier(fn.FullName())
	return ok && v.Does == catalog.GoOpens
}

// uses returns the uses of all sinks known so far, ordered by position.
func (f *finder) uses() []use {
	named := f.find(f.sink)
	out := slices.Concat(named, f.dynamic(), f.throughValues(named), f.handlers())
	slices.SortStableFunc(out, func(a, b use) int { return cmp.Compare(a.ident.Pos(), b.ident.Pos()) })
	return out
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
		node, _ := expression(u.path)
		if u.sizeOnly = u.sink.Optional && !f.sinks.optional || !counts(node, u.sink, f.pass.TypesInfo); u.sizeOnly && (!f.sinks.bounds || !u.sink.Bound) {
			continue
		}
		kept = append(kept, u)
	}
	return kept
}

// unlimited reports a use to which strangers send as much as they like.
func (f *finder) unlimited(u use) bool {
	node, _ := expression(u.path)
	_, bytes := f.flow.Place(node, u.ident, u.sink.Arg)
	return bytes != nil && f.flow.Taint(bytes).Unbounded
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
	if decl := calls.Around(u.path); decl != nil {
		fn, _ := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
		return fn
	}
	return nil
}
