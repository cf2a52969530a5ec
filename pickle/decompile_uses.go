package pickle

// usage is what is known of a value in the slab.
type usage struct {
	flags useFlags
	depth uint8  // containers inside each other, where they are written in place
	size  uint16 // bytes of its text, roughly
	name  uint32 // its number among the names of its kind, once it has one
}

type useFlags uint8

const (
	used   useFlags = 1 << iota
	shared          // used in more than one place
	late            // changed after it was used, or in a way that its items do not show
	forced          // too deep or too long to be written in place
	early           // must be written where it is made
)

// Texts up to these lengths are repeated rather than named.
const (
	shortExpr = 24
	shortAtom = 40
)

// taken are the operands of an op, as they were before it.
type taken struct {
	ok    bool
	on    ref // what is acted on
	items []ref
}

// grown is how far everything had grown when the op before was done.
type grown struct {
	nodes, globals, calls, anomalies int
	live                             LoaderSet
}

func (d *decompiler) grown() grown {
	t := d.m.trace
	return grown{len(d.m.nodes), len(t.Globals), len(t.Calls), len(t.Anomalies), d.m.live}
}

// before takes the operands, and gives a name to those that need one: their
// content is what it is now, before the op.
func (d *decompiler) before(op *Op) {
	t := &d.taken
	*t = taken{items: t.items[:0]}
	d.keepUp()
	switch op.Code {
	case OpTuple1, OpTuple2, OpTuple3:
		d.take(int(op.Code-OpTuple1)+1, false)
	case OpReduce, OpNewObj, OpStackGlobal:
		d.take(2, false)
	case OpNewObjEx:
		d.take(3, false)
	case OpBinPersID, OpReadonlyBuffer, OpStop:
		d.take(1, false)
	case OpAppend, OpBuild:
		d.take(1, true)
	case OpSetItem:
		d.take(2, true)
	case OpTuple, OpList, OpDict, OpFrozenSet, OpInst, OpObj:
		d.takeMarked(op, false)
	case OpAppends, OpSetItems, OpAddItems:
		d.takeMarked(op, true)
	}
	if !t.ok || op.Code == OpStackGlobal {
		return
	}
	into := nested(op.Code)
	for _, r := range t.items {
		d.use(r, into)
	}
	switch op.Code {
	case OpAppend, OpAppends, OpSetItem, OpSetItems, OpAddItems:
		d.change(op, t.on)
	}
}

// nested reports whether the operands of code come to stand inside something
// that is itself written in place.
func nested(code byte) bool {
	switch code {
	case OpReduce, OpNewObj, OpNewObjEx, OpStop, OpBuild, OpBinPersID:
		return false
	}
	return true
}

func (d *decompiler) take(n int, on bool) {
	m, t := d.m, &d.taken
	if on {
		n++
	}
	if len(m.stack)-m.fence < n {
		return
	}
	items := m.stack[len(m.stack)-n:]
	if on {
		t.on, items = items[0], items[1:]
	}
	t.items, t.ok = append(t.items, items...), true
}

// takeMarked lets the machine pop to its mark, which each Python does in its own
// way, and puts back what it had.
func (d *decompiler) takeMarked(op *Op, on bool) {
	m, t := d.m, &d.taken
	stack, marks, fence := m.stack, m.marks, m.fence
	defer func() { m.stack, m.marks, m.fence = stack, marks, fence }()
	items, _, err := m.popMark(op)
	if err == nil && on {
		if m.markOnStack() {
			t.on, err = m.beforeMark2(op, items)
		} else {
			t.on, err = m.top(op)
		}
	}
	if err == nil {
		t.items, t.ok = append(t.items, items...), true
	}
}

// keepUp makes room for the values that were made.
func (d *decompiler) keepUp() {
	if n := len(d.m.nodes) - len(d.values); n > 0 {
		d.values = append(d.values, make([]usage, n)...)
	}
}

// usage returns what is known of r, or nil for a value without identity.
func (d *decompiler) usage(r ref) *usage {
	if r&immediate != 0 || int(r) >= len(d.values) {
		return nil
	}
	return &d.values[r]
}

// use is told of each place where a value is used. inside says that it is one
// item of several.
func (d *decompiler) use(r ref, inside bool) {
	u := d.usage(r)
	if u == nil {
		return
	}
	if d.writing {
		if u.name == 0 && d.named(r, u) {
			d.declare(r, u)
		}
		return
	}
	if u.flags&used != 0 {
		u.flags |= shared
	}
	u.flags |= used
	if inside && d.holds(r) && (int(u.depth) >= d.lim.Depth || int(u.size) > d.lim.Line/4) {
		u.flags |= forced
	}
}

// holds reports whether r is a container with items.
func (d *decompiler) holds(r ref) bool {
	switch d.m.kind(r) {
	case kTuple, kList, kDict, kSet, kFrozenSet:
		return true
	}
	return false
}

// change is told of each op that puts items into on.
func (d *decompiler) change(op *Op, on ref) {
	u := d.usage(on)
	if u == nil {
		return
	}
	k := d.m.kind(on)
	indexed := (op.Code == OpSetItem || op.Code == OpSetItems) && k == kList
	if d.writing {
		if indexed && u.name == 0 {
			d.declare(on, u)
		}
		return
	}
	if indexed || u.flags&used != 0 {
		u.flags |= late
	}
	if k == kByteArray {
		u.flags |= late | early
	}
	if !d.named(on, u) {
		d.absorb(on, d.taken.items)
	}
}

// absorb adds the sizes of items to their container.
func (d *decompiler) absorb(r ref, items []ref) {
	u := d.usage(r)
	if u == nil || d.writing {
		return
	}
	for _, it := range items {
		size, depth := d.extent(it)
		u.depth = max(u.depth, uint8(min(depth+1, 255)))
		u.size = uint16(min(int(u.size)+size+2, 1<<16-1))
	}
}

// extent is how much room r takes where it is used.
func (d *decompiler) extent(r ref) (size, depth int) {
	u := d.usage(r)
	if u == nil {
		return 4, 0
	}
	n := &d.m.nodes[r]
	switch n.kind {
	case kStr, kBytes, kByteArray, kInt:
		if n.kind != kInt || n.code != 0 {
			return int(min(n.n, 1<<15)) + 2, 0
		}
		return 12, 0
	case kTuple, kList, kDict, kSet, kFrozenSet:
		if !d.named(r, u) {
			return int(u.size) + 2, int(u.depth)
		}
	case kFloat:
		return 12, 0
	}
	return 8, 0
}

// named reports whether r has a name of its own, as far as the uses are known.
func (d *decompiler) named(r ref, u *usage) bool {
	const changed = late | forced | early
	switch n := &d.m.nodes[r]; n.kind {
	case kList, kDict, kSet, kByteArray:
		return u.flags&(shared|changed) != 0
	case kTuple, kFrozenSet:
		// What can be changed inside it is one thing, however short.
		return u.flags&forced != 0 || u.flags&shared != 0 && (int(u.size) > shortExpr || n.flags&unhashable != 0)
	case kStr, kBytes, kInt, kFloat:
		size, _ := d.extent(r)
		return u.flags&shared != 0 && size > shortAtom
	}
	return false
}
