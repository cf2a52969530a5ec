package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

func TestPositions(t *testing.T) {
	const src = "a\r\né😀b\rc\n\nd"
	for _, tt := range []struct {
		inBytes bool
		p       position
		off     int
	}{
		{false, position{0, 0}, 0}, {false, position{0, 1}, 1}, {false, position{1, 0}, 3}, {false, position{1, 1}, 5}, {false, position{1, 3}, 9},
		{false, position{1, 4}, 10}, {false, position{2, 1}, 12}, {false, position{3, 0}, 13}, {false, position{4, 1}, 15},
		{true, position{1, 2}, 5}, {true, position{1, 6}, 9}, {true, position{1, 7}, 10},
	} {
		text := newText([]byte(src), tt.inBytes, false)
		if got := text.offset(tt.p); got != tt.off {
			t.Errorf("%v is at %d, want %d", tt.p, got, tt.off)
		}
		if got := text.position(tt.off); got != tt.p {
			t.Errorf("%d is %v, want %v", tt.off, got, tt.p)
		}
	}
	text := newText([]byte(src), false, false)
	for p, off := range map[position]int{{0, 9}: 1, {1, 2}: 5, {9, 9}: 15, {-1, 0}: 0, {3, 5}: 13} {
		if got := text.offset(p); got != off {
			t.Errorf("%v is at %d, want %d", p, got, off)
		}
	}
	changed := text.change(&span{position{1, 1}, position{1, 3}}, "x\ny")
	if string(changed.bytes) != "a\r\néx\nyb\rc\n\nd" || len(changed.starts) != 6 {
		t.Errorf("%q, %v", changed.bytes, changed.starts)
	}
	if upside := text.change(&span{position{4, 1}, position{0, 0}}, "!"); string(upside.bytes) != src+"!" {
		t.Errorf("%q", upside.bytes)
	}
}

