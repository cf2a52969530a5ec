package pickle

// Embedded is a literal whose payload begins like something that may hold a
// pickle: a pickle, compressed data, an archive, or one of these as text. That is
// a guess from its first bytes. Whoever wants to know takes it for a file of its
// own.
type Embedded struct {
	// Offset is where the op stands, Op its opcode.
	Offset int64
	Op     byte
	// At and Len are the span of the payload in the input.
	At, Len int64
	// Coding says how the payload becomes bytes.
	Coding Coding
}

// Coding is a way to write bytes.
type Coding uint8

// The codings.
const (
	// AsBytes: the payload is the bytes.
	AsBytes Coding = iota + 1
	// AsLatin1: text in UTF-8, each character of which is a byte. Protocols 0 to
	// 2 write bytes so, for _codecs.encode(text, 'latin1').
	AsLatin1
	// AsQuoted: the text of STRING, with its quotes and escapes.
	AsQuoted
	// AsEscaped: the text of UNICODE, with its escapes, each character a byte.
	AsEscaped
	// AsBase64: the characters of RFC 4648, both alphabets.
	AsBase64
	// AsHex: pairs of hexadecimal digits.
	AsHex
)

// MaxEmbedded is how many embedded literals a trace lists.
const MaxEmbedded = 100_000

const (
	// minEmbedded is the length of the shortest pickle that calls something
	// with a name worth calling: "cos\nabort\n)R.".
	minEmbedded = 10
	// embeddedHead is how much of a payload is looked at.
	embeddedHead = 512
	// embeddedMore is how much of it is looked at if that decides nothing.
	embeddedMore = 32 << 10
)

// embedded notes a literal that begins like a pickle. It is called for every
// literal that is not short, so the first byte must tell most of them apart.
func (m *machine) embedded(op *Op, text bool) *Error {
	b := m.lex.window(op.ArgOff, 2)
	if b != nil && !opens(b) {
		return nil
	}
	n := min(op.ArgLen, embeddedHead)
	if b = m.lex.window(op.ArgOff, n); b == nil {
		var err *Error
		if b, err = m.read(op, op.ArgOff, n); err != nil {
			return err
		}
	}
	if !opens(b) {
		return nil
	}
	c := codingOf(b, op.ArgLen, text)
	if c != 0 && n < op.ArgLen && !signed(b) {
		// Text without a line end may go on like this for long.
		var err *Error
		if b, err = m.read(op, op.ArgOff, min(op.ArgLen, embeddedMore)); err != nil {
			return err
		}
		c = codingOf(b, op.ArgLen, text)
	}
	if c != 0 {
		m.trace.embed(Embedded{op.Offset, op.Code, op.ArgOff, op.ArgLen, c})
	}
	return nil
}

// embeddedText is embedded for the text of STRING and UNICODE.
func (m *machine) embeddedText(op *Op, text []byte) {
	// An escape has ten bytes at most, and must not be cut.
	text = text[:min(len(text), embeddedHead)]
	e := Embedded{op.Offset, op.Code, op.ArgOff, op.ArgLen, AsEscaped}
	if op.Code == OpString {
		e.Coding = AsQuoted
	}
	b := Decode(nil, text, e.Coding)
	if Looks(b, sizeOf(b, text, op.ArgLen)) != 0 {
		m.trace.embed(e)
	}
}

func (t *Trace) embed(e Embedded) {
	if len(t.Embedded) >= MaxEmbedded {
		t.MoreEmbedded++
		return
	}
	t.Embedded = append(t.Embedded, e)
}

// mergeEmbedded adds the literals that only another pass has.
func (t *Trace) mergeEmbedded(other *Trace) {
	seen := make(map[Embedded]bool, len(t.Embedded))
	for _, e := range t.Embedded {
		seen[e] = true
	}
	for _, e := range other.Embedded {
		if !seen[e] {
			t.embed(e)
		}
	}
	t.MoreEmbedded = max(t.MoreEmbedded, other.MoreEmbedded)
}

