package pickle

import (
	"fmt"
	"math"
	"strconv"
)

// exec executes one op other than STOP.
func (m *machine) exec(op *Op) *Error {
	if m.reading.python2 && opcodes[op.Code].Proto > 2 {
		return m.lex.badOpcode(op)
	}
	switch op.Code {
	case OpMark:
		m.mark()

	// Literals.
	case OpNone:
		m.push(imm(kNone, 0))
	case OpNewTrue:
		m.push(imm(kBool, 1))
	case OpNewFalse:
		m.push(imm(kBool, 0))
	case OpBinInt, OpBinInt1, OpBinInt2:
		m.push(m.integer(op.Int))
	case OpBinFloat:
		m.push(m.add(node{kind: kFloat, a: uint64(op.Int)}))
	case OpBinUnicode, OpShortBinUnicode, OpBinUnicode8:
		if err := m.checkText(op); err != nil {
			return err
		}
		m.push(m.span(kStr, op))
		if op.ArgLen >= minEmbedded {
			return m.embedded(op, true)
		}
	case OpBinString, OpShortBinString:
		return m.binString(op)
	case OpBinBytes, OpShortBinBytes, OpBinBytes8:
		m.push(m.span(kBytes, op))
		if op.ArgLen >= minEmbedded {
			return m.embedded(op, false)
		}
	case OpByteArray8:
		m.push(m.span(kByteArray, op))
		if op.ArgLen >= minEmbedded {
			return m.embedded(op, false)
		}
	case OpLong1, OpLong4:
		return m.long(op)
	case OpInt, OpLong, OpFloat, OpString, OpUnicode:
		return m.textLiteral(op)
	case OpEmptyTuple:
		m.push(imm(kTuple, 0))
	case OpEmptyList:
		m.push(m.add(node{kind: kList}))
	case OpEmptyDict:
		m.push(m.add(node{kind: kDict}))
	case OpEmptySet:
		m.push(m.add(node{kind: kSet}))

	// Stack and memo.
	case OpPop:
		return m.execPop(op)
	case OpPopMark:
		items, mk, err := m.popMark(op)
		if err != nil {
			return err
		}
		m.discard(items)
		m.reclaim(mk)
	case OpDup:
		r, err := m.top(op)
		if err != nil {
			return err
		}
		m.push(r)
	case OpBinPut, OpLongBinPut:
		if op.Int > math.MaxInt32 && m.markOnStack() {
			return m.textMemo2(op, strconv.AppendInt(nil, int64(int32(op.Int)), 10))
		}
		return m.put(op, op.Int)
	case OpMemoize:
		return m.put(op, int64(m.memo.filled))
	case OpBinGet, OpLongBinGet:
		if op.Int > math.MaxInt32 && m.markOnStack() {
			return m.textMemo2(op, strconv.AppendInt(nil, int64(int32(op.Int)), 10))
		}
		m.memoAt = op.Int
		r, ok := m.memo.get(op.Int)
		if !ok {
			return m.missing(op)
		}
		m.push(r)
	case OpPut, OpGet:
		return m.textMemo(op)

	// Containers.
	case OpTuple1, OpTuple2, OpTuple3:
		items, err := m.pop(op, int(op.Code-OpTuple1)+1)
		if err != nil {
			return err
		}
		if err := m.hooks(op, items); err != nil {
			return err
		}
		m.push(m.container(kTuple, items))
	case OpTuple, OpList, OpDict, OpFrozenSet:
		return m.collect(op)
	case OpAppend, OpAppends, OpAddItems, OpSetItem, OpSetItems:
		return m.mutate(op)

	// Look-ups and calls.
	case OpGlobal:
		return m.execGlobal(op)
	case OpStackGlobal:
		return m.stackGlobal(op)
	case OpExt1, OpExt2, OpExt4:
		return m.extension(op)
	case OpReduce:
		return m.reduce(op)
	case OpNewObj, OpNewObjEx:
		return m.newObj(op)
	case OpInst:
		return m.inst(op)
	case OpObj:
		return m.obj(op)
	case OpBuild:
		return m.build(op)

	// Persistent ids and buffers.
	case OpPersID, OpBinPersID:
		return m.persistent(op)
	case OpNextBuffer:
		return m.nextBuffer(op)
	case OpReadonlyBuffer:
		return m.readonly(op)

	case OpProto:
		if highest := m.reading.protocol(); op.Int > highest {
			return &Error{Kind: BadProtocol, Offset: op.Offset, Text: fmt.Sprintf("protocol %d, %d is the highest", op.Int, highest)}
		}
		m.proto = int(op.Int)
	case OpFrame:
		return m.frame(op)
	default:
		// The lexer yields no byte that is not in the table.
		return m.lex.badOpcode(op)
	}
	return nil
}

