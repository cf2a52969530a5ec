package pickle

// collect executes TUPLE, LIST, DICT and FROZENSET.
func (m *machine) collect(op *Op) *Error {
	items, _, err := m.popMark(op)
	if err != nil {
		return err
	}
	k := kTuple
	switch op.Code {
	case OpList:
		k = kList
	case OpFrozenSet:
		k = kFrozenSet
		if err := m.hashed(op, items, 1); err != nil {
			return err
		}
	case OpDict:
		k = kDict
		if len(items)%2 != 0 {
			if !m.reading.python2 || m.markOnStack() {
				return odd(op)
			}
			items = items[:len(items)-1] // cPickle drops it
		}
		if err := m.hashed(op, items, 2); err != nil {
			return err
		}
	}
	if err := m.hooks(op, items); err != nil {
		return err
	}
	r := m.container(k, items)
	if k == kDict {
		if err := m.rebind(op, r, items); err != nil {
			return err
		}
	}
	m.push(r)
	return nil
}

func odd(op *Op) *Error {
	return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " of a key without a value"}
}

// mutate executes the ops that put items into what stands below them: APPEND,
// APPENDS, ADDITEMS, SETITEM, SETITEMS.
func (m *machine) mutate(op *Op) *Error {
	var items []ref
	var mk mark
	marked := false
	var err *Error
	switch op.Code {
	case OpAppend:
		items, err = m.pop(op, 1)
	case OpSetItem:
		items, err = m.pop(op, 2)
	default:
		marked = true
		items, mk, err = m.popMark(op)
	}
	if err != nil {
		return err
	}
	m.keepAll(items)
	on, err := m.top(op)
	if m.markOnStack() && marked {
		on, err = m.beforeMark2(op, items)
	}
	if err != nil {
		return err
	}
	side := items
	if m.kind(on) == kList {
		// One by one, a pair grows as well.
		if kids, more := m.children(on); !more && len(kids) == 1 && len(items) == 1 {
			side = []ref{kids[0], items[0]}
		}
	}
	if err := m.hooks(op, side); err != nil {
		return err
	}
	switch op.Code {
	case OpSetItem, OpSetItems:
		err = m.setItems(op, on, items)
	case OpAddItems:
		err = m.addItems(op, on, items)
	default:
		err = m.appendItems(op, on, items)
	}
	if err != nil {
		return err
	}
	if marked {
		m.reclaim(mk)
	}
	return nil
}

func (m *machine) setItems(op *Op, on ref, items []ref) *Error {
	var failed *Error
	if len(items)%2 != 0 {
		// _pickle.c looks first; pickle.py does the complete pairs before.
		if failed = odd(op); m.live&Py == 0 {
			return failed
		}
		m.live = Py
		items = items[:len(items)-1]
	}
	if len(items) == 0 {
		return failed
	}
	switch m.kind(on) {
	case kDict:
		if err := m.hashed(op, items, 2); err != nil {
			return err
		}
		if err := m.rebind(op, on, items); err != nil {
			return err
		}
		m.grow(on, items)
		return failed
	case kList, kByteArray:
		if err := m.setIndices(op, on, items); err != nil {
			return err
		}
		return failed
	}
	if m.literal(on) {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " on something that takes no items"}
	}
	if m.kind(on) == kResult {
		if err := m.rebind(op, on, items); err != nil {
			return err
		}
	}
	p := point{kind: KindSetItem, on: on, loaders: m.live, nargs: 2, args: items, pairs: true}
	if err := m.act(op, &p); err != nil {
		return err
	}
	return failed
}

// setIndices is list[i] = v, and bytearray[i] = v, for pairs of i and v.
func (m *machine) setIndices(op *Op, on ref, items []ref) *Error {
	size := int64(m.count(on))
	list := m.kind(on) == kList
	for i := 0; i < len(items); i += 2 {
		at, ok, known := m.index(op, items[i])
		if ok && known {
			if at < 0 {
				at += int64(m.written(on))
			}
			if fits := at >= 0 && at < int64(m.written(on)); size >= 0 {
				ok = fits
			} else if !fits {
				known = false
				m.changedSince(op)
			}
		}
		if !ok || !list && !m.mayBeByte(op, items[i+1]) {
			return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " with an index or value that does not fit"}
		}
		if list {
			m.replace(on, at, known, items[i+1])
		}
	}
	return nil
}

