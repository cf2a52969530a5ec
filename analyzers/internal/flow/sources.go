package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// interfaceSource is a source that is an interface, with what implements it.
type interfaceSource struct {
	iface  *types.Interface
	source *catalog.GoSource
}

// source returns the place outside of the program that a value is from, or nil, and
// whether that is told by nothing but its type.
func (p *Package) source(h *Hop) (s *catalog.GoSource, typed bool) {
	if s := p.sourceByName(h); s != nil {
		return s, false
	}
	if h.Leaf == Known || h.Value == nil {
		return nil, false
	}
	if s := p.sourceOfType(h.Value.Type()); s != nil && !p.own(h, h.Value, s) {
		return s, true
	}
	return nil, false
}

func (p *Package) sourceByName(h *Hop) *catalog.GoSource {
	if h.source != nil {
		return h.source
	}
	if h.Leaf == Known || h.Value == nil {
		return nil
	}
	switch v := h.Value.(type) {
	case *ssa.Global:
		if obj := v.Object(); obj != nil {
			if s, ok := p.catalog.GoSource(fullName(obj)); ok {
				return s
			}
		}
	case *ssa.FieldAddr:
		return p.sourceOfField(h, v.X, v.Field)
	case *ssa.Field:
		return p.sourceOfField(h, v.X, v.Field)
	case *ssa.Call:
		return p.sourceOfCall(h, v, 0)
	case *ssa.Extract:
		if call := callOf(v); call != nil {
			return p.sourceOfCall(h, call, v.Index)
		}
	case *ssa.Parameter:
		return p.sourceOfParameter(v)
	}
	return nil
}

// callOf returns the call that a value is a result of, or nil.
func callOf(v ssa.Value) *ssa.Call {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	call, _ := v.(*ssa.Call)
	return call
}

// fullName is the name of an object of a package, as the catalogue writes it.
func fullName(obj types.Object) string {
	if obj.Pkg() == nil {
		return obj.Name()
	}
	return packagePath(obj.Pkg()) + "." + obj.Name()
}

// packagePath is the import path of a package, of a vendored one too.
func packagePath(pkg *types.Package) string {
	path := pkg.Path()
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		return path[i+len("/vendor/"):]
	}
	return strings.TrimPrefix(path, "vendor/")
}

// sourceNamed returns the source that a function is.
func (p *Package) sourceNamed(fn *types.Func) *catalog.GoSource {
	if fn.Pkg() == nil {
		return nil
	}
	s, ok := p.catalog.GoSource(strings.Replace(fn.FullName(), fn.Pkg().Path(), packagePath(fn.Pkg()), 1))
	if !ok || s.Function != "" {
		return nil
	}
	return s
}

func (p *Package) sourceOfField(h *Hop, of ssa.Value, i int) *catalog.GoSource {
	field := fieldOf(of.Type(), i)
	typ := typeName(of.Type())
	if field == nil || typ == nil {
		return nil
	}
	s, ok := p.catalog.GoSource("(" + fullName(typ) + ")." + field.Name())
	if !ok || p.own(h, of, s) {
		return nil
	}
	return s
}

// sourceOfCall looks at a result of a call.
func (p *Package) sourceOfCall(h *Hop, call *ssa.Call, result int) *catalog.GoSource {
	common := call.Common()
	callee := Callee(common)
	if callee == nil || p.local(common) != nil {
		return nil
	}
	s := p.sourceNamed(callee)
	if s == nil && p.Gives != nil {
		field := ""
		if h.part != nil {
			field = h.part.Name()
		}
		// A text of somebody else's that names a file here is no more than a name.
		if s := p.Gives(callee, result, field); s != nil && (!h.path || !isText(resultType(call, result))) {
			return s
		}
	}
	if s == nil || !slices.Contains(s.To, "result") {
		return p.sourceOfShape(call, callee, result)
	}
	if t := resultType(call, result); ignored(t) && !isByteArray(t) {
		return nil
	}
	if recv := Argument(common, "recv"); recv != nil && p.own(h, recv, s) {
		return nil
	}
	return s
}

func isByteArray(t types.Type) bool {
	a, ok := types.Unalias(t).Underlying().(*types.Array)
	return ok && isByte(a.Elem())
}

// typeName is the name of a type, or of what a pointer points to.
func typeName(t types.Type) *types.TypeName {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj()
	}
	return nil
}

