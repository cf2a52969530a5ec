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
	case OpBinString, OpShortBinString:
		return m.binString(op)
	case OpBinBytes, OpShortBinBytes, OpBinBytes8:
		m.push(m.span(kBytes, op))
	case OpByteArray8:
		m.push(m.span(kByteArray, op))
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
	if m.trace.PersistentIDs++; !m.crowded(len(m.trace.Persistent), 1) {
		text, err := m.renderArgs(op, &point{args: []ref{id}})
		if err != nil {
			return err
		}
		m.facts.bytes += len(text)
		m.trace.Persistent = append(m.trace.Persistent, PersistentID{op.Offset, m.live, text})
	}
	m.push(m.add(node{kind: kPersistent, a: uint64(id)}))
	return nil
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
	case k == kBytes || k == kBuffer || k == kView:
	case k > lastLiteral:
		m.touch(op, TouchBuffer, r, m.live)
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

// long pushes LONG1 and LONG4, converted only when it fits 8 bytes.
func (m *machine) long(op *Op) *Error {
	if op.ArgLen > shortLong {
		m.push(m.span(kInt, op))
		return nil
	}
	b, err := m.read(op, op.ArgOff, op.ArgLen)
	if err != nil {
		return err
	}
	if v, ok := twosComplement(b); ok {
		m.push(m.integer(v))
		return nil
	}
	r := m.span(kInt, op)
	if r&immediate == 0 {
		m.nodes[r].flags |= big
	}
	m.push(r)
	return nil
}

// shortLong is the length up to which the payload of LONG4 is looked at.
const shortLong = 4 << 10

// twosComplement converts little-endian bytes, unless the number is too big.
func twosComplement(b []byte) (int64, bool) {
	var sign byte
	if n := len(b); n > 0 && b[n-1]&0x80 != 0 {
		sign = 0xff
	}
	for len(b) > 8 {
		if b[len(b)-1] != sign {
			return 0, false
		}
		b = b[:len(b)-1]
	}
	if n := len(b); n == 8 && b[n-1]&0x80 != sign&0x80 {
		return 0, false
	}
	v := uint64(int64(int8(sign)))
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return int64(v), true
}
