package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// lspProject is one in which what a file holds is seen in others only.
var lspProject = map[string]string{
	"shop/__init__.py": "",
	"shop/compat.py":   "try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\n",
	"shop/use.py":      "from .compat import pickle\n\n\ndef read(b):\n    return pickle.loads(b)\n",
	"shop/excused.py": "from .compat import pickle\n\n\ndef read(spool):\n    # picklelint:trust boundary=host reason=\"spool written by this program only, mode 0600\"\n" +
		"    return pickle.loads(spool)\n",
	"shop/check.py": "import hmac\n\n\ndef verify(body, mac, key):\n    if not hmac.compare_digest(hmac.digest(key, body, \"sha256\"), mac):\n        raise ValueError(\"forged\")\n",
	"shop/proved.py": "import pickle\n\nfrom shop.check import verify\n\n\ndef read(body, mac, key):\n    verify(body, mac, key)\n" +
		"    # picklelint:trust boundary=partner reason=\"nightly export of the billing partner\" verified-by=shop.check.verify expires=2027-01-31\n    return pickle.loads(body)\n",
	"shop/safe_pickle.py": "import hmac\nimport pickle\n\n\ndef dumps(obj, key):\n    payload = pickle.dumps(obj, 4)\n    return hmac.digest(key, payload, \"sha256\") + payload\n\n\n" +
		"def loads(b, key):\n    if not hmac.compare_digest(b[:32], hmac.digest(key, b[32:], \"sha256\")):\n        raise ValueError\n    return pickle.loads(b[32:])\n",
	"shop/good.py":   "from shop.safe_pickle import loads\n\n\ndef read(b, key):\n    return loads(b, key)\n",
	"shop/past.py":   "import pickle\n\n\ndef read(b):\n    return pickle.loads(b)\n",
	"shop/decode.py": "import pickle\n\n\ndef restore(body):\n    return pickle.loads(body)\n",
	"shop/view.py":   "from flask import request\n\nfrom shop.decode import restore\n\n\ndef view():\n    return restore(request.data)\n",
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// openProject starts a client in a directory, and opens its Python files.
func openProject(t *testing.T, dir string, files map[string]string) *lspClient {
	t.Helper()
	c := startLSP(t)
	c.ask("initialize", map[string]any{"rootUri": fileURI(dir), "capabilities": map[string]any{}}, nil)
	c.notify("initialized", map[string]any{})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if filepath.Ext(name) == ".py" {
			c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": fileURI(filepath.Join(dir, filepath.FromSlash(name))), "languageId": "python", "version": 1, "text": files[name]}})
		}
	}
	return c
}

// told waits for the first diagnostics of a file, as "line rule message".
func (c *lspClient) told(dir, name string, version int) (out []string) {
	c.t.Helper()
	for _, d := range c.until(fileURI(filepath.Join(dir, filepath.FromSlash(name))), version, func([]lspDiagnostic) bool { return true }) {
		_, message, _ := strings.Cut(d.Message, ": ")
		out = append(out, fmt.Sprintf("%d %s %s", d.Range.Start.Line+1, d.Code, message))
	}
	return out
}

// commandSays are the findings of the command that are not suppressed, in the same words, by
// file.
func commandSays(t *testing.T, dir string) map[string][]string {
	t.Helper()
	cmd := exec.Command(binary("pickle-lint"), "--format", "json", "--no-cache", "--today", "2026-11-01", "./...")
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("%v\n%s", err, out)
	}
	said := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		var m lint.Message
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		if f := m.Finding; f != nil && !f.Suppressed {
			said[f.Path] = append(said[f.Path], fmt.Sprintf("%d %s %s", f.Line, f.Rule, f.Message))
		}
	}
	return said
}

