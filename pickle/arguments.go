package pickle

import (
	"slices"
	"strings"
)

// arguments fills in the positional arguments from the operand of REDUCE,
// NEWOBJ or NEWOBJ_EX. _pickle.c takes a tuple only, pickle.py unpacks whatever
// can be iterated.
func (m *machine) arguments(op *Op, p *point, args ref) *Error {
	p.nargs = -1
	k := m.kind(args)
	switch k {
	case kTuple:
	case kNone, kBool, kInt, kFloat, kMark:
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " arguments that cannot be iterated"}
	default:
		if k > lastLiteral {
			p.assumes |= cLoaders
			m.implicit(op, ImplicitIter, args, m.live&Py)
			break
		}
		if err := m.refuse(cLoaders, BadOperand, op, op.Name()+" arguments that are no tuple"); err != nil {
			return err
		}
	}
	switch k {
	case kTuple, kList:
		if m.vague(args) {
			p.args, p.star = []ref{args}, true
			break
		}
		p.args, p.more = m.children(args)
		p.nargs = m.count(args)
	case kSet, kFrozenSet, kDict, kStr, kBytes, kByteArray, kView:
		p.args, p.star = []ref{args}, true
		if k != kStr {
			p.nargs = m.count(args)
		}
		if k == kDict && p.nargs > 0 {
			p.nargs /= 2
		}
	default:
		p.args, p.star = []ref{args}, true
	}
	return nil
}

// keywords looks at the keywords of NEWOBJ_EX: a dict of str for _pickle.c, a
// mapping for pickle.py.
func (m *machine) keywords(op *Op, p *point, kw ref) *Error {
	p.kwargs = kw
	switch k := m.kind(kw); {
	case k > lastLiteral:
		p.keyword = true
		p.assumes |= cLoaders
		m.implicit(op, ImplicitKeys, kw, m.live&Py)
	case k == kDict:
		p.keyword = m.count(kw) != 0
		if strange, open := m.strangeKey(kw); open >= 0 || strange >= 0 {
			// A __new__ written in Python refuses keys that are no str; those
			// of dict and list, and object's for a class with __init__, do not.
			p.assumes = AllLoaders
		}
	default:
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: "NEWOBJ_EX keywords that are no mapping"}
	}
	return nil
}

// lead fills in what Call.Lead and Call.Results say of the arguments.
func (m *machine) lead(op *Op, p *point, c *Call) *Error {
	args, n := p.args, int(p.nargs)
	switch {
	case p.kind == KindSetState && m.returned(p.on, "functools", "partial"):
		// partial.__setstate__ replaces what the partial calls.
		if len(args) != 1 || m.kind(args[0]) != kTuple {
			c.Lead = []Arg{{Global: -1, Call: -1}}
			return nil
		}
		var more bool
		if args, more = m.children(args[0]); more {
			n = -1
		} else {
			n = len(args)
		}
		c.Flat = n > 2 && m.kind(args[1]) == kTuple && m.flatValues(args[1], p.on) && m.flatValues(args[2], p.on)
	case p.kind == KindSetState && len(m.keys) > 0:
		return m.stateLead(op, args[0], c)
	case p.kind != KindCall && p.kind != KindNew:
		return nil
	case p.star:
		c.Lead = []Arg{{Global: -1, Call: -1}}
		return nil
	default:
		if len(args) == 0 && !p.keyword {
			c.Flat = n == 0 // the usual instance
			break
		}
		all := n == len(args)
		c.NoneFirst = len(args) > 0 && m.kind(args[0]) == kNone
		c.Results = len(args) > 0 && all && m.fromCalls(args, p.on)
		c.Flat = all && m.flat(args, p.on) && (!p.keyword || m.flatValues(p.kwargs, p.on))
	}
	var err *Error
	c.Lead, err = m.leadOf(op, p, args, n)
	return err
}

// maxResults bounds the arguments that fromCalls looks at: a tuple can be shared
// by any number of calls, and no more than Limits.Text/3 of one are remembered.
const maxResults = 128

// fromCalls reports whether args are what calls of the package of a callee
// returned, or tuples of such.
func (m *machine) fromCalls(args []ref, callee ref) bool {
	left := maxResults
	pkg := "" // looked up once it matters
	for i := range args {
		items := args[i : i+1]
		if m.kind(args[i]) == kTuple {
			var more bool
			if items, more = m.children(args[i]); more {
				return false
			}
		}
		if left -= len(items) + 1; left < 0 {
			return false
		}
		for _, r := range items {
			if m.kind(r) != kResult {
				return false
			}
			if pkg == "" {
				pkg = m.packageOf(callee)
			}
			if !m.ofPackage(r, pkg) {
				return false
			}
		}
	}
	return true
}

// flat reports whether no argument is a container with anything in it but what
// fromCalls takes.
func (m *machine) flat(args []ref, callee ref) bool {
	if len(args) > maxResults {
		return false
	}
	for i, r := range args {
		switch m.kind(r) {
		case kTuple:
			if m.count(r) != 0 && !m.fromCalls(args[i:i+1], callee) {
				return false
			}
		case kList, kDict, kSet, kFrozenSet:
			return false
		}
	}
	return true
}

