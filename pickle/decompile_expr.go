package pickle

import "strconv"

// level is a container that is being written.
type level struct {
	kids  []ref
	total int64 // number of items; of a dict, keys and values
	next  int
	open  string
	end   string
	pairs bool
	one   bool // a tuple of one item
}

// cuts is what a statement leaves out.
type cuts struct {
	items     int64
	line      bool
	forgotten bool
}

// total is how many items a container has; more says that not all are kept.
func (d *decompiler) total(r ref, more bool) int64 {
	kids, _ := d.m.children(r)
	if n := int64(d.m.count(r)); more && n > int64(len(kids)) {
		return n
	}
	return int64(len(kids))
}

// name returns the number of the name of r, or 0 if it has none.
func (d *decompiler) name(r ref) uint32 {
	if u := d.usage(r); u != nil {
		return u.name
	}
	return 0
}

// expr appends r: by its name, if it has one.
func (d *decompiler) expr(r ref) {
	d.single[0] = r
	d.render(level{kids: d.single[:], total: 1})
}

// content appends what r is, although it may have a name.
func (d *decompiler) content(r ref) {
	if !d.holds(r) || r&immediate != 0 {
		d.leaf(r)
		return
	}
	f := d.container(r)
	d.puts(f.open)
	d.render(f)
}

// container returns the frame of a container with items.
func (d *decompiler) container(r ref) level {
	kids, more := d.m.children(r)
	f := level{kids: kids, total: d.total(r, more)}
	switch k := d.m.kind(r); {
	case k == kTuple:
		f.open, f.end, f.one = "(", ")", f.total == 1
	case k == kList:
		f.open, f.end = "[", "]"
	case k == kDict:
		f.open, f.end, f.pairs = "{", "}", true
	case k == kSet && f.total == 0:
		f.open, f.end = "set(", ")"
	case k == kSet:
		f.open, f.end = "{", "}"
	case f.total == 0:
		f.open, f.end = "frozenset(", ")"
	default:
		f.open, f.end = "frozenset({", "})"
	}
	return f
}

// render appends the items of top and its end. It goes through containers with a
// stack of its own. Once the statement is too long it closes what is open.
func (d *decompiler) render(top level) {
	d.levels = append(d.levels[:0], top)
	for len(d.levels) > 0 {
		f := &d.levels[len(d.levels)-1]
		long := len(d.out) > d.lim.Line
		limit := d.lim.Items
		if f.pairs {
			limit *= 2
		}
		if f.next >= len(f.kids) || f.next >= limit || long {
			d.close(f, long)
			d.levels = d.levels[:len(d.levels)-1]
			continue
		}
		switch {
		case f.next == 0:
		case f.pairs && f.next%2 == 1:
			d.puts(": ")
		default:
			d.comma()
		}
		r := f.kids[f.next]
		f.next++
		switch {
		case d.name(r) != 0 || !d.holds(r) || r&immediate != 0:
			d.leaf(r)
		default:
			next := d.container(r)
			d.puts(next.open)
			d.levels = append(d.levels, next)
		}
	}
}

// close ends a container, and says that items are missing if some are.
func (d *decompiler) close(f *level, long bool) {
	left := f.total - int64(f.next)
	if f.pairs && f.next%2 == 1 {
		d.puts(": ...")
		left--
		f.next++
		d.cuts.items++
	}
	if left > 0 {
		if f.next > 0 {
			d.comma()
		}
		if f.pairs {
			left /= 2
			d.puts("**")
		}
		d.puts("...")
		d.cuts.items += left
		d.cuts.line = d.cuts.line || long
		f.one = f.one && f.next == 0
	}
	if f.one {
		d.puts(",")
	}
	d.puts(f.end)
}

// leaf appends a value by its name, or one that has no items.
func (d *decompiler) leaf(r ref) {
	k := d.m.kind(r)
	if k == kGlobal {
		d.puts(d.globalName(r))
		return
	}
	if n := d.name(r); n != 0 {
		d.variable(r, n)
		return
	}
	if r&immediate == 0 {
		d.atom(&d.m.nodes[r])
		return
	}
	switch p := r & payload; {
	case k == kNone:
		d.puts("None")
	case k == kMark:
		d.puts("mark")
	case k == kBool && p == 0:
		d.puts("False")
	case k == kBool:
		d.puts("True")
	case k == kTuple && p != opaque:
		d.puts("()")
	case k == kInt && p != opaqueInt:
		d.out = strconv.AppendInt(d.out, int64(int32(p<<8)>>8), 10)
	default:
		d.cuts.forgotten = true
		d.puts("...")
	}
}

// prefixes are what names begin with.
var prefixes = [...]string{
	kNone: "v", kBool: "v", kInt: "int", kFloat: "float", kMark: "v", kStr: "str", kBytes: "bytes", kByteArray: "bytearray",
	kTuple: "tuple", kList: "list", kDict: "dict", kSet: "set", kFrozenSet: "frozenset",
	kView: "v", kGlobal: "global", kResult: "v", kPersistent: "v", kBuffer: "v",
}
