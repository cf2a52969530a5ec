package blob

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// afterArray is a stream of joblib up to the bytes of an array, and what follows.
func afterArray(rest ...[]byte) []byte {
	head := recipe.MustAssemble("PROTO 4\nFRAME *\nGLOBAL joblib.numpy_pickle NumpyArrayWrapper\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nBUILD\n")
	return slices.Concat(head, []byte("\x02\xff\xff"), slices.Concat(rest...))
}

var carvedCall = recipe.MustAssemble("FRAME *\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")

func skipsOf(b []byte, lim Limits) (*Report, string) {
	rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{Limits: lim})
	_, skips := Judge(rep, catalog.Builtin(), Default)
	var all []string
	for _, s := range skips {
		all = append(all, s.Reason)
	}
	return rep, strings.Join(all, "\n")
}

// What limits a carved stream is told like that of any other, even if nothing
// was found in it.
func TestCarvedStreamsAreLimited(t *testing.T) {
	endless := recipe.MustAssemble("FRAME *\n" + strings.Repeat("NONE\nPOP\n", 40_000) + "NONE\nSTOP\n")
	if _, got := skipsOf(afterArray(endless), Limits{Pickle: pickle.Limits{Ops: 1000}}); !strings.Contains(got, "more than 1000 opcodes") {
		t.Errorf("ops: skips %s", got)
	}
	rep, got := skipsOf(afterArray(bytes.Repeat(carvedCall, 50)), Limits{Streams: 20})
	if len(rep.Streams) != 20 || !strings.Contains(got, "more than 20 streams") {
		t.Errorf("%d streams, skips %s", len(rep.Streams), got)
	}
	rep, got = skipsOf(afterArray(bytes.Repeat(carvedCall, 50)), Limits{Facts: 20})
	if len(rep.Streams) > 20 || !strings.Contains(got, "20 look-ups and calls") {
		t.Errorf("%d streams, skips %s", len(rep.Streams), got)
	}
}

// watched calls seen before each read.
type watched struct {
	io.ReaderAt
	seen func(off int64)
}

func (w watched) ReadAt(b []byte, off int64) (int, error) {
	w.seen(off)
	return w.ReaderAt.ReadAt(b, off)
}

// The clock is looked at before each carved stream.
func TestClockBetweenCarvedStreams(t *testing.T) {
	b := afterArray(bytes.Repeat(carvedCall, 50))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	first := int64(bytes.Index(b, carvedCall))
	runs := 0
	r := watched{bytes.NewReader(b), func(off int64) {
		if off >= first && (off-first)%int64(len(carvedCall)) == 0 {
			runs++
			cancel()
		}
	}}
	rep := Scan(ctx, "f", r, int64(len(b)), Options{})
	_, skips := Judge(rep, catalog.Builtin(), Default)
	if len(rep.Streams) != 2 || len(skips) != 2 || !strings.Contains(skips[1].Reason, "interrupted") {
		t.Errorf("%d runs, %d streams, skips %+v", runs, len(rep.Streams), rep.Problems)
	}
}

// opsForever is a stream that does not end.
type opsForever struct{}

func (opsForever) ReadAt(b []byte, off int64) (int, error) {
	for i := range b {
		b[i] = "N0"[(off+int64(i))%2]
	}
	return len(b), nil
}

// One stream gets no more time than is left for the file.
func TestClockOfOneStream(t *testing.T) {
	start := time.Now()
	rep := Scan(context.Background(), "f", opsForever{}, 1<<40, Options{Named: true, Limits: Limits{Duration: 50 * time.Millisecond}})
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if len(rep.Problems) == 0 || !strings.Contains(rep.Problems[0].Reason, "out of time") {
		t.Errorf("problems %+v", rep.Problems)
	}
}

// An input that is shorter than its size says so.
func TestShorterThanItsSize(t *testing.T) {
	b := afterArray()
	rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b))+100, Options{})
	found := false
	for _, p := range rep.Problems {
		found = found || strings.Contains(p.Reason, io.ErrUnexpectedEOF.Error())
		if strings.Contains(p.Reason, "nil") {
			t.Errorf("problem %q", p.Reason)
		}
	}
	if !found {
		t.Errorf("problems %+v", rep.Problems)
	}
}

