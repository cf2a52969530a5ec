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
// Where something of a file may check bytes, it keeps of a function with a sink the functions
// that it calls, those that name it, which may give it its arguments, and the methods that
// set attributes it reads; of those that call it, the same again, maxFar times. Elsewhere the
// bytes are gone after (flows), unless the function makes them (owned). Of what is given to
// what pickles it, see handed. Of a class with a hook of pickling it keeps the special methods
// and those that set attributes, and of the classes it derives from and that derive from it.
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
	// setters are the functions that set some attribute of their object, and selfSets sets for those of
	// what they call self.
	setters  map[int32]bool
	selfSets map[string][]int32
	// next are the lines that were kept and not looked at yet; far tells how far they are, by
	// their kind.
	next []widened
	far  [kinds]map[int32]int8
	// seen are the names of which all lines were kept, with the fewest steps: many
	// classes of a file have methods of the same names.
	seen [kinds]map[tabled]int8
	// stateless tells of classes with reducers whether those give no state.
	stateless map[int32]bool
	// giving are the functions that give objects to what pickles them, with how far they
	// are from it; makes tells of names of functions whether one makes generators.
	giving map[int32]int8
	makes  map[string]bool
}

// widen extends the functions to be kept whole for what is asked, which stands where the
// seeds are.
func (k *thinKeep) widen(seeds map[string]aside) {
	w := &widening{
		thinKeep: k, setters: make(map[int32]bool), selfSets: make(map[string][]int32),
		defs: make(map[string][]int32), classes: make(map[string][]int32), sets: make(map[string][]int32), derived: make(map[string][]int32),
	}
	w.index()
	f := &flows{widening: w, loads: make(map[int32][]int32), done: make(map[int32]int8), imported: w.importedNames()}
	checks := slices.ContainsFunc(k.lines, func(l thinLine) bool { return l.loads() && l.function >= 0 }) && w.checks()
	for i := range k.lines {
		l := &k.lines[i]
		asks := w.asks(l, seeds)
		w.seeded = w.seeded || asks != 0
		if asks&wraps != 0 {
			w.hold(l.function) // it is what the line itself does
			w.also[int32(i)] = true
			asks &^= wraps
		}
		switch {
		case asks == hands:
			w.handed(int32(i))
		case asks&customs == 0 && asks != 0:
			// A protocol is what a name stands for, and nobody who calls gives it.
			w.seed(int32(i), widened{far: maxFar - 1, within: true, up: true})
			if asks&hands != 0 {
				w.handed(int32(i))
			}
		case asks != 0:
			inner := asks == customs && !l.warm
			w.seed(int32(i), widened{inner: inner, sparse: inner && w.hasNoState(l)})
		}
		if checks && l.function >= 0 && w.reflects(l) {
			w.hold(l.function) // what is reached by a name that is put together may be called by others
		}
		switch {
		case asks&customs != 0 || l.setting:
		case l.warm && l.function >= 0 && w.owned(int32(i)):
			w.hold(l.function)
		case l.warm && l.function >= 0 && !checks:
			f.load(int32(i))
		case l.warm && l.function >= 0:
			w.add(l.function, widened{})
		case l.warm:
			w.names(l.first, l.after, widened{})
		}
	}
	f.run()
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
	assigned, depth := false, 0
	for k := l.after - 1; k > l.first; k-- {
		switch {
		case w.closes(k):
			depth++
		case w.opens(k):
			depth--
		case depth == 0 && w.op(k, '=') && !w.compares(k):
			assigned = true
		case assigned && w.op(k-1, '.') && w.word(k) != nil:
			own := w.ofSelf(k) || w.ofFirst(k, l.function)
			if own {
				w.setters[l.function] = true
			}
			name := string(w.word(k))
			if all := w.sets[name]; len(all) == 0 || all[len(all)-1] != l.function {
				w.sets[name] = append(all, l.function)
			}
			if own {
				if all := w.selfSets[name]; len(all) == 0 || all[len(all)-1] != l.function {
					w.selfSets[name] = append(all, l.function)
				}
			}
		}
	}
}

// asks returns what is asked for whose words a line has.
func (w *widening) asks(l *thinLine, seeds map[string]aside) (what aside) {
	if len(seeds) == 0 {
		return 0
	}
	for k := l.first; k < l.after; k++ {
		tok := &w.toks[k]
		word := w.text[tok.Start:tok.End]
		if tok.Kind == prelex.String {
			word = bytes.Trim(word, `"'`)
		} else if tok.Kind != prelex.Name {
			continue
		}
		if w.gate.marks.has(word) {
			found := seeds[string(word)]
			if found&customs != 0 && w.onlyUses(k, l) {
				found &^= customs
			}
			what |= found
		}
	}
	return what
}

// seed keeps what a line belongs to: its function and the hooks of its class.
func (w *widening) seed(i int32, at widened) {
	l := &w.lines[i]
	if l.def {
		w.add(i, at)
	}
	w.also[i] = true
	for owner := l.owner; owner >= 0; owner = w.lines[owner].owner {
		w.add(owner, at)
	}
	w.names(l.first, l.after, at)
}

