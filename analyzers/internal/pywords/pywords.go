// Package pywords finds calls that unpickle in a piece of Python by its words: the names
// of the catalogue, followed through the imports of the piece and no further. It is for
// drivers without the Python wing, whose verdict takes its place where there is one.
package pywords

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Load is a call that unpickles.
type Load struct {
	// Offset and End are those of the name, in bytes.
	Offset, End int
	// API is the canonical name.
	API    string
	Danger string
}

// maxLoads bounds the calls of one text.
const maxLoads = 100

// formats are those whose loads unpickle, or build what a document names as pickle does.
var formats = map[string]bool{
	"pickle": true, "torch": true, "npy": true, "shelve": true, "yaml": true, "jsonpickle": true, "marshal": false,
}

// Loads finds the calls in a module of Python.
func Loads(cat *catalog.Catalog, text []byte) []Load {
	l := &lexer{text: text, code: blank(text), names: make(map[string]string), cat: cat}
	l.imports()
	return l.loads()
}

type lexer struct {
	text []byte
	// code is the text with strings and comments as blanks.
	code []byte
	// names are what names of the module stand for, by the imports.
	names map[string]string
	stars []string
	cat   *catalog.Catalog
}

// Comments returns where the comments of a text begin and end.
func Comments(text []byte) (out [][2]int) {
	for i := 0; i < len(text); {
		switch text[i] {
		case '#':
			end := i
			for end < len(text) && text[end] != '\n' {
				end++
			}
			out = append(out, [2]int{i, end})
			i = end
		case '"', '\'':
			i = stringEnd(text, i)
		default:
			i++
		}
	}
	return out
}

// blank returns the code without what is in strings and comments; it has the same
// length.
func blank(text []byte) []byte {
	out := bytes.Clone(text)
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '#':
			for i < len(text) && text[i] != '\n' {
				out[i] = ' '
				i++
			}
		case '"', '\'':
			end := stringEnd(text, i)
			for k := i + 1; k < end-1; k++ {
				if text[k] != '\n' {
					out[k] = ' '
				}
			}
			i = end
		default:
			i++
		}
	}
	return out
}

// stringEnd returns where the string ends that begins at an offset.
func stringEnd(text []byte, at int) int {
	quote := text[at : at+1]
	long := len(text) >= at+3 && text[at+1] == text[at] && text[at+2] == text[at]
	if long {
		quote = text[at : at+3]
	}
	for i := at + len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case bytes.HasPrefix(text[i:], quote):
			return i + len(quote)
		case !long && text[i] == '\n':
			return i
		}
	}
	return len(text)
}

var (
	imported = regexp.MustCompile(`(?m)(?:^|[;:])[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+(\([^)]*\)|[^;\n#]*)`)
	asName   = regexp.MustCompile(`^([\w.]+|\*)(?:\s+as\s+(\w+))?$`)
	dynamic  = regexp.MustCompile(`(?:__import__|import_module)[ \t]*\([ \t]*["']([\w.]+)["'][ \t]*\)[ \t]*((?:\.[ \t]*\w+)+)[ \t]*\(`)
	called   = regexp.MustCompile(`[A-Za-z_]\w*(?:[ \t]*\.[ \t]*[A-Za-z_]\w*)*[ \t]*\(`)
)

// imports reads the imports of the module.
func (l *lexer) imports() {
	for _, m := range imported.FindAllSubmatch(l.code, -1) {
		from := string(m[1])
		for item := range strings.SplitSeq(strings.Trim(string(m[2]), "()"), ",") {
			n := asName.FindStringSubmatch(strings.Join(strings.Fields(item), " "))
			if n == nil {
				continue
			}
			name, as := n[1], n[2]
			switch {
			case name == "*":
				if from != "" {
					l.stars = append(l.stars, from)
				}
			case from != "":
				if as == "" {
					as = name
				}
				l.names[as] = from + "." + name
			case as != "":
				l.names[as] = name
			default:
				head, _, _ := strings.Cut(name, ".")
				l.names[head] = head
			}
		}
	}
}

