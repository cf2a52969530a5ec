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
	case OpDict:
		k = kDict
		if len(items)%2 != 0 {
			return odd(op)
		}
	}
	m.push(m.container(k, items))
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
	on, err := m.top(op)
	if err != nil {
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
		m.grow(on, items)
		return failed
	case kList, kByteArray:
		return failed
	}
	if m.literal(on) {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " on something that takes no items"}
	}
	p := point{kind: KindSetItem, on: on, loaders: m.live, nargs: 2, args: items, pairs: true}
	if err := m.act(op, &p); err != nil {
		return err
	}
	return failed
}

func (m *machine) appendItems(op *Op, on ref, items []ref) *Error {
	k := m.kind(on)
	if k == kList || k == kByteArray {
		if k == kList {
			m.grow(on, items)
		}
		return nil
	}
	if len(items) == 0 {
		// Nothing to do for _pickle.c; pickle.py still asks for extend.
		if k > lastLiteral {
			return m.act(op, &point{kind: KindExtend, on: on, loaders: m.live & Py, nargs: 1})
		}
		return m.refuse(Py, BadOperand, op, "APPENDS on something that is no list")
	}
	if k <= lastLiteral {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " on something that is no list"}
	}
	// extend if there is one, else append of each; for APPEND pickle.py does
	// not look for extend.
	extend := point{kind: KindExtend, on: on, loaders: m.live, nargs: 1, args: items}
	if op.Code == OpAppend {
		extend.loaders &= cLoaders
	}
	if err := m.act(op, &extend); err != nil {
		return err
	}
	return m.act(op, &point{kind: KindAppend, on: on, loaders: m.live, nargs: 1, args: items})
}

func (m *machine) addItems(op *Op, on ref, items []ref) *Error {
	k := m.kind(on)
	if k == kSet {
		m.grow(on, items)
		return nil
	}
	if k <= lastLiteral {
		text := "ADDITEMS on something that is no set"
		if len(items) == 0 {
			return m.refuse(Py, BadOperand, op, text)
		}
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: text}
	}
	// pickle.py calls update of a subclass of set; _pickle.c updates it
	// without asking it. Anything else gets add for each item.
	if err := m.act(op, &point{kind: KindUpdate, on: on, loaders: m.live & Py, nargs: 1, args: items}); err != nil {
		return err
	}
	if len(items) == 0 {
		return nil
	}
	return m.act(op, &point{kind: KindAdd, on: on, loaders: m.live, nargs: 1, args: items})
}

// act lists what is done to an object, unless no loader that is left does it.
func (m *machine) act(op *Op, p *point) *Error {
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
