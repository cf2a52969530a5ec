package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// lspClient is a scripted editor that talks to a real process.
type lspClient struct {
	t    *testing.T
	cmd  *exec.Cmd
	in   io.WriteCloser
	got  chan map[string]json.RawMessage
	next int
	// published holds the last diagnostics of each document.
	published map[string]lspPublished
	// shown are the messages for the user.
	shown []string
}

type lspPublished struct {
	Version     int
	Diagnostics []lspDiagnostic
}

type lspDiagnostic struct {
	Range    lspRange
	Severity int
	Code     string
	Message  string

	CodeDescription struct{ Href string }
	Related         []struct{ Message string } `json:"relatedInformation"`
}

type lspRange struct {
	Start struct{ Line, Character int }
	End   struct{ Line, Character int }
}

func startLSP(t *testing.T) *lspClient {
	t.Helper()
	c := &lspClient{t: t, cmd: exec.Command(binary("pickle-lint"), "lsp", "--today", "2026-11-01"), got: make(chan map[string]json.RawMessage, 100), published: make(map[string]lspPublished)}
	c.cmd.Dir = t.TempDir() // the workspace is what initialize says
	c.cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local")
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.cmd.ProcessState == nil {
			_ = c.cmd.Process.Kill()
			_ = c.cmd.Wait()
		}
	})
	go c.read(bufio.NewReader(out))
	return c
}

func (c *lspClient) read(r *bufio.Reader) {
	defer close(c.got)
	for {
		size := 0
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			size, _ = strconv.Atoi(strings.TrimPrefix(line, "Content-Length: "))
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var m map[string]json.RawMessage
		if err := json.Unmarshal(body, &m); err != nil {
			return
		}
		c.got <- m
	}
}

