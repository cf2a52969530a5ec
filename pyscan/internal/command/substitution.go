package command

import "bytes"

// substitution returns the end of $(…), ${…} or `…`, and notes the command in it.
func (s *shell) substitution(at int) (end int) {
	switch {
	case s.src[at] == '`':
		end = at + 1
		for end < len(s.src) && s.src[end] != '`' {
			if s.src[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s.src) {
			return at + 1
		}
		s.f.inner(s.text.Slice(at+1, end), s.within+1)
		return end + 1
	case s.src[at+1] == '{':
		if i := bytes.IndexAny(s.src[at:min(len(s.src), at+maxWord)], "}\n"); i >= 0 && s.src[at+i] == '}' {
			return at + i + 1
		}
		return at + 2
	}
	end = s.closing(at+2, 0)
	if end < 0 {
		return at + 2
	}
	s.f.inner(s.text.Slice(at+2, end), s.within+1)
	return end + 1
}

// substitutions notes the commands in a string.
func (s *shell) substitutions(from, to int) {
	for i := from; i+1 < to; i++ {
		switch {
		case s.src[i] == '\\':
			i++
		case s.src[i] == '`', s.src[i] == '$' && s.src[i+1] == '(':
			if end := s.substitution(i); end <= to {
				i = end - 1
			}
		}
	}
}

// maxSubstitution bounds how far the end of a command in a command is looked for, and
// maxSearched with eight times the file what all such searches read.
const (
	maxSubstitution = 1 << 16
	maxSearched     = 1 << 20
)

// closing returns where the bracket stands that closes one before from, or -1.
func (s *shell) closing(from, depth int) int {
	quote := byte(0)
	i := from
	defer func() { s.f.searched += i - from }()
	if s.f.searched > maxSearched+8*len(s.f.raw) {
		s.f.whole = false
		return -1
	}
	for ; i < min(len(s.src), from+maxSubstitution); i++ {
		c := s.src[i]
		switch {
		case c == '\\' && quote != '\'':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}
