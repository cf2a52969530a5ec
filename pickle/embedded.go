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
const MaxEmbedded = 1000

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
	b := m.lex.window(op.ArgOff, 1)
	if b != nil && !opens[b[0]] {
		return nil
	}
	n := min(op.ArgLen, embeddedHead)
	if b = m.lex.window(op.ArgOff, n); b == nil {
		var err *Error
		if b, err = m.read(op, op.ArgOff, n); err != nil {
			return err
		}
	}
	if len(b) == 0 || !opens[b[0]] {
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
	if b := Decode(nil, text, e.Coding); Looks(b, op.ArgLen) != 0 {
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
		var store [embeddedHead]byte
		b = Decode(store[:0], b, AsLatin1)
	}
	c := Looks(b, size)
	if c == AsBytes {
		c = AsLatin1
	}
	return c
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

// decodesTo reports whether the first bytes of head are text that stands for a
// sign.
func decodesTo(head []byte, size int64, c Coding) bool {
	// Sixteen characters: in hex they stand for eight bytes.
	head = head[:min(len(head), 256)]
	if len(head) < 16 {
		return false
	}
	var store [256]byte
	b := Decode(store[:0], head[:16], c)
	if len(b) < 8 || !opensBytes[b[0]] {
		return false
	}
	b = Decode(store[:0], head, c)
	return signed(b) || textHead(b, int64(len(head)) >= size)
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

// opensBytes are the first bytes of what signed and textHead know, opens those of
// what Looks knows, in text too.
var opensBytes, opens = func() (bytes, all [256]bool) {
	for _, c := range []byte("\x80\x78\x1f\xfd\x93BP(FGIJKLMNSTUVX]}ci)C") {
		bytes[c] = true
	}
	for _, c := range []byte{OpExt1, OpExt2, OpExt4, OpNewTrue, OpNewFalse, OpLong1, OpLong4, OpShortBinUnicode, OpBinUnicode8, OpBinBytes8, OpEmptySet, OpFrame, OpByteArray8} {
		bytes[c] = true
	}
	all = bytes
	all[0xc2], all[0xc3] = true, true // text that stands for bytes above 0x7f
	const hex = "0123456789abcdefABCDEF"
	const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
	for i := range len(hex) {
		for j := range len(hex) {
			all[hex[i]] = all[hex[i]] || bytes[unhex(hex[i])<<4|unhex(hex[j])]
		}
	}
	for i := range len(base64) {
		for j := range len(base64) {
			all[base64[i]] = all[base64[i]] || bytes[byte(sextet(base64[i])<<2|sextet(base64[j])>>4)]
		}
	}
	return bytes, all
}()
