package pickle

import (
	"io"
	"time"
)

// Run follows the one stream of r that starts at off, for all the loaders of o at
// once: it goes on as long as any of them would, and [Global.Loaders] and
// [Call.Loaders] say who gets there. Where a file object is read differently from
// other inputs (see [FrameMismatch]) each such reading is a pass of its own, and
// the facts that only it has stand behind those of the first.
//
// The trace is never nil. The error is nil or an *Error; the trace then holds
// everything up to it.
func Run(r io.ReaderAt, size, off int64, o Options) (*Trace, error) {
	m := machines.Get().(*machine)
	defer m.release()
	m.start = time.Now()
	set := o.set()
	m.begin(r, size, off, &o, set)
	err := m.run()
	trace := m.trace
	todo := m.others(&o, set)
	for runs := 0; len(todo) > 0; runs++ {
		alone := todo[0]
		todo = todo[1:]
		if runs == maxReadings {
			trace.MoreAnomalies++ // more than are followed
			break
		}
		m.begin(r, size, off, &alone, alone.Loaders)
		oerr := m.run()
		todo = append(todo, m.lex.file.choices(&alone)...)
		if alone.chosen {
			m.trace.unlike(trace)
		}
		trace.JoblibCut = trace.JoblibCut || alone.joblib && oerr != nil && oerr.Kind == Truncated
		err = trace.merge(err, alone.Loaders, m.trace, oerr)
	}
	return result(trace, err)
}

// maxReadings bounds the passes over one stream. Only frames that no pickler
// writes ask for more than a few.
const maxReadings = 64

// set is which loaders are followed.
func (o *Options) set() LoaderSet {
	if o.Loaders == 0 {
		return AllLoaders
	}
	return o.Loaders & AllLoaders
}

// begin makes the machine ready for a pass. One loader of a file object alone is
// followed as it reads its file, several of them as if the input were memory.
func (m *machine) begin(r io.ReaderAt, size, off int64, o *Options, set LoaderSet) {
	m.reset(r, size, off, o, set)
	if o.Reuse && set&cLoaders != 0 {
		m.live &^= Py // it is followed alone
	}
	if m.reading.python2 {
		m.live = o.firstPython2(set)
		return
	}
	if (set == CFile || set == CPeek) && m.reading.laxFrames {
		m.lex.over(off, o.peekBuffer(set))
		m.lex.file.chosen, m.lex.file.keeps = o.chosen, o.keeps
	}
}

// others are the readings that the first pass, for set, does not cover: those of
// file objects, where it came to a place that they read differently.
func (m *machine) others(o *Options, set LoaderSet) []Options {
	if m.reading.python2 {
		return o.othersPython2(set)
	}
	alone := *o
	var out []Options
	if o.Reuse && set&Py != 0 && set != Py {
		alone.Loaders = Py
		out = append(out, alone)
	}
	if m.arrays.wrapped && set&Py != 0 && !o.Plain {
		alone.Loaders, alone.joblib = Py, true
		out = append(out, alone)
		alone.joblib = false
	}
	if !m.parted || set == CFile || set == CPeek {
		return out
	}
	if alone.Loaders = CFile; set&CFile != 0 {
		out = append(out, alone)
	}
	if alone.Loaders = CPeek; set&CPeek == 0 {
		return out
	}
	if o.PeekBuffer > 0 {
		return append(out, alone)
	}
	for _, alone.PeekBuffer = range peekBuffers {
		out = append(out, alone)
	}
	// Other buffers peek at other frames: those of a gzip or zip file have
	// blocks that its author chooses.
	alone.PeekBuffer, alone.chosen = 0, true
	return append(out, alone)
}

// The usual buffers of file objects with peek: what open takes from the file
// system, io.DEFAULT_BUFFER_SIZE up to 3.13 and from 3.14 on, and joblib's.
var peekBuffers = []int64{4 << 10, 8 << 10, 128 << 10, 1 << 20}

// result keeps a nil *Error from becoming an error.
func result(t *Trace, err *Error) (*Trace, error) {
	if err != nil {
		return t, err
	}
	return t, nil
}

func (o *Options) peekBuffer(set LoaderSet) int64 {
	switch {
	case set != CPeek || o.chosen:
		return 0
	case o.PeekBuffer > 0:
		return o.PeekBuffer
	case o.Python.from(14):
		return 128 << 10
	}
	return 8 << 10
}
