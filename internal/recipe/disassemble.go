package recipe

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// MaxPayload is the longest payload or text of one op that Write takes, in bytes:
// an op is one line, and a line is held.
const MaxPayload = 16 << 20

const (
	// hexLine is how many bytes a HEX line has.
	hexLine = 32
	// hexBlock is how many bytes are read for such lines at once.
	hexBlock = 1 << 10 * hexLine
)

// Disassemble returns a recipe that Assemble turns back into b. Streams may
// follow each other; bytes that are no ops become HEX lines.
func Disassemble(b []byte) (string, error) {
	var out strings.Builder
	err := Write(&out, bytes.NewReader(b), int64(len(b)))
	return out.String(), err
}

// Write writes a recipe that Assemble turns back into the size bytes of r. It
// holds one op at a time, and refuses one with more than [MaxPayload] bytes.
func Write(w io.Writer, r io.ReaderAt, size int64) error {
	out := bufio.NewWriter(w)
	if err := write(out, r, size); err != nil {
		return errors.Join(err, out.Flush())
	}
	return out.Flush()
}

func write(out *bufio.Writer, r io.ReaderAt, size int64) error {
	lex := pickle.NewLexer(r, size, 0, pickle.Limits{Line: MaxPayload})
	var raw []byte
	for at := int64(0); at < size; {
		op, err := lex.Next()
		if e, ok := errors.AsType[*pickle.Error](err); ok && (e.Kind == pickle.LimitReached || e.Kind == pickle.ReadFailed) {
			return e
		}
		if err != nil || op.Loaders != pickle.AllLoaders {
			return writeHex(out, r, at, size)
		}
		if op.ArgLen > MaxPayload || op.Arg2Len > MaxPayload {
			return fmt.Errorf("the %s at offset %d has %d bytes, and a recipe takes %d", op.Name(), at, max(op.ArgLen, op.Arg2Len), MaxPayload)
		}
		if raw, err = read(r, raw, at, op.End-at); err != nil {
			return err
		}
		line := opLine(&op, raw)
		// Said once, in Assemble: what it does not give back is written as bytes.
		if again, err := Assemble(line); err != nil || !bytes.Equal(again, raw) {
			if err := writeHex(out, r, at, op.End); err != nil {
				return err
			}
		} else if _, err := out.WriteString(line + "\n"); err != nil {
			return err
		}
		at = op.End
		if op.Code == pickle.OpStop && at < size {
			// An empty line between streams is for people.
			if err := out.WriteByte('\n'); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeHex writes the bytes between two offsets as HEX lines.
func writeHex(out *bufio.Writer, r io.ReaderAt, from, to int64) error {
	var block []byte
	for from < to {
		var err error
		if block, err = read(r, block, from, min(hexBlock, to-from)); err != nil {
			return err
		}
		for line := block; len(line) > 0; line = line[min(hexLine, len(line)):] {
			if _, err := fmt.Fprintf(out, "HEX %s\n", hex.EncodeToString(line[:min(hexLine, len(line))])); err != nil {
				return err
			}
		}
		from += int64(len(block))
	}
	return nil
}

// read returns the n bytes at off, in the memory of b if they fit.
func read(r io.ReaderAt, b []byte, off, n int64) ([]byte, error) {
	if int64(cap(b)) < n {
		b = make([]byte, n)
	}
	b = b[:n]
	if got, err := r.ReadAt(b, off); got < len(b) {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return b[:0], fmt.Errorf("reading %d bytes at offset %d: %w", n, off, err)
	}
	return b, nil
}

// opLine writes op, whose bytes are raw.
func opLine(op *pickle.Op, raw []byte) string {
	info, _ := pickle.Lookup(op.Code)
	span := func(off, n int64) []byte { return raw[off-op.Offset:][:n] }
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
		return info.Name + " " + textWord(span(op.ArgOff, op.ArgLen), op.Code == pickle.OpString)
	case pickle.ArgLines:
		return info.Name + " " + textWord(span(op.ArgOff, op.ArgLen), false) + " " + textWord(span(op.Arg2Off, op.Arg2Len), false)
	case pickle.ArgU1, pickle.ArgU2, pickle.ArgU4, pickle.ArgI4:
		return info.Name + " " + strconv.FormatInt(op.Int, 10)
	}
	return info.Name + " " + quote(span(op.ArgOff, op.ArgLen))
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
