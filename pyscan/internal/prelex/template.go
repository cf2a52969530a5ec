package prelex

import (
	"bytes"
	"regexp"
)

// Untemplate writes a source that is not Python yet in such words that it may be: the
// marks of a merge and the statements of a template language become blanks, and what
// is put into the text becomes a name. No byte moves. It returns nil if there is
// nothing of that kind. conflict is where the first mark of a merge stands, or -1.
//
// It is for a source that does not parse: in one that does, {{x}} is a set in a set.
//
//	<<<<<<< ======= >>>>>>>          blanks (git-merge); both sides stay
//	||||||| and what follows          blanks: that is neither side
//	{% … %} {# … #}                   blanks (Jinja, Django, cookiecutter)
//	{{ … }}                           a name
//	<%doc> … </%doc> <%x …> </%x>     blanks (Mako)
//	% if … and the like on a line     blanks
//	<% <%! %>                         blanks; what is in between is Python
//	${…} $(…) $x @x@                  a name (Mako, shells, make, autoconf, CMake)
func Untemplate(src []byte) (out []byte, conflict int) {
	u := &untemplated{src: src, out: src}
	conflict = u.conflicts()
	for _, form := range templateForms {
		if !bytes.Contains(u.out, form.sign) {
			continue
		}
		for _, at := range form.pattern.FindAllIndex(u.out, maxFaults) {
			u.replace(at[0], at[1], form.fill)
		}
	}
	if !u.owned {
		return nil, -1
	}
	return u.out, conflict
}

var templateForms = []struct {
	sign    []byte
	pattern *regexp.Regexp
	fill    byte
}{
	{[]byte("{#"), regexp.MustCompile(`(?s)\{#.*?#\}`), ' '},
	{[]byte("{%"), regexp.MustCompile(`(?s)\{%.*?%\}`), ' '},
	{[]byte("{{"), regexp.MustCompile(`\$?\{\{[^\n{}]*\}\}`), '_'},
	{[]byte("<%doc>"), regexp.MustCompile(`(?s)<%doc>.*?</%doc>`), ' '},
	{[]byte("<"), regexp.MustCompile(`</?%[a-z][^>\n]*>|<%!?|%>`), ' '},
	{[]byte("%"), regexp.MustCompile(`(?m)^[ \t]*%[ \t]*(if|elif|else|endif|for|endfor|while|endwhile|try|except|finally|endtry|with|endwith)\b[^\n]*$`), ' '},
	{[]byte("${"), regexp.MustCompile(`\$\{[^\n{}]*\}`), '_'},
	{[]byte("$("), regexp.MustCompile(`\$\([^\n()]*\)`), '_'},
	{[]byte("$"), regexp.MustCompile(`\$\w+`), '_'},
	{[]byte("@"), regexp.MustCompile(`@[A-Za-z_]\w*@`), '_'},
}

type untemplated struct {
	src, out []byte
	owned    bool
}

// replace fills a range, but for line ends.
func (u *untemplated) replace(from, to int, fill byte) {
	if !u.owned {
		u.out, u.owned = bytes.Clone(u.out), true
	}
	for i := from; i < to; i++ {
		if c := u.out[i]; c != '\n' && c != '\r' {
			u.out[i] = fill
		}
	}
}

// side is a part of the file between two marks.
type side byte

const (
	ours  side = '<'
	base  side = '|'
	their side = '='
	end   side = '>'
)

// conflicts blanks the marks of a merge, and what is of neither side.
func (u *untemplated) conflicts() (first int) {
	first = -1
	if !bytes.Contains(u.src, []byte("<<<<<<<")) {
		return first
	}
	type mark struct {
		side     side
		from, to int
	}
	var open []mark // the marks of one conflict
	for at := 0; at < len(u.src); {
		stop := at + bytes.IndexByte(u.src[at:], '\n') + 1
		if stop == at {
			stop = len(u.src)
		}
		switch s := markOf(u.src[at:stop]); {
		case s == ours:
			open = []mark{{s, at, stop}}
		case s == base && len(open) == 1, s == their && len(open) > 0 && open[len(open)-1].side != their:
			open = append(open, mark{s, at, stop})
		case s == end && len(open) > 1 && open[len(open)-1].side == their:
			if first < 0 {
				first = open[0].from
			}
			for k, m := range open {
				u.replace(m.from, m.to, ' ')
				if m.side == base {
					u.replace(m.from, open[k+1].from, ' ')
				}
			}
			u.replace(at, stop, ' ')
			open = nil
		}
		at = stop
	}
	return first
}

// markOf returns the side that a line begins, or 0.
func markOf(line []byte) side {
	const width = 7
	if len(line) < width {
		return 0
	}
	c := line[0]
	if c != byte(ours) && c != byte(base) && c != byte(their) && c != byte(end) || bytes.Count(line[:width], line[:1]) != width {
		return 0
	}
	if len(line) > width && bytes.IndexByte([]byte(" \r\n"), line[width]) < 0 {
		return 0
	}
	return side(c)
}
