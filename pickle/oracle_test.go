package pickle_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// python runs a script with CPython, or skips the test; where CI is set, a
// missing interpreter fails it.
func python(t *testing.T, stdin string, args ...string) []string {
	t.Helper()
	exe, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is needed: CPython is the oracle of this test")
		}
		t.Skip("python3 is not there: CPython is the oracle of this test")
	}
	cmd := exec.Command(exe, args...)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3 %s: %v\n%s", args[0], err, stderr.String())
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

type oracleRun struct {
	Events [][2]string `json:"events"`
	OK     bool        `json:"ok"`
}

// Of c-mem only the first look-up is known, and whether STOP is reached without
// any: pickle.loads takes no find_class of ours. testdata/oracle.py says why.
var oracleLoaders = map[string]pickle.LoaderSet{"c-mem": pickle.CMem, "c-file": pickle.CFile, "c-peek": pickle.CPeek, "py": pickle.Py}

// TestOracle asks CPython what it does with each stream. Whatever it looks up,
// calls or changes must be in the trace, for that loader, in that order.
func TestOracle(t *testing.T) {
	var cases [][]byte
	for _, c := range loadCases(t) {
		cases = append(cases, c.data)
	}
	honest := len(cases)
	for _, line := range python(t, "", "testdata/objects.py") {
		b, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, b)
	}
	objects := len(cases)
	if objects-honest < 500 {
		t.Fatalf("python made only %d pickles", objects-honest)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 6000 {
		cases = append(cases, program(rng), framed(rng), textOp(rng))
	}
	var in strings.Builder
	for _, b := range cases {
		fmt.Fprintf(&in, "%x\n", b)
	}
	answers := python(t, in.String(), "testdata/oracle.py")
	if len(answers) != len(cases) {
		t.Fatalf("%d answers for %d cases", len(answers), len(cases))
	}
	failed, finished, acted, over := 0, 0, 0, 0
	asked := map[string]int{} // events, by loader
	for i, b := range cases {
		var runs map[string]oracleRun
		if err := json.Unmarshal([]byte(answers[i]), &runs); err != nil {
			t.Fatal(err)
		}
		trace, runErr := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{})
		if i >= honest && i < objects && (runErr != nil || trace.Loaders != pickle.AllLoaders || len(trace.Anomalies) > 0) {
			t.Errorf("an ordinary pickle %.80x: %v, reached by %v, %v", b, runErr, trace.Loaders.Names(), trace.Anomalies)
		}
		for name, set := range oracleLoaders {
			want := runs[name]
			exact, exactErr := pickle.RunLoaders(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{}, set)
			for _, v := range []struct {
				what  string
				trace *pickle.Trace
				err   error
			}{{"union", trace, runErr}, {"alone", exact, exactErr}} {
				got := events(v.trace, set)
				problem := ""
				if missing, ok := subsequence(want.Events, got); !ok {
					problem = fmt.Sprintf("misses %v", missing)
				} else if want.OK && v.trace.Loaders&set == 0 {
					problem = fmt.Sprintf("CPython reaches STOP, we do not: %v", v.err)
				}
				if problem != "" {
					if failed++; failed < 20 {
						t.Errorf("%x\n%s (%s): %s\ncpython %v\nwe      %v", b, name, v.what, problem, want.Events, got)
					}
				}
			}
			if want.OK {
				finished++
			}
			if !want.OK && exactErr == nil && set != pickle.CMem {
				over++
			}
			acted += len(want.Events)
			asked[name] += len(want.Events)
		}
	}
	t.Logf("%d streams, %d runs reach STOP (we say so of %d more), %d events", len(cases), finished, over, acted)
	for name := range oracleLoaders {
		if asked[name] < 1000 {
			t.Errorf("%s told only %d events", name, asked[name])
		}
	}
	if failed > 0 {
		t.Errorf("%d disagreements", failed)
	}
}

// events lists what one loader does, in the words of the oracle.
func events(t *pickle.Trace, set pickle.LoaderSet) [][2]string {
	type at struct {
		offset int64
		event  [2]string
	}
	var all []at
	for _, g := range t.Globals {
		if g.Loaders&set != 0 {
			all = append(all, at{g.Offset, [2]string{"find", latin1(g.RawModule + "." + g.RawName)}})
		}
	}
	for _, c := range t.Calls {
		if c.Loaders&set == 0 {
			continue
		}
		base := c
		for base.Global < 0 && base.Via >= 0 {
			base = t.Calls[base.Via]
		}
		target := "<persistent>"
		if base.Global >= 0 {
			g := t.Globals[base.Global]
			target = latin1(g.RawModule + "." + g.RawName)
		}
		all = append(all, at{c.Offset, [2]string{c.Kind.String(), target}})
	}
	slices.SortStableFunc(all, func(a, b at) int { return cmp.Compare(a.offset, b.offset) })
	out := make([][2]string, len(all))
	for i, a := range all {
		out[i] = a.event
	}
	return out
}

// latin1 makes a character of each byte.
func latin1(s string) string {
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return string(out)
}

func subsequence(want, got [][2]string) (missing [2]string, ok bool) {
	i := 0
	for _, w := range want {
		if w[0] == "persistent" {
			continue
		}
		// One op may act on many items: CPython says so for each.
		if i > 0 && got[i-1] == w && w[0] != "find" && w[0] != "call" && w[0] != "new" {
			continue
		}
		for i < len(got) && got[i] != w {
			i++
		}
		if i == len(got) {
			return w, false
		}
		i++
	}
	return missing, true
}

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
	lines := python(t, "", "-c", `
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
		trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{})
		if err != nil || trace.Globals[0].String() != f[2]+"."+f[3] {
			t.Errorf("%s.%s becomes %s (%v), CPython says %s.%s", f[0], f[1], trace.Globals[0].String(), err, f[2], f[3])
		}
	}
	if len(modules) < 40 {
		t.Errorf("CPython listed %d modules", len(modules))
	}
}
