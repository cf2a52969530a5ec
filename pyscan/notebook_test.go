//go:build cgo

package pyscan

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// cells makes a notebook of format 4 of code cells, as Jupyter writes it.
func cells(sources ...string) string {
	type cell struct {
		Type    string   `json:"cell_type"`
		Outputs []string `json:"outputs"`
		Source  []string `json:"source"`
	}
	var all []cell
	for _, s := range sources {
		kind := "code"
		if rest, ok := strings.CutPrefix(s, "markdown:"); ok {
			kind, s = "markdown", rest
		}
		all = append(all, cell{kind, []string{strings.Repeat("x", 50)}, strings.SplitAfter(s, "\n")})
	}
	out, err := json.MarshalIndent(map[string]any{"cells": all, "nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}}, "", " ")
	if err != nil {
		panic(err)
	}
	return string(out)
}

// places lists the findings as "cell:line:column file line", and checks that the
// place in the file is there.
func places(t *testing.T, src string, res *Result) (out []string) {
	t.Helper()
	lines := strings.Split(src, "\n")
	for _, f := range res.Findings {
		if f.Suppressed {
			continue
		}
		if f.Line < 1 || f.Line > len(lines) || f.EndLine < f.Line || f.EndLine > len(lines) {
			t.Fatalf("no such line: %+v", f.Location)
		}
		line := lines[f.Line-1]
		end := len(line)
		if f.EndLine == f.Line {
			end = f.EndColumn - 1
		}
		text := line[f.Column-1 : end]
		if int(f.Offset) != len(strings.Join(lines[:f.Line-1], "\n"))+min(1, f.Line-1)+f.Column-1 {
			t.Errorf("offset %d is not line %d, column %d", f.Offset, f.Line, f.Column)
		}
		out = append(out, fmt.Sprintf("%s %d:%d:%d %s", f.Rule, f.Cell, f.CellLine, f.CellColumn, text))
	}
	return out
}

func TestNotebook(t *testing.T) {
	const directive = `# picklelint:trust boundary=build reason="made by make tables, shipped in the image"`
	for _, tt := range []struct {
		name, src string
		want      []string
	}{
		{"names of earlier cells", cells("markdown:# pickle.load(f)", "import pickle as p\n", "x = 1\ny = p.load(open('f', 'rb'))"), []string{`PKL201 3:2:5 p.load(open('f', 'rb'))`}},
		{"escapes", cells("import pickle\ns = \"é\t\\\\\"; pickle.loads(s)"), []string{`PKL201 1:2:14 pickle.loads(s)`}},
		{"a justification in its cell", cells("import pickle", directive+"\npickle.load(f)"), nil},
		{"a justification on its line", cells("import pickle", "pickle.load(f)  "+directive), nil},
		{"a justification does not reach the next cell", cells("import pickle", directive, "pickle.load(f)"), []string{
			`PKL908 2:1:1 ` + strings.ReplaceAll(directive, `"`, `\"`), `PKL201 3:1:1 pickle.load(f)`,
		}},
		{"a cell that does not end", cells("import pickle", "s = '''", "(", "pickle.load(f)"), []string{`PKL201 4:1:1 pickle.load(f)`}},
		{"no cookie", cells("# coding: utf-7\nimport pickle\npickle.load(f)"), []string{`PKL201 1:3:1 pickle.load(f)`}},
		{"one string", `{"cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)\n"}], "nbformat": 4}`, []string{`PKL201 1:2:1 pickle.load(f)`}},
		{"on one line", `{"nbformat":4,"cells":[{"source":["import pickle\n","\n","if x:\n","    pickle.load(f)"],"cell_type":"code"}]}`, []string{`PKL201 1:4:5 pickle.load(f)`}},
		{"format 3", `{"worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["import pickle\n", "pickle.load(f)"]}, {"cell_type": "code", "language": "ruby", "input": "pickle.load(g)"}]}], "nbformat": 3}`, []string{`PKL201 1:2:1 pickle.load(f)`}},
		{"escaped names", `{"cells": [{"cell_type": "code", "source": "import \u0070ickle\n\u0070ickle.load(f)"}]}`, []string{`PKL201 1:2:1 \u0070ickle.load(f)`}},
		{"R", `{"cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)\n"}], "metadata": {"language_info": {"name": "R"}}}`, nil},
		{"Julia by its kernel", `{"metadata": {"kernelspec": {"name": "julia-1.6"}}, "cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)\n"}]}`, nil},
		{"raw cells", `{"cells": [{"cell_type": "raw", "source": "import pickle\npickle.load(f)\n"}]}`, nil},
		{"shadowed in a later cell", cells("import pickle", "pickle = Mine()", "pickle.load(f)"), nil},
		{"await at the top", cells("import pickle", "x = await f()\npickle.loads(x)"), []string{`PKL201 2:2:1 pickle.loads(x)`}},
		{"a merge", strings.Replace(cells("import pickle", "pickle.load(f)"), " \"nbformat\"", "<<<<<<< HEAD\n \"nbformat\"", 1), []string{`PKL201 2:1:1 pickle.load(f)`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := scan("n.ipynb", tt.src)
			if got := places(t, tt.src, res); !slices.Equal(got, tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestSession(t *testing.T) {
	src := "%load_ext autoreload\nimport pickle\nd = %timeit -o pickle.load(f)\n!ls 'x\nif d:\n    %time pickle.load(g)\n"
	res := scan("a.ipy", src)
	if got, want := places(t, src, res), []string{"PKL201 0:0:0 pickle.load(f)", "PKL201 0:0:0 pickle.load(g)"}; !slices.Equal(got, want) || len(res.Skips) > 0 {
		t.Errorf("got %q, skips %+v", got, res.Skips)
	}
}

// The line of a justification is that of the file.
func TestNotebookJustificationLine(t *testing.T) {
	src := cells("import pickle", "x = 1", `# picklelint:trust boundary=build reason="made by make tables, shipped in the image"`+"\npickle.load(f)")
	res := scan("n.ipynb", src)
	if len(res.Findings) != 1 || !res.Findings[0].Suppressed {
		t.Fatalf("%+v", res.Findings)
	}
	line := res.Findings[0].Justification.Line
	if got := strings.Split(src, "\n")[line-1]; !strings.Contains(got, "picklelint:trust") {
		t.Errorf("line %d is %q", line, got)
	}
	if res.Sites[0].Justification.Line != line {
		t.Errorf("the site says line %d", res.Sites[0].Justification.Line)
	}
}

// Both sides of a conflict inside a cell are cells' lines.
func TestNotebookConflict(t *testing.T) {
	src := strings.Join([]string{
		`{"cells": [{"cell_type": "code", "source": [`, `"import pickle\n",`, `<<<<<<< HEAD`, `"pickle.load(ours)\n"`, `=======`, `"pickle.load(theirs)\n"`, `>>>>>>> topic`, `]}]}`,
	}, "\n")
	res := scan("n.ipynb", src)
	if got, want := places(t, src, res), []string{"PKL201 1:2:1 pickle.load(ours)", "PKL201 1:3:1 pickle.load(theirs)"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "marks of a merge") {
		t.Errorf("skips %+v", res.Skips)
	}
}

func TestMalformedNotebooks(t *testing.T) {
	whole := cells("import pickle\npickle.load(f)", "x")
	for _, tt := range []struct{ src, reason string }{
		{"", "no JSON object"},
		{"[]", "no JSON object"},
		{"import pickle\npickle.load(f)", "no JSON object"},
		{"{", "ends in the middle"},
		{`{"cells": [{"cell_type": "code", "source": "`, "ends in the middle"},
		{`{"a" 1}`, "colon is missing"},
		{`{1: 2}`, "key is missing"},
		{`{"a": }`, "value is missing"},
		{`{"a": ~}`, "begins no value"},
		{"{\"a\": \x00}", "begins no value"},
		{`{"a": ` + strings.Repeat("[", 100_000), "nested deeper"},
	} {
		res := scan("n.ipynb", tt.src)
		if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, tt.reason) {
			t.Errorf("%.40q: skips %+v, want %q", tt.src, res.Skips, tt.reason)
		}
	}
	// What stands before the damage is linted.
	res := scan("n.ipynb", whole[:len(whole)-40])
	if len(res.Findings) != 1 || len(res.Skips) != 1 {
		t.Errorf("%d findings, skips %+v", len(res.Findings), res.Skips)
	}
}

// Time and memory are linear in hostile notebooks.
func TestHugeNotebooks(t *testing.T) {
	many := make([]string, 20_000)
	for i := range many {
		many[i] = "'''"
	}
	many[0] = "import pickle; pickle.load(f)"
	for name, src := range map[string]string{
		"outputs": `{"cells": [{"cell_type": "code", "outputs": ["` + strings.Repeat("QUJD", 4<<20) + `"], "source": "import pickle; pickle.load(f)"}]}`,
		"cells":   cells(many...),
		"escapes": `{"cells": [{"cell_type": "code", "source": "import pickle; pickle.load(f)\n` + strings.Repeat(`\u0061\n`, 1<<18) + `"}]}`,
	} {
		begin := time.Now()
		res := scan("n.ipynb", src)
		if len(res.Findings) != 1 {
			t.Errorf("%s: %d findings, skips %+v", name, len(res.Findings), res.Skips)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzNotebook(f *testing.F) {
	f.Add(cells("import pickle", "%time pickle.load(f)\n!ls\nx = %time y"))
	f.Add(`{"cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)\n\u00e9 = ` + "`" + `"}]}`)
	f.Add(cells("x = !python -c 'import pickle; pickle.load(f)'", "%%bash\npython - <<E\nimport pickle\n\tpickle.load(f)\nE\n"))
	f.Fuzz(func(t *testing.T, src string) {
		for _, finding := range scan("n.ipynb", src).Findings {
			if finding.Line < 1 || finding.Column < 1 || int(finding.Offset) > len(src) || finding.Cell < 1 || finding.CellLine < 1 {
				t.Errorf("%+v", finding.Location)
			}
		}
	})
}

// What a module of the project gives is followed into notebooks, as into sources.
func TestNotebookAmongModules(t *testing.T) {
	const directive = `# picklelint:trust boundary=build reason="made by make tables, shipped in the image"`
	dir := t.TempDir()
	files := map[string]string{
		"pkg/__init__.py": "", "pkg/compat.py": "try:\n    import cPickle as impl\nexcept ImportError:\n    import pickle as impl\nrestore = impl.load\n",
		"n.ipynb":    cells("from pkg.compat import impl", "x = 1\nimpl.loads(b)", "import json\njson.loads(b)"),
		"j.ipynb":    cells("from pkg.compat import restore", directive+"\nrestore(f)", "import pickle\npickle.load(g)"),
		"none.ipynb": cells("from elsewhere import restore", "restore(f)"),
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m, paths := among(t, filepath.ToSlash(dir))
	m.Show = func(p string) string { return strings.TrimPrefix(p, filepath.ToSlash(dir)+"/") }
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
	var all Result
	add := func(res *Result) {
		all.Findings, all.Skips = append(all.Findings, res.Findings...), append(all.Skips, res.Skips...)
	}
	for _, path := range paths {
		add(s.Scan(t.Context(), m.Show(path), []byte(files[m.Show(path)])))
	}
	again := s.Again()
	for _, show := range again.Paths() {
		add(again.Scan(t.Context(), show, []byte(files[show])))
	}
	var got []string
	for _, f := range all.Findings {
		got = append(got, fmt.Sprintf("%s %s %d:%d %d %v", f.Path, f.Rule, f.Cell, f.CellLine, f.Line, f.Suppressed))
		if text := strings.Split(files[f.Path], "\n")[f.Line-1]; f.Cell > 0 && !strings.Contains(text[f.Column-1:], "(") {
			t.Errorf("%+v is %q", f.Location, text)
		}
	}
	slices.Sort(got)
	want := []string{"j.ipynb PKL201 2:2 19 true", "j.ipynb PKL201 3:2 29 false", "n.ipynb PKL201 2:2 19 false"}
	got = slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "pkg/") })
	if !slices.Equal(got, want) || len(all.Skips) > 0 {
		t.Errorf("got %q, want %q; skips %+v", got, want, all.Skips)
	}
}

// Of several members of one name the last one counts, as in Python's json; and the kernel
// is what runs the cells.
func TestNotebookHidden(t *testing.T) {
	for src, want := range map[string]int{
		`{"cells": [{"cell_type": "code", "source": "x", "source": "import pickle\npickle.load(f)"}]}`:                                                                   1,
		`{"cells": [{"cell_type": "code", "source": ["'''"], "source": ["import pickle\n", "pickle.load(f)"]}]}`:                                                         1,
		`{"cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)", "source": "x"}]}`:                                                                   0,
		`{"metadata": {"kernelspec": {"name": "python3"}, "language_info": {"name": "R"}}, "cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)"}]}`: 1,
		`{"metadata": {"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}}, "cells": [{"cell_type": "code", "source": "import pickle\npickle.load(f)"}]}`:      0,
	} {
		if res := scan("n.ipynb", src); len(res.Findings) != want {
			t.Errorf("%s: %d findings, want %d", src, len(res.Findings), want)
		}
	}
}

// Python that a cell runs through a shell is looked at by itself.
func TestNotebookShell(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []string
	}{
		{"line", cells("x = 1", "import os\n!python -c 'import pickle; pickle.load(f)'"), []string{"2 2:28"}},
		{"bound", cells("out = !python3 -c \"import pickle; pickle.load(f)\""), []string{"1 1:35"}},
		{"more marks", cells("!!python -c 'import pickle; pickle.load(f)'"), []string{"1 1:29"}},
		{"continued", cells("!echo x && \\\n  python -c 'import pickle; pickle.load(f)'"), []string{"1 2:29"}},
		{"cell", cells("%%bash\npython - <<E\nimport pickle\npickle.load(f)\nE"), []string{"1 4:1"}},
		{"script", cells("%%script /bin/bash -e\npython -c 'import pickle; pickle.load(f)'"), []string{"1 2:27"}},
		{"magic", cells("%sx python -c 'import pickle; pickle.load(f)'"), []string{"1 1:31"}},
		{"justified", cells("%%bash\npython - <<'E'\nimport pickle\npickle.load(f)  # picklelint:trust boundary=build reason=\"made by make tables, shipped in the image\"\nE"), nil},
		{"two", cells("!python -c 'import pickle; pickle.load(f)'\n!python -c 'import pickle; pickle.load(f)'"), []string{"1 1:28", "1 2:28"}},
		{"text", cells("x = '''\n!python -c 'import pickle; pickle.load(f)'\n'''"), nil},
		{"not run", cells("%%html\n!python -c 'import pickle; pickle.load(f)'"), nil},
		{"another", cells("!pip install x\n!python -c 'import json; json.load(f)'"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := scan("n.ipynb", tt.src)
			var got []string
			keys := make(map[lint.Fingerprint]bool)
			for _, f := range res.Findings {
				keys[f.Fingerprint] = true
				if !f.Suppressed {
					got = append(got, fmt.Sprintf("%d %d:%d", f.Cell, f.CellLine, f.CellColumn))
				}
			}
			if !slices.Equal(got, tt.want) || len(res.Skips) > 0 || len(keys) != len(res.Findings) {
				t.Errorf("%q, want %q; %d keys; %+v", got, tt.want, len(keys), res.Skips)
			}
		})
	}
}
