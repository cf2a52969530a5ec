package pickle_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/pickle"
)

func run(t *testing.T, b string, lim pickle.Limits) (*pickle.Trace, pickle.ErrorKind) {
	t.Helper()
	trace, err := pickle.Run(strings.NewReader(b), int64(len(b)), 0, pickle.Options{Limits: lim})
	if err == nil {
		return trace, ""
	}
	var perr *pickle.Error
	if !errors.As(err, &perr) {
		t.Fatalf("Run returned a %T", err)
	}
	return trace, perr.Kind
}

// Whatever is cut off, what was found in the part that is left stays found,
// except by a last line without newline, which is read short.
func TestTruncatedAnywhere(t *testing.T) {
	for _, c := range loadCases(t) {
		if strings.HasPrefix(c.name, "frames") {
			continue // a cut frame announces too much, which is another story
		}
		whole, _ := pickle.Run(bytes.NewReader(c.data), int64(len(c.data)), 0, pickle.Options{})
		for n := range c.data {
			part, err := pickle.Run(bytes.NewReader(c.data[:n]), int64(n), 0, pickle.Options{})
			if err == nil && int64(n) < whole.End {
				t.Errorf("%s: the first %d bytes are a whole stream", c.name, n)
			}
			for i, g := range part.Globals {
				if g.Loaders == pickle.Py {
					continue
				}
				g.Kept = whole.Globals[i].Kept // may have come later
				if !reflect.DeepEqual(g, whole.Globals[i]) {
					t.Errorf("%s: cut at %d, global %d is %v, was %v", c.name, n, i, g, whole.Globals[i])
				}
			}
			for i, k := range part.Calls {
				if k.Loaders == pickle.Py {
					continue
				}
				want := whole.Calls[i]
				k.Discarded = want.Discarded // may have come later
				if !reflect.DeepEqual(k, want) {
					t.Errorf("%s: cut at %d, call %d is %v, was %v", c.name, n, i, k, want)
				}
			}
		}
	}
}

func TestGiantLengths(t *testing.T) {
	for _, b := range []string{
		"B\xff\xff\xff\xff", "X\xff\xff\xff\xff", "T\xff\xff\xff\x7f", "\x8b\xff\xff\xff\x7f", "T\xff\xff\xff\xff", "\x8b\x00\x00\x00\x80",
		"\x8e\xff\xff\xff\xff\xff\xff\xff\x7f", "\x8d\xff\xff\xff\xff\xff\xff\xff\xff", "\x96\x00\x00\x00\x00\x00\x00\x00\x80",
		"\x95\xff\xff\xff\xff\xff\xff\xff\x7f", "\x95\xff\xff\xff\xff\xff\xff\xff\xff", "Nr\xff\xff\xff\xff", "Np99999999999999999999999\n",
		"I" + strings.Repeat("9", 100000) + "\n", "L" + strings.Repeat("9", 100000) + "L\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, kind := run(t, b, pickle.Limits{})
		runtime.ReadMemStats(&after)
		if kind != pickle.Truncated && kind != pickle.BadArgument {
			t.Errorf("%.20q: %s", b, kind)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
			t.Errorf("%.20q: %d bytes were allocated", b, n)
		}
	}
}

