package pickle

import (
	"hash/maphash"
	"slices"
)

// State is what a stream gives to an object of a class that it names, by BUILD: the
// argument of its __setstate__.
type State struct {
	// Module and Name are those of the class.
	Module, Name string
	// Offset is that of the first BUILD with such a state.
	Offset int64
	// Keys are the texts among the keys of a dict, in the order of the stream; Dict says
	// that it is one.
	Dict bool
	Keys []string
	// Items is the number of items of a tuple or a list, or -1 for what is none.
	Items int
	// Open: a dict may have further keys. The stream does not spell them out, or they
	// are more than are remembered.
	Open bool
}

const (
	// maxStates bounds the different states of one stream that are listed.
	maxStates = 256
	// maxBuilds bounds the ops of one stream whose states are looked at.
	maxBuilds = 1 << 16
)

// stating is what a machine remembers of the states that it lists.
type stating struct {
	on     bool
	builds int
	seen   map[uint64]bool
	seed   maphash.Seed
}

// stated lists the state that an op gives to an object, if the class is known and there
// was no such state before.
func (m *machine) stated(op *Op, on, state ref) *Error {
	if m.kind(on) != kResult {
		return nil
	}
	g := m.maker(&m.trace.Calls[m.nodes[on].n])
	if g == nil || !g.Resolved {
		return nil
	}
	s := &m.stating
	if s.builds++; s.builds > maxBuilds || len(m.trace.States) >= maxStates {
		m.trace.MoreStates++
		return nil
	}
	out := State{Module: g.Module, Name: g.Name(), Offset: op.Offset, Items: -1}
	switch m.kind(state) {
	case kTuple, kList:
		out.Items = int(m.count(state))
	case kDict:
		out.Dict = true
		if err := m.stateKeys(op, state, &out); err != nil {
			return err
		}
	}
	if s.seen == nil {
		s.seen, s.seed = make(map[uint64]bool), maphash.MakeSeed()
	}
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, text := range slices.Concat([]string{out.Module, out.Name}, out.Keys) {
		_, _ = h.WriteString(text) // it cannot fail
		_ = h.WriteByte(0)
	}
	if key := h.Sum64() + uint64(out.Items); !s.seen[key] { //nolint:gosec // -1 is as good a number as any
		s.seen[key] = true
		m.trace.States = append(m.trace.States, out)
	}
	return nil
}

// stateKeys lists the keys of a dict.
func (m *machine) stateKeys(op *Op, state ref, out *State) *Error {
	kids, more := m.children(state)
	out.Open = more || m.vague(state)
	for i := 0; i+1 < len(kids); i += 2 {
		if m.literal(kids[i]) && m.kind(kids[i]) != kStr {
			continue // no text, and so no name
		}
		b, cut, ok, err := m.str(op, kids[i], m.lim.Name)
		switch {
		case err != nil:
			return err
		case !ok || cut || m.facts.bytes >= m.lim.FactBytes:
			out.Open = true
		default:
			out.Keys = append(out.Keys, m.facts.intern(b))
		}
	}
	return nil
}
