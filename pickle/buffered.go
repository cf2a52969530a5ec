package pickle

import "slices"

// buffering is how _pickle.c reads a file object. The bytes that it holds end at
// end; a read that fits is served from them, and any other one goes to the file
// (_Unpickler_ReadImpl, _Unpickler_Readline). What the file then says replaces
// the buffer. Without peek the old rest is lost: a frame is fetched whole and
// becomes the buffer, so an argument that does not fit what is left of a frame is
// read from behind it. With peek the rest is still in the file, unless the
// buffer was fetched by a read, because peek did not offer enough.
type buffering struct {
	on      bool
	dropped bool  // a rest was lost
	end     int64 // where the buffer ends
	peeked  bool  // the file still has what is in the buffer
	peek    int64 // size of the buffer of BufferedReader; 0 without peek
	raw     int64 // where that buffer ends in the file
	// chosen: with peek, a rest is lost or not as the buffer of the file has
	// it, whose blocks are not known. misses counts these places, and keeps
	// has those where the rest is still read.
	chosen bool
	misses int
	keeps  []int
}

// choices are the readings that differ from this one at a later place: those in
// which one more rest is kept.
func (b *buffering) choices(o *Options) []Options {
	if !b.chosen {
		return nil
	}
	first := 0
	if n := len(o.keeps); n > 0 {
		first = o.keeps[n-1] + 1
	}
	var out []Options
	for at := first; at < min(b.misses, maxReadings); at++ {
		next := *o
		next.keeps = append(slices.Clone(o.keeps), at)
		out = append(out, next)
	}
	return out
}

// prefetch is PREFETCH of _pickle.c: reads of that size do not peek.
const prefetch = 128 << 10

// over sets l to read a file object at off. peek is the size of its own buffer,
// or 0 if it has no peek.
func (l *Lexer) over(off, peek int64) {
	b := buffering{on: true, end: off, peek: peek, raw: off}
	if peek > 0 && off%peek != 0 {
		b.raw = min(l.size, off+peek-off%peek) // streams before this one were read in blocks
	}
	l.file = b
}

// next returns where the file is after a load.
func (b *buffering) next(at int64) int64 {
	if b.peeked {
		return at // _Unpickler_SkipConsumed
	}
	return max(at, b.end)
}

// miss leaves the buffer, and returns where the file goes on.
func (l *Lexer) miss() int64 {
	b := &l.file
	if at := l.Offset(); !b.peeked && b.end > at {
		keep := b.chosen && slices.Contains(b.keeps, b.misses)
		b.misses++
		if keep {
			return at
		}
		b.dropped = true
		l.seek(b.end)
	}
	b.peeked = false
	return l.Offset()
}

// piece reads n bytes at once and returns where they stand.
func (l *Lexer) piece(n int64) (at int64, ok bool) {
	b := &l.file
	if at = l.Offset(); n <= b.end-at {
		l.skip(n)
		return at, true
	}
	at = l.miss()
	if b.peek > 0 && n < prefetch {
		if b.raw <= at {
			b.raw = min(l.size, at+b.peek)
		}
		b.end, b.peeked = b.raw, true
		if n <= b.end-at {
			l.skip(n)
			return at, true
		}
		b.peeked = false
	}
	if n > l.size-at {
		return at, false
	}
	b.read(at, n, l.size)
	b.end = at + n
	l.skip(n)
	return at, true
}

// read moves BufferedReader over n bytes at at: whole blocks go past its buffer,
// and the rest is taken from a full one (_bufferedreader_read_generic).
func (b *buffering) read(at, n, size int64) {
	from := max(b.raw, at)
	if rest := at + n - from; b.peek > 0 && rest > 0 {
		b.raw = from + rest - rest%b.peek
		if rest%b.peek > 0 {
			b.raw = min(size, b.raw+b.peek)
		}
	}
}

// pieceInto reads a payload of bytes: from the buffer and then from the file
// (_Unpickler_ReadInto), so that nothing is lost.
func (l *Lexer) pieceInto(n int64) (at int64, ok bool) {
	b := &l.file
	at = l.Offset()
	if n > l.size-at {
		return at, false
	}
	l.skip(n)
	end := at + n
	if end <= b.end {
		return at, true
	}
	if rest := end - max(b.raw, at); b.peek > 0 && rest > 0 {
		if rest > b.peek {
			b.raw = end // into the caller's memory, whatever the block
		} else {
			b.raw = min(l.size, end-rest+b.peek)
		}
	}
	b.end, b.peeked = end, false
	return at, true
}

// lineFile reads a line: from the buffer if that has the newline, else from the file.
func (l *Lexer) lineFile(op *Op) (off, n int64, _ *Error) {
	b := &l.file
	off, n, ended, err := l.scanLine(op)
	if err != nil || ended && l.Offset() <= b.end {
		return off, n, err
	}
	if b.end > off && !b.peeked {
		l.seek(off)
		l.miss()
		if off, n, ended, err = l.scanLine(op); err != nil {
			return off, n, err
		}
	}
	if !ended {
		op.Loaders = Py // C needs the newline
	}
	if b.peek > 0 {
		for b.raw = max(b.raw, off); b.raw < l.Offset(); {
			b.raw = min(l.size, b.raw+b.peek)
		}
	}
	b.end, b.peeked = l.Offset(), false
	return off, n, nil
}

// frameFile makes sure that the frame is in the buffer, as load_frame does.
func (l *Lexer) frameFile(op *Op) *Error {
	if op.Int < 0 {
		return frameTooLong(op)
	}
	at, ok := l.piece(op.Int)
	op.End = at
	if !ok {
		return l.truncated(op, "a frame announces more bytes than are left")
	}
	l.seek(at)
	return nil
}

// nextBuffered is next as _pickle.c reads a file object.
func (l *Lexer) nextBuffered(op *Op) *Error {
	*op = Op{Loaders: AllLoaders, Offset: l.Offset(), End: l.Offset()}
	at, ok := l.piece(1)
	if !ok {
		return l.truncated(op, "end of input before STOP")
	}
	op.Offset = at
	code, err := l.fixed(op, at, 1)
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
		return l.linesFile(op, arg)
	}
	width := int64(widths[arg])
	if at, ok = l.piece(width); !ok {
		return l.short(op)
	}
	u, err := l.fixed(op, at, width)
	if err != nil {
		return err
	}
	op.End = l.Offset()
	if err := l.number(op, u); err != nil {
		return err
	}
	switch {
	case op.Code == OpFrame:
		return l.frameFile(op)
	case arg < ArgLen1:
		return nil
	case joins(op.Code):
		at, ok = l.pieceInto(op.Int)
	default:
		at, ok = l.piece(op.Int)
	}
	op.ArgOff, op.ArgLen, op.End = at, op.Int, l.Offset()
	if !ok {
		return l.tooShort(op)
	}
	return nil
}

func (l *Lexer) linesFile(op *Op, arg ArgKind) (err *Error) {
	if op.ArgOff, op.ArgLen, err = l.lineFile(op); err != nil {
		return err
	}
	if arg == ArgLines && op.Loaders == AllLoaders {
		if op.Arg2Off, op.Arg2Len, err = l.lineFile(op); err != nil {
			return err
		}
	}
	op.End = l.Offset()
	return nil
}

// fixed returns the n bytes at off as a number.
func (l *Lexer) fixed(op *Op, off, n int64) (uint64, *Error) {
	b, err := l.bytes(off, n)
	if err != nil {
		l.rerr = err
		return 0, l.short(op)
	}
	return littleEndian(b), nil
}
