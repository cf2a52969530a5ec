package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
)

// widening keeps more of a source than what has to do with a sink: what bytes on their
// way to one may come through, and what the pickling of a class hangs on. It goes by
// names alone, wherever they are bound.
//
// Of a function with a sink it keeps the functions that it calls, those that name it,
// which may give it its arguments, and the methods that set attributes it reads; of
// those that call it, the same again, maxFar times. Of a class with a hook of pickling
// it keeps the special methods and those that set attributes, or with __getstate__ all,
// and of the classes it derives from and that derive from it.
type widening struct {
	*thinKeep
	// defs and classes are the lines that define what has a name; sets those of the
	// functions that set an attribute of that name.
	defs, classes, sets map[string][]int32
	// derived are the lines of the classes that name another in their header.
	derived map[string][]int32
	// mentions are the functions that name another, and the lines that do outside of
	// functions, once somebody asks.
	mentions map[string][]int32
	// setters are the functions that set some attribute.
	setters map[int32]bool
	// next are the lines that were kept and not looked at yet, with how many steps they
	// are from what they were kept for.
	next []widened
	far  map[int32]int8
	// seen are the names of which all lines were kept, with the fewest steps: many
	// classes of a file have methods of the same names.
	seen map[named]int8
}

// named is a name, by the table that it was looked for in.
type named struct {
	in   byte
	name string
}

// The tables.
const (
	inDefs byte = iota
	inClasses
	inSets
	inDerived
	inMentions
)

type widened struct {
	line int32
	far  int8
}

// maxFar is how many calls from a sink a function is kept.
const maxFar = 2

// widen extends the functions to be kept whole for what is asked, which stands where the
// seeds are.
func (k *thinKeep) widen(seeds map[string]bool) {
	w := &widening{
		thinKeep: k, far: make(map[int32]int8), setters: make(map[int32]bool), seen: make(map[named]int8),
		defs: make(map[string][]int32), classes: make(map[string][]int32), sets: make(map[string][]int32), derived: make(map[string][]int32),
	}
	w.index()
	for i := range k.lines {
		l := &k.lines[i]
		switch {
		case len(seeds) > 0 && w.isSeed(l, seeds):
			w.seed(int32(i))
		case l.warm && l.function >= 0:
			w.add(l.function, 0)
		case l.warm:
			w.names(l.first, l.after, 0)
		}
	}
	for len(w.next) > 0 && !k.thin.whole {
		n := w.next[len(w.next)-1]
		w.next = w.next[:len(w.next)-1]
		if w.lines[n.line].class {
			w.followClass(n)
		} else {
			w.follow(n)
		}
	}
}

// index notes which lines define and set what.
func (w *widening) index() {
	for i := range w.lines {
		l := &w.lines[i]
		switch {
		case l.def:
			name := string(w.word(w.named(l)))
			w.defs[name] = append(w.defs[name], int32(i))
		case l.class:
			name := string(w.word(l.first + 1))
			w.classes[name] = append(w.classes[name], int32(i))
			for k := l.first + 2; k < l.after; k++ {
				if base := w.word(k); base != nil {
					w.derived[string(base)] = append(w.derived[string(base)], int32(i))
				}
			}
		default:
			w.setBy(l)
		}
	}
}

// setBy notes the attributes that a line in a function may set.
func (w *widening) setBy(l *thinLine) {
	if l.function < 0 {
		return
	}
	assigned := false
	for k := l.after - 1; k > l.first; k-- {
		switch {
		case w.op(k, '=') && !w.compares(k):
			assigned = true
		case assigned && w.op(k-1, '.') && w.word(k) != nil:
			w.setters[l.function] = true
			name := string(w.word(k))
			if all := w.sets[name]; len(all) == 0 || all[len(all)-1] != l.function {
				w.sets[name] = append(all, l.function)
			}
		}
	}
}

// isSeed reports a line with a word of what is asked.
func (w *widening) isSeed(l *thinLine, seeds map[string]bool) bool {
	for k := l.first; k < l.after; k++ {
		tok := &w.toks[k]
		word := w.text[tok.Start:tok.End]
		if tok.Kind == prelex.String {
			word = bytes.Trim(word, `"'`)
		} else if tok.Kind != prelex.Name {
			continue
		}
		if w.gate.marks.has(word) && seeds[string(word)] {
			return true
		}
	}
	return false
}

// seed keeps what a line belongs to: its function and the hooks of its class.
func (w *widening) seed(i int32) {
	l := &w.lines[i]
	if l.def {
		w.add(i, 0)
	}
	w.also[i] = true
	for owner := l.owner; owner >= 0; owner = w.lines[owner].owner {
		w.add(owner, 0)
	}
	w.names(l.first, l.after, 0)
}

