package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
)

// onlyUses reports the name of a hook with which nothing is said about how objects are pickled:
// it is called, other.__getstate__(), or somebody asks whether there is one, hasattr(other,
// "__getstate__").
func (w *widening) onlyUses(k int32, l *thinLine) bool {
	if w.word(k) != nil {
		return w.op(k-1, '.') && w.op(k+1, '(') && strings.HasPrefix(string(w.word(k)), "__")
	}
	if !w.op(k-1, ',') || !w.op(k+1, ')') && !w.op(k+1, ',') {
		return false
	}
	for k -= 2; k > l.first && (w.word(k) != nil || w.op(k, '.')); k-- {
	}
	return w.op(k, '(') && (w.is(k-1, "hasattr") || w.is(k-1, "getattr"))
}

// hasNoState reports a __reduce__ of a class that says by itself what is pickled of an object:
// it gives no state, and no other hook of the class asks for one. What it does not name has
// no part in that; what sets the attributes that it reads is kept.
func (w *widening) hasNoState(l *thinLine) bool {
	class := l.owner
	if !l.def || class < 0 || !w.lines[class].class || !isReduce(string(w.word(w.named(l)))) {
		return false
	}
	none, known := w.stateless[class]
	if !known {
		var read []string
		if read, none = w.reducers(class); none {
			w.holdSetters(read)
		}
		if w.stateless == nil {
			w.stateless = make(map[int32]bool)
		}
		w.stateless[class] = none
	}
	return none
}

// reducers returns the attributes that the reducers of a class read. It reports false if
// there may be a state.
func (w *widening) reducers(class int32) (read []string, none bool) {
	inside := false
	for i := class + 1; int(i) < len(w.lines) && w.lines[i].indent > w.lines[class].indent; i++ {
		m := &w.lines[i]
		own := m.owner == class
		if own {
			inside = m.def && isReduce(string(w.word(w.named(m))))
		}
		if !own && !inside {
			continue
		}
		if !w.spend(m.after - m.first) {
			return nil, false
		}
		for k := m.first; k < m.after; k++ {
			switch word := string(w.word(k)); {
			case word == "":
			case inside && stateful[word], !inside && slices.Contains(rebuild.Hooks, word):
				return nil, false
			case inside && w.op(k-1, '.'):
				read = append(read, word)
			}
		}
	}
	return read, true
}

// holdSetters keeps the methods that set some attributes, and those that set what they read.
func (w *widening) holdSetters(read []string) {
	seen, held := make(map[string]bool), make(map[int32]bool)
	for len(read) > 0 {
		name := read[len(read)-1]
		if read = read[:len(read)-1]; seen[name] {
			continue
		}
		seen[name] = true
		for _, f := range w.selfSets[name] {
			if held[f] || !w.isMethod(f) {
				continue
			}
			held[f] = true
			w.hold(f)
			first, after := w.lines[f].first, w.lines[w.after(f)-1].after
			if !w.spend(after - first) {
				return
			}
			for k := first; k < after; k++ {
				if w.op(k-1, '.') && w.word(k) != nil && (w.ofSelf(k) || w.ofFirst(k, f)) {
					read = append(read, string(w.word(k)))
				}
			}
		}
	}
}

// stateful are words by which a reducer hands out the attributes of its object.
var stateful = map[string]bool{
	"__dict__": true, "vars": true, "super": true, "getattr": true, "__slots__": true, "copyreg": true, "copy_reg": true, "object": true,
	"__getstate__": true, "__getnewargs__": true, "__getnewargs_ex__": true, "__setstate__": true,
}

func isReduce(name string) bool { return name == "__reduce__" || name == "__reduce_ex__" }
