package pickle

import (
	"bytes"
	"unicode/utf8"
)

// LooksUp reports whether b may be the beginning of a stream without PROTO that
// looks something up within b.
func LooksUp(b []byte) bool { return textHead(b, true) }

// textHead reports whether b may begin a stream without PROTO that looks
// something up. Text is told from it by its first few ops: most of them are no
// opcode, or their argument is not of the kind that it has to be. A head that
// ends before anything is decided is taken, unless it is the whole.
func textHead(b []byte, whole bool) bool {
	depth := 0 // items and marks; ops that take more are no beginning
	named := 0 // of them, what may be the name of something
	for len(b) > 0 {
		code := b[0]
		b = b[1:]
		switch code {
		case OpGlobal, OpInst:
			if code == OpInst && depth == 0 {
				return false
			}
			module, rest, ok := bytes.Cut(b, []byte("\n"))
			name, rest, ok2 := bytes.Cut(rest, []byte("\n"))
			if (!ok || !ok2) && !whole && len(b) < 256 {
				return true
			}
			return ok && ok2 && namelike(module) && namelike(name) && len(rest) > 0 && steps[rest[0]] != noOpcode
		case OpStackGlobal:
			return named >= 2
		case OpBinUnicode, OpShortBinUnicode, OpBinUnicode8, OpUnicode, OpString, OpBinString, OpShortBinString, OpGet, OpBinGet, OpLongBinGet:
			depth++
			named++
		case OpStop, OpReduce, OpBuild, OpObj, OpNewObj, OpNewObjEx, OpPersID, OpBinPersID, OpProto:
			return false
		case OpAppend, OpSetItem, OpSetItems, OpAppends, OpAddItems, OpTuple, OpList, OpDict, OpFrozenSet, OpPop, OpPopMark, OpDup, OpPut, OpBinPut, OpLongBinPut, OpMemoize, OpTuple1, OpTuple2, OpTuple3:
			if depth == 0 {
				return false
			}
		case OpFrame:
		default:
			depth++
		}
		arg := steps[code]
		width := int(widths[arg])
		switch {
		case arg == noOpcode:
			return false
		case arg == ArgLine:
			line, rest, ok := bytes.Cut(b, []byte("\n"))
			if !linelike(code, line, ok) {
				return false
			}
			if !ok {
				return !whole
			}
			b = rest
			continue
		case len(b) < width:
			return !whole
		}
		n := littleEndian(b[:width])
		b = b[width:]
		if arg < ArgLen1 {
			continue
		}
		if n > uint64(len(b)) {
			// Longer than the head: only a payload of a likely length.
			return !whole && n < 1<<24 && arg != ArgLen1
		}
		b = b[n:]
	}
	return !whole
}

// mayOpen reports whether a and b may be the first two bytes of a magic number or
// of a stream.
func mayOpen(a, b byte) bool {
	switch a {
	case OpProto:
		return b <= 5
	case 0x78, 0x1f, 0xfd, 0x93:
		return bytes.IndexByte([]byte{0x01, 0x5e, 0x9c, 0xda, 0x8b, '7', 'N'}, b) >= 0
	case OpString:
		return b == '\'' || b == '"'
	case OpInt, OpLong, OpFloat:
		return b <= ' ' || b == '-' || b == '+' || b == '.' || b >= '0' && b <= '9' || a == OpFloat
	case OpGlobal:
		return namelike([]byte{b})
	case OpMark, OpNone, OpEmptyTuple, OpEmptyList, OpEmptyDict, OpEmptySet, OpNewTrue, OpNewFalse:
		// A second item, or what is done with the first.
		return steps[b] != noOpcode && b != OpStop || a == OpEmptyList && b == 0
	case 'P', 'V', 'B', OpBinInt, OpBinInt1, OpBinInt2, OpBinFloat, OpBinString, OpShortBinString, OpBinUnicode, OpShortBinBytes,
		OpLong1, OpLong4, OpShortBinUnicode, OpBinUnicode8, OpBinBytes8, OpFrame, OpByteArray8:
		return true
	}
	return false
}

// linelike reports whether a line may be the text of the op; whole says that it
// is all of it.
func linelike(code byte, line []byte, whole bool) bool {
	switch code {
	case OpString:
		return len(line) > 0 && (line[0] == '\'' || line[0] == '"') && (!whole || len(line) > 1 && line[len(line)-1] == line[0])
	case OpInt, OpLong, OpPut, OpGet, OpFloat:
		if len(line) == 0 || len(line) > 64 {
			return false
		}
		for _, c := range line {
			if (c < '0' || c > '9') && bytes.IndexByte([]byte("+-._exXabcdefABCDEFLlinfINF\x00 "), c) < 0 {
				return false
			}
		}
		return line[0] == '-' || line[0] == '+' || line[0] == ' ' || line[0] >= '0' && line[0] <= '9' || code == OpFloat
	}
	return true
}

// namelike reports whether b could be a dotted name.
func namelike(b []byte) bool {
	if len(b) == 0 || len(b) > 128 {
		return false
	}
	for _, c := range b {
		if c < utf8.RuneSelf && c != '.' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c != '<' && c != '>' {
			return false
		}
	}
	return true
}

// sextet returns the value of a character of base64, of either alphabet, or -1.
func sextet(c byte) int { return int(sextets[c]) }

var sextets = func() (t [256]int8) {
	for c := range t {
		t[c] = -1
	}
	for _, alphabet := range []string{base64Digits + "+/", base64Digits + "-_"} {
		for v, c := range []byte(alphabet) {
			t[c] = int8(v)
		}
	}
	return t
}()

// base64Digits are the digits that both alphabets of RFC 4648 have.
const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Decode appends to out what the beginning of b stands for. It ends where b is
// not of the coding, or is cut; line ends and blanks in base64 and hex are
// passed over.
func Decode(out, b []byte, c Coding) []byte {
	d := Decoder{Coding: c}
	out, _ = d.Append(out, b)
	return out
}
