package pickle

import "slices"

// Some classes run what they find in their state. Which ones, and under which
// keys, the caller says: see [Options.States].

// stateItems is how many keys and values of a state are remembered, once one is
// watched: honest ones have a few dozen.
const stateItems = 1024

// watch notes the keys of a class that was looked up.
func (m *machine) watch(g *Global) {
	if len(m.states)+len(m.apart) == 0 || !g.Resolved {
		return
	}
	m.text = append(append(append(m.text[:0], g.Module...), ':'), g.Name()...)
	if m.apart[string(m.text)] {
		m.found = append(m.found, string(m.text))
	}
	for _, key := range m.states[string(m.text)] {
		if !slices.Contains(m.keys, key) {
			m.keys = append(m.keys, key)
		}
		m.keep = max(m.keep, stateItems)
	}
}

// stateLead fills in Call.Lead of a state: what it has under the keys that are
// watched, in the order of the state. What is not known stands there as such: a
// state that the stream does not spell out, a key that is no literal str. So does
// a state that is no dict: these classes hand it to dict.update, which takes pairs
// of any sort, and those of two dicts are their keys.
func (m *machine) stateLead(op *Op, state ref, c *Call) *Error {
	unknown := Arg{Global: -1, Call: -1}
	switch m.kind(state) {
	case kNone:
		return nil // nothing takes it for a state
	case kDict:
	default:
		c.Lead = addLead(c.Lead, unknown)
		return nil
	}
	kids, more := m.children(state)
	if more || m.vague(state) {
		c.Lead = addLead(c.Lead, unknown)
	}
	for i := 0; i+1 < len(kids); i += 2 {
		a, watched, err := m.stateItem(op, kids[i], kids[i+1])
		if err != nil {
			return err
		}
		if watched {
			c.Lead = addLead(c.Lead, a)
		}
	}
	return nil
}

// addLead adds an item; where there is no room, the last one is not known.
func addLead(lead []Arg, a Arg) []Arg {
	if len(lead) < LeadArgs {
		return append(lead, a)
	}
	lead[LeadArgs-1] = Arg{Global: -1, Call: -1}
	return lead
}

// stateItem returns what a state has under a key, if that may be watched.
func (m *machine) stateItem(op *Op, key, value ref) (a Arg, watched bool, _ *Error) {
	a = Arg{Global: -1, Call: -1}
	if m.literal(key) && m.kind(key) != kStr {
		return a, false, nil
	}
	b, cut, ok, err := m.str(op, key, m.lim.Name)
	if err != nil || ok && (cut || !slices.Contains(m.keys, string(b))) {
		return a, false, err
	}
	if !ok {
		return a, true, nil // whatever it is
	}
	b, cut, ok, err = m.str(op, value, m.lim.Name)
	if err != nil {
		return a, false, err
	}
	if ok && !cut {
		a.Kind, a.Text = StrArg, m.facts.intern(b)
	}
	return a, true, nil
}

// rebinds reports what Call.Rebinds says of a state and the slots in it.
func (m *machine) rebinds(plain, slots ref, hasSlots bool) bool {
	of := func(r ref) bool {
		if k := m.kind(r); k != kDict && k != kResult {
			return false
		}
		if r&immediate != 0 {
			return m.rebound
		}
		return m.nodes[r].flags&rebinding != 0
	}
	return of(plain) || hasSlots && of(slots)
}

// rebind notes keys that make another one of an object, which a dict is given for
// its state: all of them, since of a large state not all items are remembered.
func (m *machine) rebind(op *Op, on ref, items []ref) *Error {
	for i := 0; i < len(items); i += 2 {
		rebinds, err := m.rebindKey(op, items[i])
		switch {
		case err != nil:
			return err
		case !rebinds:
		case on&immediate != 0:
			m.rebound = true
		default:
			m.nodes[on].flags |= rebinding
		}
	}
	return nil
}

func (m *machine) rebindKey(op *Op, key ref) (bool, *Error) {
	const class, method = "__class__", "__setstate__"
	if key&immediate != 0 || m.nodes[key].kind != kStr {
		return false, nil
	}
	switch n := &m.nodes[key]; n.code {
	case OpShortBinUnicode, OpBinUnicode, OpBinUnicode8, OpShortBinString, OpBinString:
		if n.n != uint32(len(class)) && n.n != uint32(len(method)) {
			return false, nil
		}
	}
	b, cut, ok, err := m.str(op, key, len(method))
	return ok && !cut && (string(b) == class || string(b) == method), err
}
