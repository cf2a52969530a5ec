package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// pinFlaw says what is wrong with what a digest without a key is compared with, or returns
// "": it stands in the source, or somebody knew it before.
func (p *prover) pinFlaw(other place, d *digest) string {
	const unkeyed = "it compares a digest without a key with one that comes along with the bytes: who changes the one changes both"
	all := append(append(append([]place(nil), d.inputs...), d.streams...), d.tees...)
	if p.sharesBytes(other, all) {
		return unkeyed
	}
	flaw := ""
	p.ascend(other, func(h *Hop) bool {
		switch v := h.Value.(type) {
		case *ssa.Parameter:
			if expected(v.Name()) || v.Parent().Signature.Recv() != nil && v == v.Parent().Params[0] {
				return false
			}
		case *ssa.FieldAddr:
			if f := fieldOf(v.X.Type(), v.Field); f != nil && (expected(f.Name()) || configured(v.X.Type())) {
				return false
			}
		case *ssa.Field:
			if f := fieldOf(v.X.Type(), v.Field); f != nil && (expected(f.Name()) || configured(v.X.Type())) {
				return false
			}
		case *ssa.Global:
			return false
		case *ssa.Call:
			if callee := Callee(v.Common()); callee != nil && settled(callee) {
				return false
			}
		case *ssa.Extract:
			if call, ok := v.Tuple.(*ssa.Call); ok {
				if callee := Callee(call.Common()); callee != nil && settled(callee) {
					return false
				}
			}
		}
		if h.Leaf == Outside || h.Leaf == Opaque || h.Leaf == Cut {
			flaw = unkeyed
		}
		return true
	})
	return flaw
}

// expected reports the name of something that its owner knew before.
func expected(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"expect", "pinned", "known", "trusted", "allow", "approved", "good", "setting", "config", "cfg"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// configured reports a type that holds what the program is configured by.
func configured(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	name := strings.ToLower(named.Obj().Name())
	return strings.Contains(name, "config") || strings.Contains(name, "setting") || strings.Contains(name, "options")
}

// settled reports a function that gives what the program is configured by.
func settled(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "flag", "github.com/spf13/viper", "github.com/spf13/pflag":
		return true
	case "os":
		return fn.Name() == "Getenv" || fn.Name() == "LookupEnv"
	}
	return false
}
