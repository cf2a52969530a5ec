package declared

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tomlValue is a value of a TOML file: a string, a list, a table, or something else,
// whose text is kept.
type tomlValue struct {
	text     string
	isString bool
	list     []tomlValue
	table    map[string]tomlValue
}

// tomlMaxDepth bounds brackets in brackets, and the parts of a dotted key. The files
// that are read need four.
const tomlMaxDepth = 32

// tomlMaxValues bounds the values in the value of one key. A lock file lists a hundred
// wheels with four values each.
const tomlMaxValues = 1 << 16

// tomlReader reads TOML 1.0 from front to back, and hands on each key with its value
// and the table it stands in. It is no validator: keys given twice are handed on twice.
type tomlReader struct {
	text string
	at   int
	// left is how many more values the value of one key may hold.
	left int
}

// readTOML calls visit for each key outside of inline tables, in the order of the file.
// table is the path of the table; entry counts the headers before it, so that the
// entries of an array of tables can be told from each other.
func readTOML(text []byte, visit func(table []string, entry int, key []string, value tomlValue)) error {
	if !utf8.Valid(text) {
		return fmt.Errorf("not UTF-8")
	}
	r := &tomlReader{text: strings.TrimPrefix(string(text), "\ufeff")}
	var table []string
	entry := 0
	for {
		r.blank(true)
		switch {
		case r.at == len(r.text):
			return nil
		case r.peek() == '[':
			path, err := r.header()
			if err != nil {
				return r.failed(err)
			}
			table, entry = path, entry+1
		default:
			key, err := r.key()
			if err == nil {
				err = r.expect("=")
			}
			if err != nil {
				return r.failed(err)
			}
			r.blank(false)
			r.left = tomlMaxValues
			value, err := r.value(0)
			if err != nil {
				return r.failed(err)
			}
			visit(table, entry, key, value)
		}
		r.blank(false)
		if c := r.peek(); c != '\n' && c != 0 {
			return r.failed(fmt.Errorf("more on the line than belongs there"))
		}
	}
}

func (r *tomlReader) failed(err error) error {
	return fmt.Errorf("line %d: %w", 1+strings.Count(r.text[:min(r.at, len(r.text))], "\n"), err)
}

// peek returns the next byte, or 0 at the end. A carriage return counts as the end of
// a line only before a line feed, where blank takes it.
func (r *tomlReader) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

// blank skips blanks and a comment, and with lines the ends of lines too.
func (r *tomlReader) blank(lines bool) {
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c == ' ' || c == '\t' || c == '\r' && strings.HasPrefix(r.text[r.at:], "\r\n"):
			r.at++
		case c == '\n' && lines:
			r.at++
		case c == '#':
			end := strings.IndexByte(r.text[r.at:], '\n')
			if end < 0 {
				end = len(r.text) - r.at
			}
			r.at += end
		default:
			return
		}
	}
}

func (r *tomlReader) expect(s string) error {
	r.blank(false)
	if !strings.HasPrefix(r.text[r.at:], s) {
		return fmt.Errorf("no %q where one belongs", s)
	}
	r.at += len(s)
	return nil
}

// header reads [table] or [[table]].
func (r *tomlReader) header() ([]string, error) {
	brackets := "]"
	r.at++
	if r.peek() == '[' {
		r.at++
		brackets = "]]"
	}
	path, err := r.key()
	if err != nil {
		return nil, err
	}
	return path, r.expect(brackets)
}

// key reads a key, which may be dotted.
func (r *tomlReader) key() (path []string, err error) {
	for {
		r.blank(false)
		start := r.at
		var part string
		switch r.peek() {
		case '"', '\'':
			if part, err = r.str(); err != nil {
				return nil, err
			}
		default:
			for r.at < len(r.text) && isBareKey(r.text[r.at]) {
				r.at++
			}
			if part = r.text[start:r.at]; part == "" {
				return nil, fmt.Errorf("no key where one belongs")
			}
		}
		if path = append(path, part); len(path) > tomlMaxDepth {
			return nil, fmt.Errorf("a key of more than %d parts", tomlMaxDepth)
		}
		r.blank(false)
		if r.peek() != '.' {
			return path, nil
		}
		r.at++
	}
}

