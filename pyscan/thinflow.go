package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// flows keeps what bytes on their way to a load may come through, in a file in which
// nothing checks any. Within a function it goes backwards from the lines with the load: by
// the names on them to the lines that give those a value, or do something with them. What
// those lines call is kept, and who calls the function only if its parameters are among the
// names.
type flows struct {
	*widening
	// loads are the warm lines by their function, and order those functions.
	loads map[int32][]int32
	order []int32
	// done are the functions that were gone through, with the fewest steps.
	done map[int32]int8
	// imported are the names that imports bind.
	imported map[string]bool
}

// load notes a warm line in a function.
func (f *flows) load(i int32) {
	at := f.lines[i].function
	if f.loads[at] == nil {
		f.order = append(f.order, at)
	}
	f.loads[at] = append(f.loads[at], i)
}

// run goes through the functions with loads.
func (f *flows) run() {
	for _, at := range f.order {
		var from []part
		for _, i := range f.loads[at] {
			l := &f.lines[i]
			from = append(from, part{i, f.made(l), l.after})
		}
		f.back(at, from, 0)
	}
}

// back goes through one function, from some of its lines.
func (f *flows) back(function int32, from []part, far int8) {
	if old, ok := f.done[function]; far > maxFar || ok && old <= far {
		return
	}
	f.done[function] = far
	f.hold(function)
	if far == maxFar {
		return
	}
	// What functions around it bind is seen inside.
	outer := function
	for f.lines[outer].function >= 0 {
		outer = f.lines[outer].function
	}
	after := f.after(outer)
	if !f.spend(f.lines[after-1].after - f.lines[outer].first) {
		return
	}
	own := make(map[string]bool)
	for i := outer + 1; i < after; i++ {
		if l := &f.lines[i]; !f.imports(l) {
			f.eachBound(l, func(name []byte) { own[string(name)] = true })
		}
	}
	names := make(map[string]bool)
	taken := make(map[int32]bool)
	for _, part := range from {
		taken[part.line] = true
		f.take(part.first, part.after, own, names)
	}
	for again := true; again; {
		again = false
		if !f.spend(f.lines[after-1].after - f.lines[outer].first) {
			return
		}
		for i := outer + 1; i < after; i++ {
			if l := &f.lines[i]; !taken[i] && f.makes(l, own, names) {
				taken[i], again = true, true
			}
		}
	}
	to := widened{far: far, within: true}
	for i := outer + 1; i < after; i++ {
		if taken[i] || f.mentions(&f.lines[i], names) {
			f.widening.names(f.lines[i].first, f.lines[i].after, to)
		}
	}
	for at := function; at >= 0; at = f.lines[at].function {
		f.widening.names(f.named(&f.lines[at])+1, f.lines[at].after, to)
		for i := at - 1; i >= 0 && f.op(f.lines[i].first, '@'); i-- {
			f.widening.names(f.lines[i].first, f.lines[i].after, to)
		}
		if taking := f.taking(at, names); taking != nil {
			f.callers(f.word(f.named(&f.lines[at])), taking, far+1)
		}
		if f.isMethod(at) && (f.ownNames(at, names)) {
			// Who makes the object may give it what is taken of it.
			class := f.lines[f.lines[at].owner].first + 1
			f.callers(f.word(class), []parameter{{rest: true}}, far+1)
		}
	}
}

// take notes the names of some tokens.
func (f *flows) take(first, after int32, own, names map[string]bool) {
	for k := first; k < after; k++ {
		word := f.word(k)
		if word == nil || prelex.IsKeyword(word) || string(word) == "self" || string(word) == "cls" {
			continue
		}
		called := f.op(k+1, '(')
		if called && string(word) == "dumps" {
			// What dumps gives comes from nowhere else.
			if end := f.closing(k+1, after); end >= 0 {
				k = end
			}
			continue
		}
		attribute := f.op(k-1, '.') && k > first
		if attribute && called || !attribute && !own[string(word)] && (called || f.imported[string(word)]) {
			continue
		}
		names[string(word)] = true
	}
}

// made returns where what a line gives to names begins.
func (f *flows) made(l *thinLine) int32 {
	if prelex.IsKeyword(f.word(l.first)) {
		return l.first
	}
	return f.targets(l)
}

// makes notes the names of a line that may give one of some names a value, or put
// something into it. It is false of others.
func (f *flows) makes(l *thinLine, own, names map[string]bool) (is bool) {
	if l.def || l.class || f.imports(l) || !f.mentions(l, names) {
		return false
	}
	f.eachBound(l, func(name []byte) { is = is || names[string(name)] })
	if is {
		f.take(f.made(l), l.after, own, names)
		return true
	}
	for k := l.first; k < l.after; k++ {
		word := f.word(k)
		if word == nil {
			continue
		}
		switch taint.Puts(string(word)) {
		case taint.PutAll:
			f.take(l.first, l.after, own, names)
			return true
		case taint.PutOwn:
			first := k
			for first-2 >= l.first && f.op(first-1, '.') {
				first -= 2
			}
			f.take(first, k, own, names)
			is = true
		}
	}
	return is
}

