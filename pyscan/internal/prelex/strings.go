package prelex

import "bytes"

// string reads a string whose quote stands at q. One with fields is read up to
// the first of them.
func (l *Lexer) string(start, q int, fields, raw bool) Token {
	src := l.src
	quote := src[q]
	triple := q+2 < len(src) && src[q+1] == quote && src[q+2] == quote
	body := q + 1
	if triple {
		body += 2
	}
	if fields {
		l.push(frame{open: 's', quote: quote, triple: triple, raw: raw, at: uint32(start)})
		l.pos = body
		t, ok := l.piece()
		if !ok {
			t = l.token(Opening, start)
		}
		if t.Kind == Piece {
			t.Kind, t.Start = Opening, uint32(start)
		}
		return t
	}
	end, ok := l.stringEnd(body, quote, triple)
	if !ok {
		l.fault(UnterminatedString, start, end)
		if again := end - body; l.rewind > again {
			l.rewind -= again + 1
			end = body
			l.pos = end
			return l.token(Bad, start)
		}
	}
	l.pos = end
	return l.token(String, start)
}

// stringEnd returns where a string without fields ends.
func (l *Lexer) stringEnd(p int, quote byte, triple bool) (end int, ok bool) {
	src := l.src
	if triple {
		for p < len(src) {
			i := bytes.IndexByte(src[p:], quote)
			if i < 0 {
				break
			}
			// A backslash may stand before the quote, and one before that.
			at := p + i
			slashes := 0
			for at-slashes > p && src[at-slashes-1] == '\\' {
				slashes++
			}
			if slashes%2 == 1 {
				p = at + 1
				continue
			}
			if at+2 < len(src) && src[at+1] == quote && src[at+2] == quote {
				return at + 3, true
			}
			p = at + 1
		}
		return len(src), false
	}
	for p < len(src) {
		switch c := src[p]; c {
		case quote:
			return p + 1, true
		case '\n':
			if src[p-1] == '\r' {
				p--
			}
			return p, false
		case '\\':
			p++
			if p+1 < len(src) && src[p] == '\r' && src[p+1] == '\n' {
				p++
			}
		}
		p++
	}
	return len(src), false
}

// piece reads the text of a string with fields, or of a format specification, up
// to the next field or the end. ok is false where nothing is left to read: the
// lexer is in code then.
func (l *Lexer) piece() (t Token, ok bool) {
	src, start := l.src, l.pos
	top := l.stack[len(l.stack)-1]
	p := start
	for p < len(src) {
		switch c := src[p]; c {
		case '\\':
			p = l.escape(p, top.raw)
			continue
		case '{':
			if !top.spec && p+1 < len(src) && src[p+1] == '{' {
				p += 2
				continue
			}
			l.pos = p + 1
			l.push(frame{open: 'f', quote: top.quote, triple: top.triple, raw: top.raw, at: uint32(p)})
			return l.token(Piece, start), true
		case '}':
			if top.spec {
				l.stack = l.stack[:len(l.stack)-1]
				l.pos = p + 1
				return l.token(Piece, start), true
			}
		case '\n':
			if top.triple {
				break
			}
			if p > start && src[p-1] == '\r' {
				p--
			}
			l.pos = p
			if top.spec {
				// CPython 3.12.0 went on with the field here.
				l.stack[len(l.stack)-1].spec = false
			} else {
				l.close(len(l.stack)-1, p)
			}
			if p == start {
				return Token{}, false
			}
			return l.token(Piece, start), true
		case top.quote:
			if top.triple && (p+2 >= len(src) || src[p+1] != c || src[p+2] != c) {
				break
			}
			p++
			if top.triple {
				p += 2
			}
			l.pos = p
			l.endString()
			return l.token(Piece, start), true
		}
		p++
	}
	l.pos = len(src)
	if t, ok := l.again(); ok {
		return t, true
	}
	l.close(0, len(src))
	return l.token(Piece, start), true
}

// again goes back to behind the quotes of the outermost string that does not end
// before the source does, if the lexer is loose.
func (l *Lexer) again() (t Token, ok bool) {
	for n, f := range l.stack {
		again := len(l.src) - int(f.at)
		if f.open != 's' || l.rewind <= again {
			continue
		}
		l.rewind -= again
		l.close(n, len(l.src))
		start := int(f.at)
		l.pos = start + bytes.IndexByte(l.src[start:], f.quote) + 1
		if f.triple {
			l.pos += 2
		}
		return l.token(Bad, start), true
	}
	return Token{}, false
}

// escape returns the offset behind a backslash and what it takes with it. It
// takes no brace, except those of a named character.
func (l *Lexer) escape(p int, raw bool) int {
	src := l.src
	switch p++; {
	case p >= len(src):
		return len(src)
	case src[p] == '{' || src[p] == '}':
		return p
	case !raw && src[p] == 'N' && p+1 < len(src) && src[p+1] == '{':
		// Names of characters are short.
		if i := bytes.IndexByte(src[p:min(len(src), p+128)], '}'); i >= 0 && bytes.IndexByte(src[p:p+i], '\n') < 0 {
			return p + i + 1
		}
	case src[p] == '\r' && p+1 < len(src) && src[p+1] == '\n':
		p++
	}
	return p + 1
}

// endString pops the string whose quotes ended, and the field of a format
// specification that they cut off.
func (l *Lexer) endString() {
	for n := len(l.stack) - 1; n >= 0; n-- {
		f := l.stack[n]
		if f.open == 's' {
			if n < len(l.stack)-1 {
				l.fault(UnclosedBracket, int(l.stack[n+1].at), l.pos)
			}
			l.stack = l.stack[:n]
			return
		}
	}
}
