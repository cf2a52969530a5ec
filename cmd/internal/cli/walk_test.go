package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
)

// makeTree writes files, named by slash paths, below a new directory.
func makeTree(t *testing.T, names ...string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		path := filepath.Join(root, filepath.FromSlash(name))
		dir := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			dir = path
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if dir == path {
			continue
		}
		if err := os.WriteFile(path, []byte("x\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func planOf(t *testing.T, root string, exclude []string, dirs ...string) *plan {
	t.Helper()
	set := &settings{root: root, config: new(config.Config), exclude: exclude}
	var targets []target
	for _, d := range dirs {
		path := filepath.Join(root, filepath.FromSlash(d))
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, target{arg: d, path: path, isDir: info.IsDir()})
	}
	p := makePlan(t.Context(), set, targets, func(int) {})
	t.Cleanup(p.close)
	return p
}

func (p *plan) shown() []string {
	var names []string
	for _, f := range p.files {
		names = append(names, f.show)
	}
	return names
}

func TestTreeLeavesOut(t *testing.T) {
	root := makeTree(t, "a.py", ".git/config", "node_modules/x.js", "env/pyvenv.cfg", "env/lib/y.py", "conda/conda-meta/history", "img/site-packages/p.py", "vendor/v.py", "third_party/t.py", "_private/z.py", "gen/w.pkl", ".hidden/v.pkl")
	if err := os.Symlink(filepath.Join(root, "a.py"), filepath.Join(root, "link.py")); err != nil {
		t.Fatal(err)
	}
	p := planOf(t, root, []string{"gen/"}, ".")
	if want := []string{".hidden/v.pkl", "_private/z.py", "a.py", "third_party/t.py", "vendor/v.py"}; !slices.Equal(p.shown(), want) {
		t.Errorf("files %q, want %q", p.shown(), want)
	}
	left := make(map[string]string)
	for _, s := range p.skips {
		if !s.Excluded {
			t.Errorf("%s counts as not looked at: %s", s.Path, s.Reason)
		}
		left[s.Path] = s.Reason
	}
	for path, reason := range map[string]string{
		".git": "version control", "node_modules": "installed dependencies", "env": "installed dependencies", "conda": "installed dependencies", "img/site-packages": "installed dependencies", "gen": "excluded by gen/", "link.py": "symbolic link",
	} {
		if !strings.Contains(left[path], reason) {
			t.Errorf("%s: reason %q, want %q", path, left[path], reason)
		}
	}
	if len(left) != 7 {
		t.Errorf("left out: %q", left)
	}
}

func TestNamedFilesAndOverlaps(t *testing.T) {
	root := makeTree(t, "d/a.pkl", "d/b.py")
	p := planOf(t, root, nil, "d", "d/a.pkl", "d")
	if want := []string{"d/a.pkl", "d/b.py"}; !slices.Equal(p.shown(), want) {
		t.Errorf("files %q, want %q", p.shown(), want)
	}
}

func TestEmptyDirectoryIsASkip(t *testing.T) {
	root := makeTree(t, "d/")
	p := planOf(t, root, nil, "d")
	if len(p.skips) != 1 || p.skips[0].Excluded || !strings.Contains(p.skips[0].Reason, "nothing to lint") {
		t.Errorf("skips: %+v", p.skips)
	}
}

func TestModules(t *testing.T) {
	root := makeTree(t,
		"m/go.mod", "m/x.go", "m/in/y.go", "m/testdata/z.go", "m/_old/z.go", "m/sub/go.mod", "m/sub/deep/w.go",
		"m/only.txt/go.mod", "loose/a.go", "loose/b.go")
	for _, tt := range []struct {
		dirs []string
		want map[string]string
	}{
		{[]string{"m"}, map[string]string{"m": "./...", "m/sub": "./..."}},
		{[]string{"m/in"}, map[string]string{"m": "./in/..."}},
		{[]string{"m/in/y.go"}, map[string]string{"m": "./in"}},
		{[]string{"m/sub/deep", "m/in"}, map[string]string{"m": "./in/...", "m/sub": "./deep/..."}},
		{[]string{"m/testdata"}, map[string]string{"m": "./testdata/..."}},
		{[]string{"m/x.go", "m/in/y.go"}, map[string]string{"m": ". ./in"}},
	} {
		got := make(map[string]string)
		for dir, m := range planOf(t, root, nil, tt.dirs...).modules {
			got[relpath.Show(root, dir)] = strings.Join(m.patterns, " ")
		}
		if len(got) != len(tt.want) {
			t.Errorf("%q: modules %q, want %q", tt.dirs, got, tt.want)
		}
		for dir, patterns := range tt.want {
			if got[dir] != patterns {
				t.Errorf("%q: %s is linted as %q, want %q", tt.dirs, dir, got[dir], patterns)
			}
		}
	}
	p := planOf(t, root, nil, "loose")
	if len(p.skips) != 1 || p.skips[0].Excluded || p.skips[0].Path != "loose" {
		t.Errorf("Go files without a module: %+v", p.skips)
	}
}

// The go command lints whole packages; what is kept of it follows the targets.
func TestWanted(t *testing.T) {
	root := makeTree(t, "m/x.go", "m/in/y.go", "m/gen/z.go")
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	tree := func(name string) target { return target{path: at(name), isDir: true} }
	named := func(name string) target { return target{path: at(name)} }
	set := &settings{root: root, config: new(config.Config), exclude: []string{"gen/"}}
	for _, tt := range []struct {
		targets []target
		path    string
		want    bool
	}{
		{[]target{tree("m")}, "m/in/y.go", true},
		{[]target{tree("m")}, "m/gen/z.go", false},
		{[]target{tree("m/gen")}, "m/gen/z.go", true},
		{[]target{tree("m"), tree("m/gen")}, "m/gen/z.go", true},
		{[]target{tree("m/in")}, "m/x.go", false},
		{[]target{named("m/x.go")}, "m/x.go", true},
		{[]target{named("m/x.go")}, "m/in/y.go", false},
		{[]target{named("m/x.go"), tree("m/in")}, "m/in/y.go", true},
		{[]target{{arg: "-"}}, "m/x.go", false},
	} {
		if got := set.wanted(tt.targets, at(tt.path)); got != tt.want {
			t.Errorf("%+v: wanted(%s) = %v", tt.targets, tt.path, got)
		}
	}
}

// Naming an excluded directory lints it.
func TestNamedDirectoryOutranksExcludes(t *testing.T) {
	root := makeTree(t, "testdata/demo/a.pkl", "testdata/demo/testdata/b.pkl", "testdata/demo/gen/c.pkl")
	p := planOf(t, root, []string{"testdata/", "gen"}, "testdata/demo")
	if want := []string{"testdata/demo/a.pkl"}; !slices.Equal(p.shown(), want) {
		t.Errorf("files %q, want %q", p.shown(), want)
	}
	for _, glob := range []string{"testdata/", "*", "**", "/*", "**/*"} {
		if p := planOf(t, root, []string{glob}, "."); len(p.files) != 0 {
			t.Errorf("--exclude %s: files %q, want none", glob, p.shown())
		}
	}
}

func TestCutDots(t *testing.T) {
	for arg, want := range map[string]struct {
		path string
		tree bool
	}{
		"./...": {"./", true}, "...": {".", true}, "a/b/...": {"a/b/", true}, "/...": {"/", true},
		"a...": {"a...", false}, "x.pkl": {"x.pkl", false}, ".": {".", false},
	} {
		if path, tree := cutDots(arg); filepath.ToSlash(path) != want.path || tree != want.tree {
			t.Errorf("cutDots(%q) = %q, %v", arg, path, tree)
		}
	}
}

func TestIncluded(t *testing.T) {
	root := makeTree(t, "a/x.pkl", "a/y.txt", "models/deep/z", "other/models/w", "conf/v.pkl")
	away := makeTree(t, "x.pkl", "y.txt", "models/z")
	for _, tt := range []struct {
		flags, conf, exclude []string
		dirs                 []string
		want                 []string
	}{
		{nil, nil, nil, []string{"."}, []string{"a/x.pkl", "a/y.txt", "conf/v.pkl", "models/deep/z", "other/models/w"}},
		{[]string{"*.pkl"}, nil, nil, []string{"."}, []string{"a/x.pkl", "conf/v.pkl"}},
		{[]string{"*.pkl", "*.txt"}, nil, []string{"a/x*"}, []string{"."}, []string{"a/y.txt", "conf/v.pkl"}},
		{[]string{"models/"}, nil, nil, []string{"."}, []string{"models/deep/z", "other/models/w"}},
		{[]string{"/models"}, nil, nil, []string{"."}, []string{"models/deep/z"}},
		{[]string{"models"}, nil, nil, []string{"models"}, []string{"models/deep/z"}},
		{[]string{"a/**/*.pkl"}, nil, nil, []string{"."}, []string{"a/x.pkl"}},
		// An argument that is a file is looked at.
		{[]string{"*.pkl"}, nil, []string{"a/"}, []string{"a/y.txt", "conf"}, []string{"a/y.txt", "conf/v.pkl"}},
		// The configuration speaks of what is below it, and flags stand in for it.
		{nil, []string{"v.*"}, nil, []string{"."}, []string{"a/x.pkl", "a/y.txt", "conf/v.pkl", "models/deep/z", "other/models/w"}},
		{nil, []string{"w.*"}, nil, []string{"conf"}, nil},
		{[]string{"*.pkl"}, []string{"w.*"}, nil, []string{"conf"}, []string{"conf/v.pkl"}},
	} {
		set := &settings{root: root, config: &config.Config{Dir: filepath.Join(root, "conf"), Include: tt.conf}, include: tt.flags, exclude: tt.exclude}
		var targets []target
		for _, d := range tt.dirs {
			path := filepath.Join(root, filepath.FromSlash(d))
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			targets = append(targets, target{arg: d, path: path, isDir: info.IsDir()})
		}
		p := makePlan(t.Context(), set, targets, func(int) {})
		p.close()
		if !slices.Equal(p.shown(), tt.want) {
			t.Errorf("%+v: files %q", tt, p.shown())
		}
		for _, s := range p.skips {
			if !s.Excluded && len(p.files) > 0 {
				t.Errorf("%+v: %s counts as not looked at: %s", tt, s.Path, s.Reason)
			}
		}
	}
	// A tree elsewhere has its own names.
	for glob, want := range map[string]int{"*.pkl": 1, "models/": 1, "/x.pkl": 1, "tmp": 0} {
		set := &settings{root: root, config: &config.Config{Dir: root, Include: []string{"nothing"}}, include: []string{glob}}
		p := makePlan(t.Context(), set, []target{{arg: away, path: away, isDir: true}}, func(int) {})
		p.close()
		if len(p.files) != want {
			t.Errorf("--include %s elsewhere: files %q", glob, p.shown())
		}
		set = &settings{root: root, config: &config.Config{Dir: root, Exclude: []string{glob}}, exclude: []string{glob}}
		p = makePlan(t.Context(), set, []target{{arg: away, path: away, isDir: true}}, func(int) {})
		p.close()
		if len(p.files) != 3-want {
			t.Errorf("--exclude %s elsewhere: files %q", glob, p.shown())
		}
	}
}

// Globs that include nothing are most likely misspelled.
func TestNothingIncludedIsASkip(t *testing.T) {
	root := makeTree(t, "d/a.pkl")
	set := &settings{root: root, config: new(config.Config), include: []string{"*.pickle"}}
	p := makePlan(t.Context(), set, []target{{arg: "d", path: filepath.Join(root, "d"), isDir: true}}, func(int) {})
	defer p.close()
	if n := slices.IndexFunc(p.skips, func(s *lint.Skip) bool { return !s.Excluded }); n < 0 || !strings.Contains(p.skips[n].Reason, "no file of the directory is included") {
		t.Errorf("skips: %+v", p.skips)
	}
}

// A file that is met in a tree and named is named.
func TestNamedFileInATree(t *testing.T) {
	root := makeTree(t, "d/a.pkl")
	for _, dirs := range [][]string{{"d", "d/a.pkl"}, {"d/a.pkl", "d"}} {
		p := planOf(t, root, nil, dirs...)
		if len(p.files) != 1 || !p.files[0].named {
			t.Errorf("%q: %+v", dirs, p.files)
		}
	}
}
