package container

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
)

var fox = strings.Repeat("The quick brown fox jumps over the lazy dog, and then the quick brown fox jumps again. ", 6)

// foxes are fox as Debian's xz 5.4.1, lz4 1.9.4 and zstd 1.5.4 compress it; the
// command stands in front of each.
var foxes = map[string]string{
	// xz -c
	"xz": "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AIJAEVdACoaCKIDJWbxS3jFogX/LubZ0iAarTT44h3oQTb63AZpuzzkEDQnCeuzZuPUbXsmQ4ntQSdUkeLt+4sbwoEMnDyzttpgAAAAAABkGfnPaeMaewABYYoEAAAARjfJdLHEZ/sCAAAAAARZWg==",
	// xz -c --delta=dist=2 --lzma2=preset=0
	"xz delta": "/Td6WFoAAATm1rRGAgEDAQEhAQxmvhqr4AIJAFJdACoZ/iukYUSqhGmCbKOC383Q5H+ozh0aRYSwnbhowZYc2PKF9pF89mQY+OqDP7jJsO3bkEFA8F4fxa7wtYxzqshtc8SbR68bo2f3pcGmmNgoQAAAAABkGfnPaeMaewABbooEAAAAk4WfhbHEZ/sCAAAAAARZWg==",
	// xz -c --format=lzma
	"lzma": "XQAAgAD//////////wAqGgiiAyVm8Ut4xaIF/y7m2dIgGq00+OId6EE2+twGabs85BA0Jwnrs2bj1G17JkOJ7UEnVJHi7fuLG8KBDJw8s7eK2rv//6sNgAA=",
	// xz -c --format=lzma --lzma1=lc=1,lp=2,pb=1,dict=4KiB
	"lzma props": "QAAQAAD//////////wAqGgkHJJ7b3GoN4IVZB9XcIbYD9Qt389mu55qwGx6iQyNNc3eCHdU4Osdy92gQfjd/ZftKSLpr6H5DhadcandSSRm06D318///rkEAAA==",
	// lz4 -c -9 -BD --content-size
	"lz4": "BCJNGGRAp00AAADwIVRoZSBxdWljayBicm93biBmb3gganVtcHMgb3ZlciB0aGUgbGF6eSBkb2csIGFuZBIAP24gdDYABn9hZ2Fpbi4gVwD/nFBhaW4uIAAAAACsdYHV",
	// lz4 -c -l
	"lz4 legacy": "AiFMGE4AAADwIVRoZSBxdWljayBicm93biBmb3gganVtcHMgb3ZlciB0aGUgbGF6eSBkb2csIGFuZBIAEG4FAA82AAR/YWdhaW4uIFcA/5xQYWluLiA=",
	// zstd -c -19
	"zstd": "KLUv/QRoJQIA4sMNEZB9UPpD6Q+lf013F9Vdf8wBHp569NWfSdXLewcIFtf7m5tUfZoLnUZnl2d4/GE4hzOirHSTRAIAsFpQzeVFQQG4w0Ih",
	// gzip -cn
	"gzip": "H4sIAAAAAAAAAwvJSFUoLM1MzlZIKsovz1NIy69QyCrNLShWyC9LLVIoAUrnJFZVKqTkp+soJOalgETywMLYdSWmJ2bm6SmEjBo71IwFALZtoJcKAgAA",
}

func foxIn(t testing.TB, name string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(foxes[name])
	if err != nil || len(b) == 0 {
		t.Fatalf("%s: %d bytes, %v", name, len(b), err)
	}
	return b
}

func codecOf(t testing.TB, name string) Format {
	t.Helper()
	word, _, _ := strings.Cut(name, " ")
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name() == word })
	if i < 0 {
		t.Fatalf("no format %s", word)
	}
	return Formats[i]
}

// unpacked is the one member of b and what is wrong with it.
func unpacked(t testing.TB, f Format, b []byte, lim Limits) (content, problems string) {
	t.Helper()
	members, wrong := opened(t, f, b, lim)
	if len(members) != 1 {
		t.Fatalf("%s: %d members", f.Name(), len(members))
	}
	_, content, _ = strings.Cut(members[0], "=")
	return content, strings.Join(wrong, "; ")
}

