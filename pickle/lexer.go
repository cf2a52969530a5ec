package pickle

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"math/bits"
)

// Op is one decoded occurrence of an opcode. Content is not looked at: text is
// a span of the input, to be read when somebody needs it.
type Op struct {
	Code byte
	// Loaders is AllLoaders, except where only some of them read the op at
	// all: a last line without its newline (Py), or a BINSTRING whose length
	// is read as unsigned (old C).
	Loaders LoaderSet
	// Offset is where the opcode stands, End the offset behind its argument.
	Offset, End int64
	// Int is the number in the argument: the value of a fixed-width integer,
	// the bits of a BINFLOAT, the length of a counted argument.
	Int int64
	// ArgOff and ArgLen are the span of a payload or of the first line
	// (without its newline); Arg2Off and Arg2Len that of the second line.
	ArgOff, ArgLen   int64
	Arg2Off, Arg2Len int64
}

// Name returns the opcode's name.
func (op *Op) Name() string { return opcodes[op.Code].Name }

// Lexer splits a stream into ops. It holds one window of the input; payloads
// are stepped over, never read.
type Lexer struct {
	r    io.ReaderAt
	size int64
	line int64 // limit of a text argument

	store []byte
	buf   []byte // what is valid of store
	base  int64  // offset of buf[0]
	pos   int    // next byte in buf
	rerr  error  // what the input answered when it was asked for bytes at size

	scratch []byte

	file buffering // used by nextBuffered only
}

const (
	windowSize = 64 << 10
	// headerMax is the longest op without its payload or lines.
	headerMax = 9
)

// NewLexer returns a lexer over the size bytes of r that starts at off. Of lim
// it uses only Line.
func NewLexer(r io.ReaderAt, size, off int64, lim Limits) *Lexer {
	l := new(Lexer)
	l.reset(r, size, off, lim.orDefault().Line)
	return l
}

func (l *Lexer) reset(r io.ReaderAt, size, off, line int64) {
	*l = Lexer{r: r, size: size, line: line, base: off, store: l.store, scratch: l.scratch}
}

// Ops iterates over the ops of the stream that starts at off, up to and with its
// STOP. An error is the last thing it yields, and is an *Error.
func Ops(r io.ReaderAt, size, off int64, lim Limits) iter.Seq2[Op, error] {
	return func(yield func(Op, error) bool) {
		l := NewLexer(r, size, off, lim)
		for {
			op, err := l.Next()
			if !yield(op, err) || err != nil || op.Code == OpStop {
				return
			}
		}
	}
}

// Offset returns where the next op begins.
func (l *Lexer) Offset() int64 { return l.base + int64(l.pos) }

// Next returns the next op. It knows nothing of streams: behind a STOP it
// continues with whatever follows. The error is an *Error.
func (l *Lexer) Next() (Op, error) {
	var op Op
	if err := l.next(&op); err != nil {
		return op, err
	}
	return op, nil
}

// Scan is Next into an op that is used again: it sets the fields that the kind
// of argument has, and leaves the others as they are.
func (l *Lexer) Scan(op *Op) error {
	if err := l.next(op); err != nil {
		return err
	}
	return nil
}

// next overwrites every field of op that its kind of argument uses. Most ops are
// told from their first nine bytes by one entry of a table, without a branch that
// depends on which op it is.
func (l *Lexer) next(op *Op) *Error {
	i := uint(l.pos)
	if i+headerMax > uint(len(l.buf)) {
		return l.nextSlow(op)
	}
	b := l.buf[i : i+headerMax]
	code := b[0]
	op.Code, op.Loaders = code, AllLoaders
	start := l.base + int64(i)
	op.Offset = start
	head := uint(heads[code])
	e := &fields[code]
	n := binary.LittleEndian.Uint64(b[1:]) & e.mask
	op.Int = int64((n ^ e.sign) - e.sign)
	if head < counted {
		i += head
		l.pos = int(i)
		op.End = l.base + int64(i)
		return nil
	}
	if head == unusual {
		return l.nextSlow(op)
	}
	end := i + head - counted
	if n > uint64(uint(len(l.buf))-end) {
		return l.nextSlow(op)
	}
	op.ArgOff, op.ArgLen = start+int64(head-counted), int64(n)
	end += uint(n)
	op.End = l.base + int64(end)
	l.pos = int(end)
	return nil
}

