package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// upField goes to what the package stores into a field, and to that field of the value
// it is of. What is known of the other fields says nothing.
func (p *Package) upField(h *Hop, field *types.Var, of ssa.Value) []*Hop {
	if field == nil {
		return []*Hop{h.derived(of)}
	}
	text := "it is kept in " + field.Name()
	keep := func(stored []ssa.Value, f *frame) []*Hop {
		var ups []*Hop
		for _, v := range stored {
			up := h.through(v, v.Pos(), text)
			up.frame = f
			ups = append(ups, up)
		}
		return ups
	}
	if stored, alone := p.storedHere(field, of); alone {
		return keep(stored, h.frame)
	}
	ups := keep(p.stores[field], nil)
	if h.walk.wary && (!refersType(field.Type()) || keptIn(field.Type())) && len(p.addresses[field]) <= maxAliases {
		// A buffer that lies in the field itself is filled through its address, and a map
		// or a slice that the field holds through the field.
		for _, addr := range p.addresses[field] {
			if addr != h.Value {
				inner := h.through(addr, addr.Pos(), text)
				inner.frame = nil
				ups = append(ups, p.written(inner, addr)...)
			}
		}
	}
	up := h.derived(of)
	up.part = field
	return append(ups, up)
}

// keptIn reports a map or a slice, into which something is put by whoever has it.
func keptIn(t types.Type) bool {
	switch types.Unalias(t).Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	}
	return false
}

// storedHere returns what is stored into a field of a struct that nobody but the
// function around it sees, and whether it is such a struct.
func (p *Package) storedHere(field *types.Var, of ssa.Value) ([]ssa.Value, bool) {
	alloc, ok := of.(*ssa.Alloc)
	if !ok {
		return nil, false
	}
	var stored []ssa.Value
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.FieldAddr:
			ours := fieldOf(ref.X.Type(), ref.Field) == field
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Store:
					if use.Addr != ref {
						return nil, false
					}
					if ours {
						stored = append(stored, use.Val)
					}
				case *ssa.UnOp, *ssa.DebugRef:
				default:
					if ours {
						return nil, false
					}
				}
			}
		case *ssa.UnOp:
		default:
			return nil, false
		}
	}
	return stored, len(stored) > 0
}

// upGlobal goes to what the package stores into a variable, or writes there.
func (p *Package) upGlobal(h *Hop, v *ssa.Global) []*Hop {
	if v.Pkg.Pkg != p.pass.Pkg {
		h.Leaf = Opaque
		return nil
	}
	var ups []*Hop
	for _, stored := range p.stores[v.Object()] {
		up := h.hop(stored, stored.Pos(), "it is kept in "+v.Name())
		up.frame = nil
		ups = append(ups, up)
	}
	switch {
	case p.embeds(v):
		h.Leaf, h.walk.made = Known, true
	case v.Object() != nil && v.Object().Exported():
		h.Leaf = Outside
	case len(ups) == 0:
		h.Leaf = Known
	}
	return ups
}

// embeds reports a variable that the compiler fills with a file.
func (p *Package) embeds(v *ssa.Global) bool {
	if p.embedded == nil {
		p.embedded = make(map[types.Object]bool)
		for _, file := range p.pass.Files {
			for _, decl := range file.Decls {
				if gen, ok := decl.(*ast.GenDecl); ok {
					p.noteEmbeds(gen)
				}
			}
		}
	}
	return p.embedded[v.Object()]
}

func (p *Package) noteEmbeds(gen *ast.GenDecl) {
	for _, spec := range gen.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if alone := len(gen.Specs) == 1; !embedDirective(spec.Doc) && (!alone || !embedDirective(gen.Doc)) {
			continue
		}
		for _, name := range spec.Names {
			p.embedded[p.pass.TypesInfo.Defs[name]] = true
		}
	}
}

func embedDirective(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") || strings.HasPrefix(c.Text, "//go:embed\t") {
			return true
		}
	}
	return false
}
