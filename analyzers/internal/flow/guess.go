package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What a function does with its arguments that nothing is known of is guessed from its
// types and its name. Bytes come out of bytes, of a reader and of a request; a text
// that goes in is more likely a key, a path or a host than what comes out.

// passes reports whether a function that nothing is known of likely gives what it was
// given: an argument of one type, or its receiver, as a result of another.
func (p *Package) passes(callee *types.Func, arg, result types.Type, receiver bool) bool {
	text, content := isText(result), p.carriesContent(result) || isAny(result)
	switch {
	case ignored(arg) || ignored(result):
		return false
	case p.carriesContent(arg):
		return text || content || isStruct(result)
	case isText(arg):
		return text || content && callee != nil && changesForm(callee.Name())
	case receiver:
		return text || content || isStruct(result)
	}
	return false
}

// carriesContent reports a type whose values are content more than names: bytes, what
// can be read from, and what the catalogue has as a source.
func (p *Package) carriesContent(t types.Type) bool {
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Slice:
		return isByte(u.Elem()) || p.carriesContent(u.Elem())
	case *types.Pointer:
		if s, ok := types.Unalias(u.Elem()).Underlying().(*types.Slice); ok {
			return isByte(s.Elem())
		}
	}
	return readerLike(t) || p.sourceOfType(t) != nil
}

// readers are methods by which something is read.
var readers = map[string]bool{
	"Read": true, "ReadByte": true, "ReadBytes": true, "ReadAll": true, "Bytes": true, "WriteTo": true, "ReadMessage": true, "RecvMsg": true, "DecodeAll": true,
	"Decode": true,
}

// readerLike reports a type with a method to read from it.
func readerLike(t types.Type) bool {
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Interface:
		for i := range u.NumMethods() {
			if readers[u.Method(i).Name()] {
				return true
			}
		}
		return false
	case *types.Pointer, *types.Struct, *types.Slice, *types.Signature, *types.Map:
		set := types.NewMethodSet(t)
		for i := range set.Len() {
			if readers[set.At(i).Obj().Name()] {
				return true
			}
		}
	}
	return false
}

func isText(t types.Type) bool {
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return isText(u.Elem())
	case *types.Map:
		return isText(u.Elem())
	case *types.Pointer:
		b, ok := types.Unalias(u.Elem()).Underlying().(*types.Basic)
		return ok && b.Info()&types.IsString != 0
	case *types.TypeParam:
		return true
	}
	return false
}

func isAny(t types.Type) bool {
	i, ok := types.Unalias(t).Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

func isStruct(t types.Type) bool {
	u := types.Unalias(t).Underlying()
	if ptr, ok := u.(*types.Pointer); ok {
		u = types.Unalias(ptr.Elem()).Underlying()
	}
	_, ok := u.(*types.Struct)
	return ok
}

// ignored are types that carry no bytes of anybody, or too much to tell.
func ignored(t types.Type) bool {
	t = types.Unalias(t)
	if named, ok := t.(*types.Named); ok {
		if obj := named.Obj(); obj.Name() == "error" && obj.Pkg() == nil || obj.Name() == "Context" && obj.Pkg() != nil && obj.Pkg().Path() == "context" {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString == 0
	case *types.Signature, *types.Array, *types.Tuple:
		return true
	}
	return false
}

// changesForm reports a name that speaks of another form of what it is given.
func changesForm(name string) bool {
	return speaks(name, "decod", "decrypt", "decompress", "uncompress", "inflate", "unzip", "unpack", "unescape", "unquote", "bytes", "convert", "fromhex", "frombase", "fromstring", "unseal", "newreader")
}

// fills reports a name that speaks of putting something somewhere.
func fills(name string) bool {
	return speaks(name, "read", "decod", "decrypt", "decompress", "unmarshal", "parse", "scan", "bind", "load", "fill", "copy", "write", "append", "receive", "recv", "unpack", "inflate",
		"from", "push", "put", "add", "set", "feed")
}

func speaks(name string, words ...string) bool {
	name = strings.ToLower(name)
	for _, w := range words {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// guess takes what a function that nothing is known of was given for what its
// result is made of.
func (p *Package) guess(h *Hop, call *ssa.Call, callee *types.Func, result types.Type) []*Hop {
	h.Leaf = Opaque
	common := call.Common()
	args, receivers := common.Args, 0
	if common.IsInvoke() {
		args, receivers = append([]ssa.Value{common.Value}, args...), 1
	} else if callee != nil && callee.Signature().Recv() != nil {
		receivers = 1
	}
	name := "a function value"
	if callee != nil {
		name = shortName(callee)
	}
	var ups []*Hop
	for i, arg := range args {
		if h.walk.wary && !p.passes(callee, arg.Type(), result, i < receivers) || !carries(arg.Type()) {
			continue
		}
		up := h.through(arg, call.Pos(), "it goes through "+name)
		up.Derived, up.Guessed = true, true
		ups = append(ups, up)
	}
	return ups
}
