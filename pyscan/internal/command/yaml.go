package command

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// mapping is a mapping of YAML, as far as its values are scalars or lists of some.
type mapping struct {
	indent int
	values []value
}

// value is one of them.
type value struct {
	key  string
	text *pieces.Text   // a scalar, or nil
	list []*pieces.Text // a list
}

func (m *mapping) get(key string) *value {
	for i := range m.values {
		if strings.EqualFold(m.values[i].key, key) {
			return &m.values[i]
		}
	}
	return nil
}

// yamlReader reads YAML line by line: indentation, keys and scalars. Lines that only
// a template engine understands are passed over.
type yamlReader struct {
	f    *finder
	file *pieces.Text
	b    []byte
	pos  int
	open []*mapping
	// list is the block sequence of scalars that is being read, at an indentation.
	list       []*pieces.Text
	listIndent int
}

var yamlKey = regexp.MustCompile(`^("[^"\n]*"|'[^'\n]*'|[^\s\-#"'\[\]{},&*!|>%@` + "`" + `][^#:\n]*|-[\w][^#:\n]*)[ \t]*:([ \t]|\r?\n|$)`)

// yaml notes the commands of a YAML file.
func (f *finder) yaml(file *pieces.Text) {
	y := &yamlReader{f: f, file: file, b: file.Bytes}
	for y.pos < len(y.b) {
		y.line()
	}
	y.endList()
	y.close(-1)
}

func (y *yamlReader) line() {
	start, end := y.pos, lineEnd(y.b, y.pos)
	at := start
	for at < end && y.b[at] == ' ' {
		at++
	}
	rest := bytes.TrimRight(y.b[at:end], " \t\r\n")
	if len(rest) == 0 || rest[0] == '#' || bytes.HasPrefix(rest, []byte("{{")) || bytes.HasPrefix(rest, []byte("{%")) || bytes.Equal(rest, []byte("---")) {
		y.pos = end
		return
	}
	item := false
	for at < end && y.b[at] == '-' && at+1 < end && strings.IndexByte(" \t\r\n", y.b[at+1]) >= 0 {
		y.close(at - start) // what is deeper than the dash has ended
		if !item {
			y.sequence(at - start)
		}
		item = true
		for at++; at < end && (y.b[at] == ' ' || y.b[at] == '\t'); at++ {
		}
	}
	if !item {
		y.endList()
	}
	indent := at - start
	key := ""
	if m := yamlKey.FindSubmatchIndex(y.b[at:end]); m != nil {
		key = strings.Trim(string(y.b[at+m[2]:at+m[3]]), `"' `)
		y.close(indent)
		if k := len(y.open) - 1; k < 0 || y.open[k].indent < indent {
			if len(y.open) < maxOpen {
				y.open = append(y.open, &mapping{indent: indent})
			}
		}
		at += m[3]
		at += bytes.IndexByte(y.b[at:end], ':') + 1
		if item {
			y.endList()
		}
	}
	parent := indent
	if key == "" && item {
		parent = y.listIndent
	}
	v := value{key: key}
	v.text, v.list, y.pos = y.scalar(at, end, parent)
	switch {
	case key != "":
		if k := len(y.open) - 1; k >= 0 && y.open[k].indent == indent && len(y.open[k].values) < maxOpen {
			y.open[k].values = append(y.open[k].values, v)
		}
	case item && v.text != nil:
		y.list = append(y.list, v.text)
	case item && v.list != nil:
		y.f.list(v.list)
	}
}

// maxOpen bounds the mappings around each other, and the values of one.
const maxOpen = 1000

// sequence begins a block sequence, or goes on with it.
func (y *yamlReader) sequence(indent int) {
	if y.list != nil && y.listIndent != indent {
		y.endList()
	}
	y.listIndent = indent
}

// endList ends a block sequence: it belongs to the last key.
func (y *yamlReader) endList() {
	if y.list == nil {
		return
	}
	list := y.list
	y.list = nil
	if k := len(y.open) - 1; k >= 0 && len(y.open[k].values) > 0 {
		if v := &y.open[k].values[len(y.open[k].values)-1]; v.text == nil && v.list == nil {
			v.list = list
			return
		}
	}
	y.commands(list)
}