// add keeps a function, or the hooks of a class.
func (w *widening) add(i int32, at widened) {
	if at.far > maxFar || !lessFar(&w.far, i, at) {
		return
	}
	at.line = i
	w.next = append(w.next, at)
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

// makers are the methods that make an object, besides the hooks of pickling, and those that may
// swallow what a check raises.
var makers = map[string]bool{
	"__init__": true, "__new__": true, "__post_init__": true, "__attrs_post_init__": true, "__init_subclass__": true, "__call__": true,
	"__exit__": true, "__aexit__": true, "__getattr__": true, "__getattribute__": true, "__setattr__": true, "__copy__": true, "__deepcopy__": true,
}

// followClass keeps what makes the objects of a class: those methods and the ones that
// set attributes, of its bases and of what is derived from it.
func (w *widening) followClass(n widened) {
	l := &w.lines[n.line]
	gone := w.leavesOut(n.line)
	for k := int(n.line) + 1; k < len(w.lines) && w.lines[k].indent > l.indent; k++ {
		switch m := &w.lines[k]; {
		case gone != nil && m.function >= 0 && w.lines[m.function].owner == n.line && !w.whole[m.function] && w.reads(m, gone):
			w.hold(m.function)
		case m.owner != n.line:
		case !m.def:
			// A line of text is documentation.
			w.also[int32(k)] = m.after > m.first+1 || w.toks[m.first].Kind != prelex.String
		default:
			name := string(w.word(w.named(m)))
			if makers[name] || slices.Contains(rebuild.Hooks, name) || w.setters[int32(k)] && !n.sparse {
				w.hold(int32(k))
			}
		}
	}
	if !n.up {
		w.all(inDerived, w.derived, string(w.word(l.first+1)), n)
	}
	n.up = true
	for k := l.first + 2; k < l.after; k++ {
		w.all(inClasses, w.classes, string(w.word(k)), n)
	}
}

// leavesOut returns what tells the attributes of a class that its __getstate__ leaves out,
// or nil: whoever reads one is in trouble.
func (w *widening) leavesOut(class int32) func(name []byte) bool {
	l := &w.lines[class]
	for i := int(class) + 1; i < len(w.lines) && w.lines[i].indent > l.indent; i++ {
		if m := &w.lines[i]; m.owner != class || !m.def || string(w.word(w.named(m))) != "__getstate__" {
			continue
		}
		said, whole := make(map[string]bool), false
		for k := i; k < len(w.lines) && (k == i || w.lines[k].indent > w.lines[i].indent); k++ {
			for _, tok := range w.toks[w.lines[k].first:w.lines[k].after] {
				if tok.Kind == prelex.Name || tok.Kind == prelex.String {
					said[string(bytes.Trim(w.text[tok.Start:tok.End], `"'`))] = true
				}
			}
		}
		for _, all := range []string{"__dict__", "vars", "super"} {
			whole = whole || said[all]
		}
		// Of all attributes those that are named are left out, else those that are not.
		return func(name []byte) bool { return len(w.selfSets[string(name)]) > 0 && said[string(name)] == whole }
	}
	return nil
}

// reads reports a line that reads an attribute of its object.
func (w *widening) reads(l *thinLine, which func(name []byte) bool) bool {
	for k := l.first; k < l.after; k++ {
		if w.op(k-1, '.') && (w.ofSelf(k) || w.ofFirst(k, l.function)) && which(w.word(k)) {
			return true
		}
	}
	return false
}

// follow looks at one function: what it names, what sets the attributes it reads, and
// who names it.
func (w *widening) follow(n widened) {
	l := &w.lines[n.line]
	last := w.lines[w.after(n.line)-1].after
	if n.far >= maxFar || !w.spend(last-l.first) {
		return
	}
	w.names(l.first, last, n)
	for i := n.line - 1; i >= 0 && w.op(w.lines[i].first, '@'); i-- {
		w.names(w.lines[i].first, w.lines[i].after, n)
	}
	if n.inner || n.within || !w.isCalled(n) {
		return
	}
	if w.mentions == nil {
		w.mentioned()
	}
	w.all(inMentions, w.mentions, string(w.word(w.named(l))), widened{far: n.far + 1})
}

// names keeps what some tokens name.
func (w *widening) names(first, after int32, from widened) {
	to := widened{far: from.far + 1, inner: from.inner, within: from.within, sparse: from.sparse}
	set := to
	set.within = false // who sets it may be given what it is set to
	for k := first; k < after; k++ {
		word := string(w.word(k))
		switch attribute := w.op(k-1, '.'); {
		case word == "":
		case attribute:
			if w.op(k+1, '(') || w.ofSelf(k) {
				w.all(inDefs, w.defs, word, to)
			}
			if w.ofSelf(k) && !from.inner { // the class of a hook has all that set its own
				w.all(inSets, w.sets, word, set)
			}
		default:
			w.all(inDefs, w.defs, word, to)
			class := to
			class.up = to.inner
			w.all(inClasses, w.classes, word, class)
		}
	}
}

// all keeps the lines of a name in one of the tables.
func (w *widening) all(in byte, table map[string][]int32, name string, at widened) {
	lines := table[name]
	if len(lines) == 0 || at.far > maxFar || !lessFar(&w.seen, tabled{in, name}, at) {
		return
	}
	for _, i := range lines {
		if l := &w.lines[i]; l.def || l.class {
			w.add(i, at)
		} else {
			w.also[i] = true
		}
	}
}

// ofSelf reports an attribute of what the methods of a class have for their object.
func (w *widening) ofSelf(k int32) bool {
	of := string(w.word(k - 2))
	return (of == "self" || of == "cls") && !w.op(k-3, '.')
}

// ofFirst reports an attribute of the first parameter of a function.
func (w *widening) ofFirst(k, function int32) bool {
	first := w.word(w.named(&w.lines[function]) + 2)
	return first != nil && bytes.Equal(w.word(k-2), first) && !w.op(k-3, '.')
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
			if w.toks[k].Kind != prelex.Name || l.class && k == l.first+1 || len(w.defs[string(w.word(k))])+len(w.classes[string(w.word(k))]) == 0 {
				continue
			}
			name := string(w.word(k))
			if all := w.mentions[name]; len(all) == 0 || all[len(all)-1] != by {
				w.mentions[name] = append(all, by)
			}
		}
	}
}