// flatValues is flat of what is in a tuple, or of the values of a dict.
func (m *machine) flatValues(r, callee ref) bool {
	kids, more := m.children(r)
	switch {
	case more || m.vague(r):
		return false
	case m.kind(r) == kTuple:
		return m.flat(kids, callee)
	case m.kind(r) != kDict:
		return m.kind(r) == kNone
	}
	for i := 1; i < len(kids); i += 2 {
		if !m.flat(kids[i:i+1], callee) {
			return false
		}
	}
	return true
}

// ofPackage reports whether r is what the call of a global of a package
// returned, or an instance that copyreg made of a class of it.
func (m *machine) ofPackage(r ref, pkg string) bool {
	g := m.maker(&m.trace.Calls[m.nodes[r].n])
	return pkg != "" && g != nil && g.Resolved && g.root() == pkg &&
		!slices.ContainsFunc(m.found, func(apart string) bool { return apart == g.Module+":"+g.Name() })
}

// maker returns the global that c calls, or the class that it makes an instance
// of in the ways of copyreg and of protocols 2 and 3, which write keywords as
// functools.partial(getattr(cls, "__new__"), cls, key=…)().
func (m *machine) maker(c *Call) *Global {
	calls, globals := m.trace.Calls, m.trace.Globals
	first := func(c *Call) *Global {
		if len(c.Lead) == 0 || c.Lead[0].Kind != GlobalArg {
			return nil
		}
		return &globals[c.Lead[0].Global]
	}
	if c.Global >= 0 {
		if g := &globals[c.Global]; g.Module != "copyreg" {
			return g
		}
		return first(c)
	}
	if c.Via < 0 {
		return nil
	}
	p := &calls[c.Via]
	if p.Global < 0 || !globals[p.Global].is("functools", "partial") || len(p.Lead) == 0 || p.Lead[0].Call < 0 {
		return nil
	}
	take := &calls[p.Lead[0].Call]
	if take.Global < 0 || !globals[take.Global].is("builtins", "getattr") || len(take.Lead) < 2 || take.Lead[1].Text != "__new__" {
		return nil
	}
	return first(take)
}

// packageOf returns the package of a callee, or "" if that is not known.
func (m *machine) packageOf(r ref) string {
	if m.kind(r) != kGlobal || !m.trace.Globals[m.nodes[r].n].Resolved {
		return ""
	}
	return m.trace.Globals[m.nodes[r].n].root()
}

// root is the package of a global, as in its module's name before the first dot.
func (g *Global) root() string {
	root, _, _ := strings.Cut(g.Module, ".")
	return root
}

// returned reports whether r is what the call of a global returned.
func (m *machine) returned(r ref, module, name string) bool {
	if m.kind(r) != kResult {
		return false
	}
	c := &m.trace.Calls[m.nodes[r].n]
	return c.Kind == KindCall && c.Global >= 0 && m.trace.Globals[c.Global].is(module, name)
}

func (g *Global) is(module, name string) bool {
	return g.Resolved && g.Module == module && len(g.Path) == 1 && g.Path[0] == name
}

// leadOf lists the first of n arguments, of which args are kept; n is -1 if their
// number is not known.
func (m *machine) leadOf(op *Op, p *point, args []ref, n int) ([]Arg, *Error) {
	first := args[:min(len(args), LeadArgs)]
	there := LeadArgs // those that were not kept are there as well
	if n >= 0 {
		there = min(n, LeadArgs)
	}
	takes, named := m.reads(p.on)
	if !takes && !named && len(first) == there && !slices.ContainsFunc(first, func(r ref) bool { return !m.literal(r) }) {
		return nil, nil
	}
	out := make([]Arg, there)
	for i := len(first); i < there; i++ {
		out[i].Global, out[i].Call = -1, -1
	}
	for i, r := range first {
		a := &out[i]
		a.Global, a.Call = -1, -1
		switch m.kind(r) {
		case kGlobal:
			a.Kind, a.Global = GlobalArg, int(m.nodes[r].n)
		case kResult:
			if takes || m.returned(r, "builtins", "getattr") {
				a.Call = int(m.nodes[r].n)
			}
		case kStr:
			a.Kind = LiteralArg
			if takes && i == 0 {
				a.Type = "str"
				continue
			}
			if !named && out[0].Kind != GlobalArg && out[0].Call < 0 && out[0].Type == "" {
				continue // nobody asks
			}
			b, cut, ok, err := m.str(op, r, m.lim.Name)
			if err != nil {
				return nil, err
			}
			if ok && !cut {
				a.Kind, a.Text = StrArg, m.facts.intern(b)
			}
		default:
			if m.literal(r) {
				a.Kind = LiteralArg
				if takes && i == 0 {
					a.Type = typeNames[m.kind(r)]
				}
			}
		}
	}
	return out, nil
}

// typeNames are the built-in types of literals that have methods worth keeping.
var typeNames = map[kind]string{kTuple: "tuple", kList: "list", kDict: "dict", kSet: "set", kFrozenSet: "frozenset"}

// takes reports whether a callee is getattr.
func (m *machine) takes(callee ref) bool {
	i, ok := m.global(callee)
	return ok && m.trace.Globals[i].is("builtins", "getattr")
}

// reads says whether a callee is getattr, or one of Options.Named: what such a
// callee does hangs on its literals.
func (m *machine) reads(callee ref) (takes, named bool) {
	if m.kind(callee) != kGlobal {
		return false, false
	}
	g := &m.trace.Globals[m.nodes[callee].n]
	return m.takes(callee), len(m.named) > 0 && g.Resolved && m.named[g.Module+":"+g.Name()]
}
