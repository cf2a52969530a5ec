package pickle

// build executes BUILD: inst.__setstate__(state) if there is such a method, else
// the state goes to inst.__dict__ and, from the second half of a pair, through
// setattr.
func (m *machine) build(op *Op) *Error {
	items, err := m.pop(op, 1)
	if err != nil {
		return err
	}
	state := items[0]
	on, err := m.top(op)
	if err != nil {
		return err
	}
	plain, slots, hasSlots := m.splitState(state)
	if m.literal(on) {
		return m.buildLiteral(op, plain, slots, hasSlots)
	}
	p := point{kind: KindSetState, on: on, loaders: m.live, nargs: 1, args: []ref{state}}
	if _, err := m.record(op, &p); err != nil {
		return err
	}
	if _, global := m.global(on); global {
		if some, known := m.truth(plain); some || !known {
			p.kind, p.args = KindDictSet, []ref{plain}
			if _, err := m.record(op, &p); err != nil {
				return err
			}
		}
		m.changed(op, on)
	}
	if hasSlots {
		if some, known := m.truth(slots); some || !known {
			p.kind, p.args = KindSetAttr, []ref{slots}
			if _, err := m.record(op, &p); err != nil {
				return err
			}
		}
	}
	return nil
}

// splitState takes a pair apart. A state whose shape is not known may be a pair.
func (m *machine) splitState(state ref) (plain, slots ref, hasSlots bool) {
	if m.kind(state) == kTuple {
		if kept, _ := m.children(state); m.count(state) == 2 && len(kept) == 2 {
			return kept[0], kept[1], true
		}
	}
	if m.kind(state) > lastLiteral || m.kind(state) == kTuple && m.count(state) < 0 {
		return state, state, true
	}
	return state, 0, false
}

// buildLiteral is BUILD on a str, list, dict …: none has __setstate__, __dict__
// or attributes that can be set, so it fails unless there is nothing to set.
// _pickle.c then wants None or a dict, pickle.py anything that is false.
func (m *machine) buildLiteral(op *Op, plain, slots ref, hasSlots bool) *Error {
	c := m.kind(plain) == kNone || m.kind(plain) > lastLiteral
	py := m.mayBeFalse(plain)
	if hasSlots {
		k := m.kind(slots)
		c = c && (k > lastLiteral || k == kDict && m.mayBeFalse(slots))
		py = py && m.mayBeFalse(slots)
	}
	var refused LoaderSet
	if !c {
		refused |= cLoaders
	}
	if !py {
		refused |= Py
	}
	return m.refuse(refused, BadOperand, op, "BUILD of something that has no attributes")
}

func (m *machine) mayBeFalse(r ref) bool {
	value, known := m.truth(r)
	return !value || !known
}
