package pickle

import (
	"fmt"
	"strconv"
)

// after writes what an op has done.
func (d *decompiler) after(op *Op, err *Error) {
	d.follow(op, err)
	d.was = d.grown()
}

func (d *decompiler) follow(op *Op, err *Error) {
	m, t := d.m, &d.taken
	d.keepUp()
	if d.writing {
		d.remarks(op, err)
	}
	for r := ref(d.was.nodes); int(r) < len(m.nodes); r++ {
		if m.nodes[r].kind == kGlobal {
			d.found = r
			d.lookUp(op, r)
		}
	}
	switch {
	case err != nil:
		// pickle.py sets the pairs before it finds a key without a value.
		if acts := m.trace.Calls[d.was.calls:]; len(acts) > 0 && op.Code == OpSetItems {
			t.items = t.items[:len(t.items)&^1]
			d.changed(op)
		}
		if looked := m.trace.Globals[d.was.globals:]; len(looked) > 0 && len(m.nodes) == d.was.nodes {
			d.remark("look-up of " + asciiText(looked[0].String(), maxShown))
		}
		d.failed(err)
		return
	case op.Code == OpStop:
		d.result()
		return
	}
	switch op.Code {
	case OpTuple1, OpTuple2, OpTuple3, OpTuple, OpList, OpDict, OpFrozenSet:
		d.absorb(d.top(), t.items)
	case OpByteArray8:
		if u := d.usage(d.top()); u != nil && d.writing && u.flags&early != 0 {
			d.declare(d.top(), u)
		}
	case OpAppend, OpAppends, OpAddItems, OpSetItem, OpSetItems:
		d.changed(op)
	case OpReduce, OpNewObj, OpNewObjEx, OpObj, OpInst:
		d.called(op)
	case OpBuild:
		d.built()
	case OpPersID, OpBinPersID:
		d.persisted()
	case OpNextBuffer:
		// Buffers are all one value for the machine; here each has a name.
		d.replaceTop(node{kind: kBuffer})
		if d.assign(d.top()) {
			d.puts("next(buffers)")
			d.end("")
		}
	case OpReadonlyBuffer:
		d.readonly()
	}
}

func (d *decompiler) top() ref { return d.m.stack[len(d.m.stack)-1] }

// replaceTop puts a value of its own on the stack, in both runs alike.
func (d *decompiler) replaceTop(n node) {
	d.m.stack[len(d.m.stack)-1] = d.m.add(n)
	d.keepUp()
}

// remarks writes the oddities of an op, and who leaves here.
func (d *decompiler) remarks(op *Op, err *Error) {
	m := d.m
	for _, a := range m.trace.Anomalies[d.was.anomalies:] {
		if a.Kind != ExtensionCode { // the statement says so
			d.remark(fmt.Sprintf("at %#x: %s", a.Offset, a.Text))
		}
	}
	if left := d.was.live &^ m.live; left == CMem && err == nil && (op.Code == OpPersID || op.Code == OpBinPersID) {
		d.base &^= CMem // pickle.loads takes no persistent_load: no oddity
	}
}

// lookUp binds the value of a look-up to a name.
func (d *decompiler) lookUp(op *Op, r ref) {
	i := int(d.m.nodes[r].n)
	g := &d.m.trace.Globals[i]
	if op.Code == OpStackGlobal && !g.Resolved {
		// Those of a look-up that can be resolved stand in its import.
		for _, it := range d.taken.items {
			d.use(it, true)
		}
	}
	if d.writing {
		d.global(op, r, i, g)
	}
}

