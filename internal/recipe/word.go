package recipe

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// word is one argument as written; of a quoted one, text is what stands between
// the quotes.
type word struct {
	text  string
	quote byte // ', " or 0
}

// split cuts a line into words and leaves the comment out.
func split(line string) ([]word, error) {
	var words []word
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
			continue
		case c == '#':
			return words, nil
		case c == '\'' || c == '"' || c == 'b' && i+1 < len(line) && (line[i+1] == '\'' || line[i+1] == '"'):
			if c == 'b' {
				i++
			}
			end := closing(line, i)
			if end < 0 {
				return nil, fmt.Errorf("quote is not closed")
			}
			words = append(words, word{line[i+1 : end], line[i]})
			i = end + 1
			if i < len(line) && line[i] != ' ' && line[i] != '\t' {
				return nil, fmt.Errorf("%q follows a quote without a space", line[i:])
			}
		default:
			end := i
			for end < len(line) && line[end] != ' ' && line[end] != '\t' {
				end++
			}
			words = append(words, word{text: line[i:end]})
			i = end
		}
	}
	return words, nil
}

// closing returns where the quote that opens at i is closed, or -1.
func closing(line string, i int) int {
	for j := i + 1; j < len(line); j++ {
		switch line[j] {
		case '\\':
			j++
		case line[i]:
			return j
		}
	}
	return -1
}

// cut splits 'module name' at its space.
func (w word) cut() ([]word, error) {
	module, name, ok := strings.Cut(w.text, " ")
	if !ok || strings.Contains(name, " ") {
		return nil, fmt.Errorf("'%s' is not a module, a space and a name", w.text)
	}
	return []word{{module, w.quote}, {name, w.quote}}, nil
}

// line returns the word as a line of text. For STRING the single quotes and the
// escapes between them are the pickle's own.
func (w word) line(str bool) ([]byte, error) {
	if w.quote == 0 {
		return []byte(w.text), nil
	}
	if str && w.quote == '\'' {
		return []byte("'" + w.text + "'"), nil
	}
	b, err := w.bytes()
	if err == nil && strings.Contains(string(b), "\n") {
		err = fmt.Errorf("a newline ends the text, use RAW")
	}
	return b, err
}

var simple = map[byte]byte{'\\': '\\', '\'': '\'', '"': '"', 'n': '\n', 'r': '\r', 't': '\t', '0': 0}

// bytes returns what a quoted word stands for.
func (w word) bytes() ([]byte, error) {
	if w.quote == 0 {
		return nil, fmt.Errorf("%s is not quoted", w.text)
	}
	var out []byte
	for i := 0; i < len(w.text); i++ {
		if w.text[i] != '\\' {
			out = append(out, w.text[i])
			continue
		}
		if i++; i == len(w.text) {
			return nil, fmt.Errorf("a backslash at the end")
		}
		c := w.text[i]
		if v, ok := simple[c]; ok {
			out = append(out, v)
			continue
		}
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		if digits == 0 || i+digits >= len(w.text) {
			return nil, fmt.Errorf(`\%c is no escape`, c)
		}
		v, err := strconv.ParseUint(w.text[i+1:i+1+digits], 16, 32)
		if err != nil {
			return nil, fmt.Errorf(`\%c: %w`, c, err)
		}
		i += digits
		switch {
		case c == 'x':
			out = append(out, byte(v))
		case v >= 0xd800 && v < 0xe000:
			out = append(out, 0xe0|byte(v>>12), 0x80|byte(v>>6&0x3f), 0x80|byte(v&0x3f))
		case v > utf8.MaxRune:
			return nil, fmt.Errorf(`\%c%x is no code point`, c, v)
		default:
			out = utf8.AppendRune(out, rune(v))
		}
	}
	return out, nil
}

// quote writes b so that bytes reads it back.
func quote(b []byte) string {
	var s strings.Builder
	s.WriteByte('"')
	for _, c := range b {
		switch {
		case c == '"' || c == '\\':
			s.WriteByte('\\')
			s.WriteByte(c)
		case c >= ' ' && c < 0x7f:
			s.WriteByte(c)
		default:
			fmt.Fprintf(&s, `\x%02x`, c)
		}
	}
	s.WriteByte('"')
	return s.String()
}
