package ignore

import "strings"

// token is one part of a pattern (git, wildmatch.c).
type token struct {
	kind tokenKind
	// set has the bytes that a one or a class stands for.
	set [4]uint64
}

type tokenKind uint8

const (
	one   tokenKind = iota // one byte of set
	star                   // any bytes but a slash
	stars                  // any bytes
	dirs                   // nothing, or any bytes and a slash
)

func (t *token) add(b byte)      { t.set[b/64] |= 1 << (b % 64) }
func (t *token) drop(b byte)     { t.set[b/64] &^= 1 << (b % 64) }
func (t *token) has(b byte) bool { return t.set[b/64]>>(b%64)&1 != 0 }

func (t *token) not() {
	for i := range t.set {
		t.set[i] = ^t.set[i]
	}
}

// compile reads a pattern. With paths, only two stars cross a slash. ok is false
// if it can match nothing.
func compile(p string, paths bool) (out []token, ok bool) {
	for i := 0; i < len(p); {
		switch p[i] {
		case '*':
			from := i
			for i < len(p) && p[i] == '*' {
				i++
			}
			alone := from == 0 || p[from-1] == '/'
			switch {
			case !paths:
				out = append(out, token{kind: stars})
			case i-from == 1 || !alone || i < len(p) && p[i] != '/' && !strings.HasPrefix(p[i:], `\/`):
				out = append(out, token{kind: star})
			case i < len(p) && p[i] == '/':
				i++
				out = append(out, token{kind: dirs})
			default:
				out = append(out, token{kind: stars})
			}
		case '?':
			t := token{}
			t.not()
			if paths {
				t.drop('/')
			}
			out = append(out, t)
			i++
		case '[':
			t, n, ok := class(p[i:])
			if !ok {
				return nil, false
			}
			if paths {
				t.drop('/')
			}
			out = append(out, t)
			i += n
		default:
			if p[i] == '\\' {
				if i++; i == len(p) {
					return nil, false
				}
			}
			t := token{}
			t.add(p[i])
			out = append(out, t)
			i++
		}
	}
	return out, true
}

// class reads a bracket expression and how long it is.
func class(p string) (t token, n int, ok bool) {
	i := 1
	negated := i < len(p) && (p[i] == '!' || p[i] == '^')
	if negated {
		i++
	}
	previous := -1
	for first := true; ; first = false {
		if i >= len(p) {
			return t, 0, false
		}
		c := p[i]
		switch {
		case c == ']' && !first:
			if negated {
				t.not()
			}
			return t, i + 1, true
		case c == '-' && previous >= 0 && i+1 < len(p) && p[i+1] != ']':
			if i++; p[i] == '\\' {
				if i++; i >= len(p) {
					return t, 0, false
				}
			}
			for b := previous; b <= int(p[i]); b++ {
				t.add(byte(b))
			}
			previous = -1
			i++
		case c == '[' && i+1 < len(p) && p[i+1] == ':':
			end := strings.IndexByte(p[i+2:], ']')
			if end < 0 {
				return t, 0, false
			}
			if end == 0 || p[i+2+end-1] != ':' {
				// No name of a class: the bracket stands for itself.
				t.add('[')
				previous = '['
				i++
				continue
			}
			if !t.named(p[i+2 : i+2+end-1]) {
				return t, 0, false
			}
			previous = -1
			i += 2 + end + 1
		default:
			if c == '\\' {
				if i++; i >= len(p) {
					return t, 0, false
				}
				c = p[i]
			}
			t.add(c)
			previous = int(c)
			i++
		}
	}
}

// named adds the bytes of a class of POSIX, as C's isalpha and its like see them.
func (t *token) named(name string) bool {
	is := map[string]func(c byte) bool{
		"alnum":  func(c byte) bool { return digit(c) || letter(c) },
		"alpha":  letter,
		"blank":  func(c byte) bool { return c == ' ' || c == '\t' },
		"cntrl":  func(c byte) bool { return c < ' ' || c == 0x7f },
		"digit":  digit,
		"graph":  func(c byte) bool { return c > ' ' && c < 0x7f },
		"lower":  func(c byte) bool { return c >= 'a' && c <= 'z' },
		"print":  func(c byte) bool { return c >= ' ' && c < 0x7f },
		"punct":  func(c byte) bool { return c > ' ' && c < 0x7f && !digit(c) && !letter(c) },
		"space":  func(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' },
		"upper":  func(c byte) bool { return c >= 'A' && c <= 'Z' },
		"xdigit": func(c byte) bool { return digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' },
	}[name]
	if is == nil {
		return false
	}
	for b := range 256 {
		if is(byte(b)) {
			t.add(byte(b))
		}
	}
	return true
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// matchTokens follows all ways to match at once, so that no pattern makes it
// slower than its length times that of the text.
func matchTokens(p []token, text string) bool {
	now := make([]bool, len(p)+1)
	next := make([]bool, len(p)+1)
	reach(p, now, 0)
	for i := range len(text) {
		c := text[i]
		clear(next)
		alive := false
		for k, on := range now {
			if !on || k == len(p) {
				continue
			}
			switch p[k].kind {
			case one:
				if p[k].has(c) {
					reach(p, next, k+1)
					alive = true
				}
			case star:
				if c != '/' {
					reach(p, next, k)
					alive = true
				}
			case stars:
				reach(p, next, k)
				alive = true
			case dirs:
				// Only a slash ends it.
				next[k], alive = true, true
				if c == '/' {
					reach(p, next, k+1)
				}
			}
		}
		if !alive {
			return false
		}
		now, next = next, now
	}
	return now[len(p)]
}

// reach marks a place in the pattern, and those behind it that need no byte.
func reach(p []token, on []bool, k int) {
	for ; !on[k]; k++ {
		on[k] = true
		if k == len(p) || p[k].kind == one {
			return
		}
	}
}