func TestPathOf(t *testing.T) {
	for _, tt := range []struct {
		uri     string
		windows bool
		want    string
	}{
		{"file:///a%20b/c.py", false, "/a b/c.py"},
		{"file:///a/../%C3%A9.py", false, "/é.py"},
		{"file:///c%3A/Users/x.py", true, `C:\Users\x.py`},
		{"file:///C:/Users/a%20b/x.py", true, `C:\Users\a b\x.py`},
		{"file://server/share/x.py", true, `\\server\share\x.py`},
		{"untitled:Untitled-1", false, ""},
		{"vscode-notebook-cell:/a/n.ipynb#1", false, ""},
		{"file:///%zz", false, ""},
		{"", false, ""},
	} {
		got := pathOf(tt.uri, tt.windows)
		if strings.HasPrefix(tt.want, `\\`) {
			got = `\` + strings.TrimLeft(got, `\`)
			tt.want = tt.want[1:]
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.uri, got, tt.want)
		}
	}
	if got := uriOf("/a b/é#1.py"); pathOf(got, false) != "/a b/é#1.py" {
		t.Errorf("%s", got)
	}
}

// checker finds a line with "bad" in it, and takes its time to say what is stored.
type checker struct {
	mu    sync.Mutex
	texts []string
	opens int
	began chan bool
}

func (c *checker) Open(string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opens++
	return nil
}

func (c *checker) Python(_ context.Context, path string, text []byte) *Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts = append(c.texts, string(text))
	r := new(Result)
	for i, line := range strings.Split(string(text), "\n") {
		if at := strings.Index(line, "bad"); at >= 0 {
			r.Findings = append(r.Findings, &lint.Finding{Rule: "PKL201", Name: "n", Severity: lint.Error, Message: path, Location: lint.Location{Path: path, Line: i + 1, Column: at + 1, EndLine: i + 1, EndColumn: at + 4}})
		}
		if strings.Contains(line, "crash") {
			panic("as asked")
		}
	}
	return r
}

func (c *checker) Go(context.Context, string) (map[string]*Result, error) { return nil, nil }

func (c *checker) Stored(ctx context.Context, _ string) string {
	c.began <- true
	<-ctx.Done()
	return "too late"
}

func (c *checker) Named(_, name string) string { return "/" + name }
func (c *checker) Abs(show string) string      { return show }
func (c *checker) Boundary(string) string      { return "" }

// editor is the other end of a server.
type editor struct {
	t  *testing.T
	in *io.PipeWriter
	r  *conn
}

func serve(t *testing.T, c Checker) (*editor, chan bool) {
	t.Helper()
	fromEditor, in := io.Pipe()
	out, toEditor := io.Pipe()
	s := New(fromEditor, toEditor, c, "v0", func(string, ...any) {})
	s.Wait = 20 * time.Millisecond
	s.Configs = []string{".tool.yml", "project.toml"}
	done := make(chan bool, 1)
	go func() {
		clean := s.Run(t.Context())
		_ = toEditor.Close()
		done <- clean
	}()
	return &editor{t, in, &conn{r: bufio.NewReader(out)}}, done
}

func (e *editor) send(body string) {
	e.t.Helper()
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\nContent-Type: x\r\n\r\n%s", len(body), body); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) receive() map[string]any {
	e.t.Helper()
	body, err := e.r.read()
	if err != nil {
		e.t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		e.t.Fatal(err)
	}
	return m
}

func (e *editor) code() any {
	e.t.Helper()
	failed, _ := e.receive()["error"].(map[string]any)
	return failed["code"]
}

const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"general":{"positionEncodings":["utf-32","utf-8"]}}}}`

// Whatever comes in, the next message is read.
func TestMalformed(t *testing.T) {
	e, done := serve(t, new(checker))
	for _, tt := range []struct {
		raw  string
		code float64
	}{
		{"Content-Length: 1\r\n\r\n{", codeParse},
		{"Content-Length: x\r\n\r\n", codeParse},
		{"\r\n", codeParse},
		{"Content-Length: 2\n\n[]", codeInvalidRequest},
		{"Content-Length: 2\r\n\r\n{}", codeInvalidRequest},
		{"content-length: 37\r\n\r\n" + `{"id":7,"method":"textDocument/hover"}`[:37] + "", codeParse},
	} {
		if _, err := io.WriteString(e.in, tt.raw); err != nil {
			t.Fatal(err)
		}
		if got := e.code(); got != tt.code {
			t.Errorf("%q: %v", tt.raw, got)
		}
	}
	e.send(initialize)
	m, _ := e.receive()["result"].(map[string]any)
	if got := fmt.Sprint(m["capabilities"]); !strings.Contains(got, "positionEncoding:utf-8") {
		t.Errorf("%s", got)
	}
	e.send(initialize)
	if got := e.code(); got != float64(codeInvalidRequest) {
		t.Errorf("initialized twice: %v", got)
	}
	for _, params := range []string{`[]`, `{"textDocument":7}`, `"x"`} {
		e.send(`{"id":"a","method":"textDocument/hover","params":` + params + `}`)
		if got := e.code(); got != float64(codeInvalidParams) {
			t.Errorf("%s: %v", params, got)
		}
		e.send(`{"method":"textDocument/didChange","params":` + params + `}`)
	}
	e.send(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"nobody"},"contentChanges":[{"text":""}]}}`)
	e.send(`{"method":"$/cancelRequest","params":{"id":99}}`)
	e.send(`{"id":null,"method":"shutdown"}`)
	e.send(`{"id":3,"method":"shutdown"}`)
	if m := e.receive(); m["error"] != nil {
		t.Errorf("%v", m)
	}
	e.send(`{"method":"exit"}`)
	if !<-done {
		t.Error("it was shut down")
	}
}

// A document is looked at when it rests, and only as it is then.
func TestDebounce(t *testing.T) {
	c := new(checker)
	e, done := serve(t, c)
	e.send(initialize)
	e.receive()
	e.send(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","languageId":"python","version":1,"text":""}}}`)
	for version := 2; version < 12; version++ {
		e.send(fmt.Sprintf(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:1","version":%d},"contentChanges":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"text":"é bad %d\n"}]}}`, version, version))
	}
	for {
		m := e.receive()
		p, _ := m["params"].(map[string]any)
		all, _ := p["diagnostics"].([]any)
		if p["version"] == 11.0 {
			first, _ := all[0].(map[string]any)
			if len(all) != 10 || !strings.Contains(fmt.Sprint(first["range"]), "character:3 line:0") { // in bytes
				t.Errorf("%d diagnostics, %v", len(all), first)
			}
			break
		}
	}
	c.mu.Lock()
	if n := len(c.texts); n > 8 {
		t.Errorf("looked %d times", n)
	}
	c.mu.Unlock()
	e.send(`{"method":"textDocument/didClose","params":{"textDocument":{"uri":"untitled:1"}}}`)
	if m := fmt.Sprint(e.receive()); !strings.Contains(m, "diagnostics:[]") {
		t.Errorf("%s", m)
	}
	if err := e.in.Close(); err != nil {
		t.Fatal(err)
	}
	if <-done {
		t.Error("nobody has said goodbye")
	}
}

// A text at which looking crashes costs nobody else anything.
func TestCrash(t *testing.T) {
	e, done := serve(t, new(checker))
	e.send(initialize)
	e.receive()
	for _, text := range []string{"crash", "bad"} {
		e.send(fmt.Sprintf(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:%s","languageId":"python","version":1,"text":"%[1]s"}}}`, text))
		if m, found := fmt.Sprint(e.receive()), text == "bad"; strings.Contains(m, "PKL201") != found {
			t.Errorf("%s: %s", text, m)
		}
	}
	e.send(`{"method":"exit"}`)
	<-done
}

// Whichever file configures, its change has it read again, and that of others does not.
func TestConfigs(t *testing.T) {
	c := new(checker)
	e, done := serve(t, c)
	e.send(strings.Replace(initialize, `"capabilities":{`, `"capabilities":{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}},`, 1))
	e.receive()
	e.send(`{"method":"initialized","params":{}}`)
	if m := fmt.Sprint(e.receive()); !strings.Contains(m, "globPattern:**/{.tool.yml,project.toml}") {
		t.Errorf("%s", m)
	}
	for _, name := range []string{".tool.yml", "project.toml", "tool.yml"} {
		e.send(`{"method":"textDocument/didSave","params":{"textDocument":{"uri":"file:///w/` + name + `"}}}`)
		e.send(`{"method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"file:///w/` + name + `","type":2}]}}`)
	}
	e.send(`{"method":"exit"}`)
	<-done
	if c.opens != 5 {
		t.Errorf("read %d times", c.opens)
	}
}

func TestCancel(t *testing.T) {
	c := &checker{began: make(chan bool)}
	e, done := serve(t, c)
	e.send(initialize)
	e.receive()
	e.send(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///p.py","languageId":"python","version":1,"text":"x = 'a.pkl'"}}}`)
	e.receive()
	e.send(`{"id":"slow","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///p.py"},"position":{"line":0,"character":6}}}`)
	<-c.began
	// Others are answered meanwhile.
	e.send(`{"id":5,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///p.py"}}}`)
	if m := e.receive(); m["id"] != 5.0 {
		t.Errorf("%v", m)
	}
	e.send(`{"method":"$/cancelRequest","params":{"id":"slow"}}`)
	if got := e.code(); got != float64(codeCancelled) {
		t.Errorf("%v", got)
	}
	e.send(`{"method":"exit"}`)
	if <-done {
		t.Error("it was not shut down")
	}
}

func TestLiteralAt(t *testing.T) {
	const line = `f = open("a b.pkl", 'r\x62'); g('c.pkl') + "open`
	for at, want := range map[string]string{"a b": "a b.pkl", "f =": "", "x62": "", "c.p": "c.pkl", ") +": "", "open`": ""} {
		off := strings.LastIndex(line, strings.TrimSuffix(at, "`"))
		if got := literalAt(newText([]byte("\n"+line), false, false), off+1); got != want {
			t.Errorf("at %q: %q", at, got)
		}
	}
}

// endless is a line without an end.
type endless struct{ read int }

func (r *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	r.read += len(p)
	return len(p), nil
}

func TestEndlessHeader(t *testing.T) {
	r := new(endless)
	if _, err := newConn(r, io.Discard).read(); err == nil || r.read > 1<<20 {
		t.Errorf("%v after %d bytes", err, r.read)
	}
}
