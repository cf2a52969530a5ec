package pickle

// hashNodes bounds the values that are looked at in all keys of a stream, in times
// Limits.Nodes. Past it an object in a key is one that has no name.
const hashNodes = 100

// hashed looks at values that become keys of a dict or items of a set, every
// step-th of items. What cannot be hashed stops every loader; what the stream
// does not spell out runs its __hash__.
func (m *machine) hashed(op *Op, items []ref, step int) *Error {
	for i := 0; i < len(items); i += step {
		r := items[i]
		if m.kind(r) < kByteArray {
			continue // most keys are a str or a number
		}
		flags := m.flagsOf(r)
		if flags&opened != 0 {
			m.hashInside(op, r)
		}
		if flags&unhashable != 0 {
			return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " of a key that cannot be hashed"}
		}
	}
	return nil
}

// hashInside notes the objects in a key that have a __hash__ of their own. Like
// a rendering it is bounded by Limits.Nodes, and goes through tuples with a stack
// of its own.
func (m *machine) hashInside(op *Op, r ref) {
	before := len(m.trace.Implicit)
	defer func() {
		if len(m.trace.Implicit) == before && !m.crowded(before, 1) {
			// It is beyond what is remembered of the key.
			m.trace.Implicit = append(m.trace.Implicit, Implicit{Kind: ImplicitHash, Op: op.Code, Offset: op.Offset, Loaders: m.live, Global: -1, Via: -1})
		}
	}()
	stack := []ref{r}
	for ; len(stack) > 0 && m.facts.hashed < hashNodes*m.lim.Nodes; m.facts.hashed++ {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if k := m.kind(r); k != kTuple && k != kFrozenSet {
			m.implicit(op, ImplicitHash, r, m.live)
			continue
		}
		kids, _ := m.children(r)
		for i := len(kids) - 1; i >= 0; i-- {
			if m.flagsOf(kids[i])&opened != 0 {
				stack = append(stack, kids[i])
			}
		}
	}
}