// The editor shows of a file what the command says about it among the others.
func TestLanguageServerProject(t *testing.T) {
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, lspProject)
	want := commandSays(t, dir)
	c := openProject(t, dir, lspProject)
	for name, rule := range map[string]string{"shop/use.py": "PKL206", "shop/past.py": "PKL206", "shop/decode.py": "PKL203", "shop/excused.py": "", "shop/proved.py": "", "shop/good.py": ""} {
		if got := strings.Join(want[name], "\n"); (rule == "") != (got == "") || !strings.Contains(got, rule) {
			t.Errorf("the project is not what it is thought to be: %s: %q, want %q", name, got, rule)
		}
	}
	for name := range lspProject {
		if got := c.told(dir, name, 1); !slices.Equal(got, want[name]) {
			t.Errorf("%s: %q, the command says %q", name, got, want[name])
		}
	}

	// What is typed counts for the document, and what is saved for those that import it.
	compat, use := filepath.Join(dir, "shop", "compat.py"), fileURI(filepath.Join(dir, "shop", "use.py"))
	const harmless = "import json as pickle\n"
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": fileURI(compat), "version": 2}, "contentChanges": []any{map[string]any{"text": harmless}}})
	c.until(fileURI(compat), 2, func(d []lspDiagnostic) bool { return len(d) == 0 })
	if err := os.WriteFile(compat, []byte(harmless), 0o644); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": fileURI(compat)}})
	c.until(use, 1, func(d []lspDiagnostic) bool { return len(d) == 0 })
	c.until(fileURI(filepath.Join(dir, "shop", "excused.py")), 1, func(d []lspDiagnostic) bool { return len(d) == 1 && d[0].Code == "PKL908" })

	// A file that is not there yet is among them, too, and in an editor it is UTF-8.
	fresh := fileURI(filepath.Join(dir, "shop", "fresh.py"))
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": fresh, "languageId": "python", "version": 1, "text": "# coding: latin-1\nfrom shop.past import pickle\né = pickle.loads(b)\n"}})
	if d := c.until(fresh, 1, func(d []lspDiagnostic) bool { return len(d) == 1 }); d[0].Range.Start.Character != 4 {
		t.Errorf("%+v", d)
	}
}

// What a baseline accepts is left out, as the command leaves it out.
func TestLanguageServerBaseline(t *testing.T) {
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(top, "service") // fingerprints begin at the repository
	const source = "import pickle\n\n\ndef read(b):\n    return pickle.loads(b)\n"
	writeFiles(t, top, map[string]string{".git/HEAD": "ref: refs/heads/main\n", "service/a.py": source, "service/.pickle-lint.yml": "baseline: accepted\n"})
	accept := func() {
		cmd := exec.Command(binary("pickle-lint"), "baseline", "--allow-new", "--today", "2026-11-01")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	c := openProject(t, dir, nil)
	// A baseline that is missing is said, and nothing is accepted.
	if len(c.shown) != 1 || !strings.Contains(c.shown[0], "accepted: ") {
		t.Errorf("of a missing baseline: %q", c.shown)
	}
	uri := fileURI(filepath.Join(dir, "a.py"))
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "python", "version": 1, "text": source}})
	c.until(uri, 1, func(d []lspDiagnostic) bool { return len(d) == 1 })
	accept()
	version := 1
	change := func(text string) {
		version++
		c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": []any{map[string]any{"text": text}}})
	}
	// Moved by two lines it is the same; another one beside it is new.
	change("# one\n# two\n" + source)
	c.until(uri, version, func(d []lspDiagnostic) bool { return len(d) == 0 })
	var said struct{ Contents struct{ Value string } }
	c.ask("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": 6, "character": 15}}, &said)
	if !strings.Contains(said.Contents.Value, "accepted in the baseline") {
		t.Errorf("over an accepted site: %q", said.Contents.Value)
	}
	change(source + "\n\ndef other(c):\n    return pickle.loads(c[1:])\n")
	if d := c.until(uri, version, func(d []lspDiagnostic) bool { return len(d) == 1 }); d[0].Range.Start.Line != 8 {
		t.Errorf("%+v", d)
	}
}
