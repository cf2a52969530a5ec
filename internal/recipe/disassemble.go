package recipe

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Disassemble returns a recipe that Assemble turns back into b. Streams may
// follow each other; bytes that are no ops become a HEX line.
func Disassemble(b []byte) (string, error) {
	var out strings.Builder
	lex := pickle.NewLexer(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{Line: math.MaxInt64})
	for at := 0; at < len(b); {
		op, err := lex.Next()
		if err != nil || op.Loaders != pickle.AllLoaders {
			fmt.Fprintf(&out, "HEX %s\n", hex.EncodeToString(b[at:]))
			break
		}
		raw := b[at:op.End]
		line := opLine(op, b)
		// Said once, in Assemble: what it does not give back is written as bytes.
		if again, err := Assemble(line); err != nil || !bytes.Equal(again, raw) {
			line = "HEX " + hex.EncodeToString(raw)
		}
		out.WriteString(line + "\n")
		at = int(op.End)
	}
	return out.String(), nil
}

func opLine(op pickle.Op, b []byte) string {
	info, _ := pickle.Lookup(op.Code)
	first := b[op.ArgOff:min(op.ArgOff+op.ArgLen, int64(len(b)))]
	switch info.Arg {
	case pickle.ArgNone:
		return info.Name
	case pickle.ArgU8:
		return info.Name + " " + strconv.FormatUint(uint64(op.Int), 10)
	case pickle.ArgF8:
		v := math.Float64frombits(uint64(op.Int))
		if math.IsNaN(v) {
			return fmt.Sprintf("%s 0x%016x", info.Name, uint64(op.Int))
		}
		return info.Name + " " + strconv.FormatFloat(v, 'g', -1, 64)
	case pickle.ArgLine:
		return info.Name + " " + textWord(first, op.Code == pickle.OpString)
	case pickle.ArgLines:
		second := b[op.Arg2Off : op.Arg2Off+op.Arg2Len]
		return info.Name + " " + textWord(first, false) + " " + textWord(second, false)
	case pickle.ArgU1, pickle.ArgU2, pickle.ArgU4, pickle.ArgI4:
		return info.Name + " " + strconv.FormatInt(op.Int, 10)
	}
	return info.Name + " " + quote(first)
}

// textWord writes a line of text plainly if it is a plain word.
func textWord(b []byte, str bool) string {
	text := string(b)
	plain := text != "" && !strings.ContainsAny(text[:1], `#'"b`)
	for _, c := range b {
		plain = plain && c > ' ' && c < 0x7f
	}
	if plain {
		return text
	}
	if str && len(b) >= 2 && b[0] == '\'' && b[len(b)-1] == '\'' && closing(text, 0) == len(b)-1 {
		printable := true
		for _, c := range b {
			printable = printable && c >= ' ' && c < 0x7f
		}
		if printable {
			return text
		}
	}
	return quote(b)
}
