package command

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// shell reads a script as far as words, quotes, here-documents and the ends of
// commands go (POSIX, Shell Command Language, 2).
type shell struct {
	f      *finder
	text   *pieces.Text
	src    []byte
	pos    int
	within int
	loose  bool

	words []word
	// input is what a here-document or a here-string gives the command.
	input *pieces.Text
	// target is where the output of the command goes.
	target string
	// before is the command whose output this one reads.
	before *simple
	docs   []document
	// never: no such quote stands further on.
	never [256]bool
}

// word is one word of a command.
type word struct {
	text *pieces.Text
	// quoted: some of it stood in quotes.
	quoted bool
	at     int // in the script
}

func (w *word) string() string { return string(w.text.Bytes[:min(len(w.text.Bytes), maxWord)]) }

// maxWord bounds how much of a word is looked at to tell what it is.
const maxWord = 256

// simple is one command.
type simple struct {
	words  []word
	input  *pieces.Text
	target string
	// reader is the command that reads its output.
	reader *simple
}

// document is a here-document that begins behind the line.
type document struct {
	end           string
	tabs, literal bool
	command       *simple // whose input it is
}

func (s *shell) read() {
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		switch {
		case c == ' ' || c == '\t' || c == '\r':
			s.pos++
		case c == '\\' && s.joins(s.pos):
			s.pos = lineEnd(s.src, s.pos)
		case c == '\n':
			s.pos++
			s.ends(false)
			s.documents()
		case c == '#':
			end := bytes.IndexByte(s.src[s.pos:], '\n')
			if end < 0 {
				end = len(s.src) - s.pos
			}
			s.pos += end
		case c == '|' && !s.next('|'):
			s.pos++
			if s.pos < len(s.src) && s.src[s.pos] == '&' {
				s.pos++
			}
			s.ends(true)
		case strings.IndexByte(";&|()", c) >= 0:
			s.pos++
			s.ends(false)
		case c == '<' || c == '>':
			s.redirect()
		default:
			if w := s.word(); len(w.text.Bytes) > 0 || w.quoted {
				s.words = append(s.words, w)
			}
		}
	}
	s.ends(false)
	s.documents()
}

func (s *shell) next(c byte) bool { return s.pos+1 < len(s.src) && s.src[s.pos+1] == c }

// joins reports whether a backslash joins the next line.
func (s *shell) joins(at int) bool {
	end := lineEnd(s.src, at)
	return end > at && len(bytes.TrimRight(s.src[at+1:end], "\r\n")) == 0 && s.src[end-1] == '\n'
}

// redirect reads "<" or ">" and what follows.
func (s *shell) redirect() {
	c := s.src[s.pos]
	s.pos++
	if k := len(s.words) - 1; k >= 0 && isDigits(s.words[k].string()) && s.words[k].at == s.pos-2 {
		s.words = s.words[:k] // 2>file
	}
	switch {
	case c == '<' && bytes.HasPrefix(s.src[s.pos:], []byte("<<")):
		s.pos += 2
		s.blanks()
		w := s.word()
		s.input = w.text
	case c == '<' && bytes.HasPrefix(s.src[s.pos:], []byte("<")):
		s.pos++
		d := document{}
		if s.pos < len(s.src) && s.src[s.pos] == '-' {
			d.tabs = true
			s.pos++
		}
		s.blanks()
		w := s.word()
		d.end, d.literal = w.string(), w.quoted
		if d.end != "" && !s.loose && len(s.docs) < maxWithin {
			s.docs = append(s.docs, d)
		}
	case s.pos < len(s.src) && s.src[s.pos] == '(':
		// <(command): what stands in it is read as a command of its own.
	default:
		for s.pos < len(s.src) && strings.IndexByte(">&|", s.src[s.pos]) >= 0 {
			s.pos++
		}
		s.blanks()
		w := s.word()
		if c == '>' {
			s.target = w.string()
		}
	}
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func (s *shell) blanks() {
	for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t') {
		s.pos++
	}
}

// ends ends a command; piped says that the next one reads its output.
func (s *shell) ends(piped bool) {
	c := &simple{words: s.words, input: s.input, target: s.target}
	before := s.before
	s.words, s.input, s.target, s.before = nil, nil, "", nil
	if before != nil {
		before.reader = c
	}
	waits := false
	for i := range s.docs {
		if d := &s.docs[i]; d.command == nil {
			d.command, waits = c, true
		}
	}
	if piped {
		s.before = c
	}
	s.f.command(s, c, before, waits)
}

