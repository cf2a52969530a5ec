package lock

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// word writes one word of a line. Whatever is no plain ASCII stands in quotes, with
// escapes: two names that look alike are told apart, and nothing steers a terminal.
func word(s string) string {
	plain := s != "" && s[0] != '"' && s[0] != '#'
	for i := range len(s) {
		plain = plain && s[i] > ' ' && s[i] < 0x7f
	}
	if plain {
		return s
	}
	return strconv.QuoteToASCII(s)
}

// words takes a line apart.
func words(line string) (out []string, err error) {
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			return out, nil
		}
		if line[0] != '"' {
			w, rest, _ := strings.Cut(line, " ")
			out, line = append(out, w), rest
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return nil, errors.New("a quote is not closed")
		}
		w, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, fmt.Errorf("%s is not understood", show(quoted))
		}
		out, line = append(out, w), line[len(quoted):]
		if line != "" && line[0] != ' ' {
			return nil, fmt.Errorf("something stands right behind the quotes of %s", show(quoted))
		}
	}
}

// show is a text for messages: whoever wrote it may not be whoever reads them.
func show(s string) string { return lint.Printable(lint.Shorten(s, 80)) }