// close ends the mappings that are deeper than an indentation.
func (y *yamlReader) close(indent int) {
	for k := len(y.open) - 1; k >= 0 && y.open[k].indent > indent; k-- {
		m := y.open[k]
		y.open = y.open[:k]
		y.mapping(m)
	}
}

// prose are keys whose values are text for people.
var prose = map[string]bool{"description": true, "name": true, "title": true, "help": true, "summary": true, "comment": true, "doc": true, "message": true, "note": true, "notes": true}

// mapping looks at a mapping that is complete.
func (y *yamlReader) mapping(m *mapping) {
	shell, command, source := m.get("shell"), m.get("command"), m.get("scriptSource")
	inPython := shell != nil && shell.text != nil && isPython(firstWord(shell.text)) || source != nil && source.text != nil && string(source.text.Bytes) == "inline" && bytes.Contains(y.b, []byte("PythonScript@"))
	if command == nil {
		command = m.get("entrypoint")
	}
	for i := range m.values {
		v := &m.values[i]
		key := strings.ToLower(v.key)
		switch {
		case v.text == nil && v.list == nil || prose[key]:
		case v.text == nil:
			list := v.list
			// The arguments of a container stand apart from its command.
			if key == "args" && command != nil && len(command.list) > 0 {
				list = append(append([]*pieces.Text(nil), command.list...), list...)
			}
			y.commands(list)
		case inPython && (key == "run" || key == "script"),
			// Argo's script templates.
			key == "source" && command != nil && len(command.list) > 0 && isPython(firstWord(command.list[0])),
			// AWS CloudFormation and SAM.
			(key == "zipfile" || key == "inlinecode") && bytes.Contains(y.b, []byte("python3")) && !bytes.Contains(v.text.Bytes, []byte("exports.")),
			// The files of a ConfigMap, or of cloud-init.
			strings.HasSuffix(key, ".py"):
			y.f.python(v.text, v.text.At(0))
		default:
			y.f.shell(v.text)
		}
	}
}

func firstWord(t *pieces.Text) string {
	if words := bytes.Fields(t.Bytes[:min(len(t.Bytes), maxWord)]); len(words) > 0 {
		return string(words[0])
	}
	return ""
}

// commands looks at a list: it is a command word by word, or each is one.
func (y *yamlReader) commands(list []*pieces.Text) {
	y.f.list(list)
	for _, t := range list {
		y.f.shell(t)
	}
}

// properties are tags and anchors before a value.
var properties = regexp.MustCompile(`^[ \t]*([!&][^\s]*[ \t]+)*`)

// scalar reads the value from at on, on a line that ends at end. What is deeper than
// parent belongs to it. next is where reading goes on.
func (y *yamlReader) scalar(at, end, parent int) (text *pieces.Text, list []*pieces.Text, next int) {
	at += len(properties.Find(y.b[at:end]))
	rest := bytes.TrimSpace(y.b[at:end])
	if len(rest) == 0 || rest[0] == '#' {
		return nil, nil, end
	}
	switch c := rest[0]; c {
	case '|', '>':
		return y.block(end, parent, c == '>')
	case '"', '\'':
		if t, next := y.quoted(at); next > 0 {
			return t, nil, lineEnd(y.b, next)
		}
	case '[':
		if list, next := y.flow(at); next > 0 {
			return nil, list, lineEnd(y.b, next)
		}
	}
	return y.plain(at, end, parent)
}

// block reads a block scalar whose lines begin at an offset.
func (y *yamlReader) block(at, parent int, folded bool) (text *pieces.Text, _ []*pieces.Text, next int) {
	out := new(pieces.Text)
	indent := -1
	for at < len(y.b) {
		end := lineEnd(y.b, at)
		line := bytes.TrimRight(y.b[at:end], "\r\n")
		blanks := len(line) - len(bytes.TrimLeft(line, " "))
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			out.Copy(y.file, min(at+max(indent, 0), end-1), end)
			at = end
			continue
		case indent < 0 && blanks > parent:
			indent = blanks
		case blanks < max(indent, 0) || indent < 0:
			return out, nil, at
		}
		out.Copy(y.file, at+indent, end)
		at = end
		if k := len(out.Bytes) - 1; folded && out.Bytes[k] == '\n' && blanks == indent {
			out.Bytes[k] = ' '
		}
	}
	return out, nil, at
}

