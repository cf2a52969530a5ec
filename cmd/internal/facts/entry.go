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
	ofTouches
)

// entries puts the facts of a trace in the order of the stream: what another pass
// has found stands behind the rest there.
func entries(t *pickle.Trace) []entry {
	all := named(t, 0, 0)
	for i := range t.Persistent {
		all = append(all, entry{t.Persistent[i].Offset, int32(i), ofPersistent})
	}
	for i := range t.Touches {
		all = append(all, entry{t.Touches[i].Offset, int32(i), ofTouches})
	}
	return ordered(all)
}

// named lists the look-ups and calls but for the first ones.
func named(t *pickle.Trace, globals, calls int) []entry {
	var all []entry
	for i := globals; i < len(t.Globals); i++ {
		all = append(all, entry{t.Globals[i].Offset, int32(i), ofGlobals})
	}
	for i := calls; i < len(t.Calls); i++ {
		all = append(all, entry{t.Calls[i].Offset, int32(i), ofCalls})
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
	case ofTouches:
		c := &t.Touches[e.index]
		return "implicit", touchText(t, c), c.Loaders
	}
	c := &t.Calls[e.index]
	return c.Kind.String(), callText(c), c.Loaders
}