// Oddities that a trace leaves out are a skip.
func TestOdditiesThatAreLeftOutAreSkips(t *testing.T) {
	odd := recipe.MustAssemble("PROTO 4\n" + strings.Repeat("EXT1 1\nPOP\n", 150) + "NONE\nSTOP\n")
	if _, got := skipsOf(odd, Limits{}); !strings.Contains(got, "50 oddities") {
		t.Errorf("skips %s", got)
	}
}

// Calls that repeat others are left out without a word, and whatever differs in
// what a verdict hangs on is not taken for a repetition.
func TestNothingHidesAmongRepetitions(t *testing.T) {
	const object = "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nEMPTY_DICT\nBUILD\nPOP\n"
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		"nothing":         {"", nil},
		"a callee":        {"GLOBAL os system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nPOP\n", []string{"PKL101"}},
		"a split":         {"GLOBAL collections.abc Sequence\nGLOBAL collections abc.Sequence\nPOP\nPOP\n", []string{"PKL101", "PKL105"}},
		"an argument":     {"GLOBAL collections OrderedDict\nGLOBAL mine C\nEMPTY_TUPLE\nNEWOBJ\nTUPLE1\nREDUCE\nPOP\n", []string{"PKL102", "PKL104"}},
		"a second state":  {strings.Replace(object, "BUILD\n", "BUILD\nEMPTY_DICT\nBUILD\n", 1), []string{"PKL102"}},
		"an attribute":    {"GLOBAL builtins getattr\nGLOBAL os path\nSHORT_BINUNICODE 'os'\nTUPLE2\nREDUCE\nPOP\n", []string{"PKL101"}},
		"another item op": {"GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nNONE\nAPPEND\nPOP\n", []string{"PKL102"}},
	} {
		code := recipe.MustAssemble("PROTO 4\n" + strings.Repeat(object, 100) + tt.code + strings.Repeat(object, 10) + "NONE\nSTOP\n")
		_, findings, _ := scanned(code, Default)
		if got := ids(findings); !slices.Equal(got, tt.want) {
			t.Errorf("%s, all listed: rules %v, want %v", name, got, tt.want)
		}
		rep := Scan(context.Background(), "f", bytes.NewReader(code), int64(len(code)), Options{Limits: Limits{Pickle: pickle.Limits{Facts: 10}}})
		if n := rep.Streams[0].Trace.Repeated; n < 300 {
			t.Errorf("%s: only %d repetitions", name, n)
		}
		findings, skips := Judge(rep, catalog.Builtin(), Default)
		if got := ids(findings); !slices.Equal(got, tt.want) || len(skips) > 0 {
			t.Errorf("%s, among repetitions: rules %v, want %v; skips %v", name, got, tt.want, skips)
		}
	}
}

// Arrays that hold no objects are read as what they are, also by name.
func TestHonestArraysAreSilent(t *testing.T) {
	data := bytes.Repeat([]byte{1, 2, 3, 250}, 40)
	for _, descr := range []string{"'<i4'", "'<M8[ns]'", "'<m8[25us]'", "[('a', '<i4'), ('Objects', '<f8', (2, 2))]", "[('a', [('b', '<u2'), ('', '|V6')])]", "'i4,f4'"} {
		for name, b := range map[string][]byte{"npy": npy(descr, "(4,)", data), "npz": zipped(t, 0, "a.npy", string(npy(descr, "(4,)", data)))} {
			rep, findings, skips := scanned(b, Strict)
			if !rep.Recognised() || len(findings)+len(skips) != 0 {
				t.Errorf("%s %s: rules %v, problems %+v", name, descr, ids(findings), rep.Problems)
			}
		}
	}
	for _, descr := range []string{"'i4,O'", "'|O'", "[('a', '<M8[ns]'), ('b', '|O')]"} {
		if _, findings, _ := scanned(npy(descr, "(1,)", evil), Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: rules %v", descr, ids(findings))
		}
	}
	if _, _, skips := scanned(npy("'|O'", "(4,)", data), Default); len(skips) != 1 {
		t.Errorf("objects that are none: skips %+v", skips)
	}
}
