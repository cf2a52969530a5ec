package e2e

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// pictured is what the picture in README shows, run in the demo project.
var pictured = []string{
	"pickle-lint worker | head -7",
	"pickle-lint service | head -7",
	"pickle-lint spool/report.pkl",
}

const (
	pictureColumns = 118
	lineHeight     = 18
	pictureWidth   = 1010 // a column takes some 8.2
)

// TestPicture holds docs/demo.svg against what the command prints. With -update it draws
// it again.
func TestPicture(t *testing.T) {
	root := repoRoot(t)
	var lines []string
	for _, command := range pictured {
		cmd := exec.Command("sh", "-c", strings.Replace(command, "pickle-lint", "pickle-lint --color always --no-cache --today 2026-11-01", 1))
		cmd.Dir = filepath.Join(root, "testdata", "demo")
		cmd.Env = append(os.Environ(), "PATH="+binDir+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.Output()
		if !isVerdict(err) {
			t.Fatalf("%s: %v", command, err)
		}
		lines = append(lines, "\x1b[1m$ "+command+"\x1b[0m")
		for _, line := range splitLines(string(out)) {
			lines = append(lines, wrapped(line)...)
		}
		lines = append(lines, "")
	}
	got := svg(lines[:len(lines)-1])
	name := filepath.Join(root, "docs", "demo.svg")
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test -run TestPicture -update . in cmd/e2e draws it again", name)
	}
}

var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// wrapped cuts a line as a terminal does. What is painted goes on in the next line.
func wrapped(line string) []string {
	var out []string
	var b strings.Builder
	paint, columns := "", 0
	for line != "" {
		if at := sgr.FindStringIndex(line); at != nil && at[0] == 0 {
			paint = line[:at[1]]
			b.WriteString(paint)
			line = line[at[1]:]
			continue
		}
		if columns == pictureColumns {
			out = append(out, b.String())
			b.Reset()
			b.WriteString(paint)
			columns = 0
		}
		_, size := utf8.DecodeRuneInString(line)
		b.WriteString(line[:size])
		line = line[size:]
		columns++
	}
	return append(out, b.String())
}

// classes are those of the picture's style sheet, by the parameters that text output uses.
var classes = map[string]string{"1;31": "e", "1;33": "w", "1;36": "n", "1;34": "g", "1": "b", "2": "f"}

func svg(lines []string) []byte {
	var b bytes.Buffer
	height := len(lines)*lineHeight + 40
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="pickle-lint over the demo project">
<style>
text{font:13.6px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#e6e6e6;white-space:pre}
.e{fill:#ff7b72;font-weight:bold}.w{fill:#e3b341;font-weight:bold}.n{fill:#56d4dd;font-weight:bold}.g{fill:#79c0ff;font-weight:bold}.b{fill:#fff;font-weight:bold}.f{fill:#8b949e}
</style>
<rect width="100%%" height="100%%" rx="8" fill="#161b22"/>
`, pictureWidth, height, pictureWidth, height)
	for i, line := range lines {
		fmt.Fprintf(&b, `<text x="20" y="%d" xml:space="preserve">`, 32+i*lineHeight)
		class := ""
		for line != "" {
			at := sgr.FindStringSubmatchIndex(line)
			text := line
			if at != nil {
				text = line[:at[0]]
			}
			switch {
			case text == "":
			case class == "":
				b.WriteString(html.EscapeString(text))
			default:
				fmt.Fprintf(&b, `<tspan class="%s">%s</tspan>`, class, html.EscapeString(text))
			}
			if at == nil {
				line = ""
				continue
			}
			class, line = classes[line[at[2]:at[3]]], line[at[1]:]
		}
		b.WriteString("</text>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
