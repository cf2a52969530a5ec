package pickle

// A look-up that is called or made an instance of is a call, and what a callable
// is given first is in Call.Lead. One that goes anywhere else stays there, for the
// methods of whatever holds it: see [Global.Kept].

// keepAll notes the look-ups among what is put into a container or a state.
func (m *machine) keepAll(items []ref) {
	for _, r := range items {
		if r&immediate != 0 {
			continue
		}
		switch n := &m.nodes[r]; {
		case n.kind == kGlobal:
			m.trace.Globals[n.n].Kept = true
		case n.kind == kTuple && n.flags&naming != 0:
			kids, _ := m.children(r)
			n.flags &^= naming // its look-ups are told
			m.keepAll(kids)
		}
	}
}

// tuple notes the look-ups in r, a new tuple of items: it may become the arguments
// of a call, of which those that are not in Call.Lead are kept.
func (m *machine) tuple(r ref, items []ref) {
	m.handOver(items)
	if r&immediate != 0 {
		m.keepAll(items) // it is not known what becomes of it
		return
	}
	for _, it := range items[:min(len(items), LeadArgs)] {
		if m.kind(it) == kGlobal {
			m.nodes[r].flags |= naming
		}
	}
}

// handOver notes the look-ups among arguments, but for those that are in Call.Lead.
func (m *machine) handOver(args []ref) {
	for i, r := range args {
		if i >= LeadArgs || m.kind(r) != kGlobal {
			m.keepAll(args[i : i+1])
		}
	}
}
