package report

import (
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// oddPaths are names that a file may have.
var oddPaths = []string{
	"a b.py", " lead.py", "ünï/日本 語.py", "a\nb.py", "a\rb\r\n.py", "a\tb.py", "a,b:c%0A%.py", "a\nb,c:d%.py",
	"::error::x.py", "x\x1b[31m.py", "bad\xff.py", "bidi\u202egpj.py", "line\u2028.py", `back\nslash.py`, "quote\"'<&>.py", "]]>.py",
}

// Programs that read a report look for the file that it names: they get its name, wherever
// the format has a way to write it, and what a name holds is never more than a name.
func TestOddPaths(t *testing.T) {
	for _, name := range oddPaths {
		printable, utf8 := lint.Printable(name), validText(name)
		rest := strings.NewReplacer("\n", "", "\r", "")
		lines, tabs := name, name // where line ends, and tabs too, can be written
		if s := rest.Replace(name); lint.Printable(s) != s {
			lines = printable
		}
		if s := strings.ReplaceAll(rest.Replace(name), "\t", ""); lint.Printable(s) != s {
			tabs = printable
		}
		for format, read := range map[string]func(t *testing.T, text []byte) string{
			"github": githubFile,
			"gitlab": func(t *testing.T, text []byte) string {
				var entries []gitlabEntry
				if err := json.Unmarshal(text, &entries); err != nil {
					t.Fatal(err)
				}
				return entries[0].Location.Path
			},
			"junit": func(t *testing.T, text []byte) string { return readJUnit(t, text).Suites[0].Cases[0].File },
			"sarif": func(t *testing.T, text []byte) string {
				var log sarifLog
				if err := json.Unmarshal(text, &log); err != nil {
					t.Fatal(err)
				}
				path, err := url.PathUnescape(log.Runs[0].Results[0].Locations[0].Physical.Artifact.URI)
				if err != nil {
					t.Fatal(err)
				}
				return path
			},
			"json": func(t *testing.T, text []byte) string {
				var m lint.Message
				if err := json.Unmarshal(bytes.SplitAfter(text, []byte("\n"))[0], &m); err != nil {
					t.Fatal(err)
				}
				return m.Finding.Path
			},
			"text": func(_ *testing.T, text []byte) string {
				_, rest, _ := strings.Cut(string(text), "\n --> ")
				path, _, _ := strings.Cut(rest, ":1:1")
				return path
			},
			"html": func(t *testing.T, text []byte) string {
				_, rest, _ := strings.Cut(string(text), `<span class="at">`)
				path, _, found := strings.Cut(rest, ":1:1</span>")
				if !found {
					t.Fatalf("no place in %.200s", rest)
				}
				return html.UnescapeString(path)
			},
		} {
			want := map[string]string{"github": lines, "gitlab": utf8, "junit": tabs, "sarif": name, "json": utf8, "text": printable, "html": printable}[format]
			out := render(t, format, Options{}, []lint.Message{{Finding: loadRule.Finding(at(name, 1, 1, 1, 2), "found")}, {Summary: &lint.Summary{Warnings: 1, Files: 1}}})
			if got := read(t, out); got != want {
				t.Errorf("%s of %q: %q, want %q", format, name, got, want)
			}
			if format == "html" {
				out = styleElement.ReplaceAll(scriptElement.ReplaceAll(out, nil), nil)
			}
			if i := bytes.IndexFunc(out, func(r rune) bool { return r != '\n' && !lint.PrintableRune(r) }); i >= 0 {
				t.Errorf("%s of %q: unprintable at %q", format, name, out[i:min(len(out), i+20)])
			}
			if format == "github" && bytes.Count(out, []byte("\n")) != 2 {
				t.Errorf("%q: not two commands:\n%s", name, out)
			}
		}
	}
}

// githubFile reads a command as the runner does.
func githubFile(t *testing.T, text []byte) string {
	line, _, _ := strings.Cut(string(text), "\n")
	properties, _, _ := strings.Cut(strings.TrimPrefix(line, "::warning "), "::")
	for property := range strings.SplitSeq(properties, ",") {
		if value, is := strings.CutPrefix(property, "file="); is {
			for _, e := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
				value = strings.ReplaceAll(value, e[0], e[1])
			}
			return value
		}
	}
	t.Errorf("no file in %s", line)
	return ""
}
