package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// sparse is a large file of zeros with something written in some places, in
// order. It counts what is read.
type sparse struct {
	size int64
	at   []int64
	data [][]byte
	read int64
	hole bool // what is written now is zeros
}

func (s *sparse) ReadAt(b []byte, off int64) (int, error) {
	n := min(int64(len(b)), max(0, s.size-off))
	clear(b[:n])
	i, _ := slices.BinarySearch(s.at, off)
	for i = max(0, i-1); i < len(s.at) && s.at[i] < off+n; i++ {
		if at, d := s.at[i], s.data[i]; at+int64(len(d)) > off {
			copy(b[max(0, at-off):n], d[max(0, off-at):])
		}
	}
	s.read += n
	if n < int64(len(b)) {
		return int(n), io.EOF
	}
	return int(n), nil
}

func (s *sparse) Write(b []byte) (int, error) {
	if !s.hole {
		s.at = append(s.at, s.size)
		s.data = append(s.data, bytes.Clone(b))
	}
	s.size += int64(len(b))
	return len(b), nil
}

// largeCheckpoint is a checkpoint of 5 GiB in as many storages.
func largeCheckpoint(t testing.TB, storages int, object []byte) *sparse {
	t.Helper()
	const total = 5 << 30
	file := new(sparse)
	w := zip.NewWriter(file)
	add := func(name string, size int64, write func(out io.Writer) error) {
		h := &zip.FileHeader{Name: "net/" + name, Method: zip.Store, CompressedSize64: uint64(size), UncompressedSize64: uint64(size), CRC32: 0}
		if size < 1<<20 {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			h.CRC32 = crc32.ChecksumIEEE(b.Bytes())
		}
		out, err := w.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		file.hole = size >= 1<<20
		if err := write(out); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		file.hole = false
	}
	text := func(s string) func(out io.Writer) error {
		return func(out io.Writer) error { _, err := io.WriteString(out, s); return err }
	}
	add("data.pkl", int64(len(object)), text(string(object)))
	add("byteorder", 6, text("little"))
	chunk := make([]byte, 1<<24)
	for i := range storages {
		size := int64(total / storages)
		add(fmt.Sprintf("data/%d", i), size, func(out io.Writer) error {
			for left := size; left > 0; left -= int64(len(chunk)) {
				if _, err := out.Write(chunk[:min(left, int64(len(chunk)))]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	add("version", 2, text("3\n"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// A large checkpoint costs next to nothing: what is no pickle is not read.
func TestLargeCheckpointsAreHardlyRead(t *testing.T) {
	for _, tt := range []struct {
		name     string
		storages int
		limit    int64 // one of so many bytes may be read
	}{
		{"one storage", 1, 1000},
		{"many storages", 300, 100},
	} {
		file := largeCheckpoint(t, tt.storages, evil)
		file.read = 0
		begin := time.Now()
		rep := Scan(context.Background(), "net.pt", file, file.size, Options{Named: true})
		findings, skips := Judge(rep, catalog.Builtin(), Default)
		took := time.Since(begin)
		if got := ids(findings); !slices.Equal(got, []string{"PKL101"}) || len(skips) > 0 {
			t.Errorf("%s: rules %v, skips %v", tt.name, got, skips)
		}
		if file.read > file.size/tt.limit {
			t.Errorf("%s: %d of %d bytes were read", tt.name, file.read, file.size)
		}
		t.Logf("%s: %d of %d bytes in %v", tt.name, file.read, file.size, took)
	}
}

func BenchmarkLargeCheckpoint(b *testing.B) {
	file := largeCheckpoint(b, 300, evil)
	for b.Loop() {
		Scan(context.Background(), "net.pt", file, file.size, Options{})
	}
}

// What is between the entries of a large file is searched up to a bound, and that
// the rest is not is said.
func TestLargeGapsAreTold(t *testing.T) {
	file := &sparse{size: 1 << 33}
	head := zipped(t, zip.Store, "a/data.pkl", string(evil))
	file.at, file.data = []int64{0, file.size - int64(len(head))}, [][]byte{head[:len(head)-30], head}
	lim := Limits{Container: container.Limits{Gaps: 10 << 20}}
	rep := Scan(context.Background(), "f", file, file.size, Options{Limits: lim})
	findings, skips := Judge(rep, catalog.Builtin(), Default)
	told := slices.ContainsFunc(rep.Problems, func(p Problem) bool { return strings.Contains(p.Reason, "between the entries") })
	if !slices.Contains(ids(findings), "PKL101") || len(skips) == 0 || !told || file.read > 50<<20 {
		t.Errorf("rules %v, skips %v, %d bytes read", ids(findings), skips, file.read)
	}
}