func TestDeepStreams(t *testing.T) {
	const deep = 1_000_000
	for name, b := range map[string]string{
		"marks":        strings.Repeat("(", deep) + "N.",
		"lists":        strings.Repeat("](", deep) + "N" + strings.Repeat("e", deep) + ".",
		"tuples":       "N" + strings.Repeat("\x85", deep) + ".",
		"calls":        "ca\nb\n" + strings.Repeat(")R", 200_000) + ".",
		"self":         "]\x94" + strings.Repeat("h\x00a", deep) + ".",
		"shared":       "ca\nb\n]" + strings.Repeat("2\x86", 50_000) + "\x85R.",
		"memo doubles": ")\x94" + strings.Repeat("h\x00h\x00\x86q\x000", 100_000) + "ca\nb\nh\x00\x85R.",
	} {
		start := time.Now()
		trace, kind := run(t, b, pickle.Limits{})
		if kind != "" && kind != pickle.LimitReached {
			t.Errorf("%s: %s", name, kind)
		}
		if trace.Ops < 1000 {
			t.Errorf("%s: stopped after %d ops", name, trace.Ops)
		}
		for _, c := range trace.Calls {
			if len(c.Args) > 160 || len(c.Target) > 100 {
				t.Errorf("%s: a rendering of %d and %d bytes", name, len(c.Args), len(c.Target))
			}
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

// Each limit is an error of its own kind, beside what was found before.
func TestLimits(t *testing.T) {
	const call = "cos\nsystem\n)R0"
	for _, tt := range []struct {
		name string
		b    string
		lim  pickle.Limits
	}{
		{"ops", call + strings.Repeat("N0", 1<<15), pickle.Limits{Ops: 1000}},
		{"stack", call + strings.Repeat("N", 100), pickle.Limits{Stack: 50}},
		{"marks", call + strings.Repeat("(", 100), pickle.Limits{Stack: 50}},
		{"memo", call + "N" + strings.Repeat("\x94", 100), pickle.Limits{Memo: 50}},
		{"line", call + "V" + strings.Repeat("a", 100) + "\n.", pickle.Limits{Line: 50}},
		{"line without end", call + "V" + strings.Repeat("a", 200_000), pickle.Limits{Line: 50}},
		{"time", call + strings.Repeat("N0", 1<<20), pickle.Limits{Duration: time.Nanosecond}},
		{"values", call + strings.Repeat("ca\nb\n0", 100), pickle.Limits{Values: 10}},
	} {
		trace, kind := run(t, tt.b, tt.lim)
		if kind != pickle.LimitReached {
			t.Errorf("%s: error %q, want a limit", tt.name, kind)
		}
		if len(trace.Calls) != 1 || trace.Complete {
			t.Errorf("%s: %d calls, complete %v", tt.name, len(trace.Calls), trace.Complete)
		}
	}
}

func TestSparseMemoLimit(t *testing.T) {
	b := []byte("N")
	for i := range uint32(40_000) {
		b = binary.LittleEndian.AppendUint32(append(b, 'r'), i*100_000)
	}
	if _, kind := run(t, string(b), pickle.Limits{Memo: 100_000}); kind != pickle.LimitReached {
		t.Errorf("error %q, want a limit", kind)
	}
}

// Repeated facts are counted, new ones still listed, and too many are a limit.
func TestFactLimit(t *testing.T) {
	lim := pickle.Limits{Facts: 10}
	trace, kind := run(t, strings.Repeat("ca\nb\n)R0", 1000)+"cos\nsystem\n)R.", lim)
	if kind != "" || len(trace.Calls) > 12 || trace.Repeated < 1900 {
		t.Errorf("%s, %d calls listed, %d repeated", kind, len(trace.Calls), trace.Repeated)
	}
	if last := trace.Calls[len(trace.Calls)-1]; last.Target != "os.system" || trace.Globals[last.Global].RawModule != "os" {
		t.Errorf("the new call is not listed: %+v", last)
	}
	var b strings.Builder
	for i := range 100 {
		b.WriteString("cm\nf" + strings.Repeat("x", i) + "\n)R0")
	}
	if _, kind := run(t, b.String()+"N.", lim); kind != pickle.LimitReached {
		t.Errorf("100 different calls: error %q, want a limit", kind)
	}
}

// Past Limits.Values literals lose their text, and a name made of one is
// unresolved rather than wrong.
func TestForgottenValues(t *testing.T) {
	trace, kind := run(t, strings.Repeat("\x8c\x01x", 100)+"\x8c\x03os1\x94\x8c\x07system1\x94Nh\x00h\x01\x93\x8c\x02id\x85R.", pickle.Limits{Values: 50})
	if kind != "" || len(trace.Globals) != 1 || trace.Globals[0].Resolved || len(trace.Calls) != 1 {
		t.Errorf("%s, %+v", kind, trace)
	}
}

func TestLongName(t *testing.T) {
	long := strings.Repeat("a", 5000)
	for _, b := range []string{"c" + long + "\nb\n.", "(i" + long + "\nb\n.", "V" + long + "\nVb\n\x93.", "X\x88\x13\x00\x00" + long + "Vb\n\x93."} {
		trace, kind := run(t, b, pickle.Limits{})
		if kind != "" || trace.Globals[0].Resolved || len(trace.Anomalies) != 1 || trace.Anomalies[0].Kind != pickle.LongName {
			t.Errorf("%.3q: %s, %+v", b, kind, trace.Anomalies)
		}
	}
}

var errDisk = errors.New("disk is gone")

type failing struct {
	data string
	at   int
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	n, err := strings.NewReader(f.data[:f.at]).ReadAt(p, off)
	if errors.Is(err, io.EOF) {
		err = errDisk
	}
	return n, err
}

func TestReadFailure(t *testing.T) {
	data := "cos\nsystem\n)R0" + strings.Repeat("N0", 100_000) + "N."
	trace, err := pickle.Run(failing{data, 100_000}, int64(len(data)), 0, pickle.Options{})
	var perr *pickle.Error
	if !errors.As(err, &perr) || perr.Kind != pickle.ReadFailed || !errors.Is(err, errDisk) || perr.Offset != 100_000 {
		t.Errorf("error %v", err)
	}
	if len(trace.Calls) != 1 {
		t.Errorf("what was read before is lost: %+v", trace)
	}
	// An input shorter than was said is a failure too, not an end.
	_, err = pickle.Run(strings.NewReader("N"), 100, 0, pickle.Options{})
	if !errors.As(err, &perr) || perr.Kind != pickle.ReadFailed || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v", err)
	}
}

func TestOffsets(t *testing.T) {
	b := "N.cos\nsystem\n)R."
	trace, err := pickle.Run(strings.NewReader(b), int64(len(b)), 2, pickle.Options{})
	if err != nil || trace.Offset != 2 || trace.End != int64(len(b)) || trace.Calls[0].From != 2 {
		t.Errorf("%+v, %v", trace, err)
	}
	for _, off := range []int64{-1, 100, math.MaxInt64} {
		if _, err := pickle.Run(strings.NewReader(b), int64(len(b)), off, pickle.Options{}); err == nil {
			t.Errorf("offset %d is fine", off)
		}
	}
}

func FuzzOps(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		at := int64(0)
		for op, err := range pickle.Ops(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{}) {
			if err != nil {
				return
			}
			if op.Offset != at || op.End <= op.Offset || op.End > int64(len(b)) {
				t.Fatalf("op at %d ends at %d, expected to begin at %d of %d", op.Offset, op.End, at, len(b))
			}
			at = op.End
			if _, err := pickle.Format(bytes.NewReader(b), op, 40); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzRun(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Limits: pickle.Limits{Text: 60}})
		if trace.Complete != (err == nil) || trace.End > int64(len(b)) || trace.FrameEnd < trace.End {
			t.Fatalf("%+v, %v", trace, err)
		}
		for i, c := range trace.Calls {
			if int(c.Via) >= i || int(c.Global) >= len(trace.Globals) || c.From > c.Offset || c.Loaders == 0 || len(c.Args) > 60 {
				t.Fatalf("call %d of %d: %+v", i, len(trace.Calls), c)
			}
			for _, r := range c.Args {
				if (r < ' ' || r > '~') && r != '…' {
					t.Fatalf("%q is not printable", c.Args)
				}
			}
		}
		// A cut stream is followed as far as it goes, as if it were whole. A
		// frame that is cut is not what it was, nor is the last line.
		if n := len(b) / 2; bytes.IndexByte(b, pickle.OpFrame) < 0 {
			part, _ := pickle.Run(bytes.NewReader(b[:n]), int64(n), 0, pickle.Options{Limits: pickle.Limits{Text: 60}})
			for i, g := range part.Globals {
				if g.Loaders != pickle.Py && (i >= len(trace.Globals) || !reflect.DeepEqual(g, trace.Globals[i])) {
					t.Fatalf("cut at %d, look-up %d is %+v, in all %+v", n, i, g, trace.Globals)
				}
			}
		}
		// Followed again, or one by one, nothing new is found.
		again, _ := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Limits: pickle.Limits{Text: 60}})
		if !reflect.DeepEqual(trace, again) {
			t.Fatalf("two runs differ:\n%+v\n%+v", trace, again)
		}
		for _, set := range []pickle.LoaderSet{pickle.CMem, pickle.CFile, pickle.CPeek, pickle.Py} {
			for _, plain := range []bool{false, true} {
				one, oneErr := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Limits: pickle.Limits{Text: 60}, Loaders: set, Plain: plain})
				if missing := lacking(trace, one); missing != "" {
					t.Fatalf("%v alone finds %s, the union does not", set, missing)
				}
				if oneErr == nil && (trace.Loaders&set == 0 || !trace.Complete) {
					t.Fatalf("%v alone reaches STOP, the union says %v, %v", set, trace.Loaders, err)
				}
			}
		}
	})
}

