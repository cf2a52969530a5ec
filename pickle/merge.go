package pickle

import (
	"fmt"
	"slices"
)

// merge adds to t what another pass over the same stream found, and returns the
// error of both together: none if one of them reached STOP.
func (t *Trace) merge(err *Error, loader LoaderSet, other *Trace, oerr *Error) *Error {
	before := len(t.Globals) + len(t.Calls)
	t.mergeGlobals(other)
	t.PersistentIDs = max(t.PersistentIDs, other.PersistentIDs)
	t.Buffers = max(t.Buffers, other.Buffers)
	t.Repeated += other.Repeated
	for _, n := range other.Next {
		t.addNext(n)
	}
	mismatch := func(a Anomaly) bool { return a.Kind == FrameMismatch }
	told := slices.ContainsFunc(t.Anomalies, mismatch)
	for _, a := range other.Anomalies {
		if !slices.Contains(t.Anomalies, a) && (!told || !mismatch(a)) {
			t.Anomalies = append(t.Anomalies, a)
		}
	}
	at := other.End
	if i := slices.IndexFunc(t.Anomalies, mismatch); i >= 0 {
		at = t.Anomalies[i].Offset
	}
	if news := len(t.Globals) + len(t.Calls) - before; news > 0 || other.End != t.End && oerr == nil {
		text := fmt.Sprintf("over a file %s reads other bytes, up to %#x", joinLoaders(loader), other.End)
		if oerr != nil {
			text = fmt.Sprintf("over a file %s reads other bytes, and fails at %#x", joinLoaders(loader), oerr.Offset)
		}
		t.Anomalies = append(t.Anomalies, Anomaly{Kind: LoaderDisagreement, Offset: at, Text: text})
	}
	switch {
	case oerr == nil && err != nil && err.Kind != LimitReached && err.Kind != ReadFailed:
		t.End, t.FrameEnd, t.Protocol, t.Complete = other.End, other.FrameEnd, other.Protocol, true
		err = nil
	case oerr != nil && err == nil && (oerr.Kind == LimitReached || oerr.Kind == ReadFailed):
		err = oerr
		t.Complete = false
	}
	t.Loaders |= other.Loaders
	return err
}

// factKey is what makes two facts of different passes one.
type factKey struct {
	offset int64
	kind   CallKind
	code   int32
	target string
}

// mergeGlobals adds the look-ups, calls, persistent ids and touches of other.
func (t *Trace) mergeGlobals(other *Trace) {
	index := make(map[factKey]int32, len(t.Globals))
	keyOf := func(g *Global) factKey {
		return factKey{offset: g.Offset, code: g.Code, target: g.RawModule + "\n" + g.RawName}
	}
	for i := range t.Globals {
		index[keyOf(&t.Globals[i])] = int32(i)
	}
	globals := make([]int32, len(other.Globals))
	for i, g := range other.Globals {
		at, ok := index[keyOf(&g)]
		if ok {
			t.Globals[at].Loaders |= g.Loaders
		} else {
			at = int32(len(t.Globals))
			t.Globals = append(t.Globals, g)
		}
		globals[i] = at
	}
	calls := t.mergeCalls(other, globals)
	old := func(i int32, table []int32) int32 {
		if i < 0 {
			return i
		}
		return table[i]
	}
	for i := range other.Touches {
		c := &other.Touches[i]
		c.Global, c.Via = old(c.Global, globals), old(c.Via, calls)
	}
	t.Touches = union(t.Touches, other.Touches, func(c *Touch) *LoaderSet { return &c.Loaders })
	t.Persistent = union(t.Persistent, other.Persistent, func(p *PersistentID) *LoaderSet { return &p.Loaders })
}

// union adds to a what of b it does not have. Two that differ in their loaders
// only are one.
func union[T comparable](a, b []T, loaders func(*T) *LoaderSet) []T {
	index := make(map[T]int, len(a))
	for i, v := range a {
		*loaders(&v) = 0
		index[v] = i
	}
	for _, v := range b {
		set := *loaders(&v)
		*loaders(&v) = 0
		i, ok := index[v]
		if !ok {
			i = len(a)
			a = append(a, v)
			index[v] = i
		}
		*loaders(&a[i]) |= set
	}
	return a
}

func callFact(c *Call) factKey {
	return factKey{offset: c.Offset, kind: c.Kind, target: c.Target + "\n" + c.Args}
}

// mergeCalls adds the calls of other, and returns where each of them is in t.
func (t *Trace) mergeCalls(other *Trace, globals []int32) []int32 {
	index := make(map[factKey]int32, len(t.Calls))
	for i := range t.Calls {
		index[callFact(&t.Calls[i])] = int32(i)
	}
	calls := make([]int32, len(other.Calls))
	for i, c := range other.Calls {
		at, ok := index[callFact(&c)]
		if ok {
			t.Calls[at].Loaders |= c.Loaders
			t.Calls[at].Fallback |= c.Fallback
			calls[i] = at
			continue
		}
		if c.Global >= 0 {
			c.Global = globals[c.Global]
		}
		if c.Via >= 0 {
			c.Via = calls[c.Via]
		}
		c.Lead = slices.Clone(c.Lead)
		for j := range c.Lead {
			if g := c.Lead[j].Global; g >= 0 {
				c.Lead[j].Global = int(globals[g])
			}
		}
		calls[i] = int32(len(t.Calls))
		t.Calls = append(t.Calls, c)
	}
	return calls
}
