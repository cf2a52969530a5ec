//go:build unix

package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// What a reader keeps open from the last file changes nothing of what it reads.
func TestReaderGoesThroughDirectories(t *testing.T) {
	root := makeTree(t, "tree/a/b/one.py", "tree/a/b/two.py", "tree/a/three.py", "tree/four.py", "outside.py")
	for link, to := range map[string]string{"tree/a/inside.py": "../four.py", "tree/a/escapes.py": "../../outside.py"} {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(root, filepath.FromSlash(link))); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "tree/four.py"), bytes.Repeat([]byte("x"), wholeSize+1), 0o600); err != nil {
		t.Fatal(err)
	}
	tree, err := os.OpenRoot(filepath.Join(root, "tree"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	w := newReader()
	defer w.close()
	for _, tt := range []struct {
		rel  string
		like string // the file that is read; "" for none
	}{
		{"a/b/one.py", "a/b/one.py"},
		{"a/b/two.py", "a/b/two.py"},
		{"a/three.py", "a/three.py"},
		{"four.py", "four.py"},
		{"a/inside.py", "four.py"},
		{"a/escapes.py", ""},
		{"a/gone.py", ""},
		{"a/b", ""},
		{"gone/x.py", ""},
		{"a/b/one.py", "a/b/one.py"},
	} {
		r, info, err := w.open(&file{tree: tree, rel: filepath.FromSlash(tt.rel)})
		if tt.like == "" {
			if err == nil {
				t.Errorf("%s was opened", tt.rel)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.rel, err)
			continue
		}
		want, err := os.Stat(filepath.Join(root, "tree", filepath.FromSlash(tt.like)))
		if err != nil {
			t.Fatal(err)
		}
		if !os.SameFile(info, want) {
			t.Errorf("%s is another file than %s", tt.rel, tt.like)
		}
		if src, err := w.source(r, info.Size()); err != nil || int64(len(src)) != want.Size() {
			t.Errorf("%s: %d bytes, want %d, %v", tt.rel, len(src), want.Size(), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A tree is not left through a directory that is replaced by a link while it is read.
func TestReaderStaysInTree(t *testing.T) {
	root := makeTree(t, "tree/a/one.py", "tree/a/two.py", "elsewhere/two.py")
	tree, err := os.OpenRoot(filepath.Join(root, "tree"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	w := newReader()
	defer w.close()
	r, _, err := w.open(&file{tree: tree, rel: filepath.FromSlash("a/one.py")})
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	if err := os.Rename(filepath.Join(root, "tree", "a"), filepath.Join(root, "moved")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "elsewhere"), filepath.Join(root, "tree", "a")); err != nil {
		t.Fatal(err)
	}
	r, info, err := w.open(&file{tree: tree, rel: filepath.FromSlash("a/two.py")})
	if err != nil {
		return // it is refused, which is as good
	}
	_ = r.Close()
	want, err := os.Stat(filepath.Join(root, "moved", "two.py"))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(info, want) {
		t.Error("a file outside of the tree was read")
	}
}

// BenchmarkReader opens and reads the sources of a directory, of which every fourth is
// larger than what is read at once.
func BenchmarkReader(b *testing.B) {
	root := b.TempDir()
	dir := filepath.FromSlash("one/two/three/four")
	if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
		b.Fatal(err)
	}
	tree, err := os.OpenRoot(root)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	var files []file
	total := int64(0)
	for i, size := range []int{1000, 4000, 16_000, 100_000} {
		f := file{tree: tree, rel: filepath.Join(dir, string(rune('a'+i))+".py")}
		if err := os.WriteFile(filepath.Join(root, f.rel), bytes.Repeat([]byte("\n"), size), 0o600); err != nil {
			b.Fatal(err)
		}
		files, total = append(files, f), total+int64(size)
	}
	w := newReader()
	defer w.close()
	b.SetBytes(total)
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			r, info, err := w.open(&f)
			if err != nil {
				b.Fatal(err)
			}
			head := w.head(info.Size())
			if n, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
				b.Fatal(err)
			} else if int64(n) != info.Size() {
				if _, err := w.source(r, info.Size()); err != nil {
					b.Fatal(err)
				}
			}
			if err := r.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
