package pickle

import (
	"bytes"
	"encoding/binary"
)

// Past Limits.Values literals lose their content. Two sorts of them say what a
// stream does, and honest streams of any length have them: the names that a
// STACK_GLOBAL looks up, and the arguments of a call. Picklers write both directly
// before the op that takes them, so that they are told by what follows.

// needed reports whether a literal of kind k that the current op makes is an
// operand of one of the next ops, in the way in which picklers write it.
func (m *machine) needed(k kind) bool {
	code, at := m.ahead(m.lex.Offset())
	switch k {
	case kTuple:
		return takesArgs(code)
	case kBytes, kStr:
		n := 1 // of one argument that is text nothing but its kind matters
		if k == kBytes {
			n = 0
		}
		if tuple := int(code) - int(OpTuple1); tuple >= n && tuple < 3 {
			code, _ = m.ahead(at + 1)
			return takesArgs(code)
		}
	}
	if k != kStr {
		return false
	}
	switch code {
	case OpShortBinUnicode, OpBinUnicode:
		code, _ = m.ahead(m.behind(code, at))
	case OpBinGet:
		code, _ = m.ahead(at + 2)
	case OpLongBinGet:
		code, _ = m.ahead(at + 5)
	}
	return code == OpStackGlobal
}

// takesArgs reports whether an op takes the arguments of a call. NEWOBJ_EX has its
// keywords between.
func takesArgs(code byte) bool { return code == OpReduce || code == OpNewObj || code == OpEmptyDict }

// word reports whether the text of the current op could be a name, which a later
// op may take from the memo to look it up. So many are remembered.
func (m *machine) word(n *node) bool {
	const longest = 40
	if n.kind != kStr || n.n == 0 || n.n > longest || m.words >= m.lim.Values/8 {
		return false
	}
	for _, c := range m.glance(int64(n.a), int64(n.n)) {
		if c != '_' && c != '.' && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	m.words++
	return true
}

// ahead returns the op at an offset, or behind the ops there that move nothing on
// the stack, and where it stands. It returns STOP where there is none.
func (m *machine) ahead(at int64) (code byte, _ int64) {
	const passed = 3 // MEMOIZE, FRAME and one to spare
	for range passed {
		b := m.glance(at, 1)
		if b == nil {
			return OpStop, at
		}
		switch b[0] {
		case OpMemoize:
			at++
		case OpBinPut:
			at += 2
		case OpLongBinPut:
			at += 5
		case OpFrame:
			at += 9
		case OpPut:
			const line = 12 // a memo has fewer entries than that has digits
			i := bytes.IndexByte(m.glance(at, min(line, m.lex.size-at)), '\n')
			if i < 0 {
				return OpStop, at
			}
			at += int64(i) + 1
		default:
			return b[0], at
		}
	}
	return OpStop, at
}

// behind is where a SHORT_BINUNICODE or BINUNICODE ends.
func (m *machine) behind(code byte, at int64) int64 {
	if code == OpShortBinUnicode {
		if b := m.glance(at, 2); b != nil {
			return at + 2 + int64(b[1])
		}
	} else if b := m.glance(at, 5); b != nil {
		return at + 5 + int64(binary.LittleEndian.Uint32(b[1:]))
	}
	return m.lex.size
}

// glance returns n bytes of the input, or nil. What is wrong there is told when
// it is read for good.
func (m *machine) glance(at, n int64) []byte {
	if at < 0 || at > m.lex.size-n {
		return nil
	}
	b, err := m.lex.bytes(at, n)
	if err != nil {
		return nil
	}
	return b
}
