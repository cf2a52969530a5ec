package lzma

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"testing"
)

// Data that liblzma compresses, with dictionaries that the ring wraps around:
// each is the properties, the dictionary, whether it is LZMA2, data and stream.
const script = `
import lzma, random, struct, sys
random.seed(1)
words = [bytes(random.randrange(97, 123) for _ in range(random.randrange(1, 12))) for _ in range(300)]
data = b" ".join(random.choice(words) for _ in range(8000)) + random.randbytes(70000) + bytes(70000)
for lc, lp, pb, size in [(3, 0, 2, 1 << 23), (0, 0, 0, 4096), (4, 0, 4, 6144), (0, 4, 1, 1 << 16), (2, 2, 3, 1 << 20)]:
    for two in [0, 1]:
        spec = {"id": lzma.FILTER_LZMA2 if two else lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": size}
        out = lzma.compress(data, format=lzma.FORMAT_RAW, filters=[spec])
        sys.stdout.buffer.write(struct.pack("<BIBII", (pb * 5 + lp) * 9 + lc, size, two, len(data), len(out)) + data + out)
`

type sample struct {
	props        byte
	dict         uint32
	two          bool
	data, stream []byte
}

func (s *sample) open(t testing.TB, stream []byte) io.Reader {
	t.Helper()
	br := bufio.NewReader(bytes.NewReader(stream))
	if s.two {
		return NewReader2(br, int64(s.dict))
	}
	r, err := NewReader(br, s.props, s.dict, -1)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func samples(t testing.TB) (all []sample) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is needed")
		}
		t.Skip("no python3")
	}
	out, err := exec.Command(path, "-I", "-c", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	for len(out) > 0 {
		n, m := binary.LittleEndian.Uint32(out[6:]), binary.LittleEndian.Uint32(out[10:])
		body := out[14:]
		all = append(all, sample{out[0], binary.LittleEndian.Uint32(out[1:]), out[5] == 1, body[:n], body[n : n+m]})
		out = body[n+m:]
	}
	return all
}

func TestAgainstLiblzma(t *testing.T) {
	for i, s := range samples(t) {
		got, err := io.ReadAll(s.open(t, s.stream))
		if err != nil || !bytes.Equal(got, s.data) {
			t.Errorf("%d: %d bytes, want %d, %v", i, len(got), len(s.data), err)
		}
		// A byte at a time is the same.
		r, same := s.open(t, s.stream), true
		for _, want := range s.data[:5000] {
			var b [1]byte
			if n, err := r.Read(b[:]); n != 1 || err != nil {
				t.Fatalf("%d: %d, %v", i, n, err)
			}
			same = same && b[0] == want
		}
		if !same {
			t.Errorf("%d: differs when read slowly", i)
		}
		// Nearly all of what is in front of a cut is handed out.
		cut := len(s.stream) / 2
		got, err = io.ReadAll(s.open(t, s.stream[:cut]))
		if !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.HasPrefix(s.data, got) || len(got) < cut {
			t.Errorf("%d, cut: %d bytes, %v", i, len(got), err)
		}
	}
}

func TestKnownSize(t *testing.T) {
	s := samples(t)[0]
	size := int64(len(s.data))
	for _, tt := range []struct {
		size int64
		want error
	}{{size, nil}, {size - 1, ErrCorrupt}, {size + 1, io.ErrUnexpectedEOF}} {
		r, err := NewReader(bufio.NewReader(bytes.NewReader(s.stream)), s.props, s.dict, tt.size)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); !errors.Is(err, tt.want) || int64(len(got)) != min(size, tt.size) {
			t.Errorf("%d: %d bytes, %v", tt.size, len(got), err)
		}
	}
}

func TestWindow(t *testing.T) {
	var w window
	w.reset(1 << 40)
	if w.limit != MaxWindow || cap(w.buf) > 0 {
		t.Errorf("limit %d, capacity %d", w.limit, cap(w.buf))
	}
	w.reset(0)
	for i := range 10_000 {
		w.put(byte(i * i >> 3))
		for _, dist := range []int{1, 2, 100, 4095, 4096} {
			if dist > i+1 {
				continue
			}
			j := i - dist + 1
			if got := w.back(int64(dist)); w.check(int64(dist)) != nil || got != byte(j*j>>3) {
				t.Fatalf("at %d, %d back: %d", i, dist, got)
			}
		}
	}
	if err := w.check(4097); !errors.Is(err, ErrCorrupt) {
		t.Errorf("too far: %v", err)
	}
	w.declared = MaxWindow + 10
	w.total = MaxWindow + 10
	if err := w.check(MaxWindow + 5); !errors.Is(err, ErrWindow) {
		t.Errorf("further than is held: %v", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("\x5d\x00\x2a\x1a\x08\xa2\x03\x25\x66\xf1"), false)
	f.Add([]byte("\x16\x01\x00\x02abc\x02\x00\x00d\x00"), true)
	f.Add([]byte("\x16\xe0\x00\x10\x00\x08\x5d\x00\x2a\x1a\x08\xa2\x03\x25\x66\xf1\x00"), true)
	f.Fuzz(func(t *testing.T, b []byte, two bool) {
		if len(b) == 0 {
			return
		}
		br := bufio.NewReader(bytes.NewReader(b[1:]))
		var r io.Reader = NewReader2(br, 1<<32)
		if !two {
			var err error
			if r, err = NewReader(br, b[0], 1<<32-1, -1); err != nil {
				return
			}
		}
		var held int64
		if n, err := io.Copy(io.Discard, io.LimitReader(r, 1<<20)); err == nil {
			held = n
		}
		// The window is no larger than what was decompressed needs.
		if r2, ok := r.(*Reader2); ok && held > 0 && int64(cap(r2.win.buf)) > 2*held+4<<10 {
			t.Fatalf("%d bytes in a window of %d", held, cap(r2.win.buf))
		}
	})
}

func BenchmarkReader(b *testing.B) {
	s := samples(b)[0]
	b.SetBytes(int64(len(s.data)))
	for b.Loop() {
		if _, err := io.Copy(io.Discard, s.open(b, s.stream)); err != nil {
			b.Fatal(err)
		}
	}
}
