package notebook

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// Cell is one code cell.
type Cell struct {
	// Number counts all cells of the notebook, from 1.
	Number int
	Text   *pieces.Text
}

// Notebook is what was read of a file.
type Notebook struct {
	Cells []Cell
	// Foreign is the language of the notebook, if that is not Python.
	Foreign string
	// Conflicts: the file has marks of a merge.
	Conflicts bool
}

const (
	// maxDepth bounds what is nested in a notebook. Outputs are as deep as the
	// JSON of a plot.
	maxDepth = 512
	// maxCells bounds the cells, and maxLines the strings of which one is made.
	maxCells = 100_000
	maxLines = 1 << 20
)

var (
	errEnd  = errors.New("the notebook ends in the middle")
	errDeep = fmt.Errorf("the notebook is nested deeper than %d", maxDepth)
)

// Parse reads a notebook. With an error, the cells are those before it.
func Parse(raw []byte) (*Notebook, error) {
	r := &reader{src: bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))}
	r.file = pieces.Of(r.src, len(raw)-len(r.src))
	r.book = new(Notebook)
	err := r.notebook()
	if err != nil {
		err = fmt.Errorf("%w (at byte %d)", err, r.file.At(r.pos))
	}
	if language := r.language(); !isPython(language) {
		r.book.Foreign, r.book.Cells = language, nil
	}
	return r.book, err
}

type reader struct {
	src  []byte
	file *pieces.Text
	pos  int
	book *Notebook
	// number counts cells; lines counts strings.
	number, lines int
	// spoken are the languages that the metadata names.
	info, kernel, name string
}

// text is a string, as a range inside its quotes.
type text struct{ from, to int }

func (r *reader) string(s text) string {
	out := new(pieces.Text)
	out.Unquote(r.file, s.from, s.to)
	return string(out.Bytes)
}

// notebook reads the whole file.
func (r *reader) notebook() error {
	if r.peek() != '{' {
		return errors.New("the notebook is no JSON object")
	}
	return r.object(func(key string) error {
		switch key {
		case "cells":
			return r.cells()
		case "worksheets": // up to format 3
			return r.array(func() error {
				return r.object(func(key string) error {
					if key == "cells" {
						return r.cells()
					}
					return r.skip()
				})
			})
		case "metadata":
			return r.metadata()
		}
		return r.skip()
	})
}

func (r *reader) metadata() error {
	return r.object(func(key string) error {
		switch key {
		case "language_info":
			return r.object(func(key string) error { return r.word(key == "name", &r.info) })
		case "kernelspec":
			return r.object(func(key string) error {
				if key == "name" {
					return r.word(true, &r.name)
				}
				return r.word(key == "language", &r.kernel)
			})
		}
		return r.skip()
	})
}

// word reads a string that is wanted, and passes over anything else.
func (r *reader) word(wanted bool, into *string) error {
	if !wanted || r.peek() != '"' {
		return r.skip()
	}
	s, err := r.quoted()
	*into = strings.ToLower(r.string(s))
	return err
}

func (r *reader) cells() error {
	return r.array(func() error {
		if r.number++; r.number > maxCells {
			return fmt.Errorf("the notebook has more than %d cells", maxCells)
		}
		var kind, language string
		var lines []text
		err := r.object(func(key string) error {
			switch key {
			case "cell_type":
				return r.word(true, &kind)
			case "language":
				return r.word(true, &language)
			case "source", "input":
				// Of several members of one name the last one counts, as for Python.
				got, err := r.source()
				lines = got
				return err
			}
			return r.skip()
		})
		if kind == "code" && isPython(language) {
			cell := Cell{r.number, new(pieces.Text)}
			for _, l := range lines {
				cell.Text.Unquote(r.file, l.from, l.to)
			}
			r.book.Cells = append(r.book.Cells, cell)
		}
		return err
	})
}

// source reads a string or a list of strings.
func (r *reader) source() (lines []text, err error) {
	one := func() error {
		if r.peek() != '"' {
			return r.skip()
		}
		if r.lines++; r.lines > maxLines {
			return fmt.Errorf("the notebook has more than %d lines", maxLines)
		}
		s, err := r.quoted()
		lines = append(lines, s)
		return err
	}
	if r.peek() == '[' {
		err = r.array(one)
	} else {
		err = one()
	}
	return lines, err
}

// array reads the elements of what is an array. Anything else is passed over.
func (r *reader) array(element func() error) error {
	if r.peek() != '[' {
		return r.skip()
	}
	r.pos++
	for {
		switch r.peek() {
		case 0:
			return errEnd
		case ']':
			r.pos++
			return nil
		case ',':
			r.pos++
			continue
		}
		if err := element(); err != nil {
			return err
		}
	}
}

func (r *reader) object(member func(key string) error) error {
	if r.peek() != '{' {
		return r.skip()
	}
	r.pos++
	for {
		switch r.peek() {
		case 0:
			return errEnd
		case '}':
			r.pos++
			return nil
		case ',':
			r.pos++
			continue
		case '"':
		default:
			return errors.New("the notebook is no JSON: a key is missing")
		}
		key, err := r.quoted()
		if err != nil {
			return err
		}
		if r.peek() != ':' {
			return errors.New("the notebook is no JSON: a colon is missing")
		}
		r.pos++
		if err := member(r.string(key)); err != nil {
			return err
		}
	}
}

// quoted reads a string.
func (r *reader) quoted() (text, error) {
	from := r.pos + 1
	for i := from; i < len(r.src); i++ {
		switch r.src[i] {
		case '"':
			r.pos = i + 1
			return text{from, i}, nil
		case '\\':
			i++
		}
	}
	r.pos = len(r.src)
	return text{from, max(from, len(r.src))}, errEnd
}

// skip passes over a value.
func (r *reader) skip() error {
	for depth := 0; ; {
		c := r.peek()
		switch c {
		case 0:
			return errEnd
		case '"':
			if _, err := r.quoted(); err != nil {
				return err
			}
		case '{', '[':
			if depth++; depth > maxDepth {
				return errDeep
			}
			r.pos++
		case '}', ']':
			if depth--; depth < 0 {
				return errors.New("the notebook is no JSON: a value is missing")
			}
			r.pos++
		case ',', ':':
			if depth == 0 {
				return errors.New("the notebook is no JSON: a value is missing")
			}
			r.pos++
			continue
		default:
			from := r.pos
			for r.pos < len(r.src) && strings.IndexByte("+-.", r.src[r.pos]) >= 0 || r.pos < len(r.src) && isWord(r.src[r.pos]) {
				r.pos++
			}
			if r.pos == from {
				return errors.New("the notebook is no JSON: this begins no value")
			}
		}
		if depth == 0 {
			return nil
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// peek returns the next byte that means something, or 0 at the end.
func (r *reader) peek() byte {
	for r.pos < len(r.src) {
		c := r.src[r.pos]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			r.pos++
		case conflict(r.src, r.pos):
			r.book.Conflicts = true
			if end := bytes.IndexByte(r.src[r.pos:], '\n'); end >= 0 {
				r.pos += end
			} else {
				r.pos = len(r.src)
			}
		case c == 0:
			return 1 // it begins no value
		default:
			return c
		}
	}
	return 0
}

// conflict reports a line that marks a side of a conflict.
func conflict(src []byte, at int) bool {
	if strings.IndexByte("<=>|", src[at]) < 0 || at > 0 && src[at-1] != '\n' {
		return false
	}
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if bytes.HasPrefix(src[at:], []byte(mark)) {
			return true
		}
	}
	return false
}
