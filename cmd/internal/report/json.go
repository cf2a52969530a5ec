package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// jsonLines writes every message as one line of JSON with exactly one key, which
// [lint.Replay] turns into any other format.
type jsonLines struct{ w io.Writer }

func newJSON(w io.Writer, _ Options) lint.Handler { return &jsonLines{w} }

func (j *jsonLines) put(key string, message any) error {
	text, err := marshal(map[string]any{key: message}, "")
	if err == nil {
		_, err = j.w.Write(text)
	}
	if err != nil {
		return fmt.Errorf("writing JSON report: %w", err)
	}
	return nil
}

func (j *jsonLines) Config(m *lint.Config) error     { return j.put("config", m) }
func (j *jsonLines) Progress(m *lint.Progress) error { return j.put("progress", m) }

func (j *jsonLines) Site(m *lint.Site) error {
	c := *m
	c.Location = readable(c.Location)
	c.Argument, c.Loads = validText(c.Argument), validText(c.Loads)
	return j.put("site", &c)
}

func (j *jsonLines) Blob(m *lint.Blob) error {
	c := *m
	at := readable(lint.Location{Path: m.Path, Member: m.Member})
	c.Path, c.Member = at.Path, at.Member
	return j.put("blob", &c)
}

func (j *jsonLines) Skip(m *lint.Skip) error {
	c := *m
	c.Location, c.Reason = readable(c.Location), validText(c.Reason)
	return j.put("skip", &c)
}

func (j *jsonLines) Finding(m *lint.Finding) error {
	c := *m
	c.Location, c.Message, c.Callable = readable(c.Location), validText(c.Message), validText(c.Callable)
	c.Trace = make([]lint.Step, len(m.Trace))
	for i, s := range m.Trace {
		s.Location, s.Text = readable(s.Location), validText(s.Text)
		c.Trace[i] = s
	}
	return j.put("finding", &c)
}

func (j *jsonLines) Summary(m *lint.Summary) error { return j.put("summary", m) }

// readable makes the names of a location fit for JSON.
func readable(at lint.Location) lint.Location {
	at.Path = validText(at.Path)
	for i, name := range at.Member {
		if !utf8.ValidString(name) {
			names := make([]string, len(at.Member))
			copy(names, at.Member[:i])
			for k, n := range at.Member[i:] {
				names[i+k] = validText(n)
			}
			at.Member = names
			break
		}
	}
	return at
}

// validText returns s, or s with escapes if it is not UTF-8. JSON has no way to
// write such bytes, and encoding/json would put one replacement character for
// all of them, which makes different file names equal.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return lint.Printable(s)
}

// JSON returns v as a line of JSON, in printable characters only.
func JSON(v any) ([]byte, error) { return marshal(v, "") }

// marshal returns v as JSON and a line feed, in printable characters only. Every
// escape stands for exactly the character it replaces, so readers lose nothing.
func marshal(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return lint.PrintableJSON(b.Bytes()), nil
}
