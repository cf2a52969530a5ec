package prelex

import (
	"bytes"
	"slices"
)

// Normal is a source in plainer words.
type Normal struct {
	// Text is as long as the source, and the source itself if nothing was to
	// be changed.
	Text []byte
	// Comments are all comments, those that Text lacks included, or the first
	// 2¹⁹ of a source of more than a megabyte.
	Comments []Token
	// Faults are the first places where the source cannot be Python.
	Faults []Fault
	// Blanked: the source has NUL bytes, which were read as blanks.
	Blanked bool
}

// Normalise writes a source so that a grammar for Python 3.12 reads what the
// Python it was written for would. No byte moves. visit, if not nil, is called
// for each name, as it is after NFKC folding, and for each comment, string and
// part of one.
//
//	line ends and comments inside brackets and fields   blanks (they guide the grammar's guesses of indentation)
//	a backslash and a line end                          blanks
//	a lone carriage return                              a line feed
//	NUL, SUB                                            a blank
//	t"…"                                                f"…" (PEP 750)
//	lazy import, lazy from                              import, from (PEP 810)
//	except A, B, C: and except* A, B:                   except A| B| C: (PEP 758)
//	except *A:                                          except* A:
//	def f(*a: *b)                                       def f(*a:  b) (PEP 646)
//	[*x for x in y]                                     [ x for x in y] (PEP 798)
//	def f[T = int]                                      def f[T : int] (PEP 696)
//	exec x in y                                         exec=x in y (Python 2)
//	`x`                                                 (x) (Python 2)
//	type(x).y = z                                       typ_(x).y = z (the grammar takes it for a type statement)
//	an identifier outside ASCII                         its NFKC form and blanks (PEP 3131)
func Normalise(src []byte, visit func(Kind, []byte)) *Normal {
	n := &normaliser{Normal: Normal{Text: src}, visit: visit, tick: -1, starts: true}
	n.controls()
	n.lex = NewLexer(n.Text)
	n.src, n.owned = n.Text, false
	for {
		t := n.lex.Next()
		if len(n.lex.faults) > n.seen {
			n.recover(t)
		}
		if t.Kind == EOF {
			break
		}
		n.token(t)
	}
	n.Faults = n.lex.faults
	return &n.Normal
}

// maxComments bounds the comments that are kept; a source that is parsed has no
// more.
const maxComments = 1 << 19

type normaliser struct {
	Normal
	lex   *Lexer
	visit func(Kind, []byte)
	// src is what the lexer reads; Text becomes a copy with the first change.
	src   []byte
	owned bool
	// seen counts the faults that were dealt with.
	seen int
	// line is where the logical line begins.
	line int
	// tick is the backtick that is open, or -1.
	tick int
	// last are the tokens before this one, the latest first, and starts says
	// that the next begins a statement, starting that last[0] did.
	last             [2]Token
	starts, starting bool
	// word is what last[0] says if it is a name.
	word []byte
	// commas are those of an except clause; star: it is an except* clause.
	inExcept, star bool
	commas         []uint32
	// params is the depth inside the brackets of type parameters, or 0;
	// bound: the one that is read has a bound.
	params int
	bound  bool
	// open holds, for each bracket, the star behind it.
	open []unpacking
}

// unpacking is the star that stands first in brackets.
type unpacking struct {
	// star is its offset plus one, or 0.
	star  uint32
	comma bool
}

func (n *normaliser) set(at int, b byte) {
	if n.Text[at] == b {
		return
	}
	if !n.owned {
		n.Text, n.owned = slices.Clone(n.Text), true
	}
	n.Text[at] = b
}

func (n *normaliser) blank(start, end uint32) {
	for i := int(start); i < int(end); i++ {
		n.set(i, ' ')
	}
}

// controls deals with the bytes that mean the same wherever they stand.
func (n *normaliser) controls() {
	for _, c := range []byte{0, 0x1a, '\r'} {
		for i := bytes.IndexByte(n.Text, c); i >= 0; {
			if c != '\r' {
				n.set(i, ' ')
				n.Blanked = n.Blanked || c == 0
			} else if i+1 == len(n.Text) || n.Text[i+1] != '\n' {
				n.set(i, '\n')
			}
			next := bytes.IndexByte(n.Text[i+1:], c)
			if next < 0 {
				break
			}
			i += 1 + next
		}
	}
}

// recover undoes what was changed inside brackets that turn out never to close,
// so that the grammar can find its own way.
func (n *normaliser) recover(t Token) {
	for _, f := range n.lex.faults[n.seen:] {
		if f.Kind == UnopenedBracket || f.Kind == StrayByte {
			continue
		}
		if n.owned {
			copy(n.Text[f.At:f.End], n.src[f.At:f.End])
		}
		if n.tick >= int(f.At) {
			n.tick = -1
		}
	}
	n.seen = len(n.lex.faults)
	if len(n.lex.stack) == 0 {
		n.tick, n.params = -1, 0
		n.open = n.open[:0]
		n.starts = n.starts || t.Kind == Name
	}
}

// spoken are the tokens that are visited as they stand.
var spoken = [Bad + 1]bool{String: true, Opening: true, Piece: true, Comment: true}

func (n *normaliser) token(t Token) {
	first := n.starts
	if n.visit != nil && spoken[t.Kind] {
		n.visit(t.Kind, n.src[t.Start:t.End])
	}
	switch t.Kind {
	case Comment:
		if len(n.Comments) < maxComments {
			n.Comments = append(n.Comments, t)
		}
		if n.lex.Depth() > 0 {
			n.blank(t.Start, t.End)
		}
		return
	case Join:
		n.blank(t.Start, t.End)
		return
	case Continuation:
		n.continuation(t)
		return
	case Newline:
		n.line = int(t.End)
		n.starts, n.starting = true, false
		n.inExcept, n.commas, n.params = false, n.commas[:0], 0
		n.last = [2]Token{}
		n.word = nil
		return
	case Name:
		n.name(t, first)
	case Opening:
		n.template(t)
		n.execute(t)
		n.word = nil
	case String, Number:
		n.execute(t)
		n.word = nil
	case Op:
		n.op(t)
		n.word = nil
	}
	if t.Kind != Op {
		n.starts = false
	}
	n.last[1], n.last[0], n.starting = n.last[0], t, first && t.Kind == Name
	n.brackets(t)
}

// continuation blanks a backslash and the line end behind it. Where it stands in
// the indentation, that of the first line counts (CPython, Parser/tokenizer.c:
// cont_line_col), so the line is broken again that far before the first token.
func (n *normaliser) continuation(t Token) {
	n.blank(t.Start, t.End)
	if !n.lex.fresh || n.lex.Depth() > 0 {
		return
	}
	end := int(t.End)
	for end < len(n.src) && classes[n.src[end]] == blank {
		end++
	}
	if end == len(n.src) || n.src[end] == '\\' || n.src[end] == '\n' || n.src[end] == '\r' || n.src[end] == '#' {
		return
	}
	own := n.src[n.line:]
	width := 0
	for width < len(own) && classes[own[width]] == blank {
		width++
	}
	for i := n.line; i < end-width; i++ {
		n.set(i, ' ')
	}
	n.set(end-width-1, '\n')
	for i := range width {
		n.set(end-width+i, own[i])
	}
}
