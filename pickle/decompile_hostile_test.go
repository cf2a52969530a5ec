package pickle_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// mostText is more than one pass may write, for streams whose names are short.
func mostText(lim pickle.DecompileLimits) int {
	// A statement ends soon behind Line; escapes make up to four bytes of one.
	statement := 6*lim.Line + 4*lim.Depth*16 + 4000
	return min(lim.Statements*statement, lim.Bytes) + 4*statement
}

// passes is how often Decompile reads the same bytes at most: the union, a plain
// file and files of four sizes of buffer.
const passes = 6

// TestDecompileBounds runs streams that try to get more text, time or stack than
// the limits allow for.
func TestDecompileBounds(t *testing.T) {
	deep := func(op string, n int) []byte { return []byte(strings.Repeat("]", n) + strings.Repeat(op, n-1) + ".") }
	var laughs strings.Builder
	laughs.WriteString("\x80\x04\x8c\x02ha")
	for i := range 200 {
		at := string([]byte{byte(i)})
		laughs.WriteString("q" + at + "0(" + strings.Repeat("h"+at, 10) + "t")
	}
	for _, c := range []struct {
		name string
		data []byte
		want []string // stands in the text
	}{
		{"lists", deep("a", 1_000_000), []string{"list1 = [[[", "result = ", "list2"}},
		{"tuples", []byte("N" + strings.Repeat("\x85", 1_000_000) + "."), []string{"tuple1 = (((", "result = "}},
		{"doubled tuples", []byte("N" + strings.Repeat("2\x86", 1_000_000) + "."), []string{"tuple1 = ((", "more statements are not shown", "result = "}},
		{"laughs", []byte(laughs.String() + "."), []string{"tuple1 = (", "result = "}},
		{"calls", []byte("ca\nb\n" + strings.Repeat(")R", 200_000) + "."), []string{"v1 = b()", "more statements are not shown", "result = v200000"}},
		{"wide", []byte("(" + strings.Repeat("K\x01", 1_000_000) + "l."), []string{"result = [1, 1", "more", "..."}},
		{"long text", append([]byte("B\x00\x00\x00\x01"), append(make([]byte, 1<<24), '.')...), []string{`result = b'\x00\x00`, "..."}},
		{"long number", append([]byte("\x8b\x00\x00\x00\x01"), append(bytes.Repeat([]byte{1}, 1<<24), '.')...), []string{"result = int.from_bytes("}},
		{"globals", []byte(strings.Repeat("ca\nb\n0c"+strings.Repeat("x", 4000)+"\ny\n0", 1000) + "N."), []string{"from a import b", "global1 = find_class('xxx"}},
		{"pairs", []byte("ca\nb\n)R(" + strings.Repeat("NN", 500_000) + "u."), []string{"v1[None] = None", "more statements are not shown"}},
		{"marks", []byte(strings.Repeat("(", 1_000_000) + "N."), []string{"result = None"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lim := pickle.DefaultDecompileLimits()
			start := time.Now()
			text, _, _ := decompiled(c.data, pickle.Options{}, lim)
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			printable(t, text)
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in %d bytes\n%.600s\n…\n%s", want, len(text), text, text[max(0, len(text)-300):])
				}
			}
			if len(text) > passes*mostText(lim) || len(text) > 40*len(c.data)+5*lim.Line+4000 {
				t.Errorf("%d bytes of text for %d of stream", len(text), len(c.data))
			}
		})
	}
}

// TestDecompileTells: each limit that is hit is told, and so is each limit of Run.
func TestDecompileTells(t *testing.T) {
	calls := []byte("ca\nb\n" + strings.Repeat(")R", 50) + ".")
	list := []byte("(" + strings.Repeat("K\x01", 50) + "l.")
	for _, c := range []struct {
		name string
		data []byte
		run  pickle.Limits
		lim  pickle.DecompileLimits
		want string
	}{
		{"statements", calls, pickle.Limits{}, pickle.DecompileLimits{Statements: 10}, "v9 = v8()\n# … 41 more statements are not shown\nresult = v50\n"},
		{"bytes", calls, pickle.Limits{}, pickle.DecompileLimits{Bytes: 30}, "v2 = v1()\n# … 48 more statements are not shown\n# … and they call a.b(…)(…), a.b(…)(…)(…)\nresult = v50\n"},
		{"items", list, pickle.Limits{}, pickle.DecompileLimits{Items: 3}, "result = [1, 1, 1, ...]  # 47 more items are not shown\n"},
		{"line", list, pickle.Limits{}, pickle.DecompileLimits{Line: 16}, "result = [1, 1, 1, ...]  # cut, it is too long to be shown whole\n"},
		{"text", []byte("X\xff\x00\x00\x00" + strings.Repeat("\u2026", 85) + "."), pickle.Limits{}, pickle.DecompileLimits{Line: 16}, `\u2026…'  # cut, it is too long to be shown whole` + "\n"},
		{"depth", []byte("N\x85\x85\x85\x85\x85."), pickle.Limits{}, pickle.DecompileLimits{Depth: 2}, "tuple1 = ((None,),)\ntuple2 = ((tuple1,),)\nresult = (tuple2,)\n"},
		{"values", []byte("](C\x01aC\x01bC\x01ce."), pickle.Limits{Values: 3}, pickle.DecompileLimits{}, "result = [b'a', b'b', ...]  # some values are too many to be remembered\n"},
		{"literal state", []byte("]ca\nb\n)Rb."), pickle.Limits{}, pickle.DecompileLimits{}, "v1 = b()\nbool(v1)  # the state of a literal; raises if this is true\nresult = []\n"},
		{"stack", []byte(strings.Repeat("N", 9) + "."), pickle.Limits{Stack: 5}, pickle.DecompileLimits{}, "# at 0x5: limit: more than 5 items on the stack; what follows was not read\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, _, _ := decompiled(c.data, pickle.Options{Limits: c.run}, c.lim)
			if !strings.HasSuffix(text, c.want) {
				t.Errorf("got\n%s\nwant at its end\n%s", text, c.want)
			}
		})
	}
}