func isBareKey(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func (r *tomlReader) value(depth int) (tomlValue, error) {
	if depth > tomlMaxDepth {
		return tomlValue{}, fmt.Errorf("more than %d brackets in brackets", tomlMaxDepth)
	}
	if r.left--; r.left < 0 {
		return tomlValue{}, fmt.Errorf("more than %d values for one key", tomlMaxValues)
	}
	switch r.peek() {
	case '"', '\'':
		s, err := r.str()
		return tomlValue{text: s, isString: true}, err
	case '[':
		return r.list(depth)
	case '{':
		return r.inline(depth)
	}
	start := r.at
	for r.at < len(r.text) && !strings.ContainsRune(",]}#\n\r", rune(r.text[r.at])) {
		r.at++
	}
	text := strings.TrimSpace(r.text[start:r.at])
	isDate := len(text) > 4 && text[4] == '-' // in which one blank may stand
	if text == "" || strings.ContainsAny(text, " \t") && !isDate {
		return tomlValue{}, fmt.Errorf("no value where one belongs")
	}
	return tomlValue{text: text}, nil
}

func (r *tomlReader) list(depth int) (v tomlValue, err error) {
	v.list = []tomlValue{}
	r.at++
	for {
		r.blank(true)
		if r.peek() == ']' {
			r.at++
			return v, nil
		}
		item, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		v.list = append(v.list, item)
		r.blank(true)
		if r.peek() == ',' {
			r.at++
		} else if r.peek() != ']' {
			return v, fmt.Errorf("a list is not closed")
		}
	}
}

func (r *tomlReader) inline(depth int) (v tomlValue, err error) {
	v.table = make(map[string]tomlValue)
	r.at++
	for {
		// TOML 1.1 lets an inline table run over several lines.
		r.blank(true)
		if r.peek() == '}' {
			r.at++
			return v, nil
		}
		key, err := r.key()
		if err == nil {
			err = r.expect("=")
		}
		if err != nil {
			return v, err
		}
		r.blank(true)
		item, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		v.table[strings.Join(key, ".")] = item
		r.blank(true)
		if r.peek() == ',' {
			r.at++
		} else if r.peek() != '}' {
			return v, fmt.Errorf("an inline table is not closed")
		}
	}
}

// str reads a string of any of the four kinds.
func (r *tomlReader) str() (string, error) {
	quote := r.text[r.at : r.at+1]
	escapes := quote == `"`
	long := strings.HasPrefix(r.text[r.at:], strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	r.at += len(quote)
	if long {
		if strings.HasPrefix(r.text[r.at:], "\r\n") {
			r.at++
		}
		if r.peek() == '\n' {
			r.at++
		}
	}
	var b strings.Builder
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		switch {
		case strings.HasPrefix(rest, quote):
			// Up to two quotes may stand before the three at the end.
			for long && len(rest) > 3 && rest[3] == quote[0] {
				b.WriteByte(quote[0])
				r.at++
				rest = r.text[r.at:]
			}
			r.at += len(quote)
			return b.String(), nil
		case rest[0] == '\n' && !long:
			return "", fmt.Errorf("a string is not closed")
		case rest[0] == '\\' && escapes:
			if err := r.escape(&b, long); err != nil {
				return "", err
			}
		default:
			b.WriteByte(rest[0])
			r.at++
		}
	}
	return "", fmt.Errorf("a string is not closed")
}

// tomlEscapes are those of one letter.
var tomlEscapes = map[byte]byte{'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r', 'e': 0x1b, '"': '"', '\\': '\\'}

// escape reads what begins with a backslash.
func (r *tomlReader) escape(b *strings.Builder, long bool) error {
	r.at++
	c := r.peek()
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]; digits > 0 && r.at+1+digits <= len(r.text) {
		n, err := strconv.ParseUint(r.text[r.at+1:r.at+1+digits], 16, 32)
		if err != nil {
			return fmt.Errorf("an escape of no character")
		}
		b.WriteRune(rune(n))
		r.at += 1 + digits
		return nil
	}
	if plain, ok := tomlEscapes[c]; ok {
		b.WriteByte(plain)
		r.at++
		return nil
	}
	// A backslash at the end of a line takes the blanks that follow.
	end := strings.TrimLeft(r.text[r.at:], " \t")
	if !long || !strings.HasPrefix(end, "\n") && !strings.HasPrefix(end, "\r\n") {
		return fmt.Errorf("an escape that TOML does not know")
	}
	r.at = len(r.text) - len(strings.TrimLeft(end, " \t\r\n"))
	return nil
}
