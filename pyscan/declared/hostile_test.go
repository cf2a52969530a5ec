package declared

import (
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Each hostile file is told or passed over, in little time and memory, and hides
// nothing of the files beside it.
func TestHostile(t *testing.T) {
	const much = 10 << 20
	packages := strings.Repeat("[[package]]\nname = 'torch'\nversion = '1.0'\n", maxMentions+1)
	tests := []struct {
		name, file, text string
		told             string
	}{
		{"a long line", "requirements-a.txt", strings.Repeat("x", much), ""},
		{"a long specifier", "requirements-a.txt", "torch==" + strings.Repeat("1.", much/2), "a specifier of"},
		{"many specifiers", "requirements-a.txt", "torch>=" + strings.Repeat("1,>=", 100), "a specifier of"},
		{"a line that goes on", "requirements-a.txt", strings.Repeat("x \\\n", much/4), "a specifier of"},
		{"many lines", "requirements-a.txt", strings.Repeat("torch==x\n", much/9), "libraries are not read"},
		{"no UTF-8", "requirements-a.txt", "torch==2.6\xff", "not UTF-8"},
		{"too large", "uv.lock", strings.Repeat(" ", maxFile+1), "bytes are not read"},
		{"many packages", "uv.lock", packages, "libraries are not read"},
		{"brackets", "pyproject.toml", "x = " + strings.Repeat("[", much), "brackets in brackets"},
		{"tables in tables", "pyproject.toml", "x = " + strings.Repeat("{a=", much/3), "brackets in brackets"},
		{"dots", "pyproject.toml", strings.Repeat("a.", much/2) + "a = 1", "parts"},
		{"dots in a header", "pyproject.toml", "[" + strings.Repeat("a.", much/2) + "a]", "parts"},
		{"many values", "pyproject.toml", "x = [" + strings.Repeat("1,", much/2) + "]", "values for one key"},
		{"an open string", "pyproject.toml", "x = '''" + strings.Repeat("\n", much), "not closed"},
		{"escapes", "pyproject.toml", "x = \"" + strings.Repeat(`\u0041`, much/6) + `\q"`, "escape"},
		{"a list without an end", "pyproject.toml", "x = [1", "not closed"},
		{"JSON in JSON", "Pipfile.lock", `{"default":` + strings.Repeat(`{"a":`, much/5), "max depth"},
		{"another type", "Pipfile.lock", `{"default":[]}`, "default"},
		{"YAML in YAML", "environment.yml", "dependencies: " + strings.Repeat("[", maxYAML-20), "depth"},
		{"aliases", "environment.yml", bomb(), "cannot unmarshal"},
		{"large YAML", "environment.yml", strings.Repeat("- a\n", maxYAML), "bytes are not read"},
		{"lists in lists", "setup.py", "install_requires=" + strings.Repeat("[", much), ""},
		{"strings", "setup.py", "install_requires=[" + strings.Repeat("'',", much/3), ""},
		{"sections", "setup.cfg", strings.Repeat("[options]\n", much/10), ""},
		{"continued", "conda-lock.yml", strings.Repeat("- name: torch\n", much/14), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := project(tree(tt.file, tt.text, "requirements.txt", "numpy==1.26\n"))
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			v, ok := p.Of("x.py", "numpy")
			if spent := time.Since(start); spent > 20*time.Second {
				t.Errorf("%v", spent)
			}
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 1<<30 {
				t.Errorf("%d bytes were allocated", used)
			}
			if got := say(v, ok); got != "numpy==1.26 (requirements.txt)" {
				t.Errorf("beside it: %q", got)
			}
			told := p.Troubles()
			if tt.told == "" != (len(told) == 0) {
				t.Fatalf("told: %d", len(told))
			}
			for _, trouble := range told {
				if !strings.Contains(trouble.Reason, tt.told) || len(trouble.Reason) > 1000 || trouble.Path != tt.file {
					t.Errorf("%s: %.300q", trouble.Path, trouble.Reason)
				}
			}
		})
	}
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b.String() + "dependencies: [{pip: *a8}]\n"
}

