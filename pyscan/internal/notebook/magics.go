package notebook

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// Python adds to out what is left of a cell as Python: the words to IPython are
// taken away, and "pass" stands for a line of which nothing is left
// (IPython, core/inputtransformer2.py). whole is false if the cell ends inside of
// brackets or of a string.
func Python(out, cell *pieces.Text) (whole bool) {
	m := &magics{out: out, cell: cell, src: cell.Bytes}
	if m.foreign() {
		return true
	}
	for m.pos < len(m.src) {
		m.line()
	}
	return m.depth == 0 && m.quote == "" && !m.joined
}

// Shell returns what a cell hands to a shell: its lines behind an exclamation mark, or all
// of it. Python is looked for in there, so that it must be named.
func Shell(cell *pieces.Text) []*pieces.Text {
	if !bytes.Contains(bytes.ToLower(cell.Bytes), []byte("py")) || !bytes.ContainsAny(cell.Bytes, "!%") {
		return nil
	}
	m := &magics{out: new(pieces.Text), cell: cell, src: cell.Bytes}
	if m.foreign() {
		return m.scripts
	}
	for m.pos < len(m.src) {
		m.line()
	}
	return m.scripts
}

type magics struct {
	out, cell *pieces.Text
	src       []byte
	pos       int
	// The state between lines: brackets that are open, the quotes of a string that
	// is, and whether a backslash joins the next line.
	depth  int
	quote  string
	joined bool
	// scripts are what is for a shell.
	scripts []*pieces.Text
}

// toShell are the magics that hand what follows to one.
var toShell = words("bash sh zsh ksh dash system sx !")

// script notes what a line hands to a shell.
func (m *magics) script(at, end int) {
	from := end - len(bytes.TrimLeft(m.src[at:end], "!"))
	if from == at {
		name, _, _ := strings.Cut(strings.TrimLeft(string(m.src[at:min(end, at+maxCommand)]), "%"), " ")
		if m.src[at] != '%' || !toShell[name] {
			return
		}
		from = min(end, at+bytes.IndexByte(m.src[at:end], ' ')+1)
	}
	m.scripts = append(m.scripts, m.cell.Slice(from, end))
}