// add keeps a function, or the hooks of a class.
func (w *widening) add(i int32, far int8) {
	if old, ok := w.far[i]; ok && old <= far || far > maxFar {
		return
	}
	w.far[i] = far
	w.next = append(w.next, widened{i, far})
	if w.lines[i].def {
		w.hold(i)
	}
}

// hold keeps a function as it is.
func (w *widening) hold(i int32) {
	for ; i >= 0; i = w.lines[i].function {
		w.whole[i] = true
	}
}

// makers are the methods that make an object; rebuild.Hooks say how it is pickled.
var makers = map[string]bool{
	"__init__": true, "__new__": true, "__post_init__": true, "__attrs_post_init__": true, "__init_subclass__": true, "__call__": true,
	"__getattr__": true, "__getattribute__": true, "__setattr__": true, "__copy__": true, "__deepcopy__": true,
}

// followClass keeps what makes the objects of a class: those methods and the ones that
// set attributes, of its bases and of what is derived from it.
func (w *widening) followClass(n widened) {
	l := &w.lines[n.line]
	var others []int32
	leaves := false
	for k := int(n.line) + 1; k < len(w.lines) && w.lines[k].indent > l.indent; k++ {
		switch m := &w.lines[k]; {
		case m.owner != n.line:
		case !m.def:
			w.also[int32(k)] = true
		default:
			name := string(w.word(w.named(m)))
			leaves = leaves || name == "__getstate__"
			if makers[name] || slices.Contains(rebuild.Hooks, name) || w.setters[int32(k)] {
				w.hold(int32(k))
			} else {
				others = append(others, int32(k))
			}
		}
	}
	if leaves {
		// What it leaves out is missed where a method reads it.
		for _, k := range others {
			w.hold(k)
		}
	}
	for k := l.first + 2; k < l.after; k++ {
		w.all(inClasses, w.classes, string(w.word(k)), n.far)
	}
	w.all(inDerived, w.derived, string(w.word(l.first+1)), n.far)
}

// follow looks at one function: what it names, what sets the attributes it reads, and
// who names it.
func (w *widening) follow(n widened) {
	l := &w.lines[n.line]
	after := int(n.line) + 1
	for after < len(w.lines) && w.lines[after].indent > l.indent {
		after++
	}
	last := w.lines[after-1].after
	if n.far >= maxFar || !w.spend(last-l.first) {
		return
	}
	w.names(l.first, last, n.far)
	for i := n.line - 1; i >= 0 && w.op(w.lines[i].first, '@'); i-- {
		w.names(w.lines[i].first, w.lines[i].after, n.far)
	}
	if w.mentions == nil {
		w.mentioned()
	}
	name := string(w.word(w.named(l)))
	if w.was(inMentions, name, n.far+1) {
		return
	}
	for _, by := range w.mentions[name] {
		if w.lines[by].def {
			w.add(by, n.far+1)
		} else {
			w.also[by] = true
		}
	}
}

// names keeps what some tokens name.
func (w *widening) names(first, after int32, far int8) {
	for k := first; k < after; k++ {
		word := string(w.word(k))
		switch attribute := w.op(k-1, '.'); {
		case word == "":
		case attribute:
			if w.op(k+1, '(') || w.ofSelf(k) {
				w.all(inDefs, w.defs, word, far+1)
			}
			if w.ofSelf(k) {
				w.all(inSets, w.sets, word, far+1)
			}
		default:
			w.all(inDefs, w.defs, word, far+1)
			w.all(inClasses, w.classes, word, far+1)
		}
	}
}

// all keeps what a table has under a name.
func (w *widening) all(in byte, table map[string][]int32, name string, far int8) {
	if len(table[name]) == 0 || w.was(in, name, far) {
		return
	}
	for _, i := range table[name] {
		w.add(i, far)
	}
}

// was reports a name of which everything was kept with as few steps before.
func (w *widening) was(in byte, name string, far int8) bool {
	key := named{in, name}
	if old, ok := w.seen[key]; ok && old <= far {
		return true
	}
	w.seen[key] = far
	return false
}

// ofSelf reports an attribute of what the methods of a class have for their object.
func (w *widening) ofSelf(k int32) bool {
	of := string(w.word(k - 2))
	return (of == "self" || of == "cls") && !w.op(k-3, '.')
}

// mentioned notes which functions, and which lines outside of them, name which.
func (w *widening) mentioned() {
	w.mentions = make(map[string][]int32)
	for i := range w.lines {
		l, by := &w.lines[i], int32(i)
		switch {
		case l.def:
			continue
		case l.function >= 0:
			by = l.function
		}
		for k := l.first; k < l.after; k++ {
			if w.toks[k].Kind != prelex.Name || len(w.defs[string(w.word(k))]) == 0 {
				continue
			}
			name := string(w.word(k))
			if all := w.mentions[name]; len(all) == 0 || all[len(all)-1] != by {
				w.mentions[name] = append(all, by)
			}
		}
	}
}
