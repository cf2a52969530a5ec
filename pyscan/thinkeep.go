package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// thinKeep finds the lines that are kept:
//
//   - the warm ones;
//   - all of a function around one, but for the bodies of functions in it without one;
//   - outside of functions, what may give a value to a name of a kept line, and so on: of a
//     function that is its header, for its name;
//   - whatever stands around those, the other clauses of a statement, and decorators.
type thinKeep struct {
	*thin
	keep []bool
	// whole tells of each line whether it is that of a function with a warm line.
	whole []bool
	// binds holds the lines outside of functions by the names that they bind.
	binds map[string][]int32
	// asked are the names that were looked for.
	asked map[string]bool
	// found are lines that are kept, and were not looked at yet.
	found []int32
	// also are lines outside of functions that are kept for something else.
	also map[int32]bool
}

// kept tells which lines are kept. wide: what reaches the sinks matters, too, and what
// else is asked, which stands where the seeds are.
func (t *thin) kept(wide bool, seeds map[string]aside) []bool {
	k := &thinKeep{thin: t, keep: make([]bool, len(t.lines)), whole: make([]bool, len(t.lines)), binds: make(map[string][]int32), asked: make(map[string]bool), also: make(map[int32]bool)}
	k.wholeFunctions()
	if wide && (len(seeds) > 0 || slices.ContainsFunc(t.lines, thinLine.loads)) {
		k.widen(seeds)
	}
	for i := range t.lines {
		i := int32(i)
		k.at = i
		switch def := k.lines[i].function; {
		case def < 0 && !t.lines[i].warm && !k.whole[i] && !k.also[i] && !k.matters(i):
			t.eachBound(&t.lines[i], func(name []byte) { k.binds[string(name)] = append(k.binds[string(name)], i) })
		case def < 0 || k.whole[def]:
			k.mark(i)
		}
	}
	for len(k.found) > 0 {
		i := k.found[len(k.found)-1]
		k.found = k.found[:len(k.found)-1]
		k.follow(i)
	}
	return k.keep
}

// wholeFunctions finds the functions with a warm line, and the methods of a class that
// is derived from one which loads: they may use that by the name of their first parameter.
func (k *thinKeep) wholeFunctions() {
	for i := range k.lines {
		l := &k.lines[i]
		if !l.warm && !k.derived(int32(i)) {
			continue
		}
		k.whole[i] = l.def
		for owner := l.owner; owner >= 0 && !k.whole[owner]; owner = k.lines[owner].owner {
			k.whole[owner] = k.lines[owner].def
		}
	}
}

// derived reports a method of a class that may be derived from one which loads, if it
// uses that by the name of its first parameter or by super.
func (k *thinKeep) derived(i int32) bool {
	l := &k.lines[i]
	if !l.def || l.owner < 0 || !k.lines[l.owner].derived {
		return false
	}
	self := k.word(k.named(l) + 2)
	if self == nil {
		return true
	}
	for n := i + 1; int(n) < len(k.lines) && k.lines[n].indent > l.indent; n++ {
		for tok := k.lines[n].first; tok < k.lines[n].after; tok++ {
			if word := k.word(tok); word != nil && (string(word) == "super" || bytes.Equal(word, self) && k.leadsOn(tok)) {
				return true
			}
		}
	}
	return !k.op(l.after-1, ':') // its body stands on the line of its header
}

// matters reports a line outside of functions that is kept for what it says itself: an
// import of what may lead to a sink, or of everything, and a string that names a sink.
func (k *thinKeep) matters(i int32) bool {
	l := &k.lines[i]
	imports := k.imports(l)
	for n := l.first; n < l.after; n++ {
		if word := k.word(n); word != nil {
			if imports && (k.isBound(word) || k.isWarm(n)) {
				return true
			}
		} else if imports && k.op(n, '*') || k.strung && !imports && k.isString(n) && k.spells(k.toks[n]) {
			return true
		}
	}
	return false
}

// imports reports an import statement.
func (t *thin) imports(l *thinLine) bool { return t.is(l.first, "import") || t.is(l.first, "from") }

func (k *thinKeep) mark(i int32) {
	if i >= 0 && !k.keep[i] {
		k.keep[i] = true
		k.found = append(k.found, i)
	}
}

// follow keeps what a line cannot be without, and what binds its names outside of
// functions.
func (k *thinKeep) follow(i int32) {
	l := &k.lines[i]
	k.mark(l.around)
	k.mark(l.with)
	if string(k.word(l.first)) == "match" && int(i)+1 < len(k.lines) && k.lines[i+1].around == i {
		k.mark(i + 1) // nothing else may stand in the place of a case
	}
	for n := i + 1; int(n) < len(k.lines) && k.lines[n].indent >= l.indent; n++ {
		if k.lines[n].with == i {
			k.mark(n)
			break
		}
		if k.lines[n].indent == l.indent {
			break
		}
	}
	if l.def && !k.whole[i] || k.imports(l) {
		return // its header alone, for its name; names of other modules
	}
	texts := k.returnsName(l)
	for n := l.first; n < l.after; n++ {
		word := k.word(n)
		if texts && k.toks[n].Kind == prelex.String {
			word = bytes.Trim(k.text[k.toks[n].Start:k.toks[n].End], `"'`)
		}
		if word != nil && !k.asked[string(word)] {
			k.asked[string(word)] = true
			for _, line := range k.binds[string(word)] {
				k.mark(line)
			}
		}
	}
}

// returnsName reports a line of a function whose strings may be names: a text that
// __reduce__ returns is that of a global.
func (k *thinKeep) returnsName(l *thinLine) bool {
	return l.function >= 0 && (k.is(l.first, "return") || bytes.HasPrefix(k.word(k.named(&k.lines[l.function])), []byte("__reduce")))
}

// eachBound hands on the names to which a line may give a value, or something to what
// is their value.
func (t *thin) eachBound(l *thinLine, do func(name []byte)) {
	all := func(i, after int32) {
		for ; i < after; i++ {
			if word := t.word(i); word != nil {
				do(word)
			}
		}
	}
	switch first := string(t.word(l.first)); {
	case l.def || l.class:
		all(l.first+1, min(l.first+3, l.after))
		return
	case t.imports(l) || first == "del" || first == "case":
		all(l.first+1, l.after)
		return
	case first != "" && (t.op(l.first+1, '.') || t.op(l.first+1, ':')):
		do(t.word(l.first))
	}
	depth, left := 0, l.first
	for i := l.first; i < l.after; i++ {
		switch word := string(t.word(i)); {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case depth == 0 && t.op(i, '=') && !t.compares(i):
			all(left, i)
			left = i + 1
		case t.op(i, '=') && t.op(i-1, ':'):
			all(i-2, i)
		case word == "as" || word == "setattr":
			all(i+1, l.after)
			return
		case word == "for":
			for ; i < l.after && !t.is(i, "in"); i++ {
				all(i, i+1)
			}
		case mutators[word]:
			all(i-2, i)
		}
	}
}
