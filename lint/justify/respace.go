package justify

import (
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// respaced returns the changes of blanks that make a directive right which is wrong as it
// stands, or nil if there is more to it than blanks.
func (p Policy) respaced(c Comment) []lint.Edit {
	edits := blanksOf(c.Text)
	if len(edits) == 0 {
		return nil
	}
	text, err := lint.Apply([]byte(c.Text), edits)
	if err != nil {
		return nil
	}
	c.Text = string(text)
	d := parse(c)
	if d == nil {
		return nil
	}
	if d.verb == Trust && len(d.problems) == 0 {
		p.check(d)
	}
	if len(d.problems) > 0 {
		return nil
	}
	return edits
}

// spacer goes through a comment and notes the blanks that are to be others.
type spacer struct {
	text  string
	at    int
	edits []lint.Edit
}

// blanksOf returns the changes that leave no blank in a directive but plain ones between
// its fields. What it cannot read it leaves as it is.
func blanksOf(text string) []lint.Edit {
	s := &spacer{text: text}
	if strings.HasPrefix(text, "//") {
		s.at = len("//")
		s.blanks("")
	} else {
		s.at = len(text) - len(strings.TrimLeftFunc(text, func(r rune) bool { return r == '#' || isBlank(r) }))
	}
	if !s.word(strings.TrimSuffix(prefix, ":")) {
		return nil
	}
	s.blanks("")
	if !s.word(":") {
		return nil
	}
	s.blanks("")
	for s.rest() != "" {
		switch n := strings.IndexFunc(s.rest(), func(r rune) bool { return r == '=' || isBlank(r) }); {
		case n < 0:
			return s.edits // the verb, or something else at the end
		default:
			s.at += n
		}
		mark := len(s.edits)
		from := s.at
		s.blanks("")
		if s.word("=") {
			s.blanks("")
			if !s.value() {
				return nil
			}
		} else {
			// The blanks stand between two words.
			s.at, s.edits = from, s.edits[:mark]
		}
		if s.blanks(" "); strings.HasPrefix(s.rest(), "#") || strings.HasPrefix(s.rest(), "//") {
			return s.edits
		}
	}
	return s.edits
}

func (s *spacer) rest() string { return s.text[s.at:] }

// word passes over a word, if it is next.
func (s *spacer) word(w string) bool {
	if !strings.HasPrefix(s.rest(), w) {
		return false
	}
	s.at += len(w)
	return true
}

// blanks passes over blanks. Where there are some that cannot stay, want stands there.
func (s *spacer) blanks(want string) {
	rest := strings.TrimLeftFunc(s.rest(), isBlank)
	n := len(s.rest()) - len(rest)
	found := s.rest()[:n]
	if n > 0 && (want == "" || strings.Trim(found, " \t") != "") {
		s.edits = append(s.edits, lint.Edit{Offset: int64(s.at), End: int64(s.at + n), New: want})
	}
	s.at += n
}

// value passes over a value.
func (s *spacer) value() bool {
	rest := s.rest()
	if strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "`") {
		quoted, err := strconv.QuotedPrefix(rest)
		s.at += len(quoted)
		return err == nil
	}
	n := strings.IndexFunc(rest, isBlank)
	if n < 0 {
		n = len(rest)
	}
	s.at += n
	return n > 0
}
