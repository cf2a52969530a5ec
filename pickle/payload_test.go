package pickle_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// BenchmarkPayload steps over one bytes object of 1 GiB in a (sparse) file.
func BenchmarkPayload(b *testing.B) {
	const size = 1 << 30
	path := filepath.Join(b.TempDir(), "payload.pkl")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	head := []byte{pickle.OpProto, 4, pickle.OpBinBytes8, 0, 0, 0, 0x40, 0, 0, 0, 0}
	if _, err := f.Write(head); err != nil {
		b.Fatal(err)
	}
	end := int64(len(head) + size)
	if _, err := f.WriteAt([]byte{pickle.OpStop}, end); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if t, err := pickle.Run(f, end+1, 0, pickle.Options{}); err != nil || t.Ops != 3 {
			b.Fatalf("%d ops, %v", t.Ops, err)
		}
	}
}
