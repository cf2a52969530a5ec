package recipe

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Assemble returns the bytes of a recipe. An error names the line.
func Assemble(text string) ([]byte, error) {
	var a assembler
	for i, line := range strings.Split(text, "\n") {
		if err := a.line(strings.TrimSuffix(line, "\r")); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	for _, at := range a.frames {
		binary.LittleEndian.PutUint64(a.out[at:], uint64(len(a.out)-at-8))
	}
	return a.out, nil
}

// MustAssemble is Assemble for recipes that are part of a test or a program.
func MustAssemble(text string) []byte {
	b, err := Assemble(text)
	if err != nil {
		panic("recipe: " + err.Error())
	}
	return b
}

type assembler struct {
	out    []byte
	frames []int // where the length of a FRAME * stands
}

func (a *assembler) line(line string) error {
	words, err := split(line)
	if err != nil || len(words) == 0 {
		return err
	}
	name, args := words[0].text, words[1:]
	switch name {
	case "HEX":
		for _, w := range args {
			b, err := hex.DecodeString(w.text)
			if err != nil {
				return fmt.Errorf("HEX %s: %w", w.text, err)
			}
			a.out = append(a.out, b...)
		}
		return nil
	case "RAW":
		if len(args) != 1 || args[0].quote == 0 {
			return fmt.Errorf("RAW takes one quoted argument")
		}
		b, err := args[0].bytes()
		a.out = append(a.out, b...)
		return err
	}
	op, ok := pickle.LookupName(name)
	if !ok {
		return fmt.Errorf("%s is no opcode", name)
	}
	want := 1
	switch op.Arg {
	case pickle.ArgNone:
		want = 0
	case pickle.ArgLines:
		if want = 2; len(args) == 1 && args[0].quote == '\'' {
			// As pickletools shows it: 'module name'.
			if args, err = args[0].cut(); err != nil {
				return err
			}
		}
	}
	if len(args) != want {
		return fmt.Errorf("%s takes %d arguments, has %d", name, want, len(args))
	}
	a.out = append(a.out, op.Code)
	if err := a.argument(op, args); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (a *assembler) argument(op pickle.Opcode, args []word) error {
	switch op.Arg {
	case pickle.ArgNone:
		return nil
	case pickle.ArgLine, pickle.ArgLines:
		for _, w := range args {
			b, err := w.line(op.Code == pickle.OpString)
			if err != nil {
				return err
			}
			a.out = append(append(a.out, b...), '\n')
		}
		return nil
	case pickle.ArgF8:
		return a.float(args[0])
	case pickle.ArgU1, pickle.ArgU2, pickle.ArgU4, pickle.ArgI4, pickle.ArgU8:
		if op.Code == pickle.OpFrame && args[0].text == "*" {
			a.frames = append(a.frames, len(a.out))
			a.out = append(a.out, make([]byte, 8)...)
			return nil
		}
		return a.integer(op.Arg, args[0])
	}
	var b []byte
	var err error
	if w := args[0]; w.quote == 0 && (op.Code == pickle.OpLong1 || op.Code == pickle.OpLong4) {
		b, err = twosComplement(w.text)
	} else {
		b, err = w.bytes()
	}
	if err != nil {
		return err
	}
	switch op.Arg {
	case pickle.ArgLen1:
		if len(b) > 0xff {
			return fmt.Errorf("%d bytes, a 1-byte length ends at 255", len(b))
		}
		a.out = append(a.out, byte(len(b)))
	case pickle.ArgLen8:
		a.out = binary.LittleEndian.AppendUint64(a.out, uint64(len(b)))
	default:
		a.out = binary.LittleEndian.AppendUint32(a.out, uint32(len(b)))
	}
	a.out = append(a.out, b...)
	return nil
}

func (a *assembler) integer(arg pickle.ArgKind, w word) error {
	if arg == pickle.ArgI4 {
		v, err := strconv.ParseInt(w.text, 0, 32)
		a.out = binary.LittleEndian.AppendUint32(a.out, uint32(v))
		return err
	}
	width := map[pickle.ArgKind]int{pickle.ArgU1: 1, pickle.ArgU2: 2, pickle.ArgU4: 4, pickle.ArgU8: 8}[arg]
	v, err := strconv.ParseUint(w.text, 0, 8*width)
	if err != nil {
		return err
	}
	for i := range width {
		a.out = append(a.out, byte(v>>(8*i)))
	}
	return nil
}

// float takes a number, or its bits in hexadecimal.
func (a *assembler) float(w word) error {
	var bits uint64
	if strings.HasPrefix(w.text, "0x") {
		v, err := strconv.ParseUint(w.text[2:], 16, 64)
		if err != nil {
			return err
		}
		bits = v
	} else {
		v, err := strconv.ParseFloat(w.text, 64)
		if err != nil {
			return err
		}
		bits = math.Float64bits(v)
	}
	a.out = binary.BigEndian.AppendUint64(a.out, bits)
	return nil
}

// twosComplement returns the shortest little-endian form, as pickle.encode_long
// does. Zero is no bytes at all.
func twosComplement(text string) ([]byte, error) {
	v, ok := new(big.Int).SetString(text, 0)
	if !ok {
		return nil, fmt.Errorf("%s is no number", text)
	}
	if v.Sign() == 0 {
		return nil, nil
	}
	size := uint(v.BitLen()/8 + 1)
	if v.Sign() < 0 {
		// -128 fits one byte although 128 does not.
		size = uint(new(big.Int).Not(v).BitLen()/8 + 1)
		v.Add(v, new(big.Int).Lsh(big.NewInt(1), 8*size))
	}
	b := v.FillBytes(make([]byte, size))
	slices.Reverse(b)
	return b, nil
}