// codingOf is Looks for the payload of a literal. The characters of text above
// 0x7f are two bytes.
func codingOf(b []byte, size int64, text bool) Coding {
	if !text {
		return Looks(b, size)
	}
	if !isASCII(b) {
		raw := b
		var store [embeddedHead]byte
		b = Decode(store[:0], raw, AsLatin1)
		size = sizeOf(b, raw, size)
	}
	c := Looks(b, size)
	if c == AsBytes {
		c = AsLatin1
	}
	return c
}

// sizeOf is how many bytes a payload of size stands for, of which raw is the head
// and stands for b: those of b, or more.
func sizeOf(b, raw []byte, size int64) int64 {
	if int64(len(raw)) < size {
		return int64(len(b)) + 1
	}
	return int64(len(b))
}

// Looks says whether bytes that begin with head and are size bytes long may be,
// or hold, a pickle, and how: AsBytes, AsBase64 or AsHex, or 0 if nothing speaks for it.
func Looks(head []byte, size int64) Coding {
	switch {
	case size < minEmbedded || len(head) < minEmbedded:
		return 0
	case signed(head) || textHead(head, int64(len(head)) >= size):
		return AsBytes
	case decodesTo(head, size, AsHex):
		return AsHex
	case decodesTo(head, size, AsBase64):
		return AsBase64
	}
	return 0
}

// Written says whether head, the beginning of size bytes, is text that may stand for
// what holds a pickle: AsBase64 or AsHex, or 0. Unlike Looks it does not ask what
// the text is itself, and it knows a tar, whose sign stands far behind its start.
func Written(head []byte, size int64) Coding {
	long := digitsIn(head) >= tarDigits
	for _, c := range []Coding{AsHex, AsBase64} {
		if size >= minEmbedded && len(head) >= minEmbedded && decodesTo(head, size, c) || long && writtenTar(head, c) {
			return c
		}
	}
	return 0
}

// tarMagic stands at tarMagicAt of a header of tar (POSIX.1-1988, ustar).
const (
	tarMagic   = "ustar"
	tarMagicAt = 257
	tarEnd     = tarMagicAt + len(tarMagic)
	// tarDigits is how many digits of base64 stand for so much; of hex it takes more.
	tarDigits = (tarEnd*8 + 5) / 6
)

// digitsIn counts the digits of base64 that a text begins with, up to tarDigits. Blanks
// among them do not count.
func digitsIn(text []byte) (n int) {
	for _, c := range text {
		switch {
		case sextets[c] >= 0:
			if n++; n == tarDigits {
				return n
			}
		case !blankDigit(c):
			return n
		}
	}
	return n
}

func writtenTar(head []byte, c Coding) bool {
	var store [WrittenHead]byte
	b := Decode(store[:0], head[:min(len(head), WrittenHead)], c)
	return len(b) >= tarEnd && string(b[tarMagicAt:tarEnd]) == tarMagic
}

// WrittenHead is how many bytes Written looks at.
const WrittenHead = 640

// decodesTo reports whether the first bytes of head are text that stands for a
// sign.
func decodesTo(head []byte, size int64, c Coding) bool {
	// Of the first sixteen characters none is a blank.
	const first = 16
	n := first * 6 / 8
	if c == AsHex {
		n = first / 2
	}
	if len(head) < first {
		return false
	}
	var store [embeddedHead]byte
	b := Decode(store[:0], head[:first], c)
	if len(b) < n || !openBytes.has(b) && !openSigned.has(b) {
		return false
	}
	whole := int64(len(head)) >= size
	b = Decode(store[:0], head[:min(len(head), embeddedHead)], c)
	return signed(b) || textHead(b, whole) || standsForSigned(b, maxWritten-1)
}

// maxWritten is how many codings as text, one around the other, are looked through
// at once.
const maxWritten = 4

// standsForSigned reports whether text stands for what begins with a magic number, or
// for a stream that begins with GLOBAL, in so many codings. It is for text in text,
// where less than that would be an accident.
func standsForSigned(head []byte, codings int) bool {
	const first = 16
	if codings == 0 || len(head) < first || !openSigned.has(head) {
		return false
	}
	var store [embeddedHead]byte
	for _, c := range []Coding{AsHex, AsBase64} {
		b := Decode(store[:0], head, c)
		if len(b) >= first/2 && (signed(b) || b[0] == OpGlobal && textHead(b, true) || standsForSigned(b, codings-1)) {
			return true
		}
	}
	return false
}

