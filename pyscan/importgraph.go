package pyscan

import (
	"bytes"
	"slices"
	"strings"
)

// Import is what a statement of a source may import.
type Import struct {
	// Level counts the dots before the module: 0 is none.
	Level  int
	Module string
	// Names are taken from the module, and may be modules too. There are none behind a
	// plain import.
	Names []string
	// More: further names may follow in parentheses. Any: the statement is too long to be
	// followed.
	More, Any bool
}

// Imports lists what a source may import, by its words: it may hold more than what is
// imported, such as text that looks like it, and nothing that is imported by a plain
// statement is missing.
func Imports(src []byte) (out []Import) {
	eachImport(src, importPlaces(src), func(line []byte, open bool) bool {
		words := importWords(string(line))
		switch {
		case open:
			out = append(out, Import{Any: true})
			return false
		case len(words) < 2:
		case words[0] != "from":
			for _, w := range words[1:] {
				if w != "as" {
					out = append(out, Import{Module: w})
				}
			}
		default:
			of := strings.TrimSuffix(words[1], importWord)
			module := strings.TrimLeft(of, ".")
			i := Import{Level: len(of) - len(module), Module: module, More: bytes.IndexByte(line, '(') >= 0}
			for _, w := range words[2:] {
				if w != importWord && w != "as" && w != "*" {
					i.Names = append(i.Names, w)
				}
			}
			out = append(out, i)
		}
		return true
	})
	return slices.Clip(out)
}
