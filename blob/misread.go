package blob

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// An array of objects is a pickle inside the pickle of joblib. A plain loader that
// is given the file reads on into it, with the memo of what stood before: GET 3 is
// then something else than it is to joblib, and "numpy.dtype" becomes "Index.dtype"
// (joblib 1.5 pickles such arrays with protocol 5, whose MEMOIZE counts). That is
// what every honest file does to the wrong loader, which fails at such a name.
//
// So where joblib reads the stream to its end, and finds a look-up of the same name
// or a call at the same op of the array, what plain loaders make of that op counts
// only if it is known to be dangerous. The name is what the op before pushes; only
// the module comes out of the memo. What they find anywhere else in an array, and
// another name, counts as ever.

// misread has the facts of a stream that plain loaders misread, by index.
type misread struct{ globals, calls map[int32]bool }

// noteMisread compares what loaders of st find in n bytes from off on with what the
// streams of joblib's reading say.
func (s *Stream) noteMisread(off, n int64, own ...*Stream) {
	in := func(at int64) bool { return at >= off && at-off < n }
	type lookUp struct{ module, name string }
	type call struct{ target, args string }
	globals := make(map[int64][]lookUp)
	calls := make(map[int64][]call)
	for _, o := range own {
		t := o.Trace
		for i := range t.Globals {
			if g := &t.Globals[i]; in(g.Offset) && !o.misread.globals[int32(i)] {
				globals[g.Offset] = append(globals[g.Offset], lookUp{g.Module, g.Name()})
			}
		}
		for i := range t.Calls {
			if c := &t.Calls[i]; in(c.Offset) && !o.misread.calls[int32(i)] {
				calls[c.Offset] = append(calls[c.Offset], call{c.Target, c.Args})
			}
		}
	}
	other := make(map[int32]bool) // look-ups that no slip of the memo explains
	for i := range s.Trace.Globals {
		g := &s.Trace.Globals[i]
		at := globals[g.Offset]
		if len(at) == 0 || slices.Contains(at, lookUp{g.Module, g.Name()}) {
			continue
		}
		if !g.Resolved || slices.ContainsFunc(at, func(l lookUp) bool { return l.name == g.Name() }) {
			note(&s.misread.globals, i)
			continue
		}
		other[int32(i)] = true
	}
	for i := range s.Trace.Calls {
		c := &s.Trace.Calls[i]
		if at := calls[c.Offset]; len(at) > 0 && !slices.Contains(at, call{c.Target, c.Args}) && !other[c.Global] {
			note(&s.misread.calls, i)
		}
	}
}

func note(m *map[int32]bool, i int) {
	if *m == nil {
		*m = make(map[int32]bool)
	}
	(*m)[int32(i)] = true
}

// misreadGlobal reports whether look-up i is no fact about an honest file.
func (b *bench) misreadGlobal(i int32) bool {
	if !b.s.misread.globals[i] {
		return false
	}
	g := &b.s.Trace.Globals[i]
	return !g.Resolved || b.opinion(g).class != catalog.Dangerous
}

// misreadCall reports the same of call i.
func (b *bench) misreadCall(i int32) bool {
	if !b.s.misread.calls[i] {
		return false
	}
	c := &b.s.Trace.Calls[i]
	if c.Global < 0 {
		return true // what it calls has been judged
	}
	g := &b.s.Trace.Globals[c.Global]
	return !g.Resolved || b.opinion(g).class != catalog.Dangerous
}
