package prelex

import "bytes"

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens. Blanks between tokens are none.
const (
	EOF Kind = iota
	Name
	Number
	// String is a whole string without fields, prefix and quotes included.
	String
	// Opening is a string with fields up to the first of them, prefix and quotes
	// included, or all of it if there is none. Piece is the text between two
	// fields or behind the last. Format specifications are pieces too.
	Opening
	Piece
	// Op is one byte of punctuation; "->" is two tokens.
	Op
	// Newline ends a logical line, Join a line inside brackets or a field,
	// Continuation is a backslash and a line end.
	Newline
	Join
	Continuation
	Comment
	// Bad is a byte that begins no token.
	Bad
)

// Token is a range of the source.
type Token struct {
	Kind       Kind
	Start, End uint32
}

// FaultKind says what is wrong at a [Fault].
type FaultKind uint8

// The kinds of faults.
const (
	UnterminatedString FaultKind = iota
	UnclosedBracket
	UnopenedBracket
	// StrayByte begins no token.
	StrayByte
)

// Fault is a place where the source cannot be Python.
type Fault struct {
	Kind FaultKind
	// At is where the string or bracket stands, End where reading went on.
	At, End uint32
}

// maxFaults bounds the faults that are kept; noise has one a line.
const maxFaults = 1 << 14

// frame is an open bracket, string with fields, or field.
type frame struct {
	// open is the bracket; 's' is a string with fields and 'f' a field in one.
	open byte
	// quote, triple and raw are those of the string; a field repeats them.
	quote       byte
	triple, raw bool
	// spec: in the format specification of the field.
	spec bool
	at   uint32
}

// Lexer yields the tokens of a source. Line ends must be "\n" or "\r\n".
type Lexer struct {
	src    []byte
	pos    int
	stack  []frame
	faults []Fault
	// fresh: nothing but blanks stands between the last line end and pos.
	fresh bool
	// rewind bounds the bytes that may be read again behind the quote of a
	// string that does not end. A strict lexer takes such a string to the end
	// of the line or file; a loose one goes on behind the quote.
	rewind int
}

// NewLexer returns a lexer of src that takes a string without an end as far as
// it can reach.
func NewLexer(src []byte) *Lexer { return &Lexer{src: src, fresh: true} }

// NewLooseLexer returns a lexer that goes on behind the quote of a string without
// an end: in text that is no Python, an apostrophe begins none.
func NewLooseLexer(src []byte) *Lexer {
	return &Lexer{src: src, fresh: true, rewind: 2*len(src) + 1}
}

// Depth returns how many brackets, strings with fields and fields are open.
func (l *Lexer) Depth() int { return len(l.stack) }

// Faults returns the first faults so far.
func (l *Lexer) Faults() []Fault { return l.faults }

func (l *Lexer) fault(kind FaultKind, at, end int) {
	if len(l.faults) < maxFaults {
		l.faults = append(l.faults, Fault{kind, uint32(at), uint32(end)})
	}
}

// Next returns the next token. At the end it is EOF, again and again.
func (l *Lexer) Next() Token {
	if n := len(l.stack); n > 0 {
		if top := &l.stack[n-1]; top.open == 's' || top.spec {
			if t, ok := l.piece(); ok {
				return t
			}
		}
	}
	src := l.src
	for l.pos < len(src) {
		c := src[l.pos]
		if class := classes[c]; class != blank {
			switch class {
			case letter:
				return l.name()
			case digit:
				return l.number()
			}
			return l.other(c)
		}
		l.pos++
	}
	l.close(0, len(src))
	return Token{EOF, uint32(l.pos), uint32(l.pos)}
}

// NextCode is Next without comments and without what joins lines.
func (l *Lexer) NextCode() Token {
	for {
		switch t := l.Next(); t.Kind {
		case Comment, Join, Continuation:
		default:
			return t
		}
	}
}

// close ends the frames above n, all of which lack their other end.
func (l *Lexer) close(n, here int) {
	if n >= len(l.stack) {
		return
	}
	f := l.stack[n]
	kind := UnclosedBracket
	if f.open == 's' {
		kind = UnterminatedString
	}
	l.fault(kind, int(f.at), here)
	l.stack = l.stack[:n]
}

const (
	mark = iota
	blank
	letter
	digit
)

var classes = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b == ' ' || b == '\t' || b == '\f':
			t[b] = blank
		case b >= '0' && b <= '9':
			t[b] = digit
		case b == '_' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80:
			t[b] = letter
		}
	}
	return t
}()

func (l *Lexer) token(kind Kind, start int) Token {
	l.fresh = false
	return Token{kind, uint32(start), uint32(l.pos)}
}

func (l *Lexer) name() Token {
	src, start := l.src, l.pos
	p := start + 1
	for p < len(src) && classes[src[p]] >= letter {
		p++
	}
	if p-start <= 3 && p < len(src) && (src[p] == '"' || src[p] == '\'') {
		if ok, fields, raw := prefix(src[start:p]); ok {
			return l.string(start, p, fields, raw)
		}
	}
	l.pos = p
	if l.fresh && len(l.stack) > 0 && statementWords[string(src[start:p])] {
		l.close(0, start)
	}
	return l.token(Name, start)
}