// called writes a call. Its result always has a name, so that one that is
// dropped is seen as well.
func (d *decompiler) called(op *Op) {
	t := &d.taken
	shown := d.assign(d.top())
	d.callees(shown)
	if !shown {
		return
	}
	note := ""
	var callee ref
	items := t.items
	switch op.Code {
	case OpInst:
		callee = d.found
	default:
		callee, items = items[0], items[1:]
	}
	start := len(d.out)
	d.expr(callee)
	bare := (op.Code == OpInst || op.Code == OpObj) && len(items) == 0 && !d.m.reading.python2
	if op.Code == OpNewObj || op.Code == OpNewObjEx || bare {
		class := string(d.out[start:])
		d.puts(".__new__(" + class)
		if bare {
			note = "or " + class + "()"
		} else if d.m.kind(items[0]) != kTuple || d.m.count(items[0]) != 0 {
			d.puts(", ")
		}
	} else {
		d.puts("(")
	}
	switch {
	case op.Code == OpInst || op.Code == OpObj:
		d.render(level{kids: items, total: int64(len(items))})
	case d.m.kind(items[0]) == kTuple && d.name(items[0]) == 0:
		kids, more := d.m.children(items[0])
		d.render(level{kids: kids, total: d.total(items[0], more)})
	default:
		d.puts("*")
		d.expr(items[0])
	}
	if op.Code == OpNewObjEx && (d.m.kind(items[1]) != kDict || d.m.count(items[1]) != 0) {
		d.puts(", **")
		d.expr(items[1])
	}
	d.puts(")")
	d.end(note)
}

// built writes BUILD. Whether there is a __setstate__ is not in the stream.
func (d *decompiler) built() {
	t, m := &d.taken, d.m
	if plain := m.literal(t.on); plain && m.literal(t.items[0]) || !d.begin() {
		return
	} else if plain {
		d.puts("bool(")
		d.expr(t.items[0])
		d.puts(")")
		d.end("the state of a literal; raises if this is true")
		return
	}
	d.expr(t.on)
	d.puts(".__setstate__(")
	d.expr(t.items[0])
	d.puts(")")
	var instead, note string
	for _, c := range m.trace.Calls[d.was.calls:] {
		switch left := c.Fallback & m.live; {
		case c.Kind == KindSetState && left == 0:
			note = "raises without that method"
		case c.Kind == KindSetState && left != m.live:
			note = "without that method only " + joinLoaders(left) + " goes on"
		}
		switch {
		case c.Kind == KindSetState && c.Stores, c.Kind == KindDictSet:
			instead = "or __dict__.update"
		case c.Kind == KindSetAttr && instead == "":
			instead = "or setattr of each"
		case c.Kind == KindSetAttr:
			instead += " and setattr of each"
		}
	}
	if instead != "" && note != "" {
		instead += "; "
	}
	d.end(instead + note)
}

// persisted writes persistent_load, which the caller of the loader gives.
func (d *decompiler) persisted() {
	r := d.top()
	id := ref(d.m.nodes[r].a)
	note := ""
	if d.was.live&^d.m.live&CMem != 0 {
		note = "c-mem has none and raises"
	}
	if d.assign(r) {
		d.puts("persistent_load(")
		d.expr(id)
		d.puts(")")
		d.end(note)
	}
}

// readonly writes READONLY_BUFFER. What is read-only already stays what it is.
func (d *decompiler) readonly() {
	from := d.taken.items[0]
	k := d.m.kind(from)
	if k == kBytes || k == kView || from&immediate != 0 {
		return
	}
	if k != kByteArray {
		d.replaceTop(d.m.nodes[from])
	}
	if d.assign(d.top()) {
		d.puts("memoryview(")
		d.expr(from)
		d.puts(").toreadonly()")
		note := ""
		if k != kByteArray {
			note = "or itself, if it is read-only"
		}
		d.end(note)
	}
}

// result writes STOP.
func (d *decompiler) result() {
	if !d.writing {
		return
	}
	d.told()
	d.final = true
	if n := len(d.m.stack) - 1; n > 0 {
		d.remark("left on the stack, and dropped: " + strconv.Itoa(n) + " more")
	}
	d.begin()
	d.puts("result = ")
	d.expr(d.taken.items[0])
	d.end("")
	d.final = false
}

// failed writes why the stream ends before its STOP.
func (d *decompiler) failed(err *Error) {
	if !d.writing {
		return
	}
	d.told()
	d.final = true
	text := fmt.Sprintf("at %#x: %s: %s; ", err.Offset, err.Kind, err.Text)
	switch err.Kind {
	case LimitReached, ReadFailed:
		text += "what follows was not read"
	default:
		text += "every loader raises by here, after all of the above"
	}
	d.remark(text)
	d.final = false
}