func TestIncludesEnd(t *testing.T) {
	files := tree("requirements.txt", "-r requirements.txt\n-r a.txt\n--requirement=b.txt\n", "a.txt", "-rb.txt\n", "b.txt", "-c a.txt\ntorch==2.6\n")
	for i := range 2 * maxIncludes {
		files[fmt.Sprintf("z-requirements-%d.txt", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("-r deep/%d.txt\n", i))}
		files[fmt.Sprintf("deep/%d.txt", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("-r %d.txt\n", i+1))}
	}
	p := project(files)
	if got := say(p.Of("x.py", "torch")); got != "torch==2.6 (b.txt)" {
		t.Errorf("%q", got)
	}
	told := p.Troubles()
	if len(told) == 0 {
		t.Fatal("nothing is told of files that are not read")
	}
	for _, trouble := range told {
		if !strings.Contains(trouble.Reason, "are not read") {
			t.Errorf("%v", trouble)
		}
	}
}

// Includes that are missing, unreadable or directories are told.
func TestUnreadable(t *testing.T) {
	files := tree("requirements.txt", "-r missing.txt\n")
	files["pyproject.toml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	files["setup.cfg/x"] = &fstest.MapFile{}
	p := project(files)
	p.Of("x.py", "torch")
	p.Of("y.py", "torch")
	got := fmt.Sprint(p.Troubles())
	if strings.Count(got, "{") != 2 || !strings.Contains(got, "missing.txt read as a declaration of versions: file does not exist") ||
		!strings.Contains(got, "pyproject.toml read as a declaration of versions: not a regular file") {
		t.Error(got)
	}
}

func FuzzDeclarations(f *testing.F) {
	names := []string{
		"pyproject.toml", "uv.lock", "pylock.toml", "Pipfile", "Pipfile.lock", "setup.cfg", "setup.py", "requirements.txt",
		"environment.yml", "conda-lock.yml", "script.py",
	}
	for i, seed := range []string{
		"[project]\ndependencies = [\"torch>=2.6\", '''a''', \"\"\"b\\\n  c\"\"\"]\n[tool.poetry.dependencies]\ntorch = {version='^2'}\n",
		"[[package]]\nname = \"torch\"\nversion = \"2.6\"\nwheels = [{url='x', hash={a.b=1}}, ]\n",
		"[[packages]]\nname = 'torch'\n\"version\" = '2.6' # x\r\n",
		"[packages]\ntorch = '==2.6'\n[requires]\npython_version='3'\n",
		`{"default":{"torch":{"version":"==2.6"}}}`,
		"[options]\ninstall_requires =\n  torch>=2\n[options.extras_require]\na: torch\n",
		"R=['torch']\nsetup(install_requires=R, extras_require={'a': ['b']}, **{'python_requires': '>=3'})",
		"torch[x]>=2.6;a --hash=b\\\n -r x\n-r requirements.txt\n--constraint=c.txt\n\xff\xfe",
		"dependencies:\n- a::pytorch=2.6=b\n- pip: [torch]\n",
		"- name: torch\n  version: '2.6'\n",
		"# /// script\n# dependencies = ['torch']\n# ///\n",
	} {
		f.Add(i, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, which int, text []byte) {
		name := names[uint(which)%uint(len(names))]
		if name == "script.py" {
			if h, _ := Script(text); h != nil {
				h.Of("torch", "pytorch")
			}
			return
		}
		p := project(tree(name, string(text)))
		v, ok := p.Of("a/b.py", "torch", "pytorch")
		if ok && (v.Where != name || v.Range.Lowest == nil && v.Range.Highest == nil || len(v.Text) > 2000) {
			t.Errorf("%+v", v)
		}
	})
}