// plain reads a scalar without quotes, with the lines that go on with it.
func (y *yamlReader) plain(at, end, parent int) (text *pieces.Text, _ []*pieces.Text, next int) {
	out := new(pieces.Text)
	for {
		line := bytes.TrimRight(y.b[at:end], " \t\r\n")
		if i := bytes.Index(line, []byte(" #")); i >= 0 {
			line = line[:i]
		}
		trimmed := bytes.TrimLeft(line, " \t")
		from := at + len(line) - len(trimmed)
		out.Copy(y.file, from, from+len(trimmed))
		at = end
		if at == len(y.b) {
			return out, nil, at
		}
		end = lineEnd(y.b, at)
		line = bytes.TrimRight(y.b[at:end], " \t\r\n")
		trimmed = bytes.TrimLeft(line, " ")
		if len(trimmed) == 0 || len(line)-len(trimmed) <= parent || trimmed[0] == '#' || bytes.HasPrefix(trimmed, []byte("- ")) || yamlKey.Match(trimmed) {
			return out, nil, at
		}
		out.Fill(" ", y.file.At(at))
	}
}

// quoted reads a scalar in quotes, and returns where it ends, or 0. A line end in it
// is a blank.
func (y *yamlReader) quoted(at int) (t *pieces.Text, next int) {
	for y.b[at] != '"' && y.b[at] != '\'' {
		at++
	}
	quote := y.b[at]
	end := at + 1
	for ; ; end++ {
		if end >= len(y.b) || end > at+maxQuoted {
			return nil, 0
		}
		if quote == '"' && y.b[end] == '\\' {
			end++
		} else if y.b[end] == quote {
			if quote == '\'' && end+1 < len(y.b) && y.b[end+1] == quote {
				end++
				continue
			}
			break
		}
	}
	t = new(pieces.Text)
	for i := at + 1; i < end; {
		c := y.b[i]
		stop := i + 1
		switch {
		case c == '\'' && quote == '\'':
			t.Copy(y.file, i, i+1)
			stop = i + 2
		case c == '\\' && quote == '"' && y.b[i+1] == '\n':
			stop = i + 2
			for stop < end && (y.b[stop] == ' ' || y.b[stop] == '\t') {
				stop++
			}
		case c == '\\' && quote == '"':
			stop = min(end, i+escapeLength(y.b[i:end]))
			t.Unquote(y.file, i, stop)
		case c == '\n':
			for stop < end && strings.IndexByte(" \t\r\n", y.b[stop]) >= 0 {
				stop++
			}
			fill := " "
			if n := bytes.Count(y.b[i:stop], []byte("\n")); n > 1 {
				fill = strings.Repeat("\n", n-1)
			}
			t.Fill(fill, y.file.At(i))
		default:
			t.Copy(y.file, i, stop)
		}
		i = stop
	}
	return t, end + 1
}

// maxQuoted bounds a scalar in quotes: a quote that does not end is an apostrophe.
const maxQuoted = 1 << 16

func escapeLength(b []byte) int {
	if len(b) > 1 && b[1] == 'u' {
		if len(b) > 7 && b[6] == '\\' && b[7] == 'u' {
			return 12 // perhaps a pair
		}
		return 6
	}
	return 2
}

// flow reads a flow sequence of scalars, and returns where it ends, or 0.
func (y *yamlReader) flow(at int) (list []*pieces.Text, next int) {
	for y.b[at] != '[' {
		at++
	}
	limit := min(len(y.b), at+maxQuoted)
	for i := at + 1; i < limit; {
		switch c := y.b[i]; c {
		case ' ', '\t', '\r', '\n', ',':
			i++
		case ']':
			return list, i + 1
		case '#':
			i = lineEnd(y.b, i)
		case '[', '{':
			return nil, 0
		case '"', '\'':
			t, next := y.quoted(i)
			if next == 0 {
				return nil, 0
			}
			list = append(list, t)
			i = next
		default:
			from := i
			for i < limit && strings.IndexByte(",]\n", y.b[i]) < 0 {
				i++
			}
			list = append(list, y.file.Slice(from, from+len(bytes.TrimRight(y.b[from:i], " \t\r"))))
		}
	}
	return nil, 0
}
