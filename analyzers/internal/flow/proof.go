package flow

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Standing says how bytes stand to checks of them.
type Standing int

// The standings.
const (
	// Unchecked: there is no check in reach.
	Unchecked Standing = iota
	// Verified: on every way to the place, the bytes are those that a check passed.
	Verified
	// Failed: there is a check, and it does not hold.
	Failed
)

// Proof is what is known of a check of the bytes at a place.
type Proof struct {
	Standing Standing
	// By is what checks them: "hmac.Equal".
	By string
	// Fault says what is wrong with the check, as a clause of its own, if Standing is
	// Failed, and Pos where the check stands.
	Fault string
	Pos   token.Pos
	// Around, if valid, is what leads around the check, and Way what that is.
	Around token.Pos
	Way    string
	// Unnamed: the function by which a justification says that the bytes are verified is
	// in reach, and is not called on every way.
	Unnamed bool
	// Cut: nothing was found out, because a bound was hit.
	Cut bool
}

// maxSteps bounds one proof, in values and instructions, and maxAllSteps those of a package;
// maxContexts how many calls of the function around it are
// looked at, and maxCallers how many of these lie in each other.
const (
	maxSteps    = 300_000
	maxAllSteps = 50_000_000
	maxContexts = 40
	maxCallers  = 3
)

// prover is one question about the bytes at one place.
type prover struct {
	*Package
	names *names
	site  ssa.Instruction
	bytes ssa.Value
	named string

	checks   []*check
	numbered int
	literals []*ssa.Function
	gathered map[*ssa.Function]map[frameKey]bool
	digests  map[nameKey]*digest
	goals    map[string]*goal
	states   map[stateKey]*state
	writing  map[stateKey]bool
	steps    int
	// cut: a bound was hit.
	cut bool
}

// spend counts the work, and reports whether there may be more.
func (p *prover) spend(n int) bool {
	p.steps += n
	return p.steps <= maxSteps
}

// Proof finds out whether the bytes of a value are checked on every way to a call. named is
// the function by which a justification says that they are, or "".
func (p *Package) Proof(at ssa.Instruction, v ssa.Value, named string) Proof {
	p.build()
	if len(p.checking()) == 0 && named == "" || at.Parent() == nil {
		return Proof{}
	}
	key := question{at, v, named}
	if answer, ok := p.answers[key]; ok {
		return answer
	}
	answer := Proof{Cut: true}
	if p.proofSteps < maxAllSteps {
		pr := p.newProver()
		pr.site, pr.bytes, pr.named = at, v, named
		answer = pr.prove()
		p.proofSteps += pr.steps
		answer.Cut = answer.Standing == Unchecked && (pr.cut || pr.steps > maxSteps)
	}
	if p.answers == nil {
		p.answers = make(map[question]Proof)
	}
	p.answers[key] = answer
	return answer
}

// question is what a proof is asked.
type question struct {
	at    ssa.Instruction
	bytes ssa.Value
	named string
}

func (p *Package) newProver() *prover {
	if p.proofs == nil {
		p.proofs = newNames(p)
	}
	return &prover{
		Package: p, names: p.proofs,
		gathered: make(map[*ssa.Function]map[frameKey]bool), digests: make(map[nameKey]*digest),
		goals: make(map[string]*goal), states: make(map[stateKey]*state), writing: make(map[stateKey]bool),
	}
}

func (p *prover) prove() Proof {
	contexts := []*frame{nil}
	p.gatherAround(p.site.Parent(), nil)
	by, ok := p.attempt(nil, strict)
	if !ok {
		contexts = p.contexts()
		ok = len(contexts) > 0
		for _, f := range contexts {
			p.gatherAround(p.site.Parent(), f)
			if c, proved := p.attempt(f, strict); !proved {
				ok = false
			} else {
				by = c
			}
		}
	}
	if ok && by != nil {
		return Proof{Standing: Verified, By: by.by, Pos: by.pos}
	}
	out := p.diagnose(append([]*frame{nil}, contexts...))
	if p.named != "" && p.namedInReach() && !p.passesNamed() {
		out.Standing, out.Unnamed = Failed, true
	}
	return out
}

// passesNamed reports a call of the named function that is made on every way to the site,
// whatever it is given and whatever comes of it.
func (p *prover) passesNamed() bool {
	for _, c := range p.checks {
		if anchor, site := p.together(c, nil); c.named && !c.aside && anchor != nil && anchor != site && dominates(anchor, site) {
			return true
		}
	}
	return false
}

// gatherAround finds the checks of a function, of those that it calls, and of those that it
// was reached from.
func (p *prover) gatherAround(fn *ssa.Function, f *frame) {
	for depth := 0; fn != nil && depth < maxFrames; depth++ {
		p.gather(fn, frameOf(f, fn))
		for len(p.literals) > 0 {
			lit := p.literals[0]
			p.literals = p.literals[1:]
			p.gather(lit, nil)
		}
		if f != nil && f.fn == fn {
			fn, f = f.call.Parent(), f.outer
		} else {
			fn = fn.Parent()
		}
	}
}

