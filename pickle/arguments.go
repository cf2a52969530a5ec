package pickle

import "slices"

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

// lead returns what Call.Lead lists of the arguments.
func (m *machine) lead(op *Op, p *point) ([]Arg, *Error) {
	called := p.kind == KindCall || p.kind == KindNew
	if !called {
		return nil, nil
	}
	if p.star {
		return []Arg{{Global: -1}}, nil
	}
	first := p.args[:min(len(p.args), LeadArgs)]
	there := LeadArgs // those that were not kept are there as well
	if p.nargs >= 0 {
		there = min(int(p.nargs), LeadArgs)
	}
	if len(first) == there && !slices.ContainsFunc(first, func(r ref) bool { return !m.literal(r) }) {
		return nil, nil
	}
	out := make([]Arg, there)
	for i := len(first); i < there; i++ {
		out[i].Global = -1
	}
	for i, r := range first {
		a := &out[i]
		a.Global = -1
		switch m.kind(r) {
		case kGlobal:
			a.Kind, a.Global = GlobalArg, int(m.nodes[r].n)
		case kStr:
			a.Kind = LiteralArg
			if out[0].Kind != GlobalArg {
				continue // getattr is the only one to ask
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
			}
		}
	}
	return out, nil
}
