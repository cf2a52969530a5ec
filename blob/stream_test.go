package blob

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// Data is where a stream stands, whole, and can be read again after Release.
func TestStreamData(t *testing.T) {
	for _, data := range [][]byte{good, gzipped(t, good), zipped(t, zip.Deflate, "a.pkl", string(good))} {
		rep, _, _ := unnamed(data)
		if len(rep.Streams) != 1 {
			t.Fatalf("%d streams", len(rep.Streams))
		}
		s := rep.Streams[0]
		for range 2 {
			r, size := s.Data()
			got, err := io.ReadAll(io.NewSectionReader(r, 0, size))
			if err != nil || !bytes.Equal(got, good) {
				t.Errorf("%x, %v", got, err)
			}
			s.Release()
		}
	}
}

// What is in the report only because it was asked for says so.
func TestForcedStreams(t *testing.T) {
	for _, tt := range []struct {
		data     []byte
		unlikely bool
	}{
		{nil, true}, {[]byte("\xff"), true}, {[]byte("hello"), true}, {good, false}, {evilText, false}, {zipped(t, zip.Store, "a.pkl", string(good)), true},
	} {
		rep := Scan(t.Context(), "f", bytes.NewReader(tt.data), int64(len(tt.data)), Options{Named: true, Forced: true})
		if len(rep.Streams) == 0 || rep.Streams[0].Trace.Offset != 0 || len(rep.Streams[0].Member) != 0 {
			t.Errorf("%.20q: no stream at the start", tt.data)
		} else if got := rep.Streams[0].Unlikely; got != tt.unlikely {
			t.Errorf("%.20q: unlikely is %v", tt.data, got)
		}
		for i, s := range rep.Streams {
			if i > 0 && s.Unlikely {
				t.Errorf("%.20q: stream %d is unlikely", tt.data, i)
			}
		}
	}
}