// contexts are the calls that lead to the function of the site, with those that lead to
// these, if nobody else can call it.
func (p *prover) contexts() []*frame {
	var out []*frame
	var enter func(fn *ssa.Function, path []ssa.CallInstruction)
	enter = func(fn *ssa.Function, path []ssa.CallInstruction) {
		// A literal is reached from the function around it.
		around := fn
		for around.Parent() != nil && len(p.callers[around]) == 0 {
			around = around.Parent()
		}
		calls := p.callersIn(around)
		if len(calls) == 0 || len(path) == maxCallers || len(out) > maxContexts {
			if len(path) > 0 {
				var f *frame
				for i := len(path) - 1; i >= 0; i-- {
					f = p.enter(f, origin(path[i].Common().StaticCallee()), path[i])
				}
				out = append(out, f)
			}
			return
		}
		for _, call := range calls {
			again := false
			for _, c := range path {
				again = again || c == call
			}
			if !again && len(out) <= maxContexts {
				enter(call.Parent(), append(append([]ssa.CallInstruction(nil), path...), call))
			}
		}
	}
	enter(p.site.Parent(), nil)
	if len(out) > maxContexts {
		return nil
	}
	return out
}

// callersIn are the calls of a function, if all of them are known. Those of tests count
// only where there are no others: tests make up their bytes.
func (p *prover) callersIn(fn *ssa.Function) []ssa.CallInstruction {
	calls := p.callers[fn]
	if len(calls) == 0 || p.values[fn] {
		return nil
	}
	if obj := fn.Object(); obj != nil && obj.Exported() && (p.pass.Pkg.Name() != "main" || fn.Signature.Recv() != nil) {
		return nil
	}
	var others []ssa.CallInstruction
	for _, call := range calls {
		if !strings.HasSuffix(p.pass.Fset.Position(call.Parent().Pos()).Filename, "_test.go") {
			others = append(others, call)
		}
	}
	if len(others) > 0 {
		return others
	}
	return calls
}

// checkingNamed reports a function in which, or below which, something is checked.
func (p *prover) checkingNamed(fn *ssa.Function) bool { return p.checking()[fn] || p.named != "" }

// isNamed reports a call of the function that a justification names: it is spelled as it
// is named, or without the first parts of that.
func (p *prover) isNamed(common *ssa.CallCommon, callee *types.Func) bool {
	if p.named == "" || callee == nil {
		return false
	}
	_, last := cutLast(p.named)
	if callee.Name() != last {
		return false
	}
	full := shortName(callee)
	return p.named == last || p.named == full || strings.HasSuffix(p.named, "/"+full) || p.named == callee.FullName() || strings.HasSuffix(p.named, "."+full) || receives(p.named, common, callee)
}

// receives reports a name whose first part is the variable of a method's receiver, as in
// "s.verify".
func receives(name string, common *ssa.CallCommon, callee *types.Func) bool {
	first, _ := cutLast(name)
	if callee.Signature().Recv() == nil {
		return false
	}
	recv := Argument(common, "recv")
	return recv != nil && first != "" && strings.HasSuffix("."+spelledAs(recv), "."+first)
}

func cutLast(name string) (first, last string) {
	name = strings.TrimSuffix(name, "()")
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// namedInReach reports that the package declares or imports the function that a
// justification names, and that it is not the one around the site.
func (p *prover) namedInReach() bool {
	first, last := cutLast(p.named)
	first = first[strings.LastIndexAny(first, "./*(")+1:]
	first = strings.TrimRight(first, ")")
	for fn := p.site.Parent(); fn != nil; fn = fn.Parent() {
		if fn.Name() == last {
			return false
		}
	}
	scope := p.pass.Pkg.Scope()
	if first == "" || first == p.pass.Pkg.Name() {
		if _, ok := scope.Lookup(last).(*types.Func); ok {
			return true
		}
	}
	for _, imported := range p.pass.Pkg.Imports() {
		if imported.Name() == first {
			_, ok := imported.Scope().Lookup(last).(*types.Func)
			return ok
		}
	}
	for _, fn := range p.funcs {
		obj, ok := fn.Object().(*types.Func)
		if ok && obj.Name() == last && obj.Signature().Recv() != nil && (first == "" || strings.HasPrefix(shortName(obj), first+".") || p.receiverOfSite(obj)) {
			return true
		}
	}
	return false
}

// receiverOfSite reports a method of the type whose method holds the site.
func (p *prover) receiverOfSite(obj *types.Func) bool {
	fn := p.site.Parent()
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	recv := fn.Signature.Recv()
	return recv != nil && types.Identical(deref(recv.Type()), deref(obj.Signature().Recv().Type()))
}

func deref(t types.Type) types.Type {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}
