//go:build cgo

package pyscan

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

const plainCode = "def handler(request, limit=10):\n    rows = json.loads(request.body)\n    return [row for row in rows if row[\"size\"] < limit]\n\n"

func benchmark(b *testing.B, src string, sites bool) {
	s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
	raw := []byte(src)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		res := s.Scan(context.Background(), "bench.py", raw)
		if len(res.Skips) > 0 || (len(res.Sites) > 0) != sites {
			b.Fatalf("%d sites, %d skips", len(res.Sites), len(res.Skips))
		}
	}
}

// BenchmarkGatedOut is the price of a file without a site: most files.
func BenchmarkGatedOut(b *testing.B) {
	benchmark(b, strings.Repeat(plainCode, (1<<20)/len(plainCode)), false)
}

// BenchmarkSites is the price of a large file with a site every few functions.
func BenchmarkSites(b *testing.B) {
	block := strings.Repeat(plainCode, 8) + "def load(fh):\n    return pickle.load(fh)\n\n"
	benchmark(b, "import json\nimport pickle\n"+strings.Repeat(block, (1<<20)/len(block)-1), true)
}

// BenchmarkCorpus scans every Python source below the directory that the
// environment names: PYSCAN_CORPUS=/usr/lib/python3/dist-packages.
func BenchmarkCorpus(b *testing.B) {
	root := os.Getenv("PYSCAN_CORPUS")
	if root == "" {
		b.Skip("PYSCAN_CORPUS names no directory")
	}
	s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
	for b.Loop() {
		bytes, sites := int64(0), 0
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || filepath.Ext(name) != ".py" {
				return err
			}
			raw, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			bytes += int64(len(raw))
			sites += len(s.Scan(context.Background(), name, raw).Sites)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(bytes)
		b.ReportMetric(float64(sites), "sites")
	}
}
