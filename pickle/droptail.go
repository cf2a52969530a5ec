package pickle

import (
	"encoding/binary"
	"fmt"
	"math"
)

// nextDrop is next as _pickle.c reads a file object without peek. There a frame
// is fetched whole and becomes the buffer. A read that does not fit what is left
// of it (_Unpickler_ReadImpl, _Unpickler_Readline) replaces the buffer by fresh
// bytes from the file, and the rest of the old one is lost. Bytes payloads are
// the exception: _Unpickler_ReadInto joins both.
func (l *Lexer) nextDrop(op *Op) *Error {
	*op = Op{Loaders: AllLoaders, Offset: l.Offset(), End: l.Offset()}
	at, ok := l.piece(1)
	if !ok {
		return l.truncated(op, "end of input before STOP")
	}
	op.Offset = at
	code, err := l.number(op, at, 1)
	if err != nil {
		return err
	}
	op.Code, op.End = byte(code), l.Offset()
	arg := steps[op.Code]
	switch arg {
	case noOpcode:
		return l.badOpcode(op)
	case ArgNone:
		return nil
	case ArgLine, ArgLines:
		if op.ArgOff, op.ArgLen, err = l.lineDrop(op); err != nil {
			return err
		}
		if arg == ArgLines && op.Loaders == AllLoaders {
			if op.Arg2Off, op.Arg2Len, err = l.lineDrop(op); err != nil {
				return err
			}
		}
		op.End = l.Offset()
		return nil
	}
	width := int64(widths[arg])
	if at, ok = l.piece(width); !ok {
		return l.short(op)
	}
	u, err := l.number(op, at, width)
	if err != nil {
		return err
	}
	op.Int, op.End = int64(u), l.Offset()
	switch arg {
	case ArgI4:
		op.Int = int64(int32(uint32(u)))
	case ArgILen4:
		if op.Int > math.MaxInt32 {
			if err := l.negative(op, op.Int, l.Offset()); err != nil {
				return err
			}
		}
	case ArgF8:
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], u)
		op.Int = int64(binary.BigEndian.Uint64(b[:]))
	}
	if (arg == ArgLen8 || op.Code == OpFrame) && op.Int < 0 {
		return &Error{Kind: BadArgument, Offset: op.Offset, Text: op.Name() + " length exceeds 2^63-1"}
	}
	switch {
	case op.Code == OpFrame:
		return l.frameDrop(op)
	case arg < ArgLen1:
		return nil
	case joins(op.Code):
		at = l.Offset()
		if ok = op.Int <= l.size-at; ok {
			l.skip(op.Int)
			if l.Offset() >= l.frameEnd {
				l.frameEnd = math.MaxInt64
			}
		}
	default:
		at, ok = l.piece(op.Int)
	}
	op.ArgOff, op.ArgLen, op.End = at, op.Int, l.Offset()
	if !ok {
		return l.truncated(op, fmt.Sprintf("%s announces %d bytes, %d are left", op.Name(), op.Int, max(0, l.size-at)))
	}
	return nil
}

// piece reads n bytes at once and returns where they stand.
func (l *Lexer) piece(n int64) (at int64, ok bool) {
	if rest := l.frameEnd - l.Offset(); rest < n {
		if rest > 0 {
			l.dropped = true
			l.seek(l.frameEnd)
		}
		l.frameEnd = math.MaxInt64
	}
	at = l.Offset()
	if n > l.size-at {
		return at, false
	}
	l.skip(n)
	return at, true
}

// number returns the little-endian number of n bytes at off.
func (l *Lexer) number(op *Op, off, n int64) (uint64, *Error) {
	b, err := l.bytes(off, n)
	if err != nil {
		l.rerr = err
		return 0, l.short(op)
	}
	var v uint64
	for i, c := range b {
		v |= uint64(c) << (8 * i)
	}
	return v, nil
}

// lineDrop reads a line: from the frame if that has the newline, else from
// behind the frame.
func (l *Lexer) lineDrop(op *Op) (off, n int64, _ *Error) {
	off, n, ended, err := l.scanLine(op)
	if err == nil && off < l.frameEnd && (l.Offset() > l.frameEnd || !ended) {
		if off < l.frameEnd && l.frameEnd != math.MaxInt64 {
			l.dropped = true
			l.seek(l.frameEnd)
			off, n, ended, err = l.scanLine(op)
		}
	}
	if l.Offset() >= l.frameEnd {
		l.frameEnd = math.MaxInt64
	}
	if err == nil && !ended {
		op.Loaders = Py // C needs the newline
	}
	return off, n, err
}

// frameDrop makes sure that the frame is in the buffer, as load_frame does.
func (l *Lexer) frameDrop(op *Op) *Error {
	if rest := l.frameEnd - l.Offset(); l.frameEnd != math.MaxInt64 && op.Int <= rest {
		return nil // it is: the old buffer stays, and ends where it ended
	}
	at, ok := l.piece(op.Int)
	op.End = at
	if !ok {
		return l.truncated(op, "a frame announces more bytes than are left")
	}
	l.seek(at)
	l.frameEnd = at + op.Int
	return nil
}
