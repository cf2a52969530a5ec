//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// scanAll scans files as a run does, with the second look.
func scanAll(t *testing.T, s *Scanner, paths []string) map[string]*Result {
	t.Helper()
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
	if again := s.Again(); again != nil {
		for _, path := range again.Paths() {
			second := again.Scan(context.Background(), path, read(path))
			all[path].Sites = append(all[path].Sites, second.Sites...)
			all[path].Findings = append(all[path].Findings, second.Findings...)
			all[path].Skips = append(all[path].Skips, second.Skips...)
		}
	}
	return all
}

func TestWrappers(t *testing.T) {
	projects, err := os.ReadDir("testdata/wrapped")
	if err != nil || len(projects) < 7 {
		t.Fatalf("%d projects, %v", len(projects), err)
	}
	for _, project := range projects {
		t.Run(project.Name(), func(t *testing.T) {
			var before string
			// What is told does not hang on the order of the files.
			for _, turn := range []func([]string){func([]string) {}, slices.Reverse[[]string]} {
				m, paths := among(t, "testdata/wrapped/"+project.Name())
				slices.Sort(paths)
				turn(paths)
				all := scanAll(t, &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}, paths)
				slices.Sort(paths)
				var told strings.Builder
				for _, path := range paths {
					raw, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					if before == "" {
						compareWant(t, path, string(raw), all[path])
					}
					for _, f := range all[path].Findings {
						fmt.Fprintf(&told, "%s:%d %s %v %s\n", path, f.Line, describe(f), f.Suppressed, f.Fingerprint)
					}
					for _, skip := range all[path].Skips {
						t.Errorf("%s: skip: %s", path, skip.Reason)
					}
				}
				if before != "" && before != told.String() {
					t.Errorf("the order of the files changes what is told:\n%s\n%s", before, told.String())
				}
				before = told.String()
			}
		})
	}
}

// A wrapper that is configured counts whatever files are scanned, and no other does.
func TestConfiguredWrappers(t *testing.T) {
	const load = "import pickle\ndef load(b):\n    return pickle.loads(b)\ndef other(b):\n    return pickle.loads(b)\n"
	for _, tt := range []struct {
		name     string
		wrappers []string
		path     string
		want     []string
	}{
		{"elsewhere", []string{"app.io"}, "app/web.py", []string{"3 PKL206", "5 PKL206"}},
		{"the module", []string{"app.io"}, "src/app/io.py", []string{"3 PKL207", "5 PKL207"}},
		{"the package", []string{"app.io"}, "app/io/__init__.py", []string{"3 PKL207", "5 PKL207"}},
		{"a module of the package", []string{"app.io"}, "app/io/codec.py", []string{"3 PKL207", "5 PKL207"}},
		{"a function", []string{"app.io.load"}, "app/io.py", []string{"3 PKL207", "5 PKL206"}},
		{"two", []string{"app.io.load", "app.io.other"}, "app/io.py", []string{"3 PKL207", "5 PKL207"}},
		{"another module of that name", []string{"app.io"}, "lib/other_io.py", []string{"3 PKL206", "5 PKL206"}},
		{"none", []string{}, "safe_pickle.py", []string{"3 PKL201", "5 PKL201"}},
		{"nothing said", nil, "app/io.py", []string{"3 PKL201", "5 PKL201"}},
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Wrappers: tt.wrappers}
		var got []string
		for _, f := range s.Scan(context.Background(), tt.path, []byte(load)).Findings {
			got = append(got, fmt.Sprintf("%d %s", f.Line, f.Rule))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNamesOfWrappers(t *testing.T) {
	for name, want := range map[string]bool{
		"safe_pickle": true, "safepickle": true, "secure_unpickler": true, "signed_serializer": true, "safe_load": true, "restricted_pickle": true, "pickle_guard": true,
		"hmac_pickle": true, "my_safe_pickle": true, "safe_pickle_v2": true, "_safe_pickle": true, "secure_deserialization": true, "verified_loads": true,
		"pickle": false, "serializer": false, "safe": false, "loader": false, "unsafe_pickle": false, "pickles": false, "not_unsafe_pickle": false, "serialization": false, "safety_loader": false,
	} {
		if got := plainWrapper.MatchString(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What names the wrappers of a project for others: those that somebody imports.
func TestWrapperNames(t *testing.T) {
	m := project(`
-- app/__init__.py --
-- app/safe_pickle.py --
import io, pickle
class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)
def loads(b):
    return Reader(io.BytesIO(b)).load()
-- app/use.py --
from app import safe_pickle
safe_pickle.loads(b"")
-- app/signing.py --
import pickle
def loads(b):
    return pickle.loads(b)
-- app/plain.py --
x = 1
`)
	if got := m.WrapperNames(); len(got) != 1 || got[0] != "app.safe_pickle" {
		t.Errorf("%q", got)
	}
	if got := project("-- a.py --\nx = 1\n").WrapperNames(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}
