package pickle

// changed writes what APPEND, APPENDS, ADDITEMS, SETITEM and SETITEMS do. A list
// that nothing has used by then is not written yet: its items are seen when it is.
func (d *decompiler) changed(op *Op) {
	if !d.writing {
		return
	}
	t := &d.taken
	plain := d.m.literal(t.on)
	if plain && d.name(t.on) == 0 {
		return
	}
	switch op.Code {
	case OpAppend:
		note := ""
		if !plain {
			note = "or extend of a list with it"
		}
		d.method(t.on, "append", t.items, level{}, note)
	case OpAppends:
		if plain && len(t.items) == 0 {
			return
		}
		note := ""
		switch {
		case !plain && len(t.items) == 0:
			note = "py only looks for the method and calls it"
		case !plain:
			note = "or append of each"
		}
		d.method(t.on, "extend", t.items, level{open: "[", end: "]"}, note)
	case OpAddItems:
		d.addedItems(t.on, t.items, plain)
	default:
		d.setItems(t.on, t.items)
	}
}

func (d *decompiler) addedItems(on ref, items []ref, plain bool) {
	switch {
	case plain && len(items) == 0:
	case plain && len(items) == 1:
		d.method(on, "add", items, level{}, "")
	case len(items) == 1:
		d.method(on, "add", items, level{}, "or update with it")
	case len(items) == 0:
		d.method(on, "update", items, level{open: "[", end: "]"}, "in py, if it is a set")
	default:
		note := ""
		if !plain {
			note = "or add of each"
		}
		d.method(on, "update", items, level{open: "[", end: "]"}, note)
	}
}

// method writes on.name(items), with the items between the brackets of f.
func (d *decompiler) method(on ref, name string, items []ref, f level, note string) {
	if !d.begin() {
		return
	}
	d.expr(on)
	d.puts("." + name + "(" + f.open)
	f.kids, f.total = items, int64(len(items))
	d.render(f)
	d.puts(")")
	d.end(note)
}

// setItems writes on[k] = v, or an update where a dict gets many.
func (d *decompiler) setItems(on ref, items []ref) {
	items = items[:len(items)&^1]
	if d.m.kind(on) == kDict && len(items) > 2 {
		d.method(on, "update", items, level{open: "{", end: "}", pairs: true}, "")
		return
	}
	for i := 0; i+1 < len(items); i += 2 {
		if !d.begin() {
			continue
		}
		d.expr(on)
		d.puts("[")
		d.expr(items[i])
		d.puts("] = ")
		d.expr(items[i+1])
		d.end("")
	}
}
