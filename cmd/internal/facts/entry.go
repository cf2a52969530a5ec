package facts

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// entry is one fact of a trace: where it stands in the stream, and in which of
// the lists.
type entry struct {
	offset int64
	index  int32
	list   listOf
}

type listOf uint8

const (
	ofGlobals listOf = iota
	ofPersistent
	ofCalls
	ofImplicit
)

// entries puts the facts of a trace in the order of the stream: what another pass
// has found stands behind the rest there.
func entries(t *pickle.Trace) []entry { return entriesBehind(t, new(pickle.Trace)) }

// entriesBehind lists the facts of t but for those of first, with which it begins.
func entriesBehind(t, first *pickle.Trace) []entry {
	var all []entry
	for i := len(first.Globals); i < len(t.Globals); i++ {
		all = append(all, entry{t.Globals[i].Offset, int32(i), ofGlobals})
	}
	for i := len(first.Calls); i < len(t.Calls); i++ {
		all = append(all, entry{t.Calls[i].Offset, int32(i), ofCalls})
	}
	for i := len(first.Persistent); i < len(t.Persistent); i++ {
		all = append(all, entry{t.Persistent[i].Offset, int32(i), ofPersistent})
	}
	for i := len(first.Implicit); i < len(t.Implicit); i++ {
		all = append(all, entry{t.Implicit[i].Offset, int32(i), ofImplicit})
	}
	return ordered(all)
}

func ordered(all []entry) []entry {
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.offset, b.offset) })
	return all
}

// words says what the fact is.
func (e *entry) words(t *pickle.Trace) (kind, text string, set pickle.LoaderSet) {
	switch e.list {
	case ofGlobals:
		g := &t.Globals[e.index]
		return "global", globalText(g), g.Loaders
	case ofPersistent:
		p := &t.Persistent[e.index]
		return "persistent", lint.Printable(p.Text), p.Loaders
	case ofImplicit:
		c := &t.Implicit[e.index]
		return "implicit", implicitText(t, c), c.Loaders
	}
	c := &t.Calls[e.index]
	return c.Kind.String(), callText(c), c.Loaders
}
