package pickle

import (
	"bytes"
	"crypto/sha256"
	"math"
	"strconv"
	"strings"
)

// Python 2.7 has two unpicklers, and each has a stack of its own kind:
//
//   - cPickle (the C loaders, which all read alike) keeps the places of marks in
//     a list and never looks at it when it pops, so that operands come from below
//     a mark, and a mark may come to lie above the top.
//   - pickle.py pushes marks on the one stack as objects. They can be operands,
//     and copies of them, from DUP or the memo, are marks too.
//
// A pass follows one of the two. There are no frames, no mapping of names and no
// dotted walks, and protocols end at 2.

// firstPython2 is who is followed by the first pass.
func (o *Options) firstPython2(set LoaderSet) LoaderSet {
	if set&cLoaders != 0 {
		return set & cLoaders
	}
	return set
}

func (o *Options) othersPython2(set LoaderSet) []Options {
	if set&cLoaders == 0 || set&Py == 0 {
		return nil
	}
	alone := *o
	alone.Loaders = Py
	return []Options{alone}
}

// protocol is the highest that PROTO may set.
func (rd *reading) protocol() int64 {
	if rd.python2 {
		return 2
	}
	return 5
}

// markOnStack reports whether marks are items of the stack.
func (m *machine) markOnStack() bool { return m.reading.python2 && m.live == Py }

// markPayload tells the mark of pickle.py from a literal that was not kept.
const markPayload = 2

// popMark2 is popMark. A mark of cPickle may lie above the top: then some ops
// find nothing there, and the others fail.
func (m *machine) popMark2(op *Op) ([]ref, mark, *Error) {
	missing := &Error{Kind: MissingMark, Offset: op.Offset, Text: op.Name() + " without a mark"}
	if m.markOnStack() {
		k := len(m.stack) - 1
		for k >= 0 && m.stack[k] != imm(kMark, markPayload) {
			k--
		}
		if k < 0 {
			return nil, mark{}, missing
		}
		items := m.stack[k+1:]
		m.stack = m.stack[:k]
		return items, mark{pos: uint32(k)}, nil
	}
	if len(m.marks) == 0 {
		return nil, mark{}, missing
	}
	mk := m.marks[len(m.marks)-1]
	m.marks = m.marks[:len(m.marks)-1]
	if int(mk.pos) > len(m.stack) {
		if op.Code == OpDict || op.Code == OpPopMark {
			return nil, mk, nil
		}
		return nil, mark{}, &Error{Kind: StackUnderflow, Offset: op.Offset, Text: op.Name() + " with a mark above the stack"}
	}
	items := m.stack[mk.pos:]
	m.stack = m.stack[:mk.pos]
	return items, mk, nil
}

// beforeMark2 is what APPENDS and SETITEMS of pickle.py act on: stack[mark-1],
// which is the last item where nothing is below the mark.
func (m *machine) beforeMark2(op *Op, items []ref) (ref, *Error) {
	switch {
	case len(m.stack) > 0:
		return m.stack[len(m.stack)-1], nil
	case len(items) > 0:
		return items[len(items)-1], nil
	case op.Code == OpSetItems:
		return imm(kMark, markPayload), nil // nothing is set on it
	}
	return 0, &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " on a mark"}
}

// appendItems2 is appendItems on an object: cPickle appends each item, pickle.py
// does so for APPEND only and calls extend for APPENDS.
func (m *machine) appendItems2(op *Op, on ref, items []ref) *Error {
	p := point{kind: KindAppend, on: on, loaders: m.live, nargs: 1, args: items}
	if m.live == Py && op.Code == OpAppends {
		p.kind, p.cond = KindExtend, IfDefined
	} else if len(items) == 0 {
		return nil
	}
	return m.act(op, &p)
}

// partial2 is partial. The last line needs no newline: both drop its last byte.
func (m *machine) partial2(op *Op) *Error {
	acts := op.Code == OpGlobal || op.Code == OpInst || op.Code == OpPersID
	if m.live != Py {
		// cPickle wants two bytes, and for two lines the second one.
		last, size := op.ArgOff, op.ArgLen
		if steps[op.Code] == ArgLines {
			last, size = op.Arg2Off, op.Arg2Len
		}
		acts = acts && size > 0 && (steps[op.Code] != ArgLines || last != op.ArgOff)
	}
	if op.Loaders == Py && acts {
		return nil
	}
	return m.refuse(AllLoaders, Truncated, op, "end of input inside "+op.Name())
}

