package pickle

import (
	"slices"
	"strings"
)

// point is a dispatch point that is about to be listed.
type point struct {
	kind    CallKind
	on      ref // the callee, or what is acted on
	cond    Condition
	loaders LoaderSet
	assumes LoaderSet
	without LoaderSet // Call.Fallback
	again   bool
	nargs   int32
	args    []ref // rendered between commas
	more    bool  // there are more than these
	star    bool  // args is one value that is unpacked
	kwargs  ref
	keyword bool // kwargs is set
	pairs   bool // args are keys and values
}

// record lists a dispatch point and returns its index.
func (m *machine) record(op *Op, p *point) (int32, *Error) {
	c := Call{Kind: p.kind, If: p.cond, NArgs: p.nargs, Offset: op.Offset, Op: op.Code, Loaders: p.loaders, Assumes: p.assumes & p.loaders, Fallback: p.without & p.loaders, Again: p.again}
	c.Global, c.Via, c.Target, c.From = m.callee(op, p)
	err := m.givenHooks(op, p)
	if err == nil {
		err = m.lead(op, p, &c)
	}
	if err != nil {
		return 0, err
	}
	if c.Payload, err = m.payload(op, p); err != nil {
		return 0, err
	}
	if i, ok := m.repeated(&c); ok {
		m.giveAway(p)
		return i, nil
	}
	if c.Args, err = m.renderArgs(op, p); err != nil {
		return 0, err
	}
	m.facts.bytes += len(c.Args)
	if c.Via >= 0 {
		m.facts.bytes += len(c.Target)
	}
	m.giveAway(p)
	t := m.trace
	if len(t.Calls) == cap(t.Calls) {
		t.Calls = slices.Grow(t.Calls, max(minCalls, len(t.Calls)))
	}
	t.Calls = append(t.Calls, c)
	return int32(len(t.Calls) - 1), nil
}

// giveAway notes that others hold the arguments from now on.
func (m *machine) giveAway(p *point) {
	for _, r := range p.args {
		m.escape(r)
	}
	if p.keyword {
		m.escape(p.kwargs)
	}
}

// minCalls is the least growth of Trace.Calls, which doubles like the slab.
const minCalls = 8

const ellipsis = "(…)"

// callee says what p.on is.
func (m *machine) callee(op *Op, p *point) (global, via int32, target string, from int64) {
	global, via, from = -1, -1, op.Offset
	switch k := m.kind(p.on); k {
	case kGlobal:
		n := &m.nodes[p.on]
		return int32(n.n), -1, m.target(int(n.n)), int64(n.a)
	case kResult:
		via = int32(m.nodes[p.on].n)
		c := &m.trace.Calls[via]
		acts := p.kind != KindCall && p.kind != KindNew
		if acts && c.Kind == KindNew {
			// An instance of a known class is named by its class.
			return c.Global, via, c.Target, c.From
		}
		target = c.Target
		if !strings.HasSuffix(target, ellipsis+ellipsis+ellipsis) {
			target += ellipsis
		}
		return -1, via, target, c.From
	case kPersistent:
		target = "<persistent>"
	case kBuffer:
		target = "<buffer>"
	default:
		target = "<literal>"
	}
	return global, via, target, from
}

// result lists a call and pushes what it returns.
func (m *machine) result(op *Op, p *point) *Error {
	i, err := m.record(op, p)
	if err != nil {
		return err
	}
	m.push(m.add(node{kind: kResult, code: byte(p.kind), n: uint32(i)}))
	return nil
}

func notCallable(op *Op) *Error {
	return &Error{Kind: BadOperand, Offset: op.Offset, Text: op.Name() + " of something that cannot be called"}
}

func (m *machine) reduce(op *Op) *Error {
	items, err := m.pop(op, 2)
	if err != nil {
		return err
	}
	p := point{kind: KindCall, on: items[0]}
	if err := m.arguments(op, &p, items[1]); err != nil {
		return err
	}
	if m.literal(p.on) {
		return notCallable(op)
	}
	p.loaders = m.live
	if err := m.result(op, &p); err != nil {
		return err
	}
	if i, ok := m.global(p.on); ok {
		g := &m.trace.Globals[i]
		m.tainted = m.tainted || registers(g)
		switch {
		case g.Module == "numpy" && g.Name() == "dtype":
			return m.madeDtype(op, m.stack[len(m.stack)-1], p.args)
		case makesStringDtype(g):
			m.addDtype(m.stack[len(m.stack)-1], dtype{size: stringItem, objects: true})
		}
	}
	return nil
}

// registers reports whether a call of g changes what later ops look up: the
// functions of copyreg that write its tables.
func registers(g *Global) bool {
	if g.Module != "copyreg" || len(g.Path) != 1 {
		return false
	}
	switch g.Path[0] {
	case "add_extension", "remove_extension", "clear_extension_cache":
		return true
	}
	return false
}

// newObj executes NEWOBJ and NEWOBJ_EX. _pickle.c calls the slot of a type;
// pickle.py calls the attribute __new__ of anything.
func (m *machine) newObj(op *Op) *Error {
	n := 2
	if op.Code == OpNewObjEx {
		n = 3
	}
	items, err := m.pop(op, n)
	if err != nil {
		return err
	}
	p := point{kind: KindNew, on: items[0]}
	args := items[1]
	if n == 3 {
		if err := m.keywords(op, &p, items[2]); err != nil {
			return err
		}
	}
	if err := m.arguments(op, &p, args); err != nil {
		return err
	}
	if m.literal(p.on) {
		return notCallable(op)
	}
	p.loaders = m.live
	return m.result(op, &p)
}

// inst executes INST. pickle.py looks the class up before it looks for the mark.
func (m *machine) inst(op *Op) *Error {
	if len(m.marks) == 0 && !m.markOnStack() {
		missing := &Error{Kind: MissingMark, Offset: op.Offset, Text: "INST without a mark"}
		if m.live &= Py; m.live == 0 {
			return missing
		}
		if _, err := m.findLines(op); err != nil {
			return err
		}
		return missing
	}
	cls, err := m.findLines(op)
	if err != nil {
		return err
	}
	items, _, err := m.popMark(op)
	if err != nil {
		return err
	}
	return m.instantiate(op, cls, items)
}

func (m *machine) obj(op *Op) *Error {
	items, _, err := m.popMark(op)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return &Error{Kind: StackUnderflow, Offset: op.Offset, Text: "OBJ without a class above its mark"}
	}
	return m.instantiate(op, items[0], items[1:])
}

// instantiate is what INST and OBJ do: cls(*args), or without arguments
// cls.__new__(cls), if cls is a type without __getinitargs__, else cls().
func (m *machine) instantiate(op *Op, cls ref, args []ref) *Error {
	if m.literal(cls) {
		return notCallable(op)
	}
	m.handOver(args)
	p := point{kind: KindCall, on: cls, loaders: m.live, nargs: int32(len(args)), args: args}
	if len(args) == 0 && !m.reading.python2 {
		p.kind = KindNew
	}
	return m.result(op, &p)
}
