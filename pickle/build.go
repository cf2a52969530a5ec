package pickle

// build executes BUILD: inst.__setstate__(state) if there is such a method, else
// the state goes to inst.__dict__ and, from the second half of a pair, through
// setattr.
func (m *machine) build(op *Op) *Error {
	items, err := m.pop(op, 1)
	if err != nil {
		return err
	}
	state := items[0]
	on, err := m.top(op)
	if err != nil {
		return err
	}
	plain, slots, hasSlots := m.splitState(state)
	if m.literal(on) {
		return m.buildLiteral(op, plain, slots, hasSlots)
	}
	if err := m.setState(op, on, state, plain, slots, hasSlots); err != nil {
		return err
	}
	if _, global := m.global(on); global {
		m.changed(op, on)
	}
	return m.builtArray(op, on, state)
}

// setState lists what BUILD does to an object: __setstate__, or what happens
// where there is none.
func (m *machine) setState(op *Op, on, state, plain, slots ref, hasSlots bool) *Error {
	if m.stating.on {
		if err := m.stated(op, on, state); err != nil {
			return err
		}
	}
	stores, fallback := m.storable(op, plain)
	if m.kind(plain) == kNone {
		fallback = AllLoaders // no state, only slots
	}
	past := fallback // who comes to the slots
	sets, unsure := false, false
	if hasSlots {
		var by LoaderSet
		sets, by = m.storable(op, slots)
		strange, open := m.strangeKey(slots)
		if sets && strange >= 0 {
			sets, by = strange > 0, 0
		}
		if sets && open >= 0 {
			kids, _ := m.children(slots)
			m.implicit(op, ImplicitName, kids[2*open], m.live)
		}
		unsure = open == 0
		fallback &= by
	}
	m.state[0] = state
	m.keepAll(m.state[:])
	p := point{kind: KindSetState, cond: IfDefined, on: on, loaders: m.live, assumes: m.unspelled(plain), nargs: 1, args: m.state[:]}
	if on&immediate == 0 && m.nodes[on].kind == kResult {
		p.again = m.nodes[on].flags&built != 0
		m.nodes[on].flags |= built
	}
	i, err := m.record(op, &p)
	if err != nil {
		return err
	}
	_, global := m.global(on)
	c := &m.trace.Calls[i]
	c.Rebinds = c.Rebinds || m.rebinds(plain, slots, hasSlots)
	c.Fallback |= fallback & m.live
	c.Stores = c.Stores || stores && !global
	p.cond, p.again = IfMissing, false
	if global && stores {
		m.state[0] = plain
		p.kind, p.assumes = KindDictSet, m.unspelled(plain)
		if _, err := m.record(op, &p); err != nil {
			return err
		}
	}
	if p.loaders = m.live & past; sets && p.loaders != 0 {
		m.state[0] = slots
		p.kind, p.assumes = KindSetAttr, m.unspelled(slots)
		if unsure {
			p.assumes = m.live
		}
		_, err = m.record(op, &p)
	}
	return err
}

// storable says whether a state, or the slots in it, has items, and who goes on
// with it: _pickle.c wants a dict, pickle.py passes over anything that is false.
func (m *machine) storable(op *Op, r ref) (items bool, by LoaderSet) {
	value, known := m.truth(r)
	switch k := m.kind(r); {
	case k == kDict:
		if !value && !known {
			m.changedSince(op)
		}
		return value || !known, AllLoaders
	case k > lastLiteral:
		m.implicit(op, ImplicitBool, r, m.live&Py)
		m.implicit(op, ImplicitItems, r, m.live&Py)
		return true, AllLoaders
	case k == kTuple && !known:
		return true, AllLoaders
	case value && known:
		return false, 0
	}
	return false, Py
}

// changedSince notes that op hangs on what a call has done to a container.
func (m *machine) changedSince(op *Op) {
	if !m.crowded(len(m.trace.Implicit), 1) {
		m.trace.Implicit = append(m.trace.Implicit, Implicit{Kind: ImplicitChanged, Op: op.Code, Offset: op.Offset, Loaders: m.live, Global: -1, Via: -1})
	}
}

// unspelled are the loaders that assume something of a state: all, if the stream
// does not spell it out.
func (m *machine) unspelled(r ref) LoaderSet {
	if m.literal(r) {
		return 0
	}
	return m.live
}

// strangeKey returns the first key of a dict that is no name for setattr, by
// its place, or -1; open is the first that the stream does not spell out.
func (m *machine) strangeKey(r ref) (strange, open int) {
	strange, open = -1, -1
	if m.kind(r) != kDict {
		return strange, open
	}
	kids, _ := m.children(r)
	for i := 0; i < len(kids); i += 2 {
		switch k := m.kind(kids[i]); {
		case k > lastLiteral && open < 0:
			open = i / 2
		case k != kStr && k <= lastLiteral:
			return i / 2, open
		}
	}
	return strange, open
}

// splitState takes a pair apart. A state whose shape is not known may be a pair.
func (m *machine) splitState(state ref) (plain, slots ref, hasSlots bool) {
	if m.kind(state) == kTuple {
		if kept, _ := m.children(state); m.count(state) == 2 && len(kept) == 2 {
			return kept[0], kept[1], true
		}
	}
	if m.kind(state) > lastLiteral || m.kind(state) == kTuple && m.count(state) < 0 {
		return state, state, true
	}
	return state, 0, false
}

// buildLiteral is BUILD on a str, list, dict …: none has __setstate__, __dict__
// or attributes that can be set, so it fails unless there is nothing to set.
// _pickle.c then wants None or a dict, pickle.py anything that is false.
func (m *machine) buildLiteral(op *Op, plain, slots ref, hasSlots bool) *Error {
	if m.vague(plain) && m.kind(plain) == kTuple {
		return nil // a pair of whatever
	}
	c := m.kind(plain) == kNone || m.kind(plain) > lastLiteral
	py := m.mayBeFalse(plain)
	if value, known := m.truth(plain); value && !known && m.vague(plain) {
		m.changedSince(op)
	}
	m.implicit(op, ImplicitBool, plain, m.live)
	if hasSlots {
		k := m.kind(slots)
		c = c && (k > lastLiteral || k == kDict && m.mayBeFalse(slots))
		py = py && m.mayBeFalse(slots)
		m.implicit(op, ImplicitItems, slots, m.live)
	}
	var refused LoaderSet
	if !c {
		refused |= cLoaders
	}
	if !py {
		refused |= Py
	}
	return m.refuse(refused, BadOperand, op, "BUILD of something that has no attributes")
}

func (m *machine) mayBeFalse(r ref) bool {
	value, known := m.truth(r)
	return !value || !known
}
