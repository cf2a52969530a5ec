package pickle

import "slices"

// copy and pickle ask an instance, not its class, for a few methods: an object
// whose state brings one is run as soon as anything copies it (copy.deepcopy,
// object.__reduce_ex__ in Objects/typeobject.c). All ways to a state lead over a
// str that is followed by the function, as a key and its value or as a pair.

// hookNames are those methods.
var hookNames = []string{
	"__copy__", "__deepcopy__", "__getnewargs__", "__getnewargs_ex__", "__getstate__", "__reduce__", "__reduce_ex__", "__setstate__",
}

// Hook is the first place where a stream puts something that it does not spell out
// behind the name of such a method.
type Hook struct {
	Name   string
	Offset int64
}

// hooks notes hooks among what an op puts next to each other.
func (m *machine) hooks(op *Op, items []ref) *Error {
	for i := 0; i+1 < len(items); i++ {
		if m.literal(items[i+1]) {
			continue
		}
		if err := m.hook(op, items[i]); err != nil {
			return err
		}
	}
	return nil
}

// hook notes a name, if it is one of a hook.
func (m *machine) hook(op *Op, r ref) *Error {
	if !m.mayBeHook(r) {
		return nil
	}
	b, _, ok, err := m.str(op, r, len("__getnewargs_ex__")+1)
	if err == nil && ok && slices.Contains(hookNames, string(b)) {
		m.trace.hook(Hook{Name: string(b), Offset: op.Offset})
	}
	return err
}

// givenHooks notes names that are given to a class: a subclass of str makes as good a
// key as a str does. getattr is judged by itself.
func (m *machine) givenHooks(op *Op, p *point) *Error {
	if p.kind != KindNew && p.kind != KindCall {
		return nil
	}
	if m.takes(p.on) {
		return nil
	}
	for _, r := range p.args {
		if err := m.hook(op, r); err != nil {
			return err
		}
	}
	return nil
}

// mayBeHook reports whether a str may be a hook by its length; escapes are longer
// than what they stand for.
func (m *machine) mayBeHook(r ref) bool {
	if r&immediate != 0 || m.nodes[r].kind != kStr {
		return false
	}
	n := &m.nodes[r]
	return n.n >= uint32(len("__copy__")) && (n.n <= uint32(len("__getnewargs_ex__")) || n.code == OpString || n.code == OpUnicode)
}

// hook adds a hook, once for each name.
func (t *Trace) hook(h Hook) {
	if !slices.ContainsFunc(t.Hooks, func(o Hook) bool { return o.Name == h.Name }) {
		t.Hooks = append(t.Hooks, h)
	}
}
