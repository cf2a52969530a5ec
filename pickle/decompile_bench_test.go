package pickle

import (
	"bytes"
	"io"
	"testing"
)

func BenchmarkDecompile(b *testing.B) {
	benchmarkStreams(b, func(b *testing.B, data []byte) {
		if _, err := Decompile(io.Discard, bytes.NewReader(data), int64(len(data)), 0, Options{}, DecompileLimits{}); err != nil {
			b.Fatal(err)
		}
	})
}
