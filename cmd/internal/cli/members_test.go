//go:build cgo

package cli

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

const loadingSource = "import pickle\n\n\ndef f(p):\n    return pickle.load(p)\n"

// zipped makes a zip of names and texts in turn.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarGz(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{w.Close(), z.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// lintBytes lints a file, with the memory or without.
func lintBytes(t *testing.T, name string, content []byte, wings wingSet, mem *memory) *results {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	set := newRemembering(t).set
	set.trust = justify.DefaultPolicy(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC))
	set.catalog, set.jobs, set.commands = catalog.Builtin(), 1, true
	r := new(results)
	job := &fileJob{set: set, wings: wings, results: r, meter: progress.NewMeter(), memory: mem}
	job.all(t.Context(), []file{{path: path, show: name}})
	return r
}

func (r *results) told() (out []string) {
	for _, f := range r.findings {
		out = append(out, fmt.Sprintf("%s %s:%d:%d", f.Rule, strings.Join(append([]string{f.Path}, f.Member...), "!"), f.Line, f.Column))
	}
	slices.Sort(out)
	return out
}

func (r *results) reasons() (out []string) {
	for _, s := range r.skips {
		out = append(out, strings.Join(append([]string{s.Path}, s.Member...), "!")+": "+s.Reason)
	}
	return out
}

func TestPythonInArchives(t *testing.T) {
	wheel := zipped(t, "pkg/x.py", loadingSource, "pkg/x.txt", loadingSource, "pkg/x.pyc", "\xcb\r\r\n\x00\x00\x00\x00"+loadingSource)
	notebook := `{"cells": [{"cell_type": "code", "source": ["import pickle\n", "pickle.load(f)"]}], "nbformat": 4}`
	for _, tt := range []struct {
		name    string
		content []byte
		want    []string
	}{
		{"a.whl", wheel, []string{"PKL201 a.whl!pkg/x.py:5:12"}},
		{"any name", wheel, []string{"PKL201 any name!pkg/x.py:5:12"}},
		{"a.pyz", append([]byte("#!/usr/bin/env python3\n"), zipped(t, "__main__.py", loadingSource)...), []string{"PKL201 a.pyz!__main__.py:5:12"}},
		{"lambda.zip", zipped(t, "bin/run", "#!/usr/bin/python3\n"+loadingSource, "n.ipynb", notebook), []string{"PKL201 lambda.zip!bin/run:6:12", "PKL201 lambda.zip!n.ipynb:1:65"}},
		{"s.tar.gz", tarGz(t, "s/a.py", loadingSource, "s/b.whl", string(wheel)), []string{"PKL201 s.tar.gz!gzip!s/a.py:5:12", "PKL201 s.tar.gz!gzip!s/b.whl!pkg/x.py:5:12"}},
		{"justified.zip", zipped(t, "a.py", "import pickle\n# picklelint:trust boundary=build reason=\"made by make tables, shipped in the image\"\npickle.load(f)\n"), []string{"PKL201 justified.zip!a.py:3:1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := lintBytes(t, tt.name, tt.content, allWings, nil)
			if got := r.told(); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(r.skips) > 0 {
				t.Errorf("skips %q", r.reasons())
			}
			for _, f := range r.findings {
				if f.Suppressed != (tt.name == "justified.zip") {
					t.Errorf("%+v", f)
				}
			}
			if r := lintBytes(t, tt.name, tt.content, blobWing, nil); len(r.findings) > 0 {
				t.Errorf("the blob command tells %q", r.told())
			}
		})
	}
}

// Equal members of an archive are different findings.
func TestFingerprintsOfMembers(t *testing.T) {
	r := lintBytes(t, "a.zip", zipped(t, "a.py", loadingSource, "b.py", loadingSource), allWings, nil)
	if len(r.findings) != 2 || r.findings[0].Fingerprint == r.findings[1].Fingerprint {
		t.Errorf("%+v", r.findings)
	}
}

// What is in no cache entry is not lost when the file is remembered.
func TestRememberedArchives(t *testing.T) {
	noise := make([]byte, 64<<10)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	content := zipped(t, "a.py", loadingSource, "noise", string(noise))
	rem := newRemembering(t)
	for _, wings := range []wingSet{blobWing, allWings, blobWing, allWings} {
		rem.again()
		r := lintBytes(t, "a.zip", content, wings, rem.memory)
		if want := map[wingSet]int{allWings: 1}[wings]; len(r.findings) != want {
			t.Errorf("%d findings, want %d", len(r.findings), want)
		}
	}
}

// The bounds of archives hold for Python in them, and are told.
func TestHostileArchives(t *testing.T) {
	var many []string
	for i := range 10_001 {
		many = append(many, fmt.Sprintf("%05d.py", i), "")
	}
	deep := zipped(t, "x.py", loadingSource)
	for range 5 {
		deep = zipped(t, "d.zip", string(deep))
	}
	whole := zipped(t, "a.py", loadingSource+strings.Repeat("# some more text\n", 2000))
	for _, tt := range []struct {
		name    string
		content []byte
		reason  string
	}{
		{"bomb.zip", zipped(t, "a.py", loadingSource+strings.Repeat("\n", 64<<20)), "limit"},
		{"many.zip", zipped(t, many...), "more than 10000 entries"},
		{"deep.zip", deep, "nested deeper than 4"},
		{"cut.zip", whole[:len(whole)/2], ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := lintBytes(t, tt.name, tt.content, allWings, nil)
			if !slices.ContainsFunc(r.reasons(), func(s string) bool { return strings.Contains(s, tt.reason) }) {
				t.Errorf("skips %q, want %q", r.reasons(), tt.reason)
			}
		})
	}
}

// A file of commands that is too large to be searched for Python is still looked at.
func TestLargeFileOfCommands(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.yml")
	if err := os.WriteFile(path, []byte("x: y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, pyscan.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	set := newRemembering(t).set
	set.jobs, set.commands = 1, true
	r := new(results)
	job := &fileJob{set: set, wings: allWings, results: r, meter: progress.NewMeter()}
	job.all(t.Context(), []file{{path: path, show: "large.yml"}})
	if got := r.reasons(); len(got) != 1 || !strings.Contains(got[0], "not searched for Python in commands") || r.summary().Files != 1 {
		t.Errorf("skips %q, %d files", got, r.summary().Files)
	}
}
