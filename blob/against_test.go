package blob

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// BenchmarkAgainstGenops times Scan and Judge over pickles in memory on one core,
// and in the same run a scanner in Python that reads them with pickletools.genops,
// as testdata/genops_scan.py says. docs/performance.md says how to read the figures.
func BenchmarkAgainstGenops(b *testing.B) {
	exe, err := exec.LookPath("python3")
	if err != nil {
		b.Skip("python3 is not there to be compared with")
	}
	dir := b.TempDir()
	if out, err := exec.Command(exe, "testdata/genops_scan.py", "make", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"small", "heavy/integers", "heavy/strings", "heavy/objects"} {
		var blobs [][]byte
		err := filepath.WalkDir(filepath.Join(dir, name), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			blobs = append(blobs, data)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			var ours float64
			b.Run("blob", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					for _, data := range blobs {
						rep := Scan(context.Background(), "a.pkl", bytes.NewReader(data), int64(len(data)), Options{Named: true})
						if findings, skips := Judge(rep, catalog.Builtin(), Default); len(findings)+len(skips) > 1 {
							b.Fatal(findings, skips)
						}
					}
				}
				ours = b.Elapsed().Seconds() / float64(b.N)
				b.ReportMetric(float64(len(blobs))/ours, "files/s")
			})
			b.Run("genops", func(b *testing.B) {
				var seconds float64
				var ops int
				for b.Loop() {
					out, err := exec.Command(exe, "testdata/genops_scan.py", "time", filepath.Join(dir, name)).Output()
					if err != nil {
						b.Fatal(err)
					}
					if _, err := fmt.Sscan(string(out), &seconds, &ops); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(blobs))/seconds, "files/s")
				b.ReportMetric(float64(ops)/ours/1e6, "our-Mops/s")
				b.ReportMetric(float64(ops)/seconds/1e6, "genops-Mops/s")
				b.ReportMetric(seconds/ours, "times")
				b.ReportMetric(0, "ns/op")
			})
		})
	}
}