// lineEnd returns where the line at pos ends, its line end included.
func (m *magics) lineEnd(pos int) int {
	if i := bytes.IndexByte(m.src[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(m.src)
}

// logicalEnd is lineEnd with all that a backslash joins, as a shell and IPython do.
func (m *magics) logicalEnd(pos int) int {
	for {
		end := m.lineEnd(pos)
		text := bytes.TrimRight(m.src[pos:end], "\r\n")
		if end == len(m.src) || len(text) == 0 || text[len(text)-1] != '\\' {
			return end
		}
		pos = end
	}
}

// line takes one line.
func (m *magics) line() {
	end := m.lineEnd(m.pos)
	if m.depth == 0 && m.quote == "" && !m.joined && m.command() {
		return
	}
	m.out.Copy(m.cell, m.pos, end)
	m.scan(m.src[m.pos:end])
	m.pos = end
}

var (
	// assigned is what stands before a command whose output is bound.
	assigned = regexp.MustCompile(`^[A-Za-z_][\w.]*(\[[^\[\]\n]*\][\w.]*)*([ \t]*,[ \t]*\*?[A-Za-z_][\w.]*)*[ \t]*,?[ \t]*=[ \t]*`)
	help     = regexp.MustCompile(`^[%\w.*]+\?\??[ \t;]*$|^\?\??[%\w.*]+[ \t]*$`)
	// automagic: these are magics without a percent sign.
	automagic = regexp.MustCompile(`^(pip3?|conda|mamba|uv)[ \t]+(install|uninstall|list|freeze|show|config|search|update|remove|pip)\b`)
)

// command takes a line that is no Python, if it is one.
func (m *magics) command() bool {
	end := m.lineEnd(m.pos)
	line := m.src[m.pos:end]
	body := bytes.TrimLeft(line, " \t")
	if len(body) == 0 {
		return false
	}
	start := m.pos + len(line) - len(body)
	text := strings.TrimRight(string(body[:min(len(body), maxCommand)]), "\r\n")
	switch {
	case body[0] == '%' || body[0] == '!':
		return m.take(start, start)
	case help.MatchString(text), automagic.MatchString(text), body[0] == ',' || body[0] == ';' || body[0] == '/' || body[0] == '?':
		return m.take(start, start)
	}
	if at := assigned.FindStringIndex(text); at != nil && at[1] < len(text) && (text[at[1]] == '!' && !strings.HasPrefix(text[at[1]:], "!=") || text[at[1]] == '%') {
		return m.take(start, start+at[1])
	}
	return false
}

// maxCommand bounds how much of a line is looked at to tell whether it is a command.
const maxCommand = 1 << 12

// take takes the command at an offset on a statement that begins at start.
func (m *magics) take(start, at int) bool {
	end := m.logicalEnd(at)
	m.out.Copy(m.cell, m.pos, at) // blanks, or what the output is bound to
	if code, ok := m.measured(at, end); ok {
		// Only the words to IPython are taken away; what follows may go on over
		// several lines.
		rest := m.lineEnd(code)
		m.out.Copy(m.cell, code, rest)
		m.scan(m.src[code:rest])
		m.pos = rest
		return true
	}
	m.script(at, end)
	if at > start {
		m.out.Fill("None", m.cell.At(at))
	} else {
		m.out.Fill("pass", m.cell.At(at))
	}
	// The line ends stay, so that lines are counted as they are.
	for _, c := range m.src[at:end] {
		if c == '\n' {
			m.out.Fill("\n", m.cell.At(end-1))
		}
	}
	m.pos = end
	return true
}

// measuring are the magics that run what follows them as Python, and run those whose
// cells are Python (IPython documentation, "Built-in magic commands").
var (
	measuring = words("time timeit prun memit mprun lprun debug pdb")
	running   = words("time timeit prun memit mprun lprun debug capture python python2 python3 pypy px autopx cython pyspark spark heat scalene snakeviz mypy ipytest run_pytest wurlitzer")
	// others are magics whose cells are not, and otherLines those of Databricks, which
	// stand on the first line of a cell in another language.
	others = words("html HTML javascript js latex markdown svg SVG bash sh cmd script ruby perl R julia sql bigquery writefile file configure " +
		"system sx rubyscript sparql cypher mermaid graphviz dot stata octave matlab cpp rust kql bigquery_sql_cell " + "!")
	otherLines = words("sql md md-sandbox scala r R sh fs html")
)

func words(list string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// measured returns where the Python begins that the line magic at an offset runs.
func (m *magics) measured(at, end int) (code int, ok bool) {
	text := bytes.TrimRight(m.src[at:end], "\r\n")
	name := len(text)
	if i := bytes.IndexAny(text, " \t"); i >= 0 {
		name = i
	}
	word := strings.TrimLeft(string(text[:name]), "%")
	if text[0] != '%' || !measuring[word] {
		return 0, false
	}
	i := name + options(text[name:])
	return at + i, i < len(text)
}

// options returns how long the blanks and options are that a text begins with.
func options(text []byte) int {
	i := 0
	for i < len(text) {
		switch {
		case text[i] == ' ' || text[i] == '\t':
			i++
		case text[i] == '-' && i+1 < len(text) && isWord(text[i+1]):
			letters := i + 1
			for i < len(text) && text[i] != ' ' && text[i] != '\t' {
				i++
			}
			// -n 10, -s cumulative: the value may stand apart.
			if valued := strings.IndexByte("nrlsTDfmu", text[letters]) >= 0; valued && i-letters == 1 {
				for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
					i++
				}
				for i < len(text) && text[i] != ' ' && text[i] != '\t' {
					i++
				}
			}
		default:
			return i
		}
	}
	return i
}

// looksLikePython is what a cell must have that an unknown magic takes.
var looksLikePython = regexp.MustCompile(`(?m)^[ \t]*(import|from|def|with|for|class|while|try|async)\b|^[ \t]*\w[\w.]*[ \t]*=[^=]`)

// foreign takes the first line of a cell that is all for a magic, and reports
// whether the rest is no Python.
func (m *magics) foreign() bool {
	at := len(m.src) - len(bytes.TrimLeft(m.src, " \t\r\n"))
	if at == len(m.src) || m.src[at] != '%' {
		return false
	}
	end := m.lineEnd(at)
	line := strings.TrimRight(string(m.src[at:min(end, at+maxCommand)]), "\r\n")
	word, args, _ := strings.Cut(strings.TrimLeft(line, "%"), " ")
	args = strings.TrimSpace(args)
	word = strings.TrimSpace(word)
	if !strings.HasPrefix(line, "%%") {
		return otherLines[word] && (args == "" || word != "sql")
	}
	switch {
	case (word == "writefile" || word == "file") && strings.HasSuffix(args, ".py"):
	case word == "script" && strings.Contains(firstWord(args), "python"):
	case others[word]:
		program := firstWord(args)
		if toShell[word] || word == "script" && toShell[program[strings.LastIndexByte(program, '/')+1:]] {
			m.scripts = append(m.scripts, m.cell.Slice(end, len(m.src)))
		}
		return true
	case !running[word] && !looksLikePython.Match(m.src[end:]):
		return true
	}
	m.out.Copy(m.cell, 0, at)
	if code, ok := m.measured(at+1, end); ok && word == "timeit" {
		m.out.Copy(m.cell, code, end) // its set-up
	} else {
		m.out.Fill("pass", m.cell.At(at))
		m.out.Copy(m.cell, end-bytes.Count(m.src[end-1:end], []byte("\n")), end)
	}
	m.pos = end
	return false
}

func firstWord(s string) string {
	s, _, _ = strings.Cut(s, " ")
	return s
}

// scan follows brackets and strings over a line.
func (m *magics) scan(line []byte) {
	m.joined = false
	for i := 0; i < len(line); i++ {
		c := line[i]
		if m.quote != "" {
			switch {
			case c == '\\':
				i++
			case bytes.HasPrefix(line[i:], []byte(m.quote)):
				i += len(m.quote) - 1
				m.quote = ""
			case c == '\n' && len(m.quote) == 1:
				m.quote = "" // it does not end
			}
			continue
		}
		switch c {
		case '#':
			return
		case '(', '[', '{':
			m.depth++
		case ')', ']', '}':
			m.depth = max(0, m.depth-1)
		case '\\':
			m.joined = len(bytes.TrimRight(line[i+1:], "\r\n")) == 0
		case '"', '\'':
			m.quote = string(c)
			if triple := strings.Repeat(m.quote, 3); bytes.HasPrefix(line[i:], []byte(triple)) {
				m.quote = triple
				i += 2
			}
		}
	}
	if len(m.quote) == 1 && len(line) > 0 && line[len(line)-1] != '\\' && !bytes.HasSuffix(line, []byte("\\\n")) && !bytes.HasSuffix(line, []byte("\\\r\n")) {
		m.quote = ""
	}
}