func TestCodecs(t *testing.T) {
	for name := range foxes {
		b, f := foxIn(t, name), codecOf(t, name)
		if got := recognisedBy(b); !slices.Equal(got, []string{f.Name()}) {
			t.Errorf("%s: recognised as %v", name, got)
		}
		if got, problems := unpacked(t, f, b, Limits{}); got != fox || problems != "" {
			t.Errorf("%s: %q, problems %q", name, got, problems)
		}
		if got, problems := unpacked(t, f, slices.Concat(b, b, b), Limits{}); got != fox+fox+fox || problems != "" {
			t.Errorf("%s, three times: %d bytes, problems %q", name, len(got), problems)
		}
		got, problems := unpacked(t, f, slices.Concat(b, []byte("this is no stream, and long enough to tell")), Limits{})
		if !strings.HasPrefix(got, fox) || problems == "" {
			t.Errorf("%s, with junk: %d bytes, problems %q", name, len(got), problems)
		}
		// Cut anywhere: as much as can be read, and a word about it.
		most := 0
		for n := 1; n < len(b); n++ {
			got, problems := unpacked(t, f, b[:n], Limits{})
			if !strings.HasPrefix(fox, got) && name != "xz delta" {
				t.Fatalf("%s, cut at %d: %q", name, n, got)
			}
			// A legacy frame has no end, so that its magic alone is whole.
			if problems == "" && got != fox && (name != "lz4 legacy" || n != 4) {
				t.Errorf("%s, cut at %d: silent", name, n)
			}
			most = max(most, len(got))
		}
		if most < 64 && name != "zstd" {
			t.Errorf("%s, cut: %d bytes at most", name, most)
		}
		// Damaged anywhere: no panic, and no more than there is.
		for i := range b {
			for _, x := range []byte{1, 0x80, 0xff} {
				bad := bytes.Clone(b)
				bad[i] ^= x
				unpacked(t, f, bad, Limits{Bytes: 1 << 20})
			}
		}
	}
}

// A loader that does not check reads on, and so do we.
func TestWrongChecksums(t *testing.T) {
	for name, at := range map[string]int{"xz": -4 - 12 - 8 - 8, "lz4": -1, "zstd": -1, "gzip": -5} {
		b := foxIn(t, name)
		b[len(b)+at] ^= 0xff
		if got, problems := unpacked(t, codecOf(t, name), slices.Concat(b, b), Limits{}); got != fox+fox || problems != "" {
			t.Errorf("%s: %d bytes, problems %q", name, len(got), problems)
		}
	}
}

func TestStreamsOfDifferentKinds(t *testing.T) {
	skip := []byte("\x53\x2a\x4d\x18\x03\x00\x00\x00abc")
	zeros := make([]byte, 7)
	for name, tt := range map[string]struct {
		f     Format
		parts [][]byte
		n     int
	}{
		"xz, lzma":             {Xz{}, [][]byte{foxIn(t, "xz"), foxIn(t, "lzma"), zeros, foxIn(t, "xz delta"), zeros}, 3},
		"lzma, xz":             {Lzma{}, [][]byte{foxIn(t, "lzma"), foxIn(t, "xz"), foxIn(t, "lzma props")}, 3},
		"gzip, zeros, gzip":    {Gzip{}, [][]byte{foxIn(t, "gzip"), zeros, foxIn(t, "gzip"), zeros}, 2},
		"lz4, skip, zstd, lz4": {Lz4{}, [][]byte{foxIn(t, "lz4"), skip, foxIn(t, "zstd"), foxIn(t, "lz4")}, 3},
		"legacy, lz4":          {Lz4{}, [][]byte{foxIn(t, "lz4 legacy"), foxIn(t, "lz4"), skip}, 2},
		"legacy, legacy":       {Lz4{}, [][]byte{foxIn(t, "lz4 legacy"), foxIn(t, "lz4 legacy")}, 2},
		"skip, lz4":            {Zstd{}, [][]byte{skip, skip, foxIn(t, "lz4")}, 1},
		"skip, zstd, legacy":   {Zstd{}, [][]byte{skip, foxIn(t, "zstd"), skip, foxIn(t, "lz4 legacy")}, 2},
	} {
		b := slices.Concat(tt.parts...)
		if got := recognisedBy(b); !slices.Contains(got, tt.f.Name()) {
			t.Errorf("%s: recognised as %v", name, got)
		}
		if got, problems := unpacked(t, tt.f, b, Limits{}); got != strings.Repeat(fox, tt.n) || problems != "" {
			t.Errorf("%s: %d bytes, problems %q", name, len(got), problems)
		}
	}
}

// gzip.py looks neither at the sum of the header nor at how long a name is.
func TestGzipHeaders(t *testing.T) {
	b := foxIn(t, "gzip")
	head, rest := bytes.Clone(b[:10]), b[10:]
	head[3] = 2 | 4 | 8 | 16
	odd := slices.Concat(head, []byte("\x03\x00abc"), bytes.Repeat([]byte("n"), 5000), []byte("\x00comment\x00\xff\xff"), rest)
	if got, problems := unpacked(t, Gzip{}, odd, Limits{}); got != fox || problems != "" {
		t.Errorf("%d bytes, problems %q", len(got), problems)
	}
}