// execPop drops the top, or the mark if nothing is above it.
func (m *machine) execPop(op *Op) *Error {
	if atMark := len(m.marks) > 0 && int(m.marks[len(m.marks)-1].pos) == len(m.stack); len(m.stack) > m.fence && !atMark {
		top := len(m.stack) - 1
		m.discard(m.stack[top:])
		m.stack = m.stack[:top]
		return nil
	}
	if len(m.marks) == 0 || len(m.stack) < int(m.marks[len(m.marks)-1].pos) {
		return m.underflow(op)
	}
	_, _, err := m.popMark(op)
	return err
}

// discard notes the results of calls among dropped values.
func (m *machine) discard(items []ref) {
	for _, r := range items {
		if r&immediate == 0 && m.nodes[r].kind == kResult {
			m.trace.Calls[m.nodes[r].n].Discarded = true
		}
	}
}

// lineText returns at most limit bytes of the text of op. The text is longer
// when the result has limit bytes.
func (m *machine) lineText(op *Op, limit int64) ([]byte, *Error) {
	return m.read(op, op.ArgOff, min(op.ArgLen, limit))
}

// read returns bytes of the input that were stepped over before.
func (m *machine) read(op *Op, off, n int64) ([]byte, *Error) {
	b, err := m.lex.bytes(off, n)
	if err != nil {
		return nil, &Error{Kind: ReadFailed, Offset: op.Offset, Text: asciiText(err.Error(), 200), Err: err}
	}
	return b, nil
}

func (m *machine) persistent(op *Op) *Error {
	var id ref
	if op.Code == OpBinPersID {
		items, err := m.pop(op, 1)
		if err != nil {
			return err
		}
		id = items[0]
	} else {
		text, err := m.lineText(op, maxChecked)
		if err != nil {
			return err
		}
		if !m.reading.python2 && !isASCII(text) {
			return &Error{Kind: BadArgument, Offset: op.Offset, Text: "PERSID is not ASCII"}
		}
		id = m.span(kStr, op)
	}
	// pickle.loads has no way to give persistent_load, so it refuses. That is
	// how every file with persistent ids is, and no oddity.
	if !m.reading.python2 {
		m.live &^= CMem
	}
	if m.live == 0 {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: "persistent id without persistent_load"}
	}
	m.trace.PersistentIDs++
	if m.crowded(len(m.trace.Persistent), 1) {
		m.trace.MorePersistent++
	} else {
		text, err := m.renderArgs(op, &point{args: []ref{id}})
		if err != nil {
			return err
		}
		m.facts.bytes += len(text)
		m.trace.Persistent = append(m.trace.Persistent, PersistentID{op.Offset, m.live, text})
	}
	m.escape(id)
	m.push(m.add(node{kind: kPersistent, a: uint64(id)}))
	return nil
}

// mayBeBytes reports a binary string that the caller of the loader may have asked
// to stay bytes.
func (m *machine) mayBeBytes(r ref) bool {
	if m.kind(r) != kStr || m.reading.encoding != AnyEncoding || m.reading.python2 {
		return false
	}
	return r&immediate != 0 || binaryString(m.nodes[r].code)
}

// binaryString reports the opcodes of Python 2's str.
func binaryString(code byte) bool {
	return code == OpString || code == OpBinString || code == OpShortBinString
}

// nextBuffer pushes the next of the buffers that the caller gave, which a plain
// caller does not.
func (m *machine) nextBuffer(op *Op) *Error {
	if m.reading.plain {
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: "NEXT_BUFFER without buffers"}
	}
	m.trace.Buffers++
	m.push(imm(kBuffer, 0))
	return nil
}

func (m *machine) readonly(op *Op) *Error {
	r, err := m.top(op)
	if err != nil {
		return err
	}
	switch k := m.kind(r); {
	case k == kBytes || k == kBuffer || k == kView, m.mayBeBytes(r):
	case k > lastLiteral:
		m.implicit(op, ImplicitBuffer, r, m.live)
	case k == kByteArray:
		view := imm(kView, opaque)
		if r&immediate == 0 {
			n := m.nodes[r]
			n.kind = kView
			view = m.add(n)
		}
		m.stack[len(m.stack)-1] = view
	default:
		return &Error{Kind: BadOperand, Offset: op.Offset, Text: "READONLY_BUFFER of something that has no buffer"}
	}
	return nil
}
