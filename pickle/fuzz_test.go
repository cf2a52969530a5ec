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
		if len(b) > 1<<16 {
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
