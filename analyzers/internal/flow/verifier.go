package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// verifier returns what is known of a function that takes part in proving who wrote some
// bytes: from the catalogue, from the comment above it, and from the facts of other
// packages; or nil.
func (p *Package) verifier(fn *types.Func) *catalog.GoVerifier {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	if v, ok := p.catalog.GoVerifier(fn.FullName()); ok {
		return v
	}
	if fn.Pkg() == p.pass.Pkg {
		return p.declaredVerifiers()[fn]
	}
	if p.Facts != nil {
		return p.Facts(fn)
	}
	return nil
}

// declaredVerifiers are the functions of the package above which a comment stands that
// says that they verify.
func (p *Package) declaredVerifiers() map[*types.Func]*catalog.GoVerifier {
	if p.verifiers == nil {
		p.verifiers = make(map[*types.Func]*catalog.GoVerifier)
		for _, file := range p.pass.Files {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok {
					if fn, ok := p.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && DeclaredVerifier(decl) {
						p.verifiers[fn] = Declared(fn)
					}
				}
			}
		}
	}
	return p.verifiers
}

// DeclaredVerifier reports a function with the comment "//picklelint:verifier".
func DeclaredVerifier(decl *ast.FuncDecl) bool {
	if decl.Doc == nil {
		return false
	}
	for _, c := range decl.Doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//picklelint:verifier"); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return true
		}
	}
	return false
}

// Declared is what such a comment says: the function returns true or nil only for
// verified bytes, which are those of its arguments that can be; and where its first
// result can be bytes, these are verified, too.
func Declared(fn *types.Func) *catalog.GoVerifier {
	sig := fn.Signature()
	v := &catalog.GoVerifier{Name: fn.FullName(), Does: catalog.GoVerifies, Reason: declaredReason}
	if sig.Recv() != nil {
		v.Data = append(v.Data, "recv")
	}
	for i := range min(sig.Params().Len(), 10) {
		if carries(sig.Params().At(i).Type()) {
			v.Data = append(v.Data, string(rune('0'+i)))
		}
	}
	if n := sig.Results().Len(); n > 1 || n == 1 && !isVerdict(sig.Results().At(0).Type()) {
		v.Does = catalog.GoOpens
	}
	return v
}

// Unfit says why a function can verify nothing, whatever a comment says, or returns "".
func Unfit(fn *types.Func) string {
	v := Declared(fn)
	switch {
	case fn.Signature().Results().Len() == 0:
		return "returns nothing, and so cannot say what it found"
	case len(v.Data) == 0 && v.Does == catalog.GoVerifies:
		return "is given nothing that it could verify"
	}
	return ""
}

// isVerdict reports a type that tells whether a check was passed.
func isVerdict(t types.Type) bool {
	if b, ok := types.Unalias(t).Underlying().(*types.Basic); ok {
		return b.Info()&types.IsBoolean != 0
	}
	return isErrorType(t)
}

func isErrorType(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// decisive reports what is not used for much else than proving something: a comparison of
// text is a check only where a digest is made.
func decisive(v *catalog.GoVerifier) bool {
	return v.Does != catalog.GoKeys && (v.Does != catalog.GoCompares || v.Constant)
}

// checking are the functions of the package in which, or in functions that they call,
// something could check something.
func (p *Package) checking() map[*ssa.Function]bool {
	if p.checkers != nil {
		return p.checkers
	}
	p.checkers = make(map[*ssa.Function]bool)
	var queue []*ssa.Function
	add := func(fn *ssa.Function) {
		if fn != nil && !p.checkers[fn] {
			p.checkers[fn] = true
			queue = append(queue, fn)
		}
	}
	for _, fn := range p.funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					if v := p.verifier(Callee(call.Common())); v != nil && decisive(v) {
						add(fn)
					}
				}
			}
		}
	}
	for len(queue) > 0 {
		fn := queue[0]
		queue = queue[1:]
		for _, call := range p.callers[fn] {
			add(call.Parent())
		}
		add(fn.Parent()) // where a literal is made
	}
	return p.checkers
}
