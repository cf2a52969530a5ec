package pickle

import (
	"cmp"
	"fmt"
	"slices"
)

// merge adds to t what another pass over the same stream found, and returns the
// error of both together: none if one of them reached STOP.
func (t *Trace) merge(err *Error, loader LoaderSet, other *Trace, oerr *Error) *Error {
	before := t.facts()
	t.mergeFacts(other)
	t.mergeEmbedded(other)
	t.PersistentIDs = max(t.PersistentIDs, other.PersistentIDs)
	t.Buffers = max(t.Buffers, other.Buffers)
	t.Repeated += other.Repeated
	t.MoreImplicit += other.MoreImplicit
	t.MorePersistent += other.MorePersistent
	t.MoreAnomalies += other.MoreAnomalies
	for _, h := range other.Hooks {
		t.hook(h)
	}
	for _, n := range other.Next {
		t.addNext(n)
	}
	mismatch := func(a Anomaly) bool { return a.Kind == FrameMismatch }
	told := slices.ContainsFunc(t.Anomalies, mismatch)
	for _, a := range other.Anomalies {
		switch {
		case told && mismatch(a) || slices.Contains(t.Anomalies, a):
		case len(t.Anomalies) >= int(LongName)*maxAnomalies:
			t.MoreAnomalies++
		default:
			t.Anomalies = append(t.Anomalies, a)
		}
	}
	at := other.End
	if i := slices.IndexFunc(t.Anomalies, mismatch); i >= 0 {
		at = t.Anomalies[i].Offset
	}
	if len(other.Arrays) > 0 {
		t.Arrays, t.MoreArrays = other.Arrays, other.MoreArrays
		if t.Joblib = oerr == nil; t.Joblib {
			t.JoblibEnd = other.FrameEnd
		}
	} else if news := t.facts() - before; news > 0 || other.Loaders != 0 && other.End != t.End && oerr == nil {
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

// globalFact and callFact are what makes two facts of different passes one: all
// that can be judged, with look-ups and calls by their place in the joined trace.
type globalFact struct {
	offset              int64
	rawModule, rawName  string
	module, name        string
	resolved, untrusted bool
	code                int32
}

func factOfGlobal(g *Global) globalFact {
	return globalFact{g.Offset, g.RawModule, g.RawName, g.Module, g.Name(), g.Resolved, g.Untrusted, g.Code}
}

type callFact struct {
	kind         CallKind
	op           byte
	cond         Condition
	again        bool
	results      bool
	flat, none   bool
	payload      int64
	global, via  int32
	nargs        int32
	offset       int64
	target, args string
	lead         [LeadArgs]Arg
}

func factOfCall(c *Call) callFact {
	f := callFact{
		kind: c.Kind, op: c.Op, cond: c.If, again: c.Again, results: c.Results, flat: c.Flat, none: c.NoneFirst, payload: c.Payload, global: c.Global, via: c.Via, nargs: c.NArgs,
		offset: c.Offset, target: c.Target, args: c.Args,
	}
	copy(f.lead[:], c.Lead)
	return f
}

// mergeFacts adds the look-ups, calls, persistent ids and implicit calls of other.
func (t *Trace) mergeFacts(other *Trace) {
	index := make(map[globalFact]int32, len(t.Globals))
	for i := range t.Globals {
		index[factOfGlobal(&t.Globals[i])] = int32(i)
	}
	globals := make([]int32, len(other.Globals))
	for i, g := range other.Globals {
		at, ok := index[factOfGlobal(&g)]
		if ok {
			t.Globals[at].Loaders |= g.Loaders
			t.Globals[at].Kept = t.Globals[at].Kept || g.Kept
		} else {
			at = int32(len(t.Globals))
			g.Loaders = cmp.Or(g.Loaders, CPeek) // see unlike
			t.Globals = append(t.Globals, g)
		}
		globals[i] = at
	}
	calls := t.mergeCalls(other, globals)
	for i := range other.Implicit {
		c := &other.Implicit[i]
		c.Global, c.Via = moved(c.Global, globals), moved(c.Via, calls)
	}
	t.Implicit = union(t.Implicit, other.Implicit, func(c *Implicit) *LoaderSet { return &c.Loaders })
	t.Persistent = union(t.Persistent, other.Persistent, func(p *PersistentID) *LoaderSet { return &p.Loaders })
}

// moved is where the entry i of another trace is in the joined one.
func moved(i int32, table []int32) int32 {
	if i < 0 {
		return i
	}
	return table[i]
}

// mergeCalls adds the calls of other, and returns where each of them is in t.
func (t *Trace) mergeCalls(other *Trace, globals []int32) []int32 {
	index := make(map[callFact]int32, len(t.Calls))
	for i := range t.Calls {
		index[factOfCall(&t.Calls[i])] = int32(i)
	}
	calls := make([]int32, len(other.Calls))
	for i, c := range other.Calls {
		c.Global, c.Via = moved(c.Global, globals), moved(c.Via, calls)
		c.Lead = slices.Clone(c.Lead)
		for j := range c.Lead {
			c.Lead[j].Global = int(moved(int32(c.Lead[j].Global), globals))
			c.Lead[j].Call = int(moved(int32(c.Lead[j].Call), calls))
		}
		at, ok := index[factOfCall(&c)]
		if ok {
			t.Calls[at].Loaders |= c.Loaders
			t.Calls[at].Fallback |= c.Fallback
			t.Calls[at].Assumes |= c.Assumes
			t.Calls[at].Stores = t.Calls[at].Stores || c.Stores
			t.Calls[at].Rebinds = t.Calls[at].Rebinds || c.Rebinds
		} else {
			at = int32(len(t.Calls))
			c.Loaders = cmp.Or(c.Loaders, CPeek)
			t.Calls = append(t.Calls, c)
		}
		calls[i] = at
	}
	return calls
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

// unlike takes the loaders from the facts of t that known has as well: t is how some
// buffer might have it, and adds only what nothing else has shown.
func (t *Trace) unlike(known *Trace) {
	globals := make(map[globalFact]bool, len(known.Globals))
	for i := range known.Globals {
		globals[factOfGlobal(&known.Globals[i])] = true
	}
	for i := range t.Globals {
		if g := &t.Globals[i]; globals[factOfGlobal(g)] {
			g.Loaders = 0
		}
	}
	type place struct {
		offset       int64
		kind         CallKind
		target, args string
	}
	calls := make(map[place]bool, len(known.Calls))
	for i := range known.Calls {
		c := &known.Calls[i]
		calls[place{c.Offset, c.Kind, c.Target, c.Args}] = true
	}
	for i := range t.Calls {
		if c := &t.Calls[i]; calls[place{c.Offset, c.Kind, c.Target, c.Args}] {
			c.Loaders = 0
		}
	}
	t.Loaders = 0
}

// facts counts what is listed.
func (t *Trace) facts() int {
	return len(t.Globals) + len(t.Calls) + len(t.Implicit) + len(t.Persistent)
}