// What headers declare is not allocated, and what would have to be is refused.
func TestHugeDeclarations(t *testing.T) {
	xz := foxIn(t, "xz")
	xz[12+4] = 40 // a dictionary of 4 GiB less one
	lzma := foxIn(t, "lzma")
	binary.LittleEndian.PutUint32(lzma[1:], 0xc0000000)
	for name, tt := range map[string]struct {
		f Format
		b []byte
	}{"xz": {Xz{}, xz}, "lzma": {Lzma{}, lzma}} {
		lim := testing.AllocsPerRun(1, func() {
			if got, problems := unpacked(t, tt.f, tt.b, Limits{}); got != fox || problems != "" {
				t.Errorf("%s: %d bytes, problems %q", name, len(got), problems)
			}
		})
		if lim > 1000 {
			t.Errorf("%s: %v allocations", name, lim)
		}
	}
	for name, b := range map[string]string{
		// A window of 128 MiB, and one frame of 1 TiB.
		"window":  "\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00",
		"content": "\x28\xb5\x2f\xfd\xe0\x00\x00\x00\x00\x00\x01\x00\x00\x01\x00\x00",
	} {
		if got, problems := unpacked(t, Zstd{}, []byte(b), Limits{}); got != "" || !strings.Contains(problems, "a window of") {
			t.Errorf("zstd, %s: %q, problems %q", name, got, problems)
		}
	}
	dictionary := "\x28\xb5\x2f\xfd\x21\x07\x01\x09\x00\x00a"
	if _, problems := unpacked(t, Zstd{}, []byte(dictionary), Limits{}); !strings.Contains(problems, "needs a dictionary") {
		t.Errorf("zstd, dictionary: problems %q", problems)
	}
	block := "\x04\x22\x4d\x18\x40\x70\x00\xff\xff\xff\x7fabc"
	if _, problems := unpacked(t, Lz4{}, []byte(block), Limits{}); !strings.Contains(problems, "larger than the frame allows") {
		t.Errorf("lz4, block: problems %q", problems)
	}
}

func TestCodecBombs(t *testing.T) {
	// One block of zstd that repeats a zero 128 KiB times, again and again.
	zstd := append([]byte("\x28\xb5\x2f\xfd\x00\x38"), bytes.Repeat([]byte{0x02, 0x00, 0x10, 0}, 1000)...)
	// A literal and a match of 4 MiB.
	lz4 := append([]byte("\x04\x22\x4d\x18\x40\x70\x00"), bytes.Repeat(append([]byte{0x0f, 0x40, 0, 0, 0x1f, 0, 1, 0}, append(bytes.Repeat([]byte{255}, 16387), 0, 0)...), 20)...)
	binary.LittleEndian.PutUint32(lz4[7:], uint32(16387+6))
	for name, tt := range map[string]struct {
		f Format
		b []byte
	}{"zstd": {Zstd{}, zstd}, "lz4": {Lz4{}, lz4}} {
		for m, err := range tt.f.Members(Plain(bytes.NewReader(tt.b), int64(len(tt.b))), NewBudget(context.Background(), Limits{})) {
			if err != nil {
				t.Fatal(err)
			}
			if n, err := m.Data.Size(); !errors.Is(err, ErrLimit) || n < 4<<20 || n > 16<<20 {
				t.Errorf("%s: %d bytes, %v", name, n, err)
			}
		}
	}
	// Frames that hold nothing end with the clock.
	ctx, cancel := context.WithCancel(context.Background())
	empty := bytes.Repeat([]byte("\x04\x22\x4d\x18\x40\x40\xc0\x00\x00\x00\x00"), 100_000)
	for m, err := range (Lz4{}).Members(Plain(bytes.NewReader(empty), int64(len(empty))), NewBudget(ctx, Limits{})) {
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := m.Data.Size(); !errors.Is(err, context.Canceled) {
			t.Errorf("empty frames: %v", err)
		}
	}
	cancel()
}

func TestWhatIsNoLzma(t *testing.T) {
	for name, b := range map[string]string{
		"zeros": string(make([]byte, 100)), "UTF-32": "]\x00\x00\x00a\x00\x00\x00b\x00\x00\x00c\x00\x00\x00", "text": strings.Repeat("]text ", 20),
		"short": "]\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff",
		"noise": "]\x00\x10\x00\x00\x10\x27\x00\x00\x00\x00\x00\x00" + strings.Repeat("\xff\xf3\x91\x07", 100),
	} {
		if got := recognisedBy([]byte(b)); slices.Contains(got, "lzma") {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func fuzzCodec(f *testing.F, names ...string) {
	format := codecOf(f, names[0])
	for _, name := range names {
		b := foxIn(f, name)
		f.Add(b)
		f.Add(slices.Concat(b, b))
		f.Add(slices.Concat([]byte("\x53\x2a\x4d\x18\x03\x00\x00\x00abc"), b))
		f.Add(b[:len(b)-20])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		format.Recognise(b[:min(len(b), HeadSize)], Plain(bytes.NewReader(b), int64(len(b))))
		lim := Limits{Bytes: 1 << 20, Total: 4 << 20, Memory: 1 << 14}
		once, wrong := opened(t, format, b, lim)
		again, wrongAgain := opened(t, format, b, lim)
		if !slices.Equal(once, again) || !slices.Equal(wrong, wrongAgain) {
			t.Fatalf("read differently: %q, then %q", wrong, wrongAgain)
		}
	})
}

func FuzzXz(f *testing.F)   { fuzzCodec(f, "xz", "xz delta", "lzma") }
func FuzzLzma(f *testing.F) { fuzzCodec(f, "lzma", "lzma props") }
func FuzzLz4(f *testing.F)  { fuzzCodec(f, "lz4", "lz4 legacy") }
func FuzzZstd(f *testing.F) { fuzzCodec(f, "zstd", "lz4") }
func FuzzGzip(f *testing.F) { fuzzCodec(f, "gzip") }
