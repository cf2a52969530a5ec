package pickle

// put executes BINPUT, LONG_BINPUT, MEMOIZE and, once its text is read, PUT.
func (m *machine) put(op *Op, index int64) *Error {
	r, err := m.top(op)
	if err != nil {
		return err
	}
	if index >= hugeMemo && m.reading.plain && !m.reading.python2 {
		if err := m.refuse(cLoaders, BadArgument, op, "a memo that does not fit"); err != nil {
			return err
		}
	}
	m.memoAt = index
	m.pinned(r)
	m.memo.put(index, r)
	return nil
}

// hugeMemo is the index for which _pickle.c asks for a memo of 16 GiB: an array
// of pointers, grown to twice the index.
const hugeMemo = 1 << 30

func (m *machine) missing(op *Op) *Error {
	return &Error{Kind: MissingMemo, Offset: op.Offset, Text: op.Name() + " of a memo entry that was never put"}
}

// textMemo is PUT and GET with a text index.
func (m *machine) textMemo(op *Op) *Error {
	text, err := m.lineText(op, maxChecked)
	if err != nil {
		return err
	}
	if m.reading.python2 {
		return m.textMemo2(op, text)
	}
	key, negative, set := m.reading.parseIndex(text)
	if op.Code == OpPut && negative {
		set = 0
	}
	if err := m.refuse(AllLoaders&^set, BadArgument, op, op.Name()+" "+asciiText(string(text), 40)+" is no index"); err != nil {
		return err
	}
	if op.Code == OpPut {
		r, err := m.top(op)
		if err != nil {
			return err
		}
		if key.index >= 0 {
			return m.put(op, key.index)
		}
		m.pinned(r)
		m.memo.putFar(key, r)
		return nil
	}
	m.memoAt = key.index
	r, ok := m.memo.getFar(key)
	if key.index >= 0 {
		r, ok = m.memo.get(key.index)
	}
	if !ok || negative {
		return m.missing(op)
	}
	m.push(r)
	return nil
}