// nextSlow is next for every op, at any place.
func (l *Lexer) nextSlow(op *Op) *Error {
	if len(l.buf)-l.pos < headerMax {
		l.fill()
		if l.pos >= len(l.buf) {
			op.Offset, op.End = l.Offset(), l.Offset()
			return l.truncated(op, "end of input before STOP")
		}
	}
	b := l.buf[l.pos:]
	start := l.base + int64(l.pos)
	op.Code = b[0]
	op.Loaders = AllLoaders
	op.Offset = start
	arg := steps[b[0]]
	switch arg {
	case ArgLine, ArgLines:
		return l.lines(op)
	case noOpcode:
		op.End = start + 1
		return l.badOpcode(op)
	}
	head := 1 + int(widths[arg])
	if len(b) < head {
		return l.short(op)
	}
	op.End = start + int64(head)
	if err := l.number(op, littleEndian(b[1:head])); err != nil {
		return err
	}
	if arg < ArgLen1 {
		l.pos += head
		return nil
	}
	op.ArgOff, op.ArgLen = op.End, op.Int
	if op.ArgLen > l.size-op.ArgOff {
		op.End = l.size
		return l.tooShort(op)
	}
	op.End += op.ArgLen
	l.skip(int64(head) + op.ArgLen)
	return nil
}

// number sets Int of op from the bytes of fixed width behind the opcode, which
// end at op.End.
func (l *Lexer) number(op *Op, u uint64) *Error {
	op.Int = int64(u)
	switch steps[op.Code] {
	case ArgI4:
		op.Int = int64(int32(uint32(u)))
	case ArgF8:
		op.Int = int64(bits.ReverseBytes64(u))
	case ArgILen4:
		if op.Int > math.MaxInt32 {
			return l.negative(op, op.Int, op.End)
		}
	case ArgLen8:
		if op.Int < 0 {
			return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " length exceeds 2^63-1"}
		}
	}
	return nil
}

func littleEndian(b []byte) (v uint64) {
	for i, c := range b {
		v |= uint64(c) << (8 * i)
	}
	return v
}

// negative decides about a signed length with its top bit set. LONG4 is refused
// by every loader; BINSTRING was read as unsigned by _pickle.c up to 3.13.4, so
// it goes on there if the bytes exist.
func (l *Lexer) negative(op *Op, n, at int64) *Error {
	if op.Code == OpBinString && n <= l.size-at {
		op.Loaders = cLoaders
		return nil
	}
	op.End = at
	return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " length is negative"}
}

func (l *Lexer) badOpcode(op *Op) *Error {
	return &Error{Kind: BadOpcode, Offset: op.Offset, Text: fmt.Sprintf("byte 0x%02x is no opcode", op.Code)}
}

func (l *Lexer) short(op *Op) *Error {
	op.End = l.size
	return l.truncated(op, "end of input inside "+op.Name())
}

// tooShort is the error for a payload that the input does not hold.
func (l *Lexer) tooShort(op *Op) *Error {
	return l.truncated(op, fmt.Sprintf("%s announces %d bytes, %d are left", op.Name(), op.Int, max(0, l.size-op.ArgOff)))
}

// truncated is the error for an op that the input does not hold in full.
func (l *Lexer) truncated(op *Op, text string) *Error {
	if l.rerr != nil {
		return &Error{Kind: ReadFailed, Offset: l.size, Text: "reading the input: " + asciiText(l.rerr.Error(), 200), Err: l.rerr}
	}
	return &Error{Kind: Truncated, Offset: op.Offset, Text: text}
}

// lines reads the text argument of op.
func (l *Lexer) lines(op *Op) *Error {
	two := steps[op.Code] == ArgLines
	l.pos++
	var ended bool
	var err *Error
	if op.ArgOff, op.ArgLen, ended, err = l.scanLine(op); err != nil {
		return err
	}
	if two {
		op.Arg2Off, op.Arg2Len = op.ArgOff, 0 // readline() at the end gives nothing
		if ended {
			if op.Arg2Off, op.Arg2Len, ended, err = l.scanLine(op); err != nil {
				return err
			}
		}
	}
	op.End = l.Offset()
	if !ended {
		if l.rerr != nil {
			return l.short(op)
		}
		// pickle.py takes readline()[:-1], which at the end of the input
		// drops the last byte of the text and goes on.
		op.Loaders = Py
	}
	return nil
}

// scanLine finds the newline. Without one, n leaves out the last byte.
func (l *Lexer) scanLine(op *Op) (off, n int64, ended bool, _ *Error) {
	off = l.Offset()
	for {
		i := bytes.IndexByte(l.buf[l.pos:], '\n')
		if i >= 0 {
			n += int64(i)
			l.pos += i + 1
		} else {
			n += int64(len(l.buf) - l.pos)
			l.pos = len(l.buf)
		}
		if n > l.line {
			op.End = l.Offset()
			return off, n, false, &Error{Kind: LimitReached, Offset: op.Offset,
				Text: fmt.Sprintf("the text of %s is longer than %d bytes", op.Name(), l.line)}
		}
		if i >= 0 {
			return off, n, true, nil
		}
		if l.fill(); l.pos >= len(l.buf) {
			return off, max(0, n-1), false, nil
		}
	}
}
