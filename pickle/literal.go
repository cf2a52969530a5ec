package pickle

import "strconv"

// maxChecked is how much text of a STRING or UNICODE is looked at for bad
// escapes. What no loader takes beyond it is followed as if some loader did.
const maxChecked = 64 << 10

// textLiteral pushes the value of INT, LONG, FLOAT, STRING or UNICODE.
func (m *machine) textLiteral(op *Op) *Error {
	text, err := m.lineText(op, maxChecked)
	if err != nil {
		return err
	}
	whole := int64(len(text)) == op.ArgLen
	set, k := AllLoaders, kInt
	switch op.Code {
	case OpString:
		k = kStr
		switch {
		case whole:
			if _, ok := unquote(text); !ok {
				set = 0
			}
		case text[0] != '\'' && text[0] != '"':
			set = 0
		}
	case OpUnicode:
		k = kStr
		if _, ok := rawUnicode(text); whole && !ok {
			set = 0
		}
	case OpFloat:
		k = kFloat
		if len(text) <= maxNumber {
			set = floatLoaders(text)
		}
	case OpLong:
		if len(text) <= maxNumber {
			set = longLoaders(text)
		}
	case OpInt:
		switch string(text) {
		case "00":
			m.push(imm(kBool, 0))
			return nil
		case "01":
			m.push(imm(kBool, 1))
			return nil
		}
		if len(text) <= maxNumber {
			set = intLoaders(text)
		}
	}
	if set != AllLoaders {
		if err := m.refuse(AllLoaders&^set, BadArgument, op, op.Name()+" "+asciiText(string(text), 40)); err != nil {
			return err
		}
	}
	if k == kInt {
		if v, ok := plainInt(text, op.Code == OpLong); ok {
			m.push(m.integer(v))
			return nil
		}
	}
	m.push(m.span(k, op))
	return nil
}

// plainInt converts a decimal number that every loader reads alike.
func plainInt(b []byte, long bool) (int64, bool) {
	if long && len(b) > 1 && b[len(b)-1] == 'L' {
		b = b[:len(b)-1]
	}
	if len(b) == 0 || len(b) > 20 {
		return 0, false
	}
	digits := b
	if b[0] == '-' {
		digits = b[1:]
	}
	if len(digits) == 0 || digits[0] == '0' && len(digits) > 1 || digits[0] == '+' {
		return 0, false
	}
	v, err := strconv.ParseInt(string(b), 10, 64)
	return v, err == nil
}

// str returns the text of a str literal, at most limit bytes. ok is false when r
// is not one or when its text depends on the loader: a binary string that is not
// ASCII is decoded as the caller of the unpickler says. cut is set when there is
// more text.
func (m *machine) str(op *Op, r ref, limit int) (text []byte, cut, ok bool, _ *Error) {
	if r&immediate != 0 || m.nodes[r].kind != kStr {
		return nil, false, false, nil
	}
	n := m.nodes[r]
	size := int64(n.n)
	escaped := n.code == OpString || n.code == OpUnicode
	want := min(size, int64(limit))
	if escaped {
		// An escape is at most ten bytes for one.
		want = min(size, int64(limit)*10)
	}
	b, err := m.read(op, int64(n.a), want)
	if err != nil {
		return nil, false, false, err
	}
	cut = want < size
	switch n.code {
	case OpString:
		if b, ok = unquote(b); !ok {
			return nil, cut, false, nil
		}
		ok = isASCII(b)
	case OpShortBinString, OpBinString:
		ok = isASCII(b)
	case OpUnicode:
		if b, ok = rawUnicode(b); !ok {
			return nil, cut, false, nil
		}
	case OpPersID:
		ok = true
	default:
		ok = cut || validPass(b)
	}
	if len(b) > limit {
		b, cut = b[:limit], true
	}
	return b, cut, ok, nil
}