// statementWords begin statements and stand in no expression of any Python, so
// a line that begins with one inside brackets shows that they were not closed.
var statementWords = map[string]bool{
	"assert": true, "break": true, "class": true, "continue": true, "def": true, "del": true, "elif": true, "except": true,
	"finally": true, "global": true, "import": true, "pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true,
}

// prefix reads the letters in front of a quote.
func prefix(letters []byte) (ok, fields, raw bool) {
	for _, c := range letters {
		switch c | 0x20 {
		case 'r':
			raw = true
		case 'f', 't':
			fields = true
		case 'b', 'u':
		default:
			return false, false, false
		}
	}
	return true, fields, raw
}

func (l *Lexer) number() Token {
	src, start := l.src, l.pos
	p := start
	digits := func(more byte) {
		for p < len(src) && (classes[src[p]] == digit || src[p] == '_' || more != 0 && src[p]|0x20 >= 'a' && src[p]|0x20 <= more) {
			p++
		}
	}
	at := func(i int) byte {
		if i < len(src) {
			return src[i]
		}
		return 0
	}
	if c := at(p+1) | 0x20; src[p] == '0' && (c == 'x' || c == 'o' || c == 'b') {
		p += 2
		if c == 'x' {
			digits('f')
		} else {
			digits(0)
		}
	} else {
		digits(0)
		if at(p) == '.' {
			p++
			digits(0)
		}
		if at(p)|0x20 == 'e' {
			if e := at(p + 1); classes[e] == digit || (e == '+' || e == '-') && classes[at(p+2)] == digit {
				p += 2
				digits(0)
			}
		}
	}
	if c := at(p) | 0x20; (c == 'j' || c == 'l') && classes[at(p+1)] < letter {
		p++
	}
	l.pos = p
	return l.token(Number, start)
}

func (l *Lexer) other(c byte) Token {
	start := l.pos
	switch c {
	case '\n', '\r':
		return l.lineEnd(c)
	case '#':
		l.pos = l.lineEndFrom(start)
		fresh := l.fresh
		t := l.token(Comment, start)
		l.fresh = fresh
		return t
	case '"', '\'':
		return l.string(start, start, false, false)
	case '\\':
		return l.continuation()
	case '.':
		if start+1 < len(l.src) && classes[l.src[start+1]] == digit {
			return l.number()
		}
	}
	l.pos++
	switch {
	case c == '(' || c == '[' || c == '{':
		l.push(frame{open: c, at: uint32(start)})
	case c == ')' || c == ']' || c == '}' || c == '`':
		l.closing(c, start)
	case c == ':':
		if n := len(l.stack); n > 0 && l.stack[n-1].open == 'f' {
			l.stack[n-1].spec = true
		}
	case c < ' ' || c == 0x7f || c == '$' || c == '?':
		return l.stray(start)
	}
	return l.token(Op, start)
}

func (l *Lexer) stray(start int) Token {
	l.fault(StrayByte, start, l.pos)
	return l.token(Bad, start)
}

// maxDepth bounds what is open at a time; a source that is parsed has no more
// brackets.
const maxDepth = 1 << 20

func (l *Lexer) push(f frame) {
	if len(l.stack) == maxDepth {
		l.fault(UnclosedBracket, int(f.at), int(f.at)+1)
		return
	}
	l.stack = append(l.stack, f)
}

func (l *Lexer) lineEnd(c byte) Token {
	start := l.pos
	l.pos++
	if c == '\r' && l.pos < len(l.src) && l.src[l.pos] == '\n' {
		l.pos++
	}
	// Backticks did not span lines.
	if n := len(l.stack); n > 0 && l.stack[n-1].open == '`' {
		l.close(n-1, start)
	}
	kind := Newline
	if len(l.stack) > 0 {
		kind = Join
	}
	t := l.token(kind, start)
	l.fresh = true
	return t
}

// lineEndFrom returns where the line of an offset ends.
func (l *Lexer) lineEndFrom(p int) int {
	i := bytes.IndexByte(l.src[p:], '\n')
	if i < 0 {
		return len(l.src)
	}
	p += i
	if p > 0 && l.src[p-1] == '\r' {
		p--
	}
	return p
}

func (l *Lexer) continuation() Token {
	start := l.pos
	fresh := l.fresh
	p := start + 1
	if p < len(l.src) && l.src[p] == '\r' {
		p++
	}
	if p == len(l.src) || l.src[p] != '\n' {
		l.pos = start + 1
		return l.stray(start)
	}
	l.pos = p + 1
	t := l.token(Continuation, start)
	l.fresh = fresh
	return t
}

func (l *Lexer) closing(c byte, at int) {
	n := len(l.stack)
	if n == 0 {
		if c == '`' {
			l.push(frame{open: c, at: uint32(at)})
		} else {
			l.fault(UnopenedBracket, at, at+1)
		}
		return
	}
	top := l.stack[n-1].open
	switch {
	case c == ')' && top == '(', c == ']' && top == '[', c == '}' && (top == '{' || top == 'f'), c == '`' && top == '`':
		l.stack = l.stack[:n-1]
	case c == '`':
		l.push(frame{open: c, at: uint32(at)})
	default:
		l.fault(UnopenedBracket, at, at+1)
	}
}