// sourceOfType returns the source that a type is, or whose interface it implements.
func (p *Package) sourceOfType(t types.Type) *catalog.GoSource {
	if p.sources == nil {
		p.sources = make(map[types.Type]*catalog.GoSource)
		p.findInterfaces()
	}
	if s, ok := p.sources[t]; ok {
		return s
	}
	s := p.findSource(t)
	p.sources[t] = s
	return s
}

func (p *Package) findSource(t types.Type) *catalog.GoSource {
	name := typeName(t)
	if name != nil {
		if s, ok := p.catalog.GoSource(fullName(name)); ok {
			return s
		}
	}
	u := types.Unalias(t).Underlying()
	if ptr, ok := u.(*types.Pointer); ok {
		if _, iface := types.Unalias(ptr.Elem()).Underlying().(*types.Interface); iface {
			return nil // a variable, which holds one
		}
	} else if _, iface := u.(*types.Interface); !iface {
		t = types.NewPointer(t)
	}
	for _, i := range p.interfaces {
		if types.Implements(t, i.iface) {
			return i.source
		}
	}
	return nil
}

// findInterfaces looks the interfaces of the catalogue up among all imported packages,
// those that the imported ones import included.
func (p *Package) findInterfaces() {
	wanted := make(map[string][]*catalog.GoSource)
	for _, s := range p.catalog.GoSources() {
		if s.Implements {
			dot := strings.LastIndexByte(s.Name, '.')
			wanted[s.Name[:dot]] = append(wanted[s.Name[:dot]], s)
		}
	}
	seen := map[*types.Package]bool{p.pass.Pkg: true}
	queue := []*types.Package{p.pass.Pkg}
	found := make(map[*catalog.GoSource]*types.Interface)
	for len(queue) > 0 {
		pkg := queue[0]
		queue = queue[1:]
		for _, s := range wanted[packagePath(pkg)] {
			if obj := pkg.Scope().Lookup(s.Name[strings.LastIndexByte(s.Name, '.')+1:]); obj != nil {
				if iface, ok := obj.Type().Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
					found[s] = iface
				}
			}
		}
		for _, imported := range pkg.Imports() {
			if !seen[imported] {
				seen[imported] = true
				queue = append(queue, imported)
			}
		}
	}
	for _, s := range p.catalog.GoSources() {
		if iface := found[s]; iface != nil {
			p.interfaces = append(p.interfaces, interfaceSource{iface, s})
		}
	}
}

// maxOwn bounds how far the maker of a value is looked for.
const maxOwn = 300

// own reports whether the program made the value that would be a source: it is a
// composite literal, or one of the functions and fields gave it that the source is not
// to be taken from.
func (p *Package) own(h *Hop, v ssa.Value, s *catalog.GoSource) bool {
	key := ownKey{v, h.frame, s}
	answer, ok := p.owns[key]
	if !ok {
		if p.owns == nil {
			p.owns = make(map[ownKey]bool)
		}
		answer = p.findOwn(h, v, s)
		p.owns[key] = answer
	}
	return answer
}

// ownKey is what [Package.own] is asked about; every walk that comes by asks again.
type ownKey struct {
	value  ssa.Value
	frame  *frame
	source *catalog.GoSource
}

func (p *Package) findOwn(h *Hop, v ssa.Value, s *catalog.GoSource) bool {
	from := &Hop{Value: v, frame: h.frame, walk: &walk{most: maxOwn, loose: true}, part: nobody}
	own, made, other := false, false, false
	p.climb(from, func(h *Hop) bool {
		name := ""
		if call := callOf(h.Value); call != nil {
			if callee := Callee(call.Common()); callee != nil {
				name = callee.FullName()
			}
		}
		switch v := h.Value.(type) {
		case *ssa.FieldAddr:
			name = memberName(v.X.Type(), v.Field)
		case *ssa.Field:
			name = memberName(v.X.Type(), v.Field)
		case *ssa.Alloc:
			_, isStruct := types.Unalias(v.Type().Underlying().(*types.Pointer).Elem()).Underlying().(*types.Struct)
			made = made || isStruct
		case *ssa.MakeMap:
			made = true
			return false
		}
		if name != "" && slices.Contains(s.Unless, name) {
			own = true
		}
		if h.Leaf != 0 && h.Leaf != Known {
			other = true
		}
		return !own
	})
	return own || made && !other
}

// nobody is a field that no value has: what is asked for it is told of whole values only.
var nobody = types.NewField(0, nil, "_", types.Typ[types.Invalid], false)

func memberName(t types.Type, i int) string {
	field, typ := fieldOf(t, i), typeName(t)
	if field == nil || typ == nil {
		return ""
	}
	return "(" + fullName(typ) + ")." + field.Name()
}