func (c *lspClient) raw(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *lspClient) send(m map[string]any) {
	c.t.Helper()
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	c.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

func (c *lspClient) notify(method string, params any) {
	c.t.Helper()
	c.send(map[string]any{"method": method, "params": params})
}

// message waits for the next message, and takes note of diagnostics.
func (c *lspClient) message() map[string]json.RawMessage {
	c.t.Helper()
	select {
	case m, ok := <-c.got:
		if !ok {
			c.t.Fatal("the server is gone")
		}
		if string(m["method"]) == `"textDocument/publishDiagnostics"` {
			var p struct {
				lspPublished
				URI string
			}
			if err := json.Unmarshal(m["params"], &p); err != nil {
				c.t.Fatal(err)
			}
			c.published[p.URI] = p.lspPublished
		}
		if string(m["method"]) == `"window/showMessage"` {
			c.shown = append(c.shown, string(m["params"]))
		}
		return m
	case <-time.After(2 * time.Minute):
		c.t.Fatal("the server says nothing")
	}
	return nil
}

// ask sends a request and waits for its answer.
func (c *lspClient) ask(method string, params, result any) (failure string) {
	c.t.Helper()
	c.next++
	c.send(map[string]any{"id": c.next, "method": method, "params": params})
	for {
		m := c.message()
		if string(m["id"]) != strconv.Itoa(c.next) || m["method"] != nil {
			continue
		}
		if m["error"] != nil {
			return string(m["error"])
		}
		if result != nil {
			if err := json.Unmarshal(m["result"], result); err != nil {
				c.t.Fatal(err)
			}
		}
		return ""
	}
}

// until waits for diagnostics of a version of a document.
func (c *lspClient) until(uri string, version int, ok func([]lspDiagnostic) bool) []lspDiagnostic {
	c.t.Helper()
	for {
		if p, told := c.published[uri]; told && p.Version == version && ok(p.Diagnostics) {
			return p.Diagnostics
		}
		c.message()
	}
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

const lspSource = `import pickle
import torch

# picklelint:trust boundary=host reason="written by this program only"
a = pickle.load(open("evil.pkl", "rb"))
é = "😀"; b = torch.load("m.pt")
`

func TestLanguageServer(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	evil, err := recipe.Assemble("PROTO 2\nGLOBAL 'os system'\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
	if err != nil {
		t.Fatal(err)
	}
	const goSource = "package g\n\nimport (\n\t\"encoding/gob\"\n\t\"os\"\n)\n\nfunc read(f *os.File, v any) error {\n\treturn gob.NewDecoder(f).Decode(v)\n}\n"
	for name, text := range map[string]string{
		"a b/load.py": lspSource, "a b/evil.pkl": string(evil), "go.mod": "module example.com/m\n\ngo 1.26\n", "g/g.go": goSource,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := startLSP(t)
	if failure := c.ask("textDocument/hover", map[string]any{}, nil); !strings.Contains(failure, "-32002") {
		t.Errorf("before initialize: %s", failure)
	}
	var ready struct {
		Capabilities struct{ PositionEncoding string }
	}
	c.ask("initialize", map[string]any{"rootUri": fileURI(dir), "capabilities": map[string]any{}}, &ready)
	if ready.Capabilities.PositionEncoding != "utf-16" {
		t.Errorf("positions in %s", ready.Capabilities.PositionEncoding)
	}
	c.notify("initialized", map[string]any{})
	// What is no message does not end it.
	c.raw("Content-Length: 3\r\n\r\n{x}")
	c.raw("nonsense\r\n\r\n")

	uri := strings.Replace(fileURI(filepath.Join(dir, "a b", "load.py")), "a%20b", "a%20%62", 1)
	open := func(uri, language, text string) {
		c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": language, "version": 1, "text": text}})
	}
	open(uri, "python", lspSource)
	found := c.until(uri, 1, func(d []lspDiagnostic) bool { return len(d) == 1 })
	// In UTF-16 the letter counts 1 and the face 2.
	if d := found[0]; d.Code != "PKL201" || d.Severity != 2 || d.Range.Start.Line != 5 || d.Range.Start.Character != 14 || d.Range.End.Character != 32 ||
		!strings.Contains(d.CodeDescription.Href, "/docs/rules/PKL201-unjustified-load.md") {
		t.Errorf("%+v", d)
	}

	at := func(line, character int) map[string]any {
		return map[string]any{"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": line, "character": character}}
	}
	for _, tt := range []struct {
		line, character int
		want            []string
	}{
		{3, 10, []string{"boundary `host`", "written on this host by programs of the same owner", "Reason: written by this program only"}},
		{4, 5, []string{"**pickle.load** turns bytes into objects (pickle)", "Justified on line 4"}},
		{4, 24, []string{"a b/evil.pkl: 1 pickle", "PKL101", "os.system"}},
		{5, 20, []string{"**torch.load**", "PKL201 unjustified-load"}},
	} {
		var said struct{ Contents struct{ Value string } }
		c.ask("textDocument/hover", at(tt.line, tt.character), &said)
		for _, want := range tt.want {
			if !strings.Contains(said.Contents.Value, want) && !strings.Contains(said.Contents.Value, strings.ReplaceAll(want, "_", `\_`)) {
				t.Errorf("over %d:%d: %q has no %q", tt.line, tt.character, said.Contents.Value, want)
			}
		}
	}
	var nothing any
	if c.ask("textDocument/hover", at(0, 2), &nothing); nothing != nil {
		t.Errorf("over an import: %v", nothing)
	}

	// A quick fix, applied, takes the finding away.
	var actions []struct {
		Title, Kind string
		IsPreferred bool
		Edit        struct {
			Changes map[string][]struct {
				Range   lspRange
				NewText string
			}
		}
	}
	c.ask("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": uri}, "range": found[0].Range, "context": map[string]any{"diagnostics": []any{}}}, &actions)
	if len(actions) != 2 || actions[0].Title != "add weights_only=True" || actions[0].Kind != "quickfix" || !actions[0].IsPreferred || actions[1].IsPreferred {
		t.Fatalf("%+v", actions)
	}
	edit := actions[0].Edit.Changes[uri][0]
	change := func(uri string, version int, changes ...map[string]any) {
		c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": changes})
	}
	change(uri, 2, map[string]any{"range": edit.Range, "text": edit.NewText})
	c.until(uri, 2, func(d []lspDiagnostic) bool { return len(d) == 0 })
	// Taken back in full, it comes back; with the claim gone there are two.
	change(uri, 3, map[string]any{"text": lspSource}, map[string]any{"range": map[string]any{"start": map[string]int{"line": 3, "character": 0}, "end": map[string]int{"line": 4, "character": 0}}, "text": ""})
	c.until(uri, 3, func(d []lspDiagnostic) bool { return len(d) == 2 && d[0].Range.Start.Line == 3 })

	// The configuration counts, and what is wrong with it is said.
	config := filepath.Join(dir, ".pickle-lint.yml")
	write := func(text string) {
		if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c.notify("workspace/didChangeConfiguration", map[string]any{"settings": nil})
	}
	write("rules: {PKL201: off}\n")
	c.until(uri, 3, func(d []lspDiagnostic) bool { return len(d) == 0 })
	write("rulez: {}\n")
	for {
		if m := c.message(); string(m["method"]) == `"window/showMessage"` {
			if !strings.Contains(string(m["params"]), "rulez") {
				t.Errorf("%s", m["params"])
			}
			break
		}
	}
	write("{}\n")
	c.until(uri, 3, func(d []lspDiagnostic) bool { return len(d) == 2 })

	// A document without a file, in an encoding that it does not have any more.
	open("untitled:Untitled-1", "python", "# coding: latin-1\nimport pickle\né = pickle.loads(x)\n")
	if d := c.until("untitled:Untitled-1", 1, func(d []lspDiagnostic) bool { return len(d) == 1 }); d[0].Range.Start.Character != 4 {
		t.Errorf("%+v", d)
	}
	c.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": "untitled:Untitled-1"}})
	c.until("untitled:Untitled-1", 0, func(d []lspDiagnostic) bool { return len(d) == 0 })

	// A Go package is looked at as it is on disk; a change makes that stale, until it is saved.
	guri := fileURI(filepath.Join(dir, "g", "g.go"))
	open(guri, "go", goSource)
	if d := c.until(guri, 1, func(d []lspDiagnostic) bool { return len(d) == 1 }); d[0].Code != "PKL301" || d[0].Range.Start.Line != 8 || d[0].Range.Start.Character != 8 {
		t.Errorf("%+v", d)
	}
	change(guri, 2, map[string]any{"text": "// x\n" + goSource})
	c.until(guri, 2, func(d []lspDiagnostic) bool { return len(d) == 0 })
	if err := os.WriteFile(filepath.Join(dir, "g", "g.go"), []byte("// x\n"+goSource), 0o644); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": guri}})
	saved := c.until(guri, 2, func(d []lspDiagnostic) bool { return len(d) == 1 })
	c.ask("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": guri}, "range": saved[0].Range, "context": map[string]any{"only": []string{"quickfix"}}}, &actions)
	if len(actions) != 1 || actions[0].Edit.Changes[guri][0].NewText != "\t//picklelint:trust boundary=host reason=\"\"\n" {
		t.Errorf("%+v", actions)
	}

	if failure := c.ask("textDocument/definition", at(0, 0), nil); !strings.Contains(failure, "-32601") {
		t.Errorf("an unknown method: %s", failure)
	}
	c.ask("shutdown", nil, nil)
	if failure := c.ask("textDocument/hover", at(0, 0), nil); !strings.Contains(failure, "-32600") {
		t.Errorf("after shutdown: %s", failure)
	}
	c.notify("exit", nil)
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
}

// An editor that is gone without a word ends it, too.
func TestLanguageServerLeftAlone(t *testing.T) {
	c := startLSP(t)
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	for range c.got {
	}
	if err := c.cmd.Wait(); c.cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("%v", err)
	}
}
