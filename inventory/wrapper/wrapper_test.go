package wrapper

import (
	"errors"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

func TestParseClass(t *testing.T) {
	for text, want := range map[string]Class{
		"app.models.Job": {"app.models", "Job"}, "m.C": {"m", "C"}, "app.models:Outer.Inner": {"app.models", "Outer.Inner"}, "m:C": {"m", "C"}, "módulo.Clase": {"módulo", "Clase"}, "a._b": {"a", "_b"},
	} {
		if got, err := ParseClass(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		if again, err := ParseClass(want.String()); err != nil || again != want {
			t.Errorf("%v is %v again, %v", want, again, err)
		}
	}
	for _, text := range []string{
		"", "Job", ".Job", "app.", "app..Job", "app.*", "app.models.?", "app models.Job", "app.models.Job ", "m:C:D", ":C", "m:", "1m.C", "m.1C", "m.f.<locals>.C", "m.<lambda>", "m.C()", "m.C\n", `m.C"`, "m.C#",
		"m.C.__init__", "m:C.__globals__", "m.__builtins__", "m." + strings.Repeat("x", 256), "m\\.C", "'m.C'", "m.C;",
	} {
		if got, err := ParseClass(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestVerdicts(t *testing.T) {
	known := catalog.Builtin()
	for text, want := range map[string]string{
		"os.system": "refused", "builtins.eval": "refused", "subprocess.Popen": "refused", "posix.system": "refused", "builtins.getattr": "refused", "os:path.join": "refused", "operator.attrgetter": "refused",
		"collections.OrderedDict": "", "datetime.datetime": "", "app.models.Job": "", "string.Formatter": "doubt",
	} {
		c, err := ParseClass(text)
		if err != nil {
			t.Fatal(err)
		}
		refused, doubt := c.Verdict(known)
		if (refused != "") != (want == "refused") || (doubt != "") != (want == "doubt") {
			t.Errorf("%s: refused %q, doubt %q, want %q", text, refused, doubt, want)
		}
	}
}

func classes(t *testing.T, texts ...string) (out []Class) {
	t.Helper()
	for _, text := range texts {
		c, err := ParseClass(text)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func python(t *testing.T, present string, add *Table, prune bool) *Result {
	t.Helper()
	r, err := Python(present, add, prune)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPythonIsBroughtUpToDate(t *testing.T) {
	first := python(t, "", &Table{Allowed: classes(t, "b.C", "a.C", "b.C")}, false)
	if first.Before != nil || first.Edited || !strings.Contains(first.Text, `("a", "C"),`+"\n        "+`("b", "C"),`) {
		t.Error(first.Table, first.Edited)
	}
	if again := python(t, first.Text, &Table{}, false); again.Text != first.Text || again.Edited {
		t.Error("what is up to date changes")
	}
	mine := strings.Replace(first.Text, "MAX_OPCODES = 2_000_000", "MAX_OPCODES = 7  # ours", 1) + "\n# ours, too\n"
	second := python(t, mine, &Table{Allowed: classes(t, "a:C.D"), Only: map[string][]Class{"x": classes(t, "z.Z"), "empty": nil}, Protocol: 4, MaxSize: 99}, false)
	if !second.Edited || !strings.Contains(second.Text, "MAX_OPCODES = 7  # ours") || !strings.HasSuffix(second.Text, "\n# ours, too\n") {
		t.Error("edits are lost")
	}
	want := &Table{4, 99, classes(t, "a.C", "a:C.D", "b.C", "z.Z"), map[string][]Class{"x": classes(t, "z.Z"), "empty": {}}}
	third := python(t, second.Text, &Table{}, false)
	if third.Text != second.Text || third.Table.Protocol != 4 || third.Table.MaxSize != 99 || !slices.Equal(third.Table.Allowed, want.Allowed) || !slices.Equal(third.Table.Only["x"], want.Only["x"]) || len(third.Table.Only) != 2 {
		t.Errorf("%+v, want %+v", third.Table, want)
	}
	pruned := python(t, second.Text, &Table{Allowed: classes(t, "b.C")}, true)
	if !slices.Equal(pruned.Table.Allowed, classes(t, "b.C")) || len(pruned.Table.Only) != 0 || pruned.Table.Protocol != 4 {
		t.Errorf("%+v", pruned.Table)
	}
	windows := strings.ReplaceAll(first.Text, "\n", "\r\n")
	if got := python(t, windows, &Table{}, false); got.Text != windows || got.Edited {
		t.Error("line ends change")
	}
}

func TestForeignFiles(t *testing.T) {
	text := python(t, "", &Table{Allowed: classes(t, "a.C")}, false).Text
	begin, end := pythonMarks.begin, pythonMarks.end
	for name, present := range map[string]string{
		"another": "import pickle\n", "no end": strings.Replace(text, end, "# over", 1), "no begin": strings.Replace(text, begin, "# from ", 1),
		"two ends": text + end + "\n", "two begins": text + begin + "\n", "the wrong way round": end + "\n" + begin + "x\n", "nothing between": begin + "x\n" + end, "indented": strings.ReplaceAll(text, "\n"+begin, "\n "+begin),
	} {
		if _, err := Python(present, &Table{}, false); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for from, to := range map[string]string{
		`("a", "C"),`: `("a", "C"), ("os", "system"),`, "PROTOCOL = 5": "PROTOCOL = 2", "MAX_SIZE = 16777216": "MAX_SIZE = 1 << 40", "ONLY = {}": "ONLY = dict()", "        (\"a\"": "        *MORE, (\"a\"",
		"ALLOWED = frozenset(\n": "import os\nALLOWED = frozenset(\n", "(\"a\", \"C\")": "(\"a\", \"__class__\")", "MAX_SIZE": "MOST",
	} {
		changed := strings.Replace(text, from, to, 1)
		if changed == text {
			t.Fatalf("%q is not there", from)
		}
		if r, err := Python(changed, &Table{}, false); err == nil || errors.Is(err, ErrForeign) {
			t.Errorf("%q is taken: %+v, %v", to, r, err)
		}
	}
}

func TestGo(t *testing.T) {
	r, err := Go("", "signedgob", 0)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Text, "\npackage signedgob\n") || !strings.Contains(r.Text, "// Package signedgob writes") || strings.Contains(r.Text, "safegob.New") {
		t.Error(r.Text[:600])
	}
	texts := []string{r.Text}
	for _, part := range GoParts("signedgob") {
		texts = append(texts, part)
	}
	for _, text := range texts {
		if clean, err := format.Source([]byte(text)); err != nil || string(clean) != text || !strings.Contains(text, "package signedgob\n") {
			t.Errorf("%v in\n%.200s", err, text)
		}
	}
	same, err := Go(r.Text, "signedgob", 0)
	if err != nil || same.Text != r.Text || same.Edited {
		t.Error(err)
	}
	smaller, err := Go(r.Text+"\n// ours\n", "signedgob", 1000)
	if err != nil || !smaller.Edited || !strings.Contains(smaller.Text, "\nconst MaxSize = 1000\n") || !strings.HasSuffix(smaller.Text, "// ours\n") {
		t.Error(err)
	}
	for _, present := range []string{"package signedgob\n", strings.Replace(r.Text, "const MaxSize = ", "const MaxSize int = ", 1)} {
		if _, err := Go(present, "signedgob", 0); err == nil {
			t.Errorf("%.40q is taken", present)
		}
	}
	for name, want := range map[string]bool{"safegob": true, "a1": true, "": false, "main": false, "_": false, "a-b": false, "Gob": false, "1a": false, "func": false} {
		if IsGoPackage(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func TestFromInventory(t *testing.T) {
	known := catalog.Builtin()
	table, left, err := FromInventory([]byte(`{"form": 1, "channels": [
		{"id": "cache:jobs", "name": "jobs", "formats": ["pickle"], "classes": ["app.Job", "os.system", "string.Formatter", "bad", "app.Job"]},
		{"id": "file:a b", "name": "a b", "formats": ["pickle"], "classes": ["app.File"]},
		{"id": "queue:q", "name": "q", "title": "mail", "formats": ["gob", "pickle"], "classes": ["app:Mail.Part"]},
		{"id": "queue:g", "name": "g", "formats": ["gob"], "classes": ["app.NotPickled"]},
		{"id": "unknown:x", "formats": [], "classes": null}]}`), known)
	if err != nil {
		t.Fatal(err)
	}
	if want := classes(t, "app.File", "app.Job", "app:Mail.Part"); !slices.Equal(table.Allowed, want) {
		t.Errorf("%v", table.Allowed)
	}
	if want := map[string][]Class{"jobs": classes(t, "app.Job"), "mail": classes(t, "app:Mail.Part")}; !reflect.DeepEqual(table.Only, want) {
		t.Errorf("%v", table.Only)
	}
	if len(left) != 4 || !strings.HasPrefix(left[0], `cache:jobs: "bad" is no class`) || !strings.HasPrefix(left[1], "cache:jobs: os.system is dangerous") || !strings.HasPrefix(left[3], "file:a b: has a name") {
		t.Errorf("%q", left)
	}
	for _, text := range []string{"", "[]", "{}", `{"form": 1}`, `{"channels": []}`, `{"form": 2, "channels": []}`, `{"form": 0, "channels": []}`, `{"form": 1, "channels": [{"classes": 1}]}`, "\xff"} {
		if _, _, err := FromInventory([]byte(text), known); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

// suite is what the tests of the wrapper in Python allow.
var suite = []string{
	"carried.Job", "carried:Outer.Inner", "carried.ordered", "carried.Stateful", "carried.Color", "carried.Point", "carried.Loops", "carried.Extended", "carried.Spins", "carried.Eats", "carried.Forges",
	"carried.attempt", "collections.OrderedDict", "collections.deque", "collections.defaultdict", "datetime.datetime", "datetime.timezone", "datetime.timedelta", "builtins.list",
}

// TestUnderEveryPython runs testdata/test_safe_pickle.py with what is generated.
func TestUnderEveryPython(t *testing.T) {
	found := pythons(t)
	if len(found) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("no Python 3.8 or later")
		}
		t.Skip("no Python 3.8 or later")
	}
	if testing.Short() {
		found = found[:1]
	}
	for i, p := range found {
		for protocol := 5; protocol >= 4; protocol-- {
			if protocol == 4 && i > 0 {
				continue // what they do about it does not hang on the Python
			}
			t.Run(p.version+"/"+string(rune('0'+protocol)), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				table := &Table{Protocol: protocol, MaxSize: 1 << 20, Allowed: classes(t, suite...), Only: map[string][]Class{"mail": classes(t, "carried.Stateful")}}
				put(t, filepath.Join(dir, PythonFile), python(t, "", table, false).Text)
				for _, name := range []string{"carried.py", "test_safe_pickle.py"} {
					text, err := os.ReadFile(filepath.Join("testdata", name))
					if err != nil {
						t.Fatal(err)
					}
					put(t, filepath.Join(dir, name), string(text))
				}
				for _, args := range [][]string{{"-W", "error", "-m", "py_compile", PythonFile}, {"-B", "-W", "error", "test_safe_pickle.py"}, {"-B", "-O", "-O", "test_safe_pickle.py", "Envelope", "Classes"}} {
					cmd := exec.Command(p.path, args...)
					cmd.Dir = dir
					cmd.Env = append(os.Environ(), "TMPDIR="+dir, "HOME="+dir)
					if out, err := cmd.CombinedOutput(); err != nil {
						t.Errorf("%s %v: %v\n%s", p.path, args, err, out)
					}
				}
			})
		}
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

type interpreter struct{ path, version string }

// pythons are those of the path and of pyenv, one of each version.
func pythons(t *testing.T) (out []interpreter) {
	t.Helper()
	names := []string{"python3"}
	for minor := 8; minor < 20; minor++ {
		names = append(names, "python3."+strconv.Itoa(minor))
	}
	home, _ := os.UserHomeDir() // without a home there is no pyenv in it
	more, err := filepath.Glob(filepath.Join(home, ".pyenv", "versions", "*", "bin", "python3"))
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, name := range append(names, more...) {
		text, err := exec.Command(name, "-c", "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sys.version_info >= (3, 8))").Output()
		words := strings.Fields(string(text))
		if err != nil || len(words) != 3 || words[2] != "True" || seen[words[1]] {
			continue
		}
		seen[words[1]] = true
		out = append(out, interpreter{words[0], words[1]})
	}
	return out
}