func (l *lexer) loads() []Load {
	var out []Load
	add := func(at, nameEnd, args int, name string) {
		if s := l.sink(name); s != nil && len(out) < maxLoads && l.unsafe(s, args) {
			out = append(out, Load{at, nameEnd, s.API(), s.Danger})
		}
	}
	for _, m := range called.FindAllIndex(l.code, -1) {
		at, paren := m[0], m[1]-1
		if at > 0 && (l.code[at-1] == '.' || l.defines(at)) {
			continue
		}
		name := strings.Join(strings.Fields(string(l.code[at:paren])), "")
		head, rest, dotted := strings.Cut(name, ".")
		end := at + len(bytes.TrimRight(l.code[at:paren], " \t"))
		if full, ok := l.names[head]; ok {
			if dotted {
				full += "." + rest
			}
			add(at, end, paren+1, full)
			continue
		}
		for _, module := range l.stars {
			add(at, end, paren+1, module+"."+name)
		}
	}
	for _, m := range dynamic.FindAllSubmatchIndex(l.text, -1) {
		if l.code[m[0]] == l.text[m[0]] {
			rest := strings.Join(strings.Fields(string(l.text[m[4]:m[5]])), "")
			add(m[0], m[5], m[1], string(l.text[m[2]:m[3]])+rest)
		}
	}
	return out
}

// defines reports a name behind def or class.
func (l *lexer) defines(at int) bool {
	before := bytes.TrimRight(l.code[max(0, at-10):at], " \t")
	return bytes.HasSuffix(before, []byte("def")) || bytes.HasSuffix(before, []byte("class"))
}

// sink returns the sink that a dotted name stands for, or nil.
func (l *lexer) sink(name string) *catalog.PythonSink {
	name = l.cat.PythonAlias(name)
	s, ok := l.cat.PythonSink(name)
	if !ok {
		s, ok = l.cat.PythonSink(name + "()")
	}
	if !ok || s.Setting || !formats[s.Format] {
		return nil
	}
	return s
}

// unsafe reports whether the form of a call, of which the arguments begin at an offset,
// is not safe in itself.
func (l *lexer) unsafe(s *catalog.PythonSink, args int) bool {
	end := argsEnd(l.code, args)
	given := split(l.text, l.code, args, end)
	for _, f := range s.SafeIf {
		if l.holds(f, given) {
			return false
		}
	}
	if len(s.UnsafeIf) == 0 {
		return true
	}
	for _, f := range s.UnsafeIf {
		if l.holds(f, given) {
			return true
		}
	}
	return false
}

// holds reports whether an argument is written as a form says.
func (l *lexer) holds(f catalog.ArgForm, given []string) bool {
	value, found := "", false
	for i, arg := range given {
		name, v, keyword := strings.Cut(arg, "=")
		switch {
		case keyword && f.Name != "" && strings.TrimSpace(name) == f.Name:
			value, found = strings.TrimSpace(v), true
		case !keyword && i == f.Position:
			value, found = arg, true
		}
	}
	switch f.Value {
	case catalog.ArgGiven:
		return found && value != "None"
	case catalog.ArgAbsent:
		return !found
	}
	if !found {
		return false
	}
	head, rest, dotted := strings.Cut(value, ".")
	if full, ok := l.names[head]; ok {
		value = full
		if dotted {
			value += "." + rest
		}
		value = l.cat.PythonAlias(value)
	}
	return value == f.Value
}

// maxArgs bounds the text of the arguments of a call, in bytes.
const maxArgs = 16 << 10

// argsEnd returns the offset of the bracket that closes a call.
func argsEnd(code []byte, at int) int {
	code = code[:min(len(code), at+maxArgs)]
	depth := 1
	for i := at; i < len(code); i++ {
		switch code[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(code)
}

// split returns the arguments of a call.
func split(text, code []byte, from, to int) (out []string) {
	depth, start := 0, from
	for i := from; i < to; i++ {
		switch code[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(string(text[start:i])))
				start = i + 1
			}
		}
	}
	if last := strings.TrimSpace(string(text[start:to])); last != "" {
		out = append(out, last)
	}
	return out
}
