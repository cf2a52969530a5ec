package pickle_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// FuzzTraceVsCPython asks a running CPython about each input; see TestOracle. It
// keeps one recorder a worker, and starts another where an input has killed it
// (deeply nested keys overflow CPython's stack).
func FuzzTraceVsCPython(f *testing.F) {
	exe, err := exec.LookPath("python3")
	if err != nil {
		f.Skip("python3 is not there: CPython is the oracle of this test")
	}
	if named := os.Getenv("PICKLE_LINT_PYTHON"); named != "" {
		exe = named
	}
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	for _, s := range pieces {
		f.Add([]byte(s + "."))
	}
	var r *recorder
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 || asksForMemory(b) {
			return
		}
		if r == nil {
			if r, err = record(exe); err != nil {
				t.Fatal(err)
			}
		}
		answer, err := r.ask(b)
		if err != nil {
			// The trace must stand on its own then.
			_ = r.close()
			r = nil
			if _, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{}); err == nil && len(b) < 1000 {
				t.Fatalf("CPython died of %x", b)
			}
			return
		}
		for _, problem := range compare(r.release, b, answer) {
			t.Errorf("%x\n%s", b, problem)
		}
	})
}

// asksForMemory reports a memo index for which _pickle.c fills its memory.
func asksForMemory(b []byte) bool {
	for op, err := range pickle.Ops(bytes.NewReader(b), int64(len(b)), 0, pickle.Limits{}) {
		far := op.Code == pickle.OpLongBinPut && op.Int > 1<<20 || op.Code == pickle.OpPut && op.ArgLen > 6
		if err != nil || far {
			return far
		}
	}
	return false
}

// FuzzBounded checks that no input makes a run allocate out of proportion.
func FuzzBounded(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{})
		runtime.ReadMemStats(&after)
		// Six readings at most, each with a window and what an op may add.
		if n, most := after.TotalAlloc-before.TotalAlloc, uint64(8<<20+4000*len(b)); n > most {
			t.Errorf("%d bytes of input allocate %d", len(b), n)
		}
	})
}

// FuzzReleases follows each loader of several releases, and Walk with Run.
func FuzzReleases(f *testing.F) {
	for _, c := range loadCases(f) {
		f.Add(c.data)
	}
	var releases []pickle.Release
	for _, word := range []string{"2.7", "3.8", "3.13.15", "3.14"} {
		release, err := pickle.ParseRelease(word)
		if err != nil {
			f.Fatal(err)
		}
		releases = append(releases, release)
	}
	sets := []pickle.LoaderSet{pickle.CMem, pickle.CFile, pickle.CPeek, pickle.Py, pickle.AllLoaders, pickle.CFile | pickle.Py}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, release := range releases {
			for i, set := range sets {
				opts := pickle.Options{Loaders: set, Python: release, Plain: i%2 == 0}
				trace, err := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, opts)
				if trace.Complete != (err == nil) || trace.End > int64(len(b)) || trace.FrameEnd < trace.End {
					t.Fatalf("%v of %v: %+v, %v", set, release, trace, err)
				}
				end, ops := int64(-1), int64(0)
				walked, werr := pickle.Walk(bytes.NewReader(b), int64(len(b)), 0, opts, func(s *pickle.Step) bool {
					if s.Op.Offset < end || s.Depth < 0 || s.Marks < 0 {
						t.Fatalf("%v of %v: step %+v behind offset %d", set, release, s, end)
					}
					end = s.Op.Offset
					ops++
					return true
				})
				if single := set&(set-1) == 0; single && ((werr == nil) != (err == nil) || len(walked.Calls) != len(trace.Calls) || len(walked.Globals) != len(trace.Globals)) {
					t.Fatalf("%v of %v: Walk %+v, %v; Run %+v, %v", set, release, walked, werr, trace, err)
				}
			}
		}
	})
}
