package pickle

import "sort"

// payload returns what Call.Payload says of a dispatch point. Only bytes count,
// which nothing can change: not a bytearray, nor a binary string, which is
// decoded as the caller of the loader says.
func (m *machine) payload(op *Op, p *point) (int64, *Error) {
	if p.kind != KindCall || p.star || p.keyword || len(p.args) == 0 || int(p.nargs) != len(p.args) || len(m.trace.Embedded) == 0 {
		return 0, nil
	}
	switch r := p.args[0]; {
	case p.nargs == 1 && m.kind(r) == kBytes:
		return m.listed(r, AsBytes, AsBytes), nil
	case p.nargs == 1 && m.kind(r) == kResult:
		if by := &m.trace.Calls[m.nodes[r].n]; m.returned(r, "_codecs", "encode") && !m.trace.Globals[by.Global].Untrusted {
			return by.Payload, nil
		}
	case p.nargs == 2 && m.kind(r) == kStr && m.kind(p.on) == kGlobal && m.trace.Globals[m.nodes[p.on].n].is("_codecs", "encode"):
		codec, cut, ok, err := m.str(op, p.args[1], len("latin1"))
		if err != nil || !ok || cut || string(codec) != "latin1" {
			return 0, err
		}
		return m.listed(r, AsLatin1, AsEscaped), nil
	}
	return 0, nil
}

// listed returns where the payload of a literal begins, if Trace.Embedded has it
// with one of two codings, or 0.
func (m *machine) listed(r ref, a, b Coding) int64 {
	if r&immediate != 0 {
		return 0
	}
	n, all := &m.nodes[r], m.trace.Embedded
	at := int64(n.a)
	// A pass lists them in order: a literal is noted when its op is executed.
	i := sort.Search(len(all), func(i int) bool { return all[i].At >= at })
	if i == len(all) || all[i].At != at || all[i].Len != int64(n.n) || all[i].Coding != a && all[i].Coding != b {
		return 0
	}
	return at
}