// signed reports whether b begins with a magic number: of a pickle from protocol
// 2 on, or of what may hold one.
func signed(b []byte) bool {
	if len(b) < 6 {
		return false
	}
	switch b[0] {
	case OpProto:
		return b[1] <= 5 && steps[b[2]] != noOpcode
	case 0x78: // zlib (RFC 1950): the two bytes are a multiple of 31
		return b[1] == 0x01 || b[1] == 0x5e || b[1] == 0x9c || b[1] == 0xda
	case 0x1f: // gzip (RFC 1952)
		return b[1] == 0x8b && b[2] == 8
	case 'B': // bzip2, with the mark of its first block
		return string(b[1:3]) == "Zh" && b[3] >= '1' && b[3] <= '9' && (b[4] == 0x31 || b[4] == 0x17)
	case 0xfd: // xz
		return string(b[1:6]) == "7zXZ\x00"
	case ']': // lzma alone, as Python writes it
		return b[1] == 0 && b[2] == 0 && b[5] <= 1
	case 'P': // zip
		return string(b[1:4]) == "K\x03\x04"
	case 0x93: // npy
		return string(b[1:6]) == "NUMPY"
	}
	return false
}

// pairs is a set of two bytes.
type pairs [256 * 256 / 64]uint64

func (p *pairs) add(a, b byte) { p[uint(a)<<2|uint(b)>>6] |= 1 << (b & 63) }

// has reports whether the first two bytes of b are in the set.
func (p *pairs) has(b []byte) bool {
	return len(b) > 1 && p[uint(b[0])<<2|uint(b[1])>>6]>>(b[1]&63)&1 != 0
}

// begins reports whether a pair in the set begins with a byte.
func (p *pairs) begins(first byte) bool {
	words := p[uint(first)<<2:][:4]
	return words[0]|words[1]|words[2]|words[3] != 0
}

// opens reports whether b may begin what Looks knows, in text too.
func opens(b []byte) bool { return openText.has(b) }

// openBytes are the first two bytes of what signed and textHead know, openText
// those of the same as text, and openSigned those of text that stands for what
// signed knows.
var openBytes, openText, openSigned = func() (raw, text, signed pairs) {
	for i := range 1 << 16 {
		if a, b := byte(i>>8), byte(i); mayOpen(a, b) {
			raw.add(a, b)
			text.add(a, b)
		}
	}
	digits := func(raw, text *pairs, digits string, value func(byte) int, width int) {
		for i := range len(digits) {
			for j := range len(digits) {
				first := byte(value(digits[i])<<(8-width) | value(digits[j])>>(2*width-8))
				if raw.begins(first) {
					text.add(digits[i], digits[j])
				}
			}
		}
	}
	written := func(raw, text *pairs) {
		digits(raw, text, "0123456789abcdefABCDEF", unhex, 4)
		digits(raw, text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_", sextet, 6)
	}
	written(&raw, &text)
	var signs pairs
	for _, s := range []string{"\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05", "x\x01", "x^", "x\x9c", "x\xda", "\x1f\x8b", "BZ", "\xfd7", "]\x00", "PK", "\x93N"} {
		signs.add(s[0], s[1])
	}
	for b := range 256 {
		if c := byte(b); namelike([]byte{c}) && c < 0x80 {
			signs.add(OpGlobal, c)
		}
	}
	written(&signs, &signed)
	for range maxWritten - 2 {
		inner := signed
		written(&inner, &signed)
	}
	written(&signed, &text)
	// A character above 0x7f is two bytes in text.
	for b := range 64 {
		for second := range 256 {
			if raw.has([]byte{byte(0x80 | b), byte(second)}) {
				text.add(0xc2, byte(0x80|b))
			}
			if raw.has([]byte{byte(0xc0 | b), byte(second)}) {
				text.add(0xc3, byte(0x80|b))
			}
			if second < 0x80 && raw.has([]byte{byte(second), byte(0x80 | b)}) {
				text.add(byte(second), 0xc2)
			}
			if second < 0x80 && raw.has([]byte{byte(second), byte(0xc0 | b)}) {
				text.add(byte(second), 0xc3)
			}
		}
	}
	return raw, text, signed
}()
