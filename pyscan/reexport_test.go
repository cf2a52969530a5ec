//go:build cgo

package pyscan

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// among makes modules of the sources below a directory of fixtures.
func among(t *testing.T, root string) (*Modules, []string) {
	t.Helper()
	m := &Modules{
		Tops: []string{root}, Read: os.ReadFile, Show: func(p string) string { return p },
		Exists: func(p string) bool { _, err := os.Stat(p); return err == nil },
	}
	var paths []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m.Add(paths...)
	return m, paths
}

// What one module of a project gives to another is followed there.
func TestReexports(t *testing.T) {
	m, paths := among(t, "testdata/reexport")
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
	all := make(map[string]*Result)
	read := func(path string) []byte {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for _, path := range paths {
		all[path] = s.Scan(context.Background(), path, read(path))
	}
	again := s.Again()
	for _, path := range again.Paths() {
		res := again.Scan(context.Background(), path, read(path))
		all[path].Sites = append(all[path].Sites, res.Sites...)
		all[path].Findings = append(all[path].Findings, res.Findings...)
		all[path].Skips = append(all[path].Skips, res.Skips...)
	}
	for _, path := range paths {
		compareWant(t, path, string(read(path)), all[path])
		for _, skip := range all[path].Skips {
			t.Errorf("%s: skip: %s", path, skip.Reason)
		}
	}
	if res := all["testdata/reexport/mypkg/excused.py"]; len(res.Sites) != 1 || len(res.Findings) != 1 || !res.Findings[0].Suppressed {
		t.Errorf("excused: %+v", res.Findings)
	}
}

// Without modules there is no second look.
func TestAgainWithoutModules(t *testing.T) {
	if again := new(Scanner).Again(); again != nil {
		t.Errorf("%+v", again)
	}
}