// TestDecompileTrace: the facts are those of Run.
func TestDecompileTrace(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 0))
	streams := [][]byte{}
	for _, c := range loadCases(t) {
		streams = append(streams, c.data)
	}
	for range 5000 {
		streams = append(streams, program(rng), framed(rng))
	}
	for _, b := range streams {
		o := pickle.Options{PeekBuffer: 8192}
		want, werr := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, o)
		_, got, err := decompiled(b, o, pickle.DecompileLimits{})
		if g, w := fmt.Sprint(describe(got, err), got.End, err), fmt.Sprint(describe(want, werr), want.End, werr); g != w {
			t.Fatalf("%q\ngot  %s\nwant %s", b, g, w)
		}
	}
}

// changing is another stream each time it is read.
type changing struct {
	streams [][]byte
	reads   int
}

func (c *changing) ReadAt(b []byte, off int64) (int, error) {
	c.reads++
	return bytes.NewReader(c.streams[c.reads%len(c.streams)]).ReadAt(b, off)
}

// TestDecompileChangingInput: two runs that differ do no harm.
func TestDecompileChangingInput(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 0))
	lim := pickle.DecompileLimits{Statements: 500, Line: 400}
	for range 3000 {
		c := &changing{streams: [][]byte{program(rng), framed(rng), program(rng)}}
		c.streams = append(c.streams, []byte("]q\x00h\x00a)q\x01"+strings.Repeat("h\x00a", rng.IntN(9))+"h\x01R."))
		size := 0
		for _, s := range c.streams {
			size = max(size, len(s))
		}
		for i, s := range c.streams {
			c.streams[i] = append(bytes.Clone(s), bytes.Repeat([]byte{'.'}, size-len(s))...)
		}
		var out bytes.Buffer
		if _, err := pickle.Decompile(&out, c, int64(size), 0, pickle.Options{}, lim); err == nil && out.Len() == 0 {
			t.Fatal("neither a text nor an error")
		}
		printable(t, out.String())
		if out.Len() > passes*mostText(lim) {
			t.Errorf("%d bytes", out.Len())
		}
	}
}

type fullDisk struct{ left int }

var errFull = errors.New("disk full")

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestDecompileWriteError(t *testing.T) {
	b := []byte("ca\nb\n" + strings.Repeat(")R", 50_000) + ".")
	for _, left := range []int{0, 5000, 100_000} {
		if _, err := pickle.Decompile(&fullDisk{left}, bytes.NewReader(b), int64(len(b)), 0, pickle.Options{}, pickle.DecompileLimits{}); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", left, err)
		}
	}
}

func FuzzDecompile(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	rng := rand.New(rand.NewPCG(9, 0))
	for range 50 {
		f.Add(program(rng))
		f.Add(framed(rng))
	}
	lim := pickle.DecompileLimits{Statements: 50, Bytes: 20_000, Line: 200, Items: 8, Depth: 4}
	o := pickle.Options{Limits: pickle.Limits{Ops: 1 << 20, Values: 1 << 12, Facts: 64}}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, trace, err := decompiled(b, o, lim)
		again, _, _ := decompiled(b, o, lim)
		if text != again {
			t.Errorf("two texts of one stream:\n%s\n%s", text, again)
		}
		printable(t, text)
		if most := passes * mostText(lim); len(text) > most {
			t.Errorf("%d bytes of text, %d are the most", len(text), most)
		}
		if trace == nil || trace.Complete && err != nil && !strings.Contains(err.Error(), "limit") {
			t.Errorf("trace %+v, error %v", trace, err)
		}
	})
}

// Padding does not push a call out of sight.
func TestDecompileNamesHiddenCalls(t *testing.T) {
	b := []byte(strings.Repeat("ca\nb\n)R0", 100) + "cos\nsystem\n)R.")
	var out strings.Builder
	if _, err := pickle.Decompile(&out, bytes.NewReader(b), int64(len(b)), 0, pickle.Options{}, pickle.DecompileLimits{Statements: 10}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "more statements are not shown") || !strings.Contains(text, "and they call os.system") {
		t.Errorf("%s", text)
	}
}
