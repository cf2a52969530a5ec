//go:build unix

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/config"
)

// writeBlobs makes a directory of files of about so many bytes, each another one:
// lists of dicts, as pickle.dump writes them.
func writeBlobs(b *testing.B, files, size int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	for i := range files {
		sub := filepath.Join(dir, fmt.Sprintf("%02d", i%50))
		if err := os.MkdirAll(sub, 0o700); err != nil {
			b.Fatal(err)
		}
		text := bytes.NewBufferString("\x80\x04]\x94(")
		for k := 0; text.Len() < size; k++ {
			fmt.Fprintf(text, "}\x94(\x8c\x01aJ%c%c%c\x00\x8c\x01bG@\x08\x00\x00\x00\x00\x00%c\x8c\x01c]\x94(K\x01K\x02K%ceu", i&127, i>>7, k&127, k&127, k&127)
		}
		text.WriteString("e.")
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("%d.pkl", i)), text.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

func runCommand(b *testing.B, cacheDir string, args ...string) {
	b.Helper()
	var errs bytes.Buffer
	code := Main(b.Context(), append([]string{"blob"}, args...), Streams{
		In: bytes.NewReader(nil), Out: io.Discard, Err: &errs,
		Getenv: func(name string) string { return map[string]string{cacheVariable: cacheDir}[name] },
	})
	if code != 0 || errs.Len() > 0 {
		b.Fatalf("exit code %d, %s", code, errs.String())
	}
}

// BenchmarkCommand looks at directories without a cache, with an empty one, and
// with one that knows all files.
func BenchmarkCommand(b *testing.B) {
	for _, tt := range []struct{ files, size int }{{10_000, 500}, {1000, 16 << 10}, {256, 64 << 10}, {64, 256 << 10}, {16, 1 << 20}} {
		dir := writeBlobs(b, tt.files, tt.size)
		name := fmt.Sprintf("%dx%d/", tt.files, tt.size)
		known := filepath.Join(b.TempDir(), "cache")
		run := func(word string, cache func() string, args ...string) {
			b.Run(name+word, func(b *testing.B) {
				for b.Loop() {
					runCommand(b, cache(), append(args, dir)...)
				}
				b.ReportMetric(float64(tt.files)*float64(b.N)/b.Elapsed().Seconds(), "files/s")
			})
		}
		run("none", func() string { return known }, "--no-cache")
		run("empty", func() string { return filepath.Join(b.TempDir(), "cache") })
		runCommand(b, known, dir)
		run("known", func() string { return known })
	}
}

// mapped is a file in memory, as mmap would have it. A read from what the file has
// lost would be a fault.
type mapped struct{ data []byte }

func mapFile(f *os.File, size int64) (*mapped, error) {
	data, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
	return &mapped{data}, err
}

func (m *mapped) ReadAt(p []byte, off int64) (n int, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			err = errors.New("the file has become shorter")
		}
	}()
	if off < int64(len(m.data)) {
		n = copy(p, m.data[off:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// BenchmarkReading compares the two ways of reading a file: pread, which the
// command uses, and a map of it, which it does not. See RATIONALE.md.
func BenchmarkReading(b *testing.B) {
	set := &settings{config: new(config.Config), catalog: catalog.Builtin(), verdicts: &blob.Settings{Catalog: catalog.Builtin()}}
	for _, tt := range []struct{ files, size int }{{1000, 500}, {4, 64 << 20}} {
		files, err := filepath.Glob(filepath.Join(writeBlobs(b, tt.files, tt.size), "*", "*"))
		if err != nil {
			b.Fatal(err)
		}
		for _, way := range []string{"pread", "mmap"} {
			b.Run(fmt.Sprintf("%dx%d/%s", tt.files, tt.size, way), func(b *testing.B) {
				b.SetBytes(int64(tt.files) * int64(tt.size))
				for b.Loop() {
					for _, name := range files {
						readOne(b, set, name, way == "mmap")
					}
				}
			})
		}
	}
}

func readOne(b *testing.B, set *settings, name string, asMap bool) {
	f, info, err := openRegular(name)
	if err != nil {
		b.Fatal(err)
	}
	in := &input{show: name, r: f, size: info.Size(), named: true}
	if asMap {
		m, err := mapFile(f, info.Size())
		if err != nil {
			b.Fatal(err)
		}
		in.r = m
		defer func() {
			if err := syscall.Munmap(m.data); err != nil {
				b.Error(err)
			}
		}()
	}
	if s := look(b.Context(), set, in, false); len(s.skips)+len(s.Findings) > 0 || !s.Recognised {
		b.Fatalf("%+v", s)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}
