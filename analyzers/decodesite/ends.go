package decodesite

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Ends tells of both ends of channels what an inventory asks: where values become bytes, and
// through what those go that sites decode. It costs a look at every call of the package and
// is made by nobody else.
type Ends struct {
	result    *Result
	catalog   *catalog.Catalog
	optional  bool
	libraries *library.Set
	flow      *flow.Ends
}

// Dump is a place where values become bytes.
type Dump struct {
	// Dump is the part that leaves the run. Its path is as the driver gave it.
	lint.Dump
	Node ast.Expr
}

// Ends returns what tells of them.
func (r *Result) Ends(set *settings.Settings) *Ends {
	e := &Ends{result: r, catalog: set.Ends(), optional: set.Optional}
	var names []string
	for _, d := range e.catalog.GoDumps() {
		if !d.Optional || e.optional {
			names = append(names, d.Name)
		}
	}
	e.libraries = library.New(names)
	return e
}

// channels are built for the first that asks: most packages have neither sites nor dumps.
func (e *Ends) channels() *flow.Ends {
	if e.flow == nil {
		e.flow = e.result.Flow.Ends(e.catalog)
	}
	return e.flow
}

// Channel returns through what the bytes come that a site decodes, or nil where they never
// left the process.
func (e *Ends) Channel(s *Site) *lint.Channel {
	at, bytes := e.result.Flow.Place(s.Node, s.Name, s.Sink.Arg)
	if at != nil {
		if c, ok := e.channels().Call(at); ok {
			return &c
		}
	}
	if bytes == nil {
		return &lint.Channel{Kind: lint.UnknownChannel}
	}
	return e.channels().From(bytes, s.Sink.File)
}

// Dumps returns the dumps of the package, in the order of the source.
func (e *Ends) Dumps() ([]*Dump, error) {
	pass := e.result.pass
	var out []*Dump
	var keys lint.Fingerprints
	if !e.libraries.ImportedBy(pass.Pkg) {
		return nil, nil
	}
	var idents []*ast.Ident
	lines := make(map[*ast.Ident]*catalog.GoDump)
	for ident, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == pass.Pkg || e.libraries.Of(fn.Pkg()) == "" {
			continue
		}
		fn = fn.Origin()
		d, ok := e.catalog.GoDump(e.libraries.Name(fn.Pkg(), fn.FullName()))
		if ok && (!d.Optional || e.optional) {
			idents, lines[ident] = append(idents, ident), d
		}
	}
	slices.SortFunc(idents, func(a, b *ast.Ident) int { return cmp.Compare(a.Pos(), b.Pos()) })
	for _, ident := range idents {
		file, err := e.result.fileAt(ident.Pos())
		if err != nil {
			return nil, err
		}
		d, key := e.dump(file, ident, lines[ident])
		d.Fingerprint = keys.Of(key)
		out = append(out, d)
	}
	return out, nil
}

func (e *Ends) dump(file *File, ident *ast.Ident, line *catalog.GoDump) (*Dump, lint.Key) {
	info := e.result.pass.TypesInfo
	path, _ := astutil.PathEnclosingInterval(file.syntax, ident.Pos(), ident.End())
	node, _ := expression(path)
	extent := unitOf(path, file.commented, file.line)
	d := &Dump{Node: node, Dump: lint.Dump{
		Location: file.location(node.Pos(), node.End()), Wing: "go", API: line.Name, Format: line.Format,
		Protocol: string(line.Default), Generated: file.generated,
	}}
	if decl := calls.Around(path); decl != nil {
		if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
			d.Function = fn.FullName()
		}
	}
	if arg := argument(node, line.Object, info); arg != nil {
		d.Argument = lint.Shorten(oneLine(file.text(arg.Pos(), arg.End())), maxArgument)
	}
	d.Classes = e.classes(node, ident, line)
	d.Channel = e.goes(node, ident, line)
	key := lint.Key{Place: file.logical, API: d.API, Function: d.Function, Statement: words(file.text(extent.pos, extent.end))}
	return d, key
}

// goes returns through what the bytes of a dump go.
func (e *Ends) goes(node ast.Expr, ident *ast.Ident, line *catalog.GoDump) *lint.Channel {
	arg := line.Arg
	if line.To == catalog.ToBytes {
		arg = line.Object
	}
	at, v := e.result.Flow.Place(node, ident, arg)
	switch call := flow.Value(at); {
	case line.To == catalog.ToBytes && call != nil:
		return e.channels().To(call, false)
	case line.To == catalog.ToBytes || v == nil:
		return &lint.Channel{Kind: lint.UnknownChannel}
	case line.To == catalog.ToPath:
		return e.channels().From(v, true)
	}
	return e.channels().To(v, true)
}

// classes are the named types of what is written.
func (e *Ends) classes(node ast.Expr, ident *ast.Ident, line *catalog.GoDump) []string {
	var out []string
	add := func(t types.Type) { out = appendClasses(out, t, 0) }
	arg := argument(node, line.Object, e.result.pass.TypesInfo)
	if arg != nil {
		t := e.result.pass.TypesInfo.TypeOf(arg)
		if _, parameter := types.Unalias(t).(*types.TypeParam); t != nil && !parameter && !types.IsInterface(t) && !reflected(t) {
			add(t)
			return out
		}
	}
	if _, v := e.result.Flow.Place(node, ident, line.Object); v != nil {
		e.result.Flow.Types(v, func(t types.Type) bool {
			if reflected(t) {
				return true
			}
			add(t)
			return false
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reflected reports reflect.Value, which holds a value of any type.
func reflected(t types.Type) bool { return types.TypeString(t, nil) == "reflect.Value" }

// appendClasses adds the named types that a type is made of, down to the first on each way.
func appendClasses(out []string, t types.Type, depth int) []string {
	if depth > 8 {
		return out
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		obj := t.Obj()
		if obj.Pkg() == nil {
			return out
		}
		if name := obj.Pkg().Path() + "." + obj.Name(); !slices.Contains(out, name) {
			out = append(out, name)
		}
		for arg := range t.TypeArgs().Types() {
			out = appendClasses(out, arg, depth+1)
		}
	case *types.Pointer:
		return appendClasses(out, t.Elem(), depth+1)
	case *types.Slice:
		return appendClasses(out, t.Elem(), depth+1)
	case *types.Array:
		return appendClasses(out, t.Elem(), depth+1)
	case *types.Map:
		return appendClasses(appendClasses(out, t.Key(), depth+1), t.Elem(), depth+1)
	}
	return out
}
