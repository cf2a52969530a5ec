package pickle

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// maxChecked is how much text of a STRING or UNICODE is looked at for bad
// escapes. What no loader takes beyond it is followed as if some loader did.
const maxChecked = 64 << 10

// textLiteral pushes the value of INT, LONG, FLOAT, STRING or UNICODE.
func (m *machine) textLiteral(op *Op) *Error {
	text, err := m.lineText(op, maxChecked)
	if err != nil {
		return err
	}
	if m.reading.python2 {
		return m.textLiteral2(op, text)
	}
	whole := int64(len(text)) == op.ArgLen
	set, k := AllLoaders, kInt
	rd := &m.reading
	switch op.Code {
	case OpString:
		k = kStr
		switch {
		case whole:
			value, ok := unquote(text)
			if !ok || !rd.decodes(value) {
				set = 0
			}
		case text[0] != '\'' && text[0] != '"':
			set = 0
		}
		if rd.encoding == RawBytes {
			k = kBytes
		}
	case OpUnicode:
		k = kStr
		if _, ok := rawUnicode(text); whole && !ok {
			set = 0
		}
	case OpFloat:
		k = kFloat
		if whole {
			set = floatLoaders(text)
		}
	case OpLong:
		set = rd.longLoaders(text, whole)
	case OpInt:
		switch string(text) {
		case "00":
			m.push(imm(kBool, 0))
			return nil
		case "01":
			m.push(imm(kBool, 1))
			return nil
		}
		set = rd.intLoaders(text, whole)
	}
	if set != AllLoaders {
		if err := m.refuse(AllLoaders&^set, BadArgument, op, op.Name()+" "+asciiText(string(text), 40)); err != nil {
			return err
		}
	}
	switch {
	case k == kFloat && whole:
		if v, ok := textFloat(text); ok {
			m.push(m.add(node{kind: kFloat, a: math.Float64bits(v)}))
			return nil
		}
	case k == kInt && whole:
		return m.textInt(op, text)
	}
	m.push(m.span(k, op))
	if op.ArgLen >= minEmbedded && (op.Code == OpString || op.Code == OpUnicode) {
		m.embeddedText(op, text)
	}
	return nil
}

// checkText looks at the payload of BINUNICODE: UTF-8 in which surrogates may
// stand alone. A long one is read only for a plain loader; otherwise it is
// followed as if it were right, and looked at when it is used as a name.
func (m *machine) checkText(op *Op) *Error {
	if op.ArgLen > shortText && !m.reading.plain {
		return nil
	}
	ok, err := m.validText(op)
	if err == nil && !ok {
		err = &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " that is no UTF-8"}
	}
	return err
}

// shortText is the length up to which the text of a BINUNICODE is looked at.
const shortText = 4 << 10

// validText reads a payload piece by piece.
func (m *machine) validText(op *Op) (bool, *Error) {
	const piece = windowSize / 2
	for at, end := op.ArgOff, op.ArgOff+op.ArgLen; at < end; {
		b, err := m.read(op, at, min(piece, end-at))
		if err != nil {
			return false, err
		}
		if at+int64(len(b)) < end {
			b = b[:len(b)-partialRune(b)]
		}
		if !isASCII(b) && !validPass(b) || len(b) == 0 {
			return false, nil
		}
		at += int64(len(b))
	}
	return true, nil
}

// binString pushes BINSTRING and SHORT_BINSTRING, which the caller of the loader
// has decoded.
func (m *machine) binString(op *Op) *Error {
	if op.ArgLen >= minEmbedded {
		if err := m.embedded(op, false); err != nil {
			return err
		}
	}
	enc := m.reading.encoding
	if enc == RawBytes {
		m.push(m.span(kBytes, op))
		return nil
	}
	if enc == ASCII || enc == UTF8 {
		for at := op.ArgOff; at < op.End; at += maxChecked {
			b, err := m.read(op, at, min(maxChecked, op.End-at))
			if err != nil {
				return err
			}
			if !m.reading.decodes(b) {
				return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " that cannot be decoded as " + string(enc)}
			}
		}
	}
	m.push(m.span(kStr, op))
	return nil
}

// plainText reports whether a binary string is the same text in every encoding
// that it may be decoded with. Some make something else of ASCII: utf-7, hz,
// unicode_escape.
func (m *machine) plainText(b []byte) bool {
	return isASCII(b) && (m.reading.encoding != AnyEncoding || m.reading.python2 || !bytes.ContainsAny(b, `+\~`))
}

// decodes reports whether the text of a binary string can be decoded. UTF-8 is
// looked at roughly, since a piece may begin anywhere.
func (rd *reading) decodes(b []byte) bool {
	switch rd.encoding {
	case ASCII:
		return isASCII(b)
	case UTF8:
		return len(b) >= maxChecked || utf8.Valid(b)
	}
	return true
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
		ok = m.plainText(b)
	case OpShortBinString, OpBinString:
		ok = m.plainText(b)
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
