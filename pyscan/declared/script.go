package declared

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// Header is what a script declares of its own dependencies, see [Script].
type Header struct{ mentions []mention }

// maxHeader bounds the header of a script, in bytes.
const maxHeader = 64 << 10

// Script reads the header of a script by PEP 723. It returns nil if there is none, or
// a mistake in it; with that, what was read before it.
func Script(source []byte) (*Header, error) {
	text := header(source)
	if text == nil {
		return nil, nil
	}
	var c collected
	err := readTOML(text, func(table []string, _ int, key []string, v tomlValue) {
		switch {
		case len(table) > 0:
		case is(key, "dependencies"):
			c.requireAll(v, false)
		case is(key, "requires-python"):
			c.add(pythons(v.text, pep440.PEP440))
		}
	})
	if err == nil {
		err = c.err(nil)
	}
	for i := range c.mentions {
		c.mentions[i].where = "the header of the script"
	}
	return &Header{c.mentions}, err
}

// header cuts out the first block of type script, without its comment signs.
func header(source []byte) []byte {
	const begin, end = "# /// script", "# ///"
	at := bytes.Index(source, []byte(begin))
	for at > 0 && source[at-1] != '\n' {
		next := bytes.Index(source[at+1:], []byte(begin))
		if next < 0 {
			return nil
		}
		at += 1 + next
	}
	if at < 0 {
		return nil
	}
	var out []byte
	ended := -1
	source = source[at:]
	for n := 0; len(out) <= maxHeader; n++ {
		var line []byte
		line, source, _ = bytes.Cut(source, []byte("\n"))
		text := strings.TrimRight(string(line[:min(len(line), maxHeader)]), " \t\r")
		switch {
		case n == 0 && text != begin:
			return nil
		case n == 0:
			continue
		case text == "#":
			out = append(out, '\n')
		case strings.HasPrefix(text, "# "):
			// The last end in a row of comments counts.
			if text == end {
				ended = len(out)
			}
			out = append(append(out, text[2:]...), '\n')
		default:
			if ended < 0 {
				return nil
			}
			return out[:ended]
		}
	}
	return nil
}

// Of is as [Project.Of]. named: the script names the library, with or without a
// version, so that what is declared elsewhere says nothing about it.
func (h *Header) Of(libraries ...string) (v Version, known, named bool) {
	if h == nil {
		return Version{}, false, false
	}
	return merge(h.mentions, normalised(libraries))
}