// documents reads the here-documents that begin with this line.
func (s *shell) documents() {
	for _, d := range s.docs {
		body := new(pieces.Text)
		for s.pos < len(s.src) {
			end := lineEnd(s.src, s.pos)
			line := bytes.TrimRight(s.src[s.pos:end], "\r\n")
			from := s.pos
			s.pos = end
			if d.tabs {
				from += len(line) - len(bytes.TrimLeft(line, "\t"))
			}
			if string(bytes.TrimLeft(line, "\t")) == d.end && (d.tabs || len(line) == len(d.end)) {
				break
			}
			if d.literal {
				body.Copy(s.text, from, end)
			} else {
				s.escaped(body, from, end, "$`\\")
			}
		}
		d.command.input = body
		if d.command.words != nil || s.f.form == Docker {
			s.f.document(s, d.command)
		}
	}
	s.docs = nil
}

// escaped copies a part of the script in which a backslash takes the meaning of some
// characters, and joins lines.
func (s *shell) escaped(out *pieces.Text, from, to int, special string) {
	for i := from; i < to; {
		plain := i
		for plain < to && s.src[plain] != '\\' {
			plain++
		}
		out.Copy(s.text, i, plain)
		if i = plain; i == to {
			return
		}
		switch {
		case i+1 < to && s.src[i+1] == '\n':
			i += 2
		case i+1 < to && strings.IndexByte(special, s.src[i+1]) >= 0:
			out.Copy(s.text, i+1, i+2)
			i += 2
		default:
			out.Copy(s.text, i, min(i+2, to))
			i += 2
		}
	}
}

// word reads a word.
func (s *shell) word() word {
	w := word{text: new(pieces.Text), at: s.pos}
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		switch {
		case strings.IndexByte(" \t\r\n;&|()<>", c) >= 0:
			return w
		case c == '\\':
			if s.joins(s.pos) {
				s.pos = lineEnd(s.src, s.pos)
				continue
			}
			s.pos++
			w.text.Copy(s.text, s.pos, min(s.pos+1, len(s.src)))
			s.pos++
		case c == '$' && s.next('\''):
			if end, ok := s.quoteEnd(s.pos+2, '\'', true); ok {
				w.quoted = true
				s.ansi(w.text, s.pos+2, end)
				s.pos = end + 1
				continue
			}
			s.plain(&w)
		case c == '\'' || c == '"':
			end, ok := s.quoteEnd(s.pos+1, c, c == '"')
			if !ok {
				s.plain(&w)
				continue
			}
			w.quoted = true
			if c == '"' {
				s.escaped(w.text, s.pos+1, end, "$`\"\\")
				s.substitutions(s.pos+1, end)
			} else {
				w.text.Copy(s.text, s.pos+1, end)
			}
			s.pos = end + 1
		case c == '$' && (s.next('(') || s.next('{')), c == '`':
			end := s.substitution(s.pos)
			w.text.Copy(s.text, s.pos, end)
			s.pos = end
		default:
			s.plain(&w)
		}
	}
	return w
}

// ansi copies what stands in $'…': its escapes are those of C, of which the common
// ones are those of JSON, too.
func (s *shell) ansi(out *pieces.Text, from, to int) {
	for i := from; i < to; {
		switch {
		case s.src[i] != '\\':
			out.Copy(s.text, i, i+1)
			i++
		case i+1 < to && (s.src[i+1] == '\'' || s.src[i+1] == '?'):
			out.Copy(s.text, i+1, i+2)
			i += 2
		default:
			end := min(to, i+escapeLength(s.src[i:to]))
			out.Unquote(s.text, i, end)
			i = end
		}
	}
}

func (s *shell) plain(w *word) {
	w.text.Copy(s.text, s.pos, s.pos+1)
	s.pos++
}

// quoteEnd finds the quote that ends a string. Where none does, the one that began it
// was an apostrophe.
func (s *shell) quoteEnd(from int, quote byte, escapes bool) (int, bool) {
	if s.never[quote] {
		return 0, false
	}
	for i := from; i < len(s.src); i++ {
		switch {
		case s.src[i] == quote:
			return i, true
		case escapes && s.src[i] == '\\':
			i++
		case quote == '"' && s.src[i] == '$' && i+1 < len(s.src) && s.src[i+1] == '(':
			// "$(f "x")": quotes inside of it end nothing.
			if end := s.closing(i+2, 0); end > 0 {
				i = end
			}
		}
	}
	s.never[quote] = true
	return 0, false
}