// lacking returns a look-up or call of one that union does not have for its loaders.
func lacking(union, one *pickle.Trace) string {
	has := map[string]pickle.LoaderSet{}
	global := func(g *pickle.Global) string { return fmt.Sprintf("find %d %q %q", g.Offset, g.RawModule, g.RawName) }
	call := func(c *pickle.Call) string { return fmt.Sprintf("%v %d %q", c.Kind, c.Offset, c.Target) }
	for i := range union.Globals {
		has[global(&union.Globals[i])] |= union.Globals[i].Loaders
	}
	for i := range union.Calls {
		has[call(&union.Calls[i])] |= union.Calls[i].Loaders
	}
	// A name that depends on the encoding is none in the union.
	named := map[int64]bool{}
	for i := range union.Globals {
		named[union.Globals[i].Offset] = named[union.Globals[i].Offset] || !union.Globals[i].Resolved
	}
	unnamed := map[string]bool{}
	for i := range union.Calls {
		if c := &union.Calls[i]; strings.HasPrefix(c.Target, "?") {
			unnamed[fmt.Sprintf("%v %d", c.Kind, c.Offset)] = true
		}
	}
	for i := range one.Globals {
		if g := &one.Globals[i]; g.Loaders&^has[global(g)] != 0 && !named[g.Offset] {
			return global(g)
		}
	}
	for i := range one.Calls {
		if c := &one.Calls[i]; c.Loaders&^has[call(c)] != 0 && !unnamed[fmt.Sprintf("%v %d", c.Kind, c.Offset)] {
			return call(c)
		}
	}
	return ""
}
