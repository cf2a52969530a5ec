package pickle

import (
	"fmt"
	"io"
	"math"
	"strconv"
)

// Format writes op as pickletools.dis does, for example "SHORT_BINUNICODE 'id'"
// or "GLOBAL 'posix system'". The text of an argument is read from r, at most
// limit bytes of it, and escaped to printable ASCII; "…" stands for the rest.
// The error is r's.
func Format(r io.ReaderAt, op Op, limit int) (string, error) {
	name := op.Name()
	if name == "" {
		return fmt.Sprintf("0x%02x", op.Code), nil
	}
	limit = max(limit, 16)
	load := func(off, n int64) ([]byte, bool, error) {
		b := make([]byte, min(n, int64(limit)))
		return b, n > int64(limit), readFull(r, b, off)
	}
	out := append([]byte(name), ' ')
	switch steps[op.Code] {
	case ArgNone:
		return name, nil
	case ArgU1, ArgU2, ArgU4, ArgI4:
		return string(strconv.AppendInt(out, op.Int, 10)), nil
	case ArgU8:
		return string(strconv.AppendUint(out, uint64(op.Int), 10)), nil
	case ArgF8:
		return string(appendFloat(out, math.Float64frombits(uint64(op.Int)))), nil
	case ArgLines:
		a, cutA, err := load(op.ArgOff, op.ArgLen)
		if err != nil {
			return "", err
		}
		b, cutB, err := load(op.Arg2Off, op.Arg2Len)
		if err != nil {
			return "", err
		}
		out = appendRepr(out, string(a)+" "+string(b), 2*limit)
		return string(out) + ellipsisIf(cutA || cutB), nil
	}
	b, cut, err := load(op.ArgOff, op.ArgLen)
	if err != nil {
		return "", err
	}
	switch op.Code {
	case OpInt, OpLong, OpFloat, OpGet, OpPut:
		out, _ = appendEscaped(out, string(b), 0, limit)
		return string(out) + ellipsisIf(cut), nil
	case OpLong1, OpLong4:
		if v, ok := twosComplement(b); ok && !cut {
			return string(strconv.AppendInt(out, v, 10)), nil
		}
		return string(out) + fmt.Sprintf("<%d bytes>", op.ArgLen), nil
	case OpBinBytes, OpShortBinBytes, OpBinBytes8, OpByteArray8:
		return string(appendBytesRepr(append(out, 'b'), b, limit)) + ellipsisIf(cut), nil
	case OpString:
		// As written: pickletools shows the value, we show the escapes.
		if text, ok := unquote(b); ok && !cut {
			return string(appendBytesRepr(out, text, limit)), nil
		}
		out, _ = appendEscaped(out, string(b), 0, limit)
		return string(out) + ellipsisIf(cut), nil
	case OpUnicode:
		if text, ok := rawUnicode(b); ok {
			b = text
		}
	}
	return string(appendRepr(out, string(b), limit)) + ellipsisIf(cut), nil
}

func ellipsisIf(cut bool) string {
	if cut {
		return "…"
	}
	return ""
}