// textMemo2 is textMemo. pickle.py has the text itself for a key, also where an
// op has a number: the text that str makes of it. cPickle keeps texts and
// numbers apart.
func (m *machine) textMemo2(op *Op, text []byte) *Error {
	if len(text) == 0 && m.live != Py {
		return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " without an index"}
	}
	key := textKey(text)
	if n, err := strconv.ParseUint(string(text), 10, 31); err == nil && m.live == Py && strconv.FormatUint(n, 10) == string(text) {
		key = memoKey{index: int64(n)}
	}
	m.memoAt = key.index
	if op.Code == OpPut || op.Code == OpLongBinPut {
		r, err := m.top(op)
		if err != nil {
			return err
		}
		if key.index >= 0 {
			return m.put(op, key.index)
		}
		m.memo.putFar(key, r)
		return nil
	}
	r, ok := m.memo.getFar(key)
	if key.index >= 0 {
		r, ok = m.memo.get(key.index)
	}
	if !ok {
		return m.missing(op)
	}
	m.push(r)
	return nil
}

// textKey is the memo key of a text that is no number.
func textKey(text []byte) memoKey {
	sum := sha256.Sum256(text)
	key := memoKey{index: -1}
	copy(key.big[:], sum[:])
	return key
}

// textLiteral2 is textLiteral.
func (m *machine) textLiteral2(op *Op, text []byte) *Error {
	c, whole := m.live != Py, int64(len(text)) == op.ArgLen
	ok, k, base := true, kInt, 0
	switch op.Code {
	case OpString:
		k = kStr
		if c {
			// A loop over signed chars.
			text = bytes.TrimRightFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x80 })
		}
		_, ok = unquote(text)
	case OpUnicode:
		k = kStr
		_, ok = rawUnicode(text)
	case OpFloat:
		k = kFloat
		ok = float2(text, c)
	case OpLong:
		ok = long2(text, 0, c)
	case OpInt:
		if string(text) == "00" || string(text) == "01" {
			m.push(imm(kBool, ref(text[1]-'0')))
			return nil
		}
		if ok = long2(text, 10, false); !c {
			base = 10
		} else {
			ok = len(text) > 0 && (strtol(text, 0, false) || long2(text, 0, true))
		}
	}
	if !ok && whole {
		return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " " + asciiText(string(text), 40)}
	}
	if k == kInt {
		text, _ = cText(text)
		digits := strings.ReplaceAll(strings.TrimRight(strings.Trim(string(text), pySpace), "Ll"), " ", "")
		if v, err := strconv.ParseInt(digits, base, 64); err == nil {
			m.push(m.integer(v))
			return nil
		}
	}
	if v, ok := textFloat(text); ok && k == kFloat {
		m.push(m.add(node{kind: kFloat, a: math.Float64bits(v)}))
		return nil
	}
	m.push(m.span(k, op))
	if op.ArgLen >= minEmbedded && k == kStr {
		m.embeddedText(op, text)
	}
	return nil
}

// float2 reports whether FLOAT accepts a text.
func float2(b []byte, c bool) bool {
	if !c {
		return pyFloat(bytes.Trim(b, pySpace), false)
	}
	_, nul := cText(b)
	return !nul && cFloat(b)
}

// long2 reports whether long(b, base) of Python 2 accepts b. C ends it at a NUL.
func long2(b []byte, base int, c bool) bool {
	if text, nul := cText(b); nul && !c {
		return false
	} else if c {
		b = text
	}
	b = bytes.TrimLeft(b, pySpace)
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		b = bytes.TrimLeft(b[1:], pySpace)
	}
	b = bytes.TrimRight(b, pySpace)
	if n := len(b); n > 1 && b[n-1]|0x20 == 'l' {
		b = b[:n-1]
	}
	if base == 0 {
		base = 10
		if len(b) > 1 && b[0] == '0' {
			base = 8
			if i := strings.IndexByte("xob", b[1]|0x20); i >= 0 {
				base, b = []int{16, 8, 2}[i], b[2:]
			}
		}
	}
	return digits(b, base, false)
}
