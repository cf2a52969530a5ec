package pickle

import (
	"fmt"
	"math"
)

// A frame announces how many bytes follow. The loaders agree as long as frames
// are tiled by whole reads and hold what they announce, which is all that
// picklers write. Elsewhere each goes its own way:
//
//   - pickle.py raises when a read does not end where the frame ends, and when a
//     frame begins inside another; a frame that claims too much it takes as it is.
//   - _pickle.c ignores the end of the frame over bytes and over a file with
//     peek. Over a plain file the frame is its whole buffer: a read that does not
//     fit drops what is left of it and starts behind it. See buffered.go. From
//     3.13.15 and 3.14.7 on it raises like pickle.py.

// partial looks at an op that not all loaders read in full.
func (m *machine) partial(op *Op) *Error {
	if op.End > m.frameEnd {
		if err := m.straddle(op); err != nil {
			return err
		}
	}
	if op.Loaders == AllLoaders {
		return nil
	}
	set := op.Loaders
	if m.reading.python2 {
		return m.partial2(op)
	}
	if set == cLoaders && !m.reading.unsignedString {
		set = 0
	}
	if set == Py {
		// The last line has no newline. Only these three act on it before
		// the end of the input stops pickle.py too, and only outside a
		// frame does it take such a line.
		acts := op.Code == OpGlobal || op.Code == OpInst || op.Code == OpPersID
		line := op.ArgOff
		if steps[op.Code] == ArgLines {
			line = op.Arg2Off
		}
		if !acts || m.frameEnd != math.MaxInt64 && m.frameEnd > line {
			set = 0
		}
	}
	if op.Code == OpBinString && op.Loaders == cLoaders {
		return m.refuse(AllLoaders&^set, BadArgument, op, "BINSTRING length is negative")
	}
	return m.refuse(AllLoaders&^set, Truncated, op, "end of input inside "+op.Name())
}

// straddle looks at an op that ends behind the frame in which it may begin.
func (m *machine) straddle(op *Op) *Error {
	end := m.frameEnd
	m.frameEnd = math.MaxInt64
	if op.Offset >= end || end == op.Offset+1 {
		return nil
	}
	switch arg := steps[op.Code]; {
	case arg >= ArgLen1 && end == op.ArgOff, arg == ArgLines && end == op.Arg2Off:
		return nil
	}
	m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame ends at %#x, inside %s", end, op.Name()))
	refused := m.framed()
	if !joins(op.Code) || end < op.ArgOff {
		refused |= CFile
		m.parted = m.parted || m.reading.laxFrames
	}
	return m.refuse(refused, BadArgument, op, "a frame ends inside "+op.Name())
}

// framed are the loaders that raise where a frame is not used up.
func (m *machine) framed() LoaderSet {
	if m.reading.laxFrames {
		return Py
	}
	return AllLoaders
}

// joins reports whether _pickle.c reads the payload of code from the buffer and
// then from the file (_Unpickler_ReadInto), so that a frame may end inside it.
func joins(code byte) bool {
	switch code {
	case OpBinBytes, OpShortBinBytes, OpBinBytes8, OpByteArray8:
		return true
	}
	return false
}

func frameTooLong(op *Op) *Error {
	return &Error{Kind: BadArgument, Offset: op.Offset, Text: "FRAME length exceeds 2^63-1"}
}

// frame executes FRAME. Over a file object the lexer has done so.
func (m *machine) frame(op *Op) *Error {
	if m.lex.file.on {
		return nil
	}
	n := op.Int
	if n < 0 {
		return frameTooLong(op)
	}
	nested := false
	if m.frameEnd != math.MaxInt64 && m.frameEnd > op.End {
		rest := m.frameEnd - op.End
		m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame begins %d bytes before the end of another", rest))
		refused := m.framed()
		if nested = n <= rest; !nested {
			refused |= CFile
			m.parted = m.parted || m.reading.laxFrames
		}
		if err := m.refuse(refused, BadArgument, op, "a frame begins inside another"); err != nil {
			return err
		}
	}
	if left := m.lex.size - op.End; n > left {
		m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame announces %d bytes, %d are left", n, left))
		if err := m.refuse(cLoaders, Truncated, op, "a frame announces more bytes than are left"); err != nil {
			return err
		}
		n = left
	}
	if !nested {
		m.frameEnd = op.End + n
	}
	return nil
}
