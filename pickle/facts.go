package pickle

import "slices"

// facts is what the machine keeps to bound the trace: names that are used
// again are one string, and past the limits a repeated fact is only counted.
type facts struct {
	hashed    int // values looked at inside keys
	anomalies [LongName + 1]int
	names     map[string]string
	bytes     int      // of the text in the trace
	targets   []string // how the globals are called, where that was needed
	globals   map[globalKey]int32
	canonical []int32 // by look-up: the first that equals it
	// recent are a few entries of calls: most streams make objects of one or
	// two classes, again and again.
	recent [4]recentCall
	next   int
	calls  map[callKey]int32
}

// pooledFacts is how many entries of each map a resting machine may hold.
const pooledFacts = 256

// reset empties f. What small streams need is kept for the next one.
func (f *facts) reset() {
	if len(f.names) > pooledFacts || len(f.globals) > pooledFacts || len(f.calls) > 0 ||
		cap(f.targets) > pooledFacts || cap(f.canonical) > pooled {
		*f = facts{}
		return
	}
	clear(f.names)
	clear(f.globals)
	clear(f.targets)
	*f = facts{names: f.names, globals: f.globals, targets: f.targets[:0], canonical: f.canonical[:0]}
}

type globalKey struct {
	module, name        string // raw
	proto               int
	code                int32
	resolved, untrusted bool
	loaders             LoaderSet
}

type recentCall struct {
	key callKey
	at  int32 // index + 1; 0 for none
}

// callKey is what a verdict on a call can hang on. Look-ups in it are canonical:
// the first of those that are equal.
type callKey struct {
	kind    CallKind
	op      byte
	cond    Condition
	loaders LoaderSet
	again   bool
	results bool
	flat    bool
	none    bool
	payload int64
	nargs   int32
	global  int32
	via     int32
	target  string
	lead    [LeadArgs]Arg
}

// intern returns b as a string that later calls share.
func (f *facts) intern(b []byte) string {
	if s, ok := f.names[string(b)]; ok {
		return s
	}
	if f.names == nil {
		f.names = make(map[string]string)
	}
	s := string(b)
	f.names[s] = s
	f.bytes += len(s)
	return s
}

// target returns the name of a listed global.
func (m *machine) target(i int) string {
	f := &m.facts
	if i >= len(f.targets) {
		f.targets = slices.Grow(f.targets, i+1-len(f.targets))[:i+1] // what is reused was cleared
	}
	if f.targets[i] == "" {
		f.targets[i] = m.trace.Globals[i].String()
		f.bytes += len(f.targets[i])
	}
	return f.targets[i]
}

// crowded reports whether listed facts of one sort, or all text, reach
// times × their limit.
func (m *machine) crowded(listed, times int) bool {
	return listed >= times*m.lim.Facts || m.facts.bytes >= times*m.lim.FactBytes
}

// repeating reports whether so many facts of one sort are listed that those like
// them are only counted.
func (m *machine) repeating(listed int) bool {
	return listed >= m.lim.Repeats || m.crowded(listed, 1)
}

func (m *machine) keyOf(g *Global, proto int) globalKey {
	return globalKey{g.RawModule, g.RawName, min(max(proto, 2), 4), g.Code, g.Resolved, g.Untrusted, g.Loaders}
}

// addGlobal lists g and returns its index.
func (m *machine) addGlobal(g Global) int {
	f := &m.facts
	if f.globals == nil {
		f.globals = make(map[globalKey]int32)
	}
	key := m.keyOf(&g, m.proto)
	first, seen := f.globals[key]
	if seen && m.repeating(len(m.trace.Globals)) {
		m.trace.Repeated++
		return int(first)
	}
	m.full = m.full || m.crowded(len(m.trace.Globals), 2)
	at := len(m.trace.Globals)
	m.trace.Globals = append(m.trace.Globals, g)
	if !seen {
		first = int32(at)
		f.globals[key] = first
		m.watch(&g)
	}
	f.canonical = append(f.canonical, first)
	return at
}

// implicit notes code of obj that op runs without calling it by name, if obj may
// have any. Past Limits.Facts it is left out: implicit calls are never judged alone.
func (m *machine) implicit(op *Op, k ImplicitKind, obj ref, set LoaderSet) {
	if m.literal(obj) || set == 0 || m.kind(obj) == kBuffer {
		return
	}
	if m.crowded(len(m.trace.Implicit), 1) {
		m.trace.MoreImplicit++
		return
	}
	t := Implicit{Kind: k, Op: op.Code, Offset: op.Offset, Loaders: set, Global: -1, Via: -1}
	switch n := &m.nodes[obj]; n.kind {
	case kGlobal:
		t.Global = int32(n.n)
	case kResult:
		t.Via = int32(n.n)
	}
	m.trace.Implicit = append(m.trace.Implicit, t)
}

// repeated returns the index of a listed call equal to c, once there are many.
func (m *machine) repeated(c *Call) (int32, bool) {
	f := &m.facts
	if !m.repeating(len(m.trace.Calls)) {
		return 0, false
	}
	key := callKey{kind: c.Kind, op: c.Op, cond: c.If, loaders: c.Loaders, again: c.Again, results: c.Results, flat: c.Flat, none: c.NoneFirst, payload: c.Payload, nargs: c.NArgs, global: -1, via: c.Via}
	if c.Global >= 0 {
		key.global = f.canonical[c.Global]
	} else {
		key.target = c.Target
	}
	copy(key.lead[:], c.Lead)
	for i := range c.Lead {
		if g := c.Lead[i].Global; g >= 0 {
			key.lead[i].Global = int(f.canonical[g])
		}
	}
	for i := range f.recent {
		if f.recent[i].at > 0 && f.recent[i].key == key {
			m.trace.Repeated++
			return f.recent[i].at - 1, true
		}
	}
	if i, ok := f.calls[key]; ok {
		m.trace.Repeated++
		f.recent[f.next&(len(f.recent)-1)] = recentCall{key, i + 1}
		f.next++
		return i, true
	}
	if f.calls == nil {
		f.calls = make(map[callKey]int32)
	}
	m.full = m.full || m.crowded(len(m.trace.Calls), 2)
	f.calls[key] = int32(len(m.trace.Calls))
	return 0, false
}
