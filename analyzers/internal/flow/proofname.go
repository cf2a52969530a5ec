package flow

import (
	"fmt"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// maxName bounds how deep the name of a value goes into what it is made of.
const maxName = 40

// place is a value in one of the calls by which it is reached.
type place struct {
	value ssa.Value
	frame *frame
}

// names gives values names, equal for values that are surely the same: two slices of
// one parameter, a field that is read twice, a parameter and the argument for it.
type names struct {
	*Package
	ids    map[any]int
	frames map[frameKey]int
	known  map[nameKey]string
}

type frameKey struct {
	outer int
	call  ssa.CallInstruction
}

type nameKey struct {
	value ssa.Value
	frame int
}

func newNames(p *Package) *names {
	return &names{Package: p, ids: make(map[any]int), frames: make(map[frameKey]int), known: make(map[nameKey]string)}
}

// frameID tells the calls apart that a walk has entered, however often it did.
func (n *names) frameID(f *frame) int {
	if f == nil {
		return 0
	}
	key := frameKey{n.frameID(f.outer), f.call}
	id := n.frames[key]
	if id == 0 {
		id = len(n.frames) + 1
		n.frames[key] = id
	}
	return id
}

// frameOf returns the frame of a function that lies around another's.
func frameOf(f *frame, fn *ssa.Function) *frame {
	for ; f != nil; f = f.outer {
		if f.fn == fn {
			return f
		}
	}
	return nil
}

// outside goes from a parameter or a captured variable to what it is, if there is one
// such place.
func (n *names) outside(at place) (place, bool) {
	switch v := at.value.(type) {
	case *ssa.Parameter:
		if at.frame == nil || at.frame.fn != v.Parent() {
			return at, false
		}
		for i, param := range at.frame.fn.Params {
			if args := at.frame.call.Common().Args; param == v && i < len(args) {
				return place{args[i], at.frame.outer}, true
			}
		}
	case *ssa.FreeVar:
		closures := n.closures[v.Parent()]
		if len(closures) != 1 {
			return at, false
		}
		for i, free := range v.Parent().FreeVars {
			if free == v {
				return place{closures[0].Bindings[i], frameOf(at.frame, closures[0].Parent())}, true
			}
		}
	}
	return at, false
}

// bare goes back over what changes nothing but the type of a value, and out of calls.
func (n *names) bare(at place) place {
	for range maxName {
		v := at.value
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.MultiConvert:
			v = x.X
		case *ssa.TypeAssert:
			if x.CommaOk {
				return at
			}
			v = x.X
		case *ssa.Extract:
			if t, ok := x.Tuple.(*ssa.TypeAssert); ok && x.Index == 0 {
				v = t.X
			} else {
				return at
			}
		default:
			out, ok := n.outside(at)
			if !ok {
				return at
			}
			at = out
			continue
		}
		at.value = v
	}
	return at
}

// of returns the name of a value.
func (n *names) of(at place) string { return n.name(at, maxName) }

func (n *names) name(at place, depth int) string {
	at = n.bare(at)
	key := nameKey{at.value, n.frameID(at.frame)}
	if name, ok := n.known[key]; ok {
		return name
	}
	if depth == 0 {
		return n.id(at)
	}
	n.known[key] = n.id(at) // what is made of itself is itself
	name := n.spell(at, depth-1)
	if len(name) > 500 {
		name = n.id(at)
	}
	n.known[key] = name
	return name
}

// id is the name of a value that is like no other.
func (n *names) id(at place) string {
	id, ok := n.ids[at.value]
	if !ok {
		id = len(n.ids)
		n.ids[at.value] = id
	}
	switch at.value.(type) {
	case *ssa.Global, *ssa.Function, *ssa.Const, *ssa.Builtin:
		return "v" + strconv.Itoa(id)
	}
	if f := frameOf(at.frame, parentOf(at.value)); f != nil {
		return fmt.Sprintf("v%d@%d", id, n.frameID(f))
	}
	return "v" + strconv.Itoa(id)
}

func parentOf(v ssa.Value) *ssa.Function {
	if v, ok := v.(interface{ Parent() *ssa.Function }); ok {
		return v.Parent()
	}
	return nil
}

