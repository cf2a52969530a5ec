package pickle_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// pieces are what random programs are made of. Most keep the stack well formed,
// so that programs live long; the rest are what loaders disagree about.
var pieces = []string{
	"N", "\x88", "K\x05", "J\xff\xff\xff\xff", "M\x01\x02", "\x8a\x01\xff", "I5\n", "I01\n", "I010\n", "I0x1F\n", "L5L\n", "F1.5\n", "F1_0\n",
	"G?\xf8\x00\x00\x00\x00\x00\x00", "\x8c\x02os", "\x8c\x06system", "X\x01\x00\x00\x00a", "U\x02os", "S'a\\x62'\n", "V\\u0061b\n",
	"C\x01a", "B\x01\x00\x00\x00b", "\x96\x01\x00\x00\x00\x00\x00\x00\x00c", ")", "]", "}", "\x8f", "(", "(", "t", "l", "d", "\x91",
	"\x85", "\x86", "\x87", "0", "1", "2", "\x94", "q\x00", "q\x01", "r\x05\x00\x00\x00", "p0\n", "p 1_0\n", "h\x00", "h\x01", "g0\n",
	"cos\nsystem\n", "c__builtin__\neval\n", "ca\nb.c\n", "\x93", "R", ")R", "]R", "\x81", ")\x81", "}\x92", "(ios\nsystem\n", "ia\nb\n", "o",
	"b", "}b", "}\x8c\x01aK\x01sb", "N}\x86b", "a", "K\x01a", "(K\x01e", "e", "s", "\x8c\x01kNs", "(K\x01Nu", "(Nu", "u", "(K\x01\x90", "\x90", "(\x90", "(e",
	"Pid\n", "Q", "\x80\x02", "\x80\x04", "\x80\x00", "\x95\x02\x00\x00\x00\x00\x00\x00\x00", "\x95\x05\x00\x00\x00\x00\x00\x00\x00", "\x98", "\x82\x00", ".",
	"cm\nC\n)\x81}b", "cm\nf\n\x8c\x02id\x85R", "\x8c\x01m\x94\x8c\x01f\x94\x93\x94N\x85R\x94", "(cm\nC\nK\x01o", "(cm\nC\no",
}

func program(rng *rand.Rand) []byte {
	var b []byte
	for range 3 + rng.IntN(20) {
		b = append(b, pieces[rng.IntN(len(pieces))]...)
	}
	if rng.IntN(8) > 0 {
		return append(b, '.')
	}
	return b
}

// framed is a program in which frames end anywhere.
func framed(rng *rand.Rand) []byte {
	b := program(rng)
	for range 1 + rng.IntN(2) {
		at := rng.IntN(len(b))
		frame := binary.LittleEndian.AppendUint64([]byte{pickle.OpFrame}, uint64(rng.IntN(len(b)-at+2)))
		b = slices.Insert(b, at, frame...)
	}
	return b
}

// textOp is an op with a text that some grammar may take, and a call behind it.
func textOp(rng *rand.Rand) []byte {
	alphabet := "0123179_+- xXobLleE.infa\x00\r\tnu"
	op := "ILFgpSV"[rng.IntN(7)]
	if op == 'S' || op == 'V' {
		alphabet = "\\\\'\"xuU0041nab7\xe9"
	}
	b := []byte{'N', 'p', '0', '\n', 'N', 'p', '1', '\n', op}
	quoted := op == 'S' && rng.IntN(4) > 0
	if quoted {
		b = append(b, '\'')
	}
	for range rng.IntN(7) {
		b = append(b, alphabet[rng.IntN(len(alphabet))])
	}
	if quoted {
		b = append(b, '\'')
	}
	return append(b, "\n0cos\nsystem\n)R."...)
}

// TestCompatMapping compares the embedded table with the interpreter's own.
func TestCompatMapping(t *testing.T) {
	lines := python(t, oracles(t)[0], "", "-c", `
import _compat_pickle as c, sys
print(sys.version_info[1])
for k, v in sorted(c.IMPORT_MAPPING.items()): print(k, "x", v, "x", sep="\t")
for k, v in sorted(c.NAME_MAPPING.items()): print(*k, *v, sep="\t")`)
	modules := map[string]bool{}
	for _, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if f[1] == "x" {
			modules[f[0]] = true
		}
	}
	for _, line := range lines[1:] {
		f := strings.Split(line, "\t")
		b := []byte("c" + f[0] + "\n" + f[1] + "\n.")
		trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
		if err != nil || trace.Globals[0].String() != f[2]+"."+f[3] {
			t.Errorf("%s.%s becomes %s (%v), CPython says %s.%s", f[0], f[1], trace.Globals[0].String(), err, f[2], f[3])
		}
	}
	if len(modules) < 40 {
		t.Errorf("CPython listed %d modules", len(modules))
	}
}

