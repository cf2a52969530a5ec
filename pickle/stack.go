package pickle

func (m *machine) push(r ref) {
	if len(m.stack) == cap(m.stack) {
		m.stack = enlarge(m.stack, max(256, len(m.stack)))
	}
	m.stack = append(m.stack, r)
}

// mark pushes a mark.
func (m *machine) mark() {
	if m.markOnStack() {
		m.push(imm(kMark, markPayload))
		return
	}
	m.marks = append(m.marks, mark{uint32(len(m.stack)), ref(len(m.nodes))})
	if !m.reading.python2 {
		m.fence = len(m.stack)
	}
}

// top returns the top operand.
func (m *machine) top(op *Op) (ref, *Error) {
	if len(m.stack) <= m.fence {
		return 0, m.underflow(op)
	}
	return m.stack[len(m.stack)-1], nil
}

// pop removes n operands and returns them. They stay valid until the next push.
func (m *machine) pop(op *Op, n int) ([]ref, *Error) {
	if len(m.stack)-m.fence < n {
		return nil, m.underflow(op)
	}
	out := m.stack[len(m.stack)-n:]
	m.stack = m.stack[:len(m.stack)-n]
	return out, nil
}

// popMark removes what stands above the top mark, and the mark.
func (m *machine) popMark(op *Op) ([]ref, mark, *Error) {
	if m.reading.python2 {
		return m.popMark2(op)
	}
	if len(m.marks) == 0 {
		return nil, mark{}, &Error{Kind: MissingMark, Offset: op.Offset, Text: op.Name() + " without a mark"}
	}
	mk := m.marks[len(m.marks)-1]
	m.marks = m.marks[:len(m.marks)-1]
	items := m.stack[mk.pos:]
	m.stack = m.stack[:mk.pos]
	m.fence = 0
	if len(m.marks) > 0 {
		m.fence = int(m.marks[len(m.marks)-1].pos)
	}
	return items, mk, nil
}
