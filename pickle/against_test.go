package pickle

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkAgainst times our lexer and machine, and in the same run CPython over
// the same bytes: pickletools.genops and pickle.loads. The figures of CPython are
// reported as metrics; docs/performance.md says how to read them.
func BenchmarkAgainst(b *testing.B) {
	exe, err := exec.LookPath("python3")
	if err != nil {
		b.Skip("python3 is not there to be compared with")
	}
	dir := b.TempDir()
	if out, err := exec.Command(exe, "testdata/bench.py", "make", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"ints", "strings", "objects"} {
		path := filepath.Join(dir, name+".pkl")
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		ops := countOps(b, data)
		b.Run(name, func(b *testing.B) {
			b.Run("lexer", func(b *testing.B) { benchmarkOps(b, data, ops, lexAll) })
			b.Run("run", func(b *testing.B) { benchmarkOps(b, data, ops, runAll) })
			b.Run("cpython", func(b *testing.B) {
				var genops, loads float64
				for b.Loop() {
					out, err := exec.Command(exe, "testdata/bench.py", "time", path).Output()
					if err != nil {
						b.Fatal(err)
					}
					if _, err := fmt.Sscan(string(out), &genops, &loads); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(ops)/genops/1e6, "genops-Mops/s")
				b.ReportMetric(float64(ops)/loads/1e6, "loads-Mops/s")
				b.ReportMetric(0, "ns/op")
			})
		})
	}
}

func lexAll(b *testing.B, data []byte) {
	l := NewLexer(bytes.NewReader(data), int64(len(data)), 0, Limits{})
	var op Op
	for op.Code != OpStop {
		if err := l.Scan(&op); err != nil {
			b.Fatal(err)
		}
	}
}

func runAll(b *testing.B, data []byte) {
	if _, err := Run(bytes.NewReader(data), int64(len(data)), 0, Options{}); err != nil {
		b.Fatal(err)
	}
}

func benchmarkOps(b *testing.B, data []byte, ops int, run func(*testing.B, []byte)) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		run(b, data)
	}
	b.ReportMetric(float64(ops)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mops/s")
}