// mutated is a stream with a byte or two changed, left out or doubled.
func mutated(rng *rand.Rand, b []byte) []byte {
	b = slices.Clone(b[:min(len(b), 2000)])
	for range 1 + rng.IntN(2) {
		if len(b) == 0 {
			break
		}
		i := rng.IntN(len(b))
		switch rng.IntN(4) {
		case 0:
			b[i] = byte(rng.Uint32())
		case 1:
			b = slices.Delete(b, i, i+1)
		case 2:
			b = slices.Insert(b, i, b[i])
		case 3:
			b = slices.Insert(b, i, []byte(pieces[rng.IntN(len(pieces))])...)
		}
	}
	return b
}

// atBlock is a stream with a frame whose body begins at an offset of the file. It
// ends inside a str that hides a call.
func atBlock(offset int) []byte {
	const head = len("\x80\x04V\n0\x95") + 8
	b := append([]byte("\x80\x04V"), bytes.Repeat([]byte("a"), offset-head)...)
	b = append(b, "\n0\x95\x02\x00\x00\x00\x00\x00\x00\x00"...)
	return append(b, "X\x17\x00\x00\x00\x000cos\nsystem\n(S'id'\ntR.N."...)
}

// longCases are streams that are too long for testdata/semantics.txt: numbers at
// the limit of digits, and frames around the blocks of a file object with peek.
func longCases() [][]byte {
	var out [][]byte
	for _, digits := range []string{
		strings.Repeat("9", 4300), strings.Repeat("9", 4301), strings.Repeat("0", 4301), "0x" + strings.Repeat("f", 5000), strings.Repeat("1_", 4300) + "1",
		strings.Repeat(" ", 4400) + "1", strings.Repeat("0", 22) + "7", strings.Repeat("9", 10_000), "-" + strings.Repeat("9", 4301),
	} {
		out = append(out, []byte("I"+digits+"\n."), []byte("L"+digits+"L\n."), []byte("F"+digits+"\n."), []byte("Np"+digits+"\ng"+digits+"\n."))
	}
	for _, offset := range []int{4095, 4096, 8189, 8190, 8191, 8192, 8193, 16383, 131071} {
		out = append(out, atBlock(offset))
	}
	// Payloads and lines over several blocks, with frames around and inside.
	long := strings.Repeat("x", 20_000)
	for _, s := range []string{
		"B\x20\x4e\x00\x00" + long + "N.", "X\x20\x4e\x00\x00" + long + "N.", "V" + long + "\nN.", "c" + long + "\nb\n.",
		"\x95\x25\x4e\x00\x00\x00\x00\x00\x00B\x20\x4e\x00\x00" + long + "N.", "\x95\x00\x20\x00\x00\x00\x00\x00\x00B\x20\x4e\x00\x00" + long + "N.",
		"\x95\x00\x20\x00\x00\x00\x00\x00\x00X\x20\x4e\x00\x00" + long + "cos\nsystem\n)R.", "\x95\x00\x30\x00\x00\x00\x00\x00\x00V" + long + "\ncos\nsystem\n)R.",
		"B\x20\x4e\x00\x00" + long + "\x95\x05\x00\x00\x00\x00\x00\x00\x00Nca\nb\n.", "V" + long + "\n\x95\xf0\x20\x00\x00\x00\x00\x00\x00V" + long + "\n.",
	} {
		out = append(out, []byte(s))
	}
	return out
}

// A frame whose body begins on the last byte of a block is not peeked at but
// read, and what an op leaves of it is lost.
func TestFrameAtBlock(t *testing.T) {
	for offset, calls := range map[int]bool{8190: false, 8191: true, 8192: false} {
		b := atBlock(offset)
		trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Loaders: pickle.CPeek})
		if got := len(trace.Calls) == 1 && trace.Calls[0].Target == "os.system"; got != calls || err != nil {
			t.Errorf("c-peek, frame at %d: %v, %v", offset, trace.Calls, err)
		}
		trace, _ = pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
		if len(trace.Calls) != 1 || trace.Calls[0].Loaders&pickle.CFile == 0 || calls && trace.Calls[0].Loaders&pickle.CPeek == 0 {
			t.Errorf("union, frame at %d: %+v", offset, trace.Calls)
		}
	}
}

// Over a buffer with blocks of its own, as that of a member of a zip, one frame may
// be peeked at and the next one read.
func TestFramesOfAnyBuffer(t *testing.T) {
	const frame = "\x95\x02\x00\x00\x00\x00\x00\x00\x00"
	// Read behind the first frame, the length of the str is more than there is.
	b := []byte("\x80\x04" + frame + "X\x05\x00\x00\x00\x7fabcd0" + frame + "X\x17\x00\x00\x00\x000cos\nsystem\n(S'id'\ntR.N.")
	trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
	if err != nil || len(trace.Calls) != 1 || trace.Calls[0].Target != "os.system" || trace.Calls[0].Loaders != pickle.CPeek {
		t.Errorf("%+v, %v", trace.Calls, err)
	}
	many := bytes.Repeat([]byte(frame+"X\x05\x00\x00\x00\x00NNN00"), 40)
	many = append(many, "N."...)
	trace, _ = pickle.Run(bytes.NewReader(many), int64(len(many)), 0, pickle.Options{})
	if trace.MoreAnomalies == 0 {
		t.Error("forty frames: nothing says that not all readings were followed")
	}
}
