package pickle

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"slices"
	"time"
)

// DecompileLimits bounds what Decompile writes. A bound that is hit is told in a
// comment. A field that is zero or less means the number of
// [DefaultDecompileLimits].
type DecompileLimits struct {
	Statements int // statements and comment lines of one pass
	Bytes      int // of text of one pass
	Line       int // bytes of one statement, roughly
	Items      int // items of one container that are shown
	// Depth is how deep containers stand inside each other in one statement.
	// What is deeper gets a name, so that nothing is lost. It is at most 80:
	// Python reads no more than 200 brackets inside each other.
	Depth int
}

// DefaultDecompileLimits returns the limits that the command uses.
func DefaultDecompileLimits() DecompileLimits {
	return DecompileLimits{Statements: 100_000, Bytes: 64 << 20, Line: 4096, Items: 1000, Depth: 40}
}

func (l DecompileLimits) orDefault() DecompileLimits {
	d := DefaultDecompileLimits()
	set(&l.Statements, d.Statements)
	set(&l.Bytes, d.Bytes)
	set(&l.Line, d.Line)
	set(&l.Items, d.Items)
	set(&l.Depth, d.Depth)
	l.Depth = min(l.Depth, 80)
	l.Items = min(l.Items, 1<<24)
	return l
}

// Decompile writes the stream of r that starts at off as the Python that does
// the same: an assignment for each call, an import for each look-up, in the order
// of the stream. Nothing is executed, and the text is printable whatever the
// stream holds. What is used in several places has a name, so that the text is
// never longer than the stream allows for, and "..." stands for what is left out.
//
// The trace is that of [Run], but for streams of more than Limits.Values values,
// which Run can forget and Decompile cannot, and for file objects with unusual
// buffers, over which frames that no pickler writes are read in yet another way. The error is that of Run, or of w.
func Decompile(w io.Writer, r io.ReaderAt, size, off int64, o Options, lim DecompileLimits) (*Trace, error) {
	m := machines.Get().(*machine)
	defer m.release()
	m.start = time.Now()
	o.Limits = o.Limits.orDefault()
	o.Limits.Values = min(o.Limits.Values, maxDecompiled)
	o.Limits.Facts = min(o.Limits.Facts, maxDecompiled/16)
	d := &decompiler{m: m, lim: lim.orDefault(), r: r, size: size, off: off, w: bufio.NewWriter(w), hash: sha256.New()}
	set := o.set()
	err := d.uses(&o, set)
	trace := m.trace
	others := slices.DeleteFunc(m.others(&o, set), func(o Options) bool { return o.chosen })
	d.hashing = len(others) > 0
	d.header(trace)
	m.start = time.Now()
	if serr := d.write(&o, set); err == nil || serr != nil && serr.Kind == ReadFailed {
		err = serr
	}
	told := map[[sha256.Size]byte]bool{d.digest(): true}
	for i := range others {
		if d.werr != nil {
			break
		}
		err = d.section(&others[i], trace, err, told)
	}
	if d.werr == nil {
		d.werr = d.w.Flush()
	}
	if d.werr != nil {
		return trace, d.werr
	}
	return result(trace, err)
}

// maxDecompiled bounds the values that Decompile remembers: beside each it keeps
// how often it is used, and what it is called.
const maxDecompiled = 1 << 21

// section writes what one loader of a file object reads in a pass of its own,
// unless that is what an earlier pass has told, and adds it to trace.
func (d *decompiler) section(o *Options, trace *Trace, err *Error, told map[[sha256.Size]byte]bool) *Error {
	oerr := d.uses(o, o.Loaders)
	other := d.m.trace
	before := len(trace.Globals) + len(trace.Calls)
	err = trace.merge(err, o.Loaders, other, oerr)
	news := len(trace.Globals)+len(trace.Calls) > before
	d.silent = true
	_ = d.write(o, o.Loaders) // it ends as the run before did
	d.silent = false
	sum := d.digest()
	if told[sum] && !news {
		return err
	}
	told[sum] = true
	how := "in pickle.py (py)"
	switch o.Loaders {
	case CFile:
		how = "over a file without peek (c-file)"
	case CPeek:
		how = fmt.Sprintf("over a file with peek and a buffer of %d bytes (c-peek)", o.peekBuffer(CPeek))
	}
	d.raw("\n# " + how + " the same bytes read otherwise; names begin anew:\n")
	d.header(other)
	_ = d.write(o, o.Loaders)
	return err
}

// decompiler is the state of Decompile: two runs of the machine for each pass.
// The first finds out what is used where, the second writes. Both make the same
// values at the same places in the slab.
type decompiler struct {
	m    *machine
	lim  DecompileLimits
	r    io.ReaderAt
	size int64
	off  int64

	values  []usage
	writing bool  // the second run
	ops     int64 // how far the first run came
	base    LoaderSet

	taken taken // the operands of the op that is executed
	was   grown
	found ref // the last look-up

	final bool // the last line, which is past all bounds

	names   names
	w       *bufio.Writer
	werr    error
	silent  bool // only the digest is wanted
	written int
	shown   int
	hidden  int64
	known   map[string]bool // what was called so far
	unseen  []string        // what is called in hidden statements only
	hashing bool
	hash    hash.Hash
	out     []byte // the statement that is being written
	gaps    []gap  // between its items
	wide    []byte // scratch of layout
	levels  []level
	cuts    cuts
	single  [1]ref
}

// uses is the first run.
func (d *decompiler) uses(o *Options, set LoaderSet) *Error {
	d.writing = false
	d.values = d.values[:0]
	err := d.run(o, set)
	d.ops = d.m.trace.Ops
	return err
}

// write is the second run.
func (d *decompiler) write(o *Options, set LoaderSet) *Error {
	d.writing = true
	d.names = newNames()
	d.written, d.shown, d.hidden = 0, 0, 0
	d.known, d.unseen = make(map[string]bool), nil
	d.hash.Reset()
	for i := range d.values {
		d.values[i].name = 0
	}
	return d.run(o, set)
}

func (d *decompiler) run(o *Options, set LoaderSet) *Error {
	m := d.m
	m.begin(d.r, d.size, d.off, o, set)
	m.pin = immediate // nothing is forgotten: references stay what they are
	m.keep = max(m.keep, 2*d.lim.Items)
	d.base, d.was = m.live, d.grown()
	stopped := false
	m.before = func(op *Op) {
		if !stopped {
			d.before(op)
		}
	}
	m.observe = func(op *Op, err *Error) {
		if stopped {
			return
		}
		d.after(op, err)
		// The clock may stop the two runs at different places.
		if d.werr != nil || d.writing && m.trace.Ops > d.ops && err == nil {
			stopped = true
			m.lex.seek(m.lex.size)
		}
	}
	err := m.run()
	if stopped {
		err = &Error{Kind: LimitReached, Offset: m.trace.End, Text: "not followed further"}
		d.failed(err)
	}
	return err
}