// mentions reports a line with one of some names.
func (f *flows) mentions(l *thinLine, names map[string]bool) bool {
	for k := l.first; k < l.after; k++ {
		if word := f.word(k); word != nil && names[string(word)] {
			return true
		}
	}
	return false
}

// parameter is one that somebody else gives a value; rest: it takes what is left.
type parameter struct {
	position int
	name     string
	rest     bool
}

// taking returns the parameters of a function that are among some names.
func (f *flows) taking(function int32, names map[string]bool) (out []parameter) {
	l := &f.lines[function]
	depth, position := 0, 0
	if f.isMethod(function) {
		position = -1
	}
	for k := f.named(l) + 1; k < l.after; k++ {
		switch {
		case f.opens(k):
			depth++
		case f.closes(k):
			if depth--; depth == 0 {
				return out
			}
		case depth == 1 && f.op(k, ','):
			position++
		}
		word := f.word(k)
		if depth != 1 || word == nil || !f.op(k-1, '(') && !f.op(k-1, ',') && !f.op(k-1, '*') {
			continue
		}
		if names[string(word)] {
			out = append(out, parameter{position, string(word), f.op(k-1, '*')})
		}
	}
	return out
}

// part are tokens of a line.
type part struct{ line, first, after int32 }

// ownNames reports a method that takes an attribute of its object with one of some names.
func (f *flows) ownNames(method int32, names map[string]bool) bool {
	for i, after := method+1, f.after(method); i < after; i++ {
		l := &f.lines[i]
		for k := l.first; k < l.after; k++ {
			if word := f.word(k); word != nil && names[string(word)] && f.op(k-1, '.') && (f.ofSelf(k) || f.ofFirst(k, method)) {
				return true
			}
		}
	}
	return false
}

// callers goes through the functions that name another, or a class, from what they give it.
func (f *flows) callers(name []byte, taking []parameter, far int8) {
	if far > maxFar {
		return
	}
	if f.widening.mentions == nil {
		f.mentioned()
	}
	for _, by := range f.widening.mentions[string(name)] {
		if !f.lines[by].def {
			f.also[by] = true
			f.widening.names(f.lines[by].first, f.lines[by].after, widened{far: far, within: true})
			continue
		}
		var from []part
		for i, after := by+1, f.after(by); i < after; i++ {
			l := &f.lines[i]
			if l.function != by {
				continue
			}
			for k := l.first; k < l.after; k++ {
				if string(f.word(k)) == string(name) {
					from = f.passed(i, k, taking, from)
				}
			}
		}
		f.back(by, from, far)
	}
}

// passed adds the arguments of a call for some parameters, or the whole line if it is none.
func (f *flows) passed(i, k int32, taking []parameter, all []part) []part {
	l := &f.lines[i]
	whole := part{i, f.made(l), l.after}
	end := int32(-1)
	if f.op(k+1, '(') {
		end = f.closing(k+1, l.after)
	}
	if end < 0 {
		return append(all, whole)
	}
	position := 0
	for first := k + 2; first < end; position++ {
		after, depth := first, 0
		for ; after < end && (depth > 0 || !f.op(after, ',')); after++ {
			switch {
			case f.opens(after):
				depth++
			case f.closes(after):
				depth--
			}
		}
		switch keyword := f.op(first+1, '=') && !f.compares(first+1); {
		case f.op(first, '*'):
			return append(all, whole)
		case slices.ContainsFunc(taking, func(p parameter) bool {
			if keyword {
				return p.rest || p.name == string(f.word(first))
			}
			// Base.load(self, path)
			return p.position == position || p.rest && p.position <= position || p.position+1 == position && f.op(k-1, '.')
		}):
			if keyword {
				first += 2
			}
			all = append(all, part{i, first, after})
		}
		first = after + 1
	}
	return all
}

// after returns the line behind the body of a function.
func (w *widening) after(function int32) int32 {
	i := function + 1
	for int(i) < len(w.lines) && w.lines[i].indent > w.lines[function].indent {
		i++
	}
	return i
}

// checks reports words of which something in the file may check bytes.
func (w *widening) checks() bool {
	p := proofWordsFor(w.gate.catalog)
	spelled := make(map[string]bool)
	for i := range w.toks {
		if word := w.word(int32(i)); word != nil && (p.known[string(word)] || string(word) == equal) {
			spelled[string(word)] = true
		}
	}
	if spelled[equal] {
		spelled["builtins"] = true // as in mayCheck
	}
	return p.anyPair(spelled)
}

// reflects reports a line that asks an object for an attribute by a name.
func (w *widening) reflects(l *thinLine) bool {
	for k := l.first; k < l.after; k++ {
		if w.is(k, "getattr") {
			return true
		}
	}
	return false
}

// importedNames are the words of the import statements.
func (w *widening) importedNames() map[string]bool {
	out := make(map[string]bool)
	for i := range w.lines {
		l := &w.lines[i]
		if !w.imports(l) {
			continue
		}
		for k := l.first; k < l.after; k++ {
			if word := w.word(k); word != nil {
				out[string(word)] = true
			}
		}
	}
	return out
}
