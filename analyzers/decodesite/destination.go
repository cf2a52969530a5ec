package decodesite

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// counts reports whether a use of a sink is one, as far as the type of what is decoded
// into decides it. Where the type is not to be seen the answer is yes.
func counts(node ast.Expr, sink *catalog.GoSink, info *types.Info) bool {
	if sink.Reaches == "" {
		return true
	}
	dest := argument(node, sink.Dest, info)
	if dest == nil {
		return true
	}
	return reaches(info.TypeOf(dest), sink.Reaches == "container") || holdsRaw(info.TypeOf(dest), library.Path(sink.Name))
}

// holdsRaw reports a type with a RawMessage of the library in it: what is to be kept as it is
// must be walked through to find its end.
func holdsRaw(t types.Type, path string) bool {
	seen := make(map[types.Type]bool)
	for queue := []types.Type{t}; len(queue) > 0; queue = queue[1:] {
		t := types.Unalias(queue[0])
		if named, ok := t.(*types.Named); ok && named.Obj().Name() == "RawMessage" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path {
			return true
		}
		if seen[t] {
			continue
		}
		seen[t] = true
		switch t := t.Underlying().(type) {
		case *types.Pointer:
			queue = append(queue, t.Elem())
		case *types.Array:
			queue = append(queue, t.Elem())
		case *types.Struct:
			for field := range t.Fields() {
				queue = append(queue, field.Type())
			}
		}
	}
	return false
}

// open reports whether what is decoded into is seen to hold an interface. Behind an
// argument of type any stands a pointer to whatever.
func open(node ast.Expr, sink *catalog.GoSink, info *types.Info) bool {
	dest := argument(node, sink.Dest, info)
	return dest != nil && !types.IsInterface(info.TypeOf(dest)) && reaches(info.TypeOf(dest), false)
}

// reaches reports whether a value of a type can hold a value of a type that is not
// known: an interface anywhere in it, or a type parameter; or else a container.
func reaches(t types.Type, container bool) bool {
	seen := make(map[types.Type]bool)
	var walk func(types.Type) bool
	walk = func(t types.Type) bool {
		t = types.Unalias(t)
		if seen[t] {
			return false
		}
		seen[t] = true
		if _, ok := t.(*types.TypeParam); ok {
			return true
		}
		switch t := t.Underlying().(type) {
		case *types.Interface:
			return true
		case *types.Pointer:
			return walk(t.Elem())
		case *types.Array:
			return walk(t.Elem())
		case *types.Slice:
			// Bytes are copied and not built.
			if b, ok := types.Unalias(t.Elem()).Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
				return false
			}
			return container || walk(t.Elem())
		case *types.Map:
			return container || walk(t.Key()) || walk(t.Elem())
		case *types.Struct:
			for field := range t.Fields() {
				if walk(field.Type()) {
					return true
				}
			}
		}
		return false
	}
	return walk(t)
}

// element returns what [Site.Element] says.
func element(node ast.Expr, sink *catalog.GoSink, pass *analysis.Pass) int64 {
	dest := argument(node, sink.Dest, pass.TypesInfo)
	if dest == nil || sink.Dest == "" || types.IsInterface(pass.TypesInfo.TypeOf(dest)) || reaches(pass.TypesInfo.TypeOf(dest), false) {
		return -1
	}
	seen := make(map[types.Type]bool)
	queue := []types.Type{pass.TypesInfo.TypeOf(dest)}
	most := int64(0)
	holds := func(ts ...types.Type) {
		size := int64(0)
		for _, t := range ts {
			size += pass.TypesSizes.Sizeof(t)
		}
		most = max(most, size)
		queue = append(queue, ts...)
	}
	for len(queue) > 0 {
		t := types.Unalias(queue[0])
		queue = queue[1:]
		if seen[t] {
			continue
		}
		seen[t] = true
		switch t := t.Underlying().(type) {
		case *types.Pointer:
			queue = append(queue, t.Elem())
		case *types.Slice:
			holds(t.Elem())
		case *types.Array:
			queue = append(queue, t.Elem())
		case *types.Map:
			holds(t.Key(), t.Elem())
		case *types.Struct:
			for field := range t.Fields() {
				queue = append(queue, field.Type())
			}
		}
	}
	return most
}
