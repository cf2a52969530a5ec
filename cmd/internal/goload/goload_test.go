package goload

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The test binary is its own vettool, as pickle-lint is.
func TestMain(m *testing.M) {
	if IsVettool(os.Args[1:]) {
		VetMain()
	}
	os.Exit(m.Run())
}

// module writes files below a new directory. Without a go.mod among them they
// get one.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["go.mod"]; !ok {
		files["go.mod"] = "module example.com/m\n\ngo 1.26\n"
	}
	for name, text := range files {
		if text == "" {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func load(t *testing.T, cfg Config) *Result {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Vettool, cfg.Today = self, "2026-11-01"
	cfg.Env = append([]string{"GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local"}, cfg.Env...)
	result, err := Load(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// lines writes a result in short.
func lines(r *Result) []string {
	out := []string{fmt.Sprintf("%d packages", r.Packages)}
	for _, s := range r.Sites {
		out = append(out, fmt.Sprintf("site %s:%d %s", s.Path, s.Line, s.API))
	}
	for _, f := range r.Findings {
		mark := ""
		if f.Suppressed {
			mark = " suppressed"
		}
		out = append(out, fmt.Sprintf("finding %s:%d %s%s", f.Path, f.Line, f.Rule, mark))
	}
	for _, s := range r.Skips {
		mark := "skip"
		if s.Excluded {
			mark = "excluded"
		}
		out = append(out, fmt.Sprintf("%s %s:%d %s", mark, s.Path, s.Line, s.Reason))
	}
	return out
}

// A line of want is a prefix of a line of the result, except for its "…", which
// stands for anything.
func check(t *testing.T, r *Result, want ...string) {
	t.Helper()
	got := lines(r)
	bad := len(got) != len(want)
	for i := 0; i < min(len(got), len(want)) && !bad; i++ {
		rest := got[i]
		for n, part := range strings.Split(want[i], "…") {
			at := strings.Index(rest, part)
			if at < 0 || n == 0 && at != 0 {
				bad = true
				break
			}
			rest = rest[at+len(part):]
		}
	}
	if bad {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

const sound = `package sound

import (
	"encoding/gob"
	"io"
)

func Read(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }
`

const (
	soundSite    = "site sound/sound.go:8 (*encoding/gob.Decoder).Decode"
	soundFinding = "finding sound/sound.go:8 PKL301"
)

func TestLoad(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		cfg   Config
		want  []string
	}{
		{name: "nothing to find", files: map[string]string{"p/p.go": "package p\n"}, want: []string{"1 packages"}},
		{name: "no packages", files: map[string]string{"readme": "x"}, want: []string{
			"0 packages", `skip .:0 go list: "./..." matched no packages`,
		}},
		{name: "justified and not", files: map[string]string{
			"sound/sound.go": sound,
			"p/p.go": `package p

import (
	"encoding/gob"
	"io"
)

func Read(r io.Reader, v any) error {
	//picklelint:trust boundary=host reason="written by this binary only"
	return gob.NewDecoder(r).Decode(v)
}

//picklelint:trust boundary=host reason="there is nothing here"
`,
		}, want: []string{
			"2 packages", "site p/p.go:10", soundSite,
			"finding p/p.go:10 PKL301 suppressed", "finding p/p.go:13 PKL908", soundFinding,
		}},
		{name: "type error", files: map[string]string{
			"sound/sound.go": sound,
			"bad/bad.go":     "package bad\n\nvar X int = \"text\"\n",
			"user/user.go":   "package user\n\nimport _ \"example.com/m/bad\"\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip bad/bad.go:3 package example.com/m/bad was not analysed: cannot use",
			"skip user:0 package example.com/m/user was not analysed, because it imports example.com/m/bad: cannot use",
		}},
		{name: "syntax error in a body", files: map[string]string{
			"sound/sound.go": sound,
			"bad/bad.go":     "package bad\n\nfunc f() { if }\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip bad/bad.go:3 package example.com/m/bad was not analysed: expected operand",
		}},
		{name: "syntax error before the imports", files: map[string]string{
			"sound/sound.go": sound,
			"bad/bad.go":     "pakcage bad\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip bad/bad.go:1 package example.com/m/bad was not analysed: expected 'package'",
		}},
		{name: "two packages in a directory", files: map[string]string{
			"sound/sound.go": sound,
			"bad/a.go":       "package a\n",
			"bad/b.go":       "package b\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip bad:0 package example.com/m/bad was not analysed: found packages a (a.go) and b (b.go)",
		}},
		{name: "missing dependency", files: map[string]string{
			"sound/sound.go": sound,
			"bad/bad.go":     "package bad\n\nimport _ \"example.org/missing\"\n",
			"user/user.go":   "package user\n\nimport _ \"example.com/m/bad\"\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip bad/bad.go:3 package example.com/m/bad was not analysed: …example.org/missing",
			"skip user:0 package example.com/m/user was not analysed, because it imports …example.org/missing",
		}},
		{name: "import cycle", files: map[string]string{
			"sound/sound.go": sound,
			"a/a.go":         "package a\n\nimport _ \"example.com/m/b\"\n",
			"b/b.go":         "package b\n\nimport _ \"example.com/m/a\"\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip a:0 package example.com/m/a was not analysed…import cycle",
			"skip b:0 package example.com/m/b was not analysed…import cycle",
		}},
		{name: "tests and external tests", files: map[string]string{
			"sound/sound.go":     sound,
			"sound/in_test.go":   "package sound\n\nimport \"testing\"\n\nfunc TestIn(t *testing.T) { _ = gobDecoder.Decode(nil) }\n",
			"sound/more_test.go": "package sound\n\nimport \"encoding/gob\"\n\nvar gobDecoder *gob.Decoder\n",
			"sound/ex_test.go":   "package sound_test\n\nimport \"encoding/gob\"\n\nvar d *gob.Decoder\n\nvar _ = d.Decode(nil)\n",
		}, want: []string{
			"1 packages",
			"site sound/ex_test.go:7", "site sound/in_test.go:5", soundSite,
			"finding sound/ex_test.go:7 PKL301", "finding sound/in_test.go:5 PKL301", soundFinding,
		}},
		{name: "type error in a test", files: map[string]string{
			"sound/sound.go":   sound,
			"sound/in_test.go": "package sound\n\nvar x int = \"text\"\n",
			"sound/ex_test.go": "package sound_test\n\nimport \"encoding/gob\"\n\nvar d *gob.Decoder\n\nvar _ = d.Decode(nil)\n",
		}, want: []string{
			"1 packages", "site sound/ex_test.go:7", soundSite, "finding sound/ex_test.go:7 PKL301", soundFinding,
			"skip sound/in_test.go:3 tests of package example.com/m/sound were not analysed: cannot use",
		}},
		{name: "type error in an external test", files: map[string]string{
			"sound/sound.go":   sound,
			"sound/ex_test.go": "package sound_test\n\nvar x int = \"text\"\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip sound/ex_test.go:3 tests of package example.com/m/sound were not analysed: cannot use",
		}},
		{name: "missing dependency of a test", files: map[string]string{
			"sound/sound.go":   sound,
			"other/other.go":   "package other\n",
			"sound/in_test.go": "package sound\n\nimport _ \"example.org/missing\"\n",
		}, want: []string{
			"2 packages", soundSite, soundFinding,
			"skip sound/in_test.go:3 tests of package example.com/m/sound were not analysed: …example.org/missing",
		}},
		{name: "a cycle through a test", files: map[string]string{
			"sound/sound.go":   sound,
			"sound/in_test.go": "package sound\n\nimport _ \"example.com/m/user\"\n",
			"user/user.go":     "package user\n\nimport _ \"example.com/m/sound\"\n",
		}, want: []string{
			"2 packages", soundSite, soundFinding,
			"skip sound:0 tests of package example.com/m/sound were not analysed: …import cycle not allowed in test",
		}},
		{name: "type error in a test of an import", files: map[string]string{
			"sound/sound.go":   sound,
			"sound/in_test.go": "package sound\n\nvar x int = \"text\"\n",
			"user/user.go":     "package user\n\nimport _ \"example.com/m/sound\"\n",
		}, want: []string{
			"2 packages", soundSite, soundFinding,
			"skip sound/in_test.go:3 tests of package example.com/m/sound were not analysed: cannot use",
		}},
		{name: "tests of an import, built again for those of another", files: map[string]string{
			"sound/sound.go":   sound,
			"sound/ex_test.go": "package sound_test\n\nimport _ \"example.com/m/user\"\n",
			"sound/in_test.go": "package sound\n",
			"user/user.go":     "package user\n\nimport _ \"example.com/m/sound\"\n",
			"user/u_test.go":   "package user\n\nvar x int = \"text\"\n",
		}, want: []string{
			"2 packages", soundSite, soundFinding,
			"skip user/u_test.go:3 tests of package example.com/m/user were not analysed: cannot use",
		}},
		{name: "an embedded file that is not there", files: map[string]string{
			"sound/sound.go": sound,
			"e/e.go":         "package e\n\nimport _ \"embed\"\n\n//go:embed nosuch.txt\nvar s string\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"skip e/e.go:5 package example.com/m/e was not analysed: pattern nosuch.txt: no matching files found",
		}},
		{name: "nothing but tests", files: map[string]string{
			"p/p_test.go": "package p\n\nimport \"encoding/gob\"\n\nvar d *gob.Decoder\n\nvar _ = d.Decode(nil)\n",
		}, want: []string{"1 packages", "site p/p_test.go:7", "finding p/p_test.go:7 PKL301"}},
		{name: "build constraints", files: map[string]string{
			"sound/sound.go":       sound,
			"sound/sound_plan9.go": "package sound\n",
			"none/_old.go":         "package sound\n",
			"none/none.go":         "//go:build never\n\npackage none\n",
		}, want: []string{
			"1 packages", soundSite, soundFinding,
			"excluded none/_old.go:0 the go command ignores files whose name begins with _ or .",
			"excluded none/none.go:0 build constraints leave this file out",
			"excluded sound/sound_plan9.go:0 build constraints leave this file out",
		}},
		{name: "build tags", files: map[string]string{
			"sound/sound.go": "//go:build extra\n\n" + strings.Replace(sound, "\n\nimport (", "; import (", 1),
		}, cfg: Config{BuildFlags: []string{"-tags=extra"}}, want: []string{"1 packages", soundSite, soundFinding}},
		{name: "cgo off", files: map[string]string{
			"sound/sound.go": sound,
			"sound/c.go":     "package sound\n\nimport \"C\"\n",
		}, cfg: Config{Env: []string{"CGO_ENABLED=0"}}, want: []string{
			"1 packages", soundSite, soundFinding,
			"excluded sound/c.go:0 build constraints leave this file out, or it needs cgo and cgo is off",
		}},
		{name: "unknown patterns", files: map[string]string{"sound/sound.go": sound},
			cfg: Config{Patterns: []string{"./sound", "./nosuch/...", "./nosuch"}}, want: []string{
				"1 packages", soundSite, soundFinding,
				"skip .:0 package ./nosuch was not analysed: …directory not found",
				"skip .:0 package ./nosuch/... was not analysed: pattern ./nosuch/...: ",
			}},
		{name: "broken go.mod", files: map[string]string{"go.mod": "modul example.com/m\n", "p/p.go": "package p\n"}, want: []string{
			"0 packages", "skip .:0 go list: errors parsing go.mod: go.mod:1: …",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.cfg.Dir = module(t, test.files)
			check(t, load(t, test.cfg), test.want...)
		})
	}
}
