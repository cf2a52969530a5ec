package pickle

import "slices"

// facts is what the machine keeps to bound the trace: names that are used
// again are one string, and past the limits a repeated fact is only counted.
type facts struct {
	anomalies [LongName + 1]int
	names     map[string]string
	bytes     int      // of the text in the trace
	targets   []string // how the globals are called, where that was needed
	globals   map[globalKey]int
	calls     map[callKey]int
}

type globalKey struct {
	module, name        string // raw
	proto               int
	resolved, untrusted bool
	loaders             LoaderSet
}

type callKey struct {
	kind    CallKind
	target  string
	nargs   int
	loaders LoaderSet
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
		f.targets = slices.Grow(f.targets, i+1-len(f.targets))[:i+1]
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

func (m *machine) keyOf(g *Global, proto int) globalKey {
	return globalKey{g.RawModule, g.RawName, min(max(proto, 2), 4), g.Resolved, g.Untrusted, g.Loaders}
}

// addGlobal lists g and returns its index.
func (m *machine) addGlobal(g Global) int {
	f := &m.facts
	if !m.crowded(len(m.trace.Globals), 1) {
		m.trace.Globals = append(m.trace.Globals, g)
		return len(m.trace.Globals) - 1
	}
	// Entries from before this map was needed are not in it: the first
	// repetition of each is listed once more.
	key := m.keyOf(&g, m.proto)
	if i, ok := f.globals[key]; ok {
		m.trace.Repeated++
		return i
	}
	if f.globals == nil {
		f.globals = make(map[globalKey]int)
	}
	m.full = m.full || m.crowded(len(m.trace.Globals), 2)
	m.trace.Globals = append(m.trace.Globals, g)
	f.globals[key] = len(m.trace.Globals) - 1
	return len(m.trace.Globals) - 1
}

// repeated returns the index of a listed call equal to c, once calls are crowded.
func (m *machine) repeated(c *Call) (int, bool) {
	f := &m.facts
	if !m.crowded(len(m.trace.Calls), 1) {
		return 0, false
	}
	key := callKey{c.Kind, c.Target, c.NArgs, c.Loaders}
	if i, ok := f.calls[key]; ok {
		m.trace.Repeated++
		return i, true
	}
	if f.calls == nil {
		f.calls = make(map[callKey]int)
	}
	m.full = m.full || m.crowded(len(m.trace.Calls), 2)
	f.calls[key] = len(m.trace.Calls)
	return 0, false
}