// replace puts v into a list at index at. If that is not known it may have gone
// anywhere, and nothing is known of the list from then on.
func (m *machine) replace(on ref, at int64, known bool, v ref) {
	if !known {
		m.escape(on)
	}
	if on&immediate != 0 || !known {
		return
	}
	if m.vague(on) {
		m.escape(v)
	}
	if kids, _ := m.children(on); at < int64(len(kids)) {
		kids[at] = v
		m.pinned(v)
	}
}

// index reads a value as an index. Objects may have an __index__.
func (m *machine) index(op *Op, r ref) (v int64, ok, known bool) {
	switch k := m.kind(r); {
	case k > lastLiteral:
		m.implicit(op, ImplicitIndex, r, m.live)
		return 0, true, false
	case k != kInt && k != kBool:
		return 0, false, true
	case r&immediate == 0:
		n := &m.nodes[r]
		return int64(n.a), n.flags&big == 0, n.code == 0
	case k == kInt && r&payload == opaqueInt:
		return 0, true, false
	case k == kInt:
		return int64(int32(r<<8) >> 8), true, true
	}
	return int64(r & payload), true, true
}

func (m *machine) mayBeByte(op *Op, r ref) bool {
	v, ok, known := m.index(op, r)
	return ok && (!known || v >= 0 && v < 256)
}

func (m *machine) appendItems(op *Op, on ref, items []ref) *Error {
	switch k := m.kind(on); {
	case k == kList:
		m.grow(on, items)
		return nil
	case k == kByteArray:
		for _, r := range items {
			if !m.mayBeByte(op, r) {
				return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " of no byte on a bytearray"}
			}
		}
		if on&immediate == 0 {
			m.nodes[on].n = saturate(int64(m.nodes[on].n) + int64(len(items)))
		}
		return nil
	case k <= lastLiteral && len(items) == 0:
		// Nothing to do for C; pickle.py still asks for extend.
		return m.refuse(Py, BadOperand, op, "APPENDS on something that is no list")
	case k <= lastLiteral:
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " on something that is no list"}
	}
	if m.reading.python2 {
		return m.appendItems2(op, on, items)
	}
	// extend if there is one, else append of each; for APPEND pickle.py does
	// not look for extend, and for nothing _pickle.c for neither.
	who := m.live
	if len(items) == 0 {
		who &= Py
	}
	extend := point{kind: KindExtend, cond: IfDefined, on: on, loaders: who, without: who, nargs: 1, args: items}
	if op.Code == OpAppend {
		extend.loaders &= cLoaders
	}
	if err := m.act(op, &extend); err != nil || len(items) == 0 {
		return err
	}
	other := extend
	other.kind, other.cond, other.loaders = KindAppend, IfMissing, m.live
	if op.Code == OpAppend && m.live&Py != 0 {
		other.cond = Always
	}
	return m.act(op, &other)
}

func (m *machine) addItems(op *Op, on ref, items []ref) *Error {
	k := m.kind(on)
	if k <= lastLiteral {
		text := "ADDITEMS on something that is no set"
		switch {
		case k != kSet && len(items) == 0:
			return m.refuse(Py, BadOperand, op, text)
		case k != kSet:
			return &Error{Kind: BadOperand, Offset: op.Offset, Text: text}
		}
		if err := m.hashed(op, items, 1); err != nil {
			return err
		}
		m.grow(on, items)
		return nil
	}
	// pickle.py calls update of a subclass of set; _pickle.c updates it
	// without asking it. Anything else gets add for each item.
	update := point{kind: KindUpdate, cond: IfSet, on: on, loaders: m.live & Py, nargs: 1, args: items}
	if err := m.act(op, &update); err != nil || len(items) == 0 {
		return err
	}
	add := update
	add.kind, add.cond, add.loaders = KindAdd, Always, m.live
	return m.act(op, &add)
}

// act lists what is done to an object, unless no loader that is left does it.
func (m *machine) act(op *Op, p *point) *Error {
	switch p.kind {
	case KindAppend, KindExtend, KindAdd, KindUpdate:
		p.again = m.kind(p.on) == kResult && m.nodes[p.on].flags&built != 0
	}
	if p.loaders == 0 {
		return nil
	}
	if _, err := m.record(op, p); err != nil {
		return err
	}
	m.changed(op, p.on)
	return nil
}

// changed notes a change in place of something that came from a look-up: a
// class, a module, a function, a table of the interpreter. Names may resolve
// differently from here on.
func (m *machine) changed(op *Op, on ref) {
	if i, ok := m.global(on); ok {
		m.tainted = true
		m.anomaly(MutatedGlobal, op.Offset, op.Name()+" changes "+asciiText(m.trace.Globals[i].String(), m.lim.Text)+" in place")
	}
}
