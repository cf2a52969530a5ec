package pyscan

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// handed keeps what may be pickled where a line gives objects to what pickles them: its
// function, the classes that this names, and the functions that make generators. What else
// a function calls gives objects of which nothing is known.
func (w *widening) handed(i int32) {
	l := &w.lines[i]
	w.also[i] = true
	if l.function >= 0 {
		w.gives(l.function, 0)
		return
	}
	w.given(l.first, l.after, nil, 0)
	if l.owner >= 0 {
		w.add(l.owner, widened{up: true})
	}
}

// gives keeps a function that gives objects, so many calls from what pickles them.
func (w *widening) gives(f int32, far int8) {
	if old, ok := w.giving[f]; far > maxFar || ok && old <= far {
		return
	}
	if w.giving == nil {
		w.giving = make(map[int32]int8)
	}
	w.giving[f] = far
	w.hold(f)
	l := &w.lines[f]
	last := w.lines[w.after(f)-1].after
	if !w.spend(last - l.first) {
		return
	}
	// The names of the object in the methods around.
	var objects [][]byte
	for g := f; g >= 0; g = w.lines[g].function {
		if first := w.word(w.named(&w.lines[g]) + 2); first != nil && w.isMethod(g) {
			objects = append(objects, first)
		}
	}
	if w.given(l.first, last, objects, far) {
		for owner := l.owner; owner >= 0; owner = w.lines[owner].owner {
			if w.lines[owner].class {
				w.add(owner, widened{far: far, up: true})
			}
		}
	}
	if w.isMethod(f) || w.word(w.named(l)+2) == nil && !w.op(w.named(l)+2, '*') {
		return // nobody gives it anything that is followed
	}
	if w.mentions == nil {
		w.mentioned()
	}
	for _, by := range w.mentions[string(w.word(w.named(l)))] {
		if w.lines[by].def {
			w.gives(by, far+1)
		} else {
			w.also[by] = true
			w.given(w.lines[by].first, w.lines[by].after, nil, far+1)
		}
	}
}

// isMethod reports a function that stands in a class.
func (w *widening) isMethod(f int32) bool {
	owner := w.lines[f].owner
	return owner >= 0 && w.lines[owner].class
}

// given keeps what some tokens name that may be pickled. It reports whether the object of
// a method is among them, or an attribute of it that is not called.
func (w *widening) given(first, after int32, objects [][]byte, far int8) (own bool) {
	for k := first; k < after; k++ {
		word := w.word(k)
		if word == nil {
			continue
		}
		if w.op(k-1, '.') {
			if !w.op(k+1, '(') {
				w.holdAll(string(word), w.isObject(k-2, objects)) // a bound method brings its object
			} else {
				w.holdAll(string(word), false)
			}
			continue
		}
		if w.isObject(k, objects) {
			own = own || !w.op(k+1, '.') || !w.op(k+3, '(')
			continue
		}
		w.holdAll(string(word), false)
		w.all(inClasses, w.classes, string(word), widened{far: min(far+1, maxFar), up: true})
	}
	return own
}

// isObject reports a name of the object of a method.
func (w *widening) isObject(k int32, objects [][]byte) bool {
	word := w.word(k)
	if string(word) == "self" || string(word) == "cls" {
		return true
	}
	for _, name := range objects {
		if bytes.Equal(name, word) {
			return true
		}
	}
	return false
}

// holdAll keeps the functions of a name, if one of them makes generators or anyway.
func (w *widening) holdAll(name string, anyway bool) {
	defs := w.defs[name]
	if len(defs) == 0 {
		return
	}
	hold, known := w.makes[name]
	if !known {
		for _, def := range defs {
			hold = hold || w.yields(def)
		}
		if w.makes == nil {
			w.makes = make(map[string]bool)
		}
		w.makes[name] = hold
	}
	if !hold && !anyway {
		return
	}
	for _, def := range defs {
		w.hold(def)
	}
}

// yields reports a function in which, or in a function inside, something is yielded.
func (w *widening) yields(def int32) bool {
	for i := def + 1; int(i) < len(w.lines) && w.lines[i].indent > w.lines[def].indent; i++ {
		l := &w.lines[i]
		if !w.spend(l.after - l.first) {
			return true
		}
		for k := l.first; k < l.after; k++ {
			if w.toks[k].Kind == prelex.Name && string(w.word(k)) == "yield" {
				return true
			}
		}
	}
	l := &w.lines[def]
	return !w.op(l.after-1, ':') // its body stands on the line of its header
}
