package pep440

import (
	"fmt"
	"strings"
)

// Range is what a specifier admits, by its two ends. The zero value admits every
// version.
type Range struct {
	// Lowest is the oldest version that is admitted; nil for no end.
	Lowest *Version
	// Highest is the newest; nil for no end. Open: it is not admitted itself.
	Highest *Version
	Open    bool
}

// Exact is the range of one version.
func Exact(v Version) Range { return Range{Lowest: &v, Highest: &v} }

// From reports whether nothing older than v is admitted.
func (r Range) From(v Version) bool { return r.Lowest != nil && r.Lowest.Compare(v) >= 0 }

// Before reports whether nothing but what is older than v is admitted.
func (r Range) Before(v Version) bool {
	if r.Highest == nil {
		return false
	}
	order := r.Highest.Compare(v)
	return order < 0 || order == 0 && r.Open
}

// Or returns the range from the oldest to the newest that either admits.
func (r Range) Or(s Range) Range {
	out := r
	if r.Lowest != nil && (s.Lowest == nil || s.Lowest.Compare(*r.Lowest) < 0) {
		out.Lowest = s.Lowest
	}
	if r.Highest == nil {
		return out
	}
	if s.Highest == nil {
		out.Highest, out.Open = nil, false
		return out
	}
	switch order := s.Highest.Compare(*r.Highest); {
	case order > 0:
		out.Highest, out.Open = s.Highest, s.Open
	case order == 0:
		out.Open = r.Open && s.Open
	}
	return out
}

// and returns what both admit, if that is anything.
func (r Range) and(s Range) Range {
	if s.Lowest != nil && (r.Lowest == nil || s.Lowest.Compare(*r.Lowest) > 0) {
		r.Lowest = s.Lowest
	}
	if s.Highest == nil {
		return r
	}
	order := -1
	if r.Highest != nil {
		order = s.Highest.Compare(*r.Highest)
	}
	switch {
	case order < 0:
		r.Highest, r.Open = s.Highest, s.Open
	case order == 0:
		r.Open = r.Open || s.Open
	}
	return r
}

// Style is whose words a specifier is written in.
type Style int

// The styles. They differ in what a version without an operator, or behind a single
// one, means.
const (
	// PEP440: an operator stands before every version.
	PEP440 Style = iota
	// Poetry: 2.6 is that version; ^2.6 and ~2.6 are ranges; || separates choices.
	Poetry
	// Conda: 2.6 is that version, =2.6 all that begins so; | separates choices.
	Conda
)

// maxClauses bounds the clauses of a specifier.
const maxClauses = 64

// ParseRange reads a specifier. An empty one, and *, admits everything.
func ParseRange(text string, style Style) (Range, error) {
	if len(text) > maxText {
		return Range{}, fmt.Errorf("a specifier of %d bytes", len(text))
	}
	if style == PEP440 {
		return all(text, style)
	}
	var out Range
	for i, choice := range strings.Split(strings.ReplaceAll(text, "||", "|"), "|") {
		r, err := all(choice, style)
		if err != nil {
			return Range{}, err
		}
		if i == 0 {
			out = r
		} else {
			out = out.Or(r)
		}
	}
	return out, nil
}

// all reads clauses that hold together.
func all(text string, style Style) (Range, error) {
	var out Range
	clauses := strings.Split(text, ",")
	if style == Poetry && len(clauses) == 1 {
		clauses = spaced(text)
	}
	if len(clauses) > maxClauses {
		return out, fmt.Errorf("a specifier of %d clauses", len(clauses))
	}
	for _, c := range clauses {
		c = strings.TrimSpace(c)
		if c == "" || c == "*" {
			continue
		}
		r, err := clause(c, style)
		if err != nil {
			return Range{}, err
		}
		out = out.and(r)
	}
	return out, nil
}

// spaced cuts ">=2 <3", which Poetry takes, and leaves ">= 2" whole.
func spaced(text string) (clauses []string) {
	operator := ""
	for word := range strings.FieldsSeq(text) {
		if strings.Trim(word, "<>=!~^") == "" {
			operator += word
			continue
		}
		clauses = append(clauses, operator+word)
		operator = ""
	}
	if operator != "" {
		clauses = append(clauses, operator)
	}
	return clauses
}

// operators, the longer ones first.
var operators = []string{"===", "==", "~=", "!=", "<=", ">=", "<", ">", "=", "^", "~"}

// clause reads one operator and its version.
func clause(text string, style Style) (Range, error) {
	op := ""
	for _, o := range operators {
		if strings.HasPrefix(text, o) {
			op = o
			break
		}
	}
	if style == PEP440 && (op == "" || op == "=" || op == "^" || op == "~") {
		return Range{}, fmt.Errorf("%q begins with no operator of PEP 440", text)
	}
	rest := strings.TrimSpace(text[len(op):])
	if op == "!=" {
		return Range{}, nil // a hole is no end
	}
	stem, star := strings.CutSuffix(rest, "*")
	if star {
		stem = strings.TrimSuffix(stem, ".")
	}
	v, err := Parse(stem)
	if err != nil {
		return Range{}, err
	}
	n := parts(stem)
	below := func(n int) Range {
		end := v.next(n)
		return Range{Lowest: &v, Highest: &end, Open: true}
	}
	switch op {
	case "":
		if !star {
			return Exact(v), nil
		}
		return below(n), nil
	case "==", "===":
		if star {
			return below(n), nil
		}
		return Exact(v), nil
	case "=":
		if style == Poetry && !star {
			return Exact(v), nil
		}
		return below(n), nil
	case "~=":
		return below(max(1, n-1)), nil
	case "~":
		return below(min(n, 2)), nil
	case "^":
		return below(caret(v, n)), nil
	case "<":
		return Range{Highest: &v, Open: true}, nil
	case "<=":
		if star {
			return Range{Highest: below(n).Highest, Open: true}, nil
		}
		return Range{Highest: &v}, nil
	}
	return Range{Lowest: &v}, nil // >= and >; nobody needs to know that the end itself is out
}

// caret returns how many numbers stay up to the first that is not 0.
func caret(v Version, n int) int {
	for i, number := range v.release {
		if number > 0 {
			return i + 1
		}
	}
	return n
}