func (n *names) spell(at place, depth int) string {
	in := func(v ssa.Value) string { return n.name(place{v, at.frame}, depth) }
	switch v := at.value.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return "nil"
		}
		return "k" + v.Value.ExactString()
	case *ssa.Extract:
		return in(v.Tuple) + "#" + strconv.Itoa(v.Index)
	case *ssa.Slice:
		base := in(v.X)
		if isPointer(v.X.Type()) {
			base = n.load(place{v.X, at.frame}, depth)
		}
		low, high := "", ""
		if v.Low != nil {
			low = strings.TrimPrefix(in(v.Low), "k0")
		}
		if v.High != nil {
			high = in(v.High)
		}
		if v.Max == nil && low == "" && high == "" {
			return base
		}
		return base + "[" + low + ":" + high + "]"
	case *ssa.SliceToArrayPointer:
		return "&" + in(v.X)
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return n.load(place{v.X, at.frame}, depth)
		case token.NOT, token.SUB, token.XOR:
			return v.Op.String() + in(v.X)
		}
	case *ssa.BinOp:
		return "(" + in(v.X) + v.Op.String() + in(v.Y) + ")"
	case *ssa.Field:
		return in(v.X) + "." + strconv.Itoa(v.Field)
	case *ssa.FieldAddr:
		return "&" + n.load(at, depth)
	case *ssa.IndexAddr:
		return "&" + n.load(at, depth)
	case *ssa.Index:
		return in(v.X) + "[" + in(v.Index) + "]"
	case *ssa.Lookup:
		if !v.CommaOk {
			return in(v.X) + "[" + in(v.Index) + "]"
		}
	case *ssa.Call:
		return n.called(v, at, depth)
	}
	return n.id(at)
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).Underlying().(*types.Pointer)
	return ok
}

// pure are builtins whose result is made of their arguments alone.
var pure = map[string]bool{"len": true, "cap": true, "min": true, "max": true}

// copies are functions whose result holds the bytes of their first argument, all of them
// and nothing else, as long as nobody writes to it.
var copies = map[string]bool{
	"bytes.Clone": true, "slices.Clone": true, "strings.Clone": true, "bytes.NewReader": true, "strings.NewReader": true,
}

func (n *names) called(call *ssa.Call, at place, depth int) string {
	common := call.Common()
	args := func() string {
		var out []string
		for _, arg := range common.Args {
			out = append(out, n.name(place{arg, at.frame}, depth))
		}
		return "(" + strings.Join(out, ",") + ")"
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		if pure[b.Name()] {
			return b.Name() + args()
		}
		return n.id(at)
	}
	if fn := n.local(common); fn != nil {
		// What a function without branches returns is what stands behind return.
		if len(fn.Blocks) == 1 && !at.frame.inside(fn) && (at.frame == nil || at.frame.depth < maxFrames) {
			if ret, ok := fn.Blocks[0].Instrs[len(fn.Blocks[0].Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
				return n.name(place{ret.Results[0], n.enter(at.frame, fn, call)}, depth)
			}
		}
		return n.id(at)
	}
	callee := Callee(common)
	if callee == nil || callee.Pkg() == nil || common.IsInvoke() || callee.Signature().Recv() != nil {
		return n.id(at)
	}
	full := callee.FullName()
	if copies[full] && len(common.Args) == 1 {
		return n.name(place{common.Args[0], at.frame}, depth)
	}
	if !n.still(callee) {
		return n.id(at)
	}
	return full + args()
}

// still reports a function that makes bytes or text of bytes or text, and is known to do
// nothing else.
func (n *names) still(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Variadic() || len(n.flowsOf(fn)) == 0 {
		return false
	}
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type().Underlying()
		_, basic := t.(*types.Basic)
		slice, ok := t.(*types.Slice)
		if !basic && (!ok || !isByte(slice.Elem())) {
			return false
		}
	}
	return true
}

// load returns the name of what lies at an address.
func (n *names) load(addr place, depth int) string {
	addr = n.bare(addr)
	switch v := addr.value.(type) {
	case *ssa.Alloc:
		if val := onlyStore(v); val != nil {
			return n.name(place{val, addr.frame}, depth)
		}
	case *ssa.FieldAddr:
		base := n.bare(place{v.X, addr.frame})
		if alloc, ok := base.value.(*ssa.Alloc); ok {
			if val := onlyField(alloc, v.Field); val != nil {
				return n.name(place{val, base.frame}, depth)
			}
		}
		if depth > 0 {
			return n.load(base, depth-1) + "." + strconv.Itoa(v.Field)
		}
	case *ssa.IndexAddr:
		if depth > 0 {
			return n.name(place{v.X, addr.frame}, depth-1) + "[" + n.name(place{v.Index, addr.frame}, depth-1) + "]"
		}
	case *ssa.Global:
		return "*" + n.id(addr)
	}
	return "*" + n.name(addr, depth)
}
