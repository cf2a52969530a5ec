package pickle

import (
	"math"
	bigint "math/big"
	"slices"
	"strconv"
	"strings"
)

// atom appends a literal without items, as Python reads it.
func (d *decompiler) atom(n *node) {
	switch n.kind {
	case kInt:
		d.int(n)
	case kFloat:
		if n.code != 0 {
			d.number("float", n, "")
			return
		}
		switch v := math.Float64frombits(n.a); {
		case math.IsNaN(v) || math.IsInf(v, 0):
			d.puts("float('" + string(appendFloat(nil, v)) + "')")
		default:
			d.out = appendFloat(d.out, v)
		}
	case kStr:
		d.str(n)
	case kBytes:
		d.bytes(n)
	case kByteArray:
		d.puts("bytearray(")
		if n.n != 0 {
			d.bytes(n)
		}
		d.puts(")")
	default:
		d.cuts.forgotten = true
		d.puts("...")
	}
}

// room is how many bytes of the input one literal may show.
func (d *decompiler) room() int { return max(32, d.lim.Line-len(d.out)) }

// input returns at most limit of the n bytes at off. What cannot be read is
// missing: the run itself says why.
func (d *decompiler) input(off, n int64, limit int) (b []byte, cut bool) {
	b, err := d.m.lex.bytes(off, min(n, int64(limit)))
	if err != nil {
		return nil, true
	}
	return b, n > int64(limit)
}

func (d *decompiler) bytes(n *node) {
	b, cut := d.input(int64(n.a), int64(n.n), d.room())
	if n.code == OpString {
		if text, ok := unquoteCut(b, cut); ok {
			b = text
		}
	}
	d.byteString(b, cut)
}

func (d *decompiler) byteString(b []byte, cut bool) {
	d.out = appendBytesRepr(append(d.out, 'b'), b, len(b)*4+8)
	if cut {
		d.cutString("...")
	}
}

// cutString says inside the quotes that just ended that more follows.
func (d *decompiler) cutString(more string) {
	d.cuts.line = true
	last := len(d.out) - 1
	d.out = append(append(d.out[:last:last], more...), d.out[last])
}

// str appends a str. A binary string that is not ASCII is what the caller of the
// loader makes of it.
func (d *decompiler) str(n *node) {
	room := d.room()
	b, cut := d.input(int64(n.a), int64(n.n), room)
	var ok bool
	switch n.code {
	case OpString:
		if text, whole := unquoteCut(b, cut); whole {
			b = text
		}
		ok = isASCII(b)
	case OpShortBinString, OpBinString:
		ok = isASCII(b)
	case OpUnicode:
		b, ok = rawUnicodeCut(b, cut)
	default:
		if cut {
			b = b[:len(b)-partialRune(b)]
		}
		ok = validPass(b)
	}
	if !ok {
		d.byteString(b, cut)
		if !d.m.reading.python2 {
			d.puts(".decode(encoding)")
		}
		return
	}
	d.out = appendRepr(d.out, string(b), len(b)*10+8)
	if cut {
		d.cutString("…")
	}
}

// unquoteCut is unquote for text that may be cut inside an escape.
func unquoteCut(b []byte, cut bool) ([]byte, bool) {
	if !cut {
		return unquote(b)
	}
	for k := range min(4, len(b)) {
		if text, ok := unquote(append(slices.Clone(b[:len(b)-k]), b[0])); ok {
			return text, true
		}
	}
	return b, false
}

func rawUnicodeCut(b []byte, cut bool) ([]byte, bool) {
	for k := range min(10, len(b)) {
		if text, ok := rawUnicode(b[:len(b)-k]); ok {
			return text, true
		}
		if !cut {
			return b, false
		}
	}
	return b, len(b) == 0
}

// hexInt is the number of bytes up to which an int is written in hexadecimal.
const hexInt = 64

func (d *decompiler) int(n *node) {
	switch n.code {
	case 0:
		d.out = strconv.AppendInt(d.out, int64(n.a), 10)
	case OpLong1, OpLong4:
		b, cut := d.input(int64(n.a), int64(n.n), d.room())
		if cut || len(b) > hexInt {
			d.puts("int.from_bytes(")
			d.byteString(b, cut)
			d.puts(", 'little', signed=True)")
			return
		}
		d.puts(signedHex(b))
	case OpLong:
		d.number("int", n, "L")
	default:
		d.number("int", n, "")
	}
}

// signedHex writes little-endian two's complement.
func signedHex(b []byte) string {
	b = slices.Clone(b)
	slices.Reverse(b)
	v := new(bigint.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		v.Sub(v, new(bigint.Int).Lsh(bigint.NewInt(1), uint(8*len(b))))
	}
	if v.Sign() < 0 {
		return "-0x" + v.Neg(v).Text(16)
	}
	return "0x" + v.Text(16)
}

// shortDigits is the number of digits up to which a number stands for itself.
const shortDigits = 400

// number appends a number that the stream writes as text: as it is if every
// loader and Python read that alike, else as the call that converts it.
func (d *decompiler) number(kind string, n *node, suffix string) {
	b, cut := d.input(int64(n.a), int64(n.n), d.room())
	text := string(b)
	if kind == "int" && !cut {
		text = strings.TrimSuffix(text, suffix)
	}
	digits := strings.TrimPrefix(text, "-")
	if kind == "int" && !cut && len(text) <= shortDigits && digits != "" && digits[0] != '0' && strings.Trim(digits, "0123456789") == "" {
		d.puts(text)
		return
	}
	d.puts(kind + "(")
	d.out = appendRepr(d.out, text, len(text)*10+8)
	if cut {
		d.cutString("…")
	}
	if kind == "int" {
		d.puts(", 0")
	}
	d.puts(")")
}
