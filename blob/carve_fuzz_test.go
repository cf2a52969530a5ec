package blob

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"
)

// Whatever stands between two pickles, carving ends, and finds a stream no
// further than the file goes.
func FuzzCarve(f *testing.F) {
	f.Add([]byte("\xff\x80\x02\x80\x02"), []byte("\x80\x02N."))
	f.Add([]byte("\x00\x00\x00\x20"), []byte("cos\nabort\n)R."))
	f.Add([]byte("\xff\n(lp0\ncos\n"), []byte("C\x0e\x80\x02cos\nabort\n)R."))
	f.Fuzz(func(t *testing.T, between, tail []byte) {
		b := slices.Concat(good, between, evil, tail)
		rep := Scan(context.Background(), "f", bytes.NewReader(b), int64(len(b)), Options{Limits: Limits{Duration: 10 * time.Second}})
		for _, s := range rep.Streams {
			if s.Trace.Offset < 0 || s.Trace.End > s.size {
				t.Fatalf("a stream from %d to %d of %d bytes", s.Trace.Offset, s.Trace.End, s.size)
			}
		}
	})
}
