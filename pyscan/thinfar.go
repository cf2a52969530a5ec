package pyscan

import "strings"

// tabled is a name, by the table that it was looked for in.
type tabled struct {
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

// widened is a line that was kept, with how many steps it is from what it was kept for. inner:
// that is a hook of pickling; who calls it, or sets attributes of other objects, says nothing of it.
// up: it is a class, kept for what stands on it or makes objects of it; what else stands on it
// says nothing of that. sparse: it says itself what is pickled, and asks for nothing but what it names. within: who calls it says nothing of it, because it is kept for what it does.
type widened struct {
	line                      int32
	far                       int8
	inner, within, up, sparse bool
}

// maxFar is how many calls from a sink a function is kept.
const maxFar = 2

// lessFar notes how far something is, and reports whether that is news.
func lessFar[K comparable](known *[kinds]map[K]int8, key K, at widened) bool {
	kind := at.kind()
	for wider := range kinds {
		if old, ok := known[wider][key]; ok && wider&^kind == 0 && old <= at.far {
			return false
		}
	}
	if known[kind] == nil {
		known[kind] = make(map[K]int8)
	}
	known[kind][key] = at.far
	return true
}

// kinds is how many there are.
const kinds = 16

// kind tells apart what more is kept for and what less.
func (w widened) kind() (k int) {
	if w.inner {
		k |= 1
	}
	if w.up {
		k |= 2
	}
	if w.within {
		k |= 4
	}
	if w.sparse {
		k |= 8
	}
	return k
}

// isCalled reports a function of which those that name it say something: they give it
// something, or it is what the rest is kept for. Python itself calls methods such as __enter__.
func (w *widening) isCalled(n widened) bool {
	l := &w.lines[n.line]
	if !w.isMethod(n.line) {
		return true
	}
	name := w.named(l)
	if word := string(w.word(name)); strings.HasPrefix(word, "_") {
		return !strings.HasPrefix(word, "__") || !strings.HasSuffix(word, "__")
	}
	return n.far == 0 || w.word(name+4) != nil || w.op(name+4, '*')
}
