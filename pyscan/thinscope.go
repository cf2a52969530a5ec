package pyscan

import "github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"

// localName is a name in the function of a line.
type localName struct {
	function int32
	name     string
}

// add makes a name warm everywhere: an attribute, a key, or a function.
func (t *thin) add(name string) {
	if t.may(name) && !t.warm[name] {
		t.warm[name] = true
		t.note(name)
	}
}

// addAt makes the name at a token of the line warm, perhaps as an object: in the function
// that binds it, if there is one and it is no attribute.
func (t *thin) addAt(i int32, object bool) {
	name, function := string(t.word(i)), int32(-1)
	if !t.may(name) {
		return
	}
	if !t.op(i-1, '.') {
		function = t.homeOf(name)
	}
	if object {
		t.addObject(function, name)
	} else {
		t.addIn(function, name)
	}
}

// addIn makes a name warm in a function, or everywhere if that is -1.
func (t *thin) addIn(function int32, name string) {
	if function < 0 {
		t.add(name)
	} else if key := (localName{function, name}); t.may(name) && !t.locals[key] {
		t.locals[key] = true
		t.note(name)
	}
}

// addObject is addIn for a name that may be an object.
func (t *thin) addObject(function int32, name string) {
	if t.addIn(function, name); t.may(name) && !t.objects[name] {
		t.objects[name] = true
		t.note(name)
	}
}

// note says that there is news of a name.
func (t *thin) note(name string) {
	t.learnt.add(name)
	t.lengths.add(name)
	t.news = true
}

// may reports a name that can be warm.
func (t *thin) may(name string) bool {
	return name != "" && name != "self" && name != "cls" && !prelex.IsKeyword([]byte(name))
}

// isWarm reports whether the name at a token of the line is warm there.
func (t *thin) isWarm(i int32) bool {
	word := t.word(i)
	if !t.lengths.may(word) {
		return false
	}
	if t.warm[string(word)] {
		return true
	}
	if len(t.locals) == 0 || t.op(i-1, '.') {
		return false
	}
	for f := t.inner(); f >= 0; f = t.lines[f].function {
		if t.locals[localName{f, string(word)}] {
			return true
		}
	}
	return false
}

// inner returns the innermost function of the line, which is its own if it is a def.
func (t *thin) inner() int32 {
	if t.lines[t.at].def {
		return t.at
	}
	return t.lines[t.at].function
}

// homeOf returns the function around the line, or itself, of which a name is a local
// one, or -1. What the body of a class binds is an attribute.
func (t *thin) homeOf(name string) int32 {
	if t.globals[name] {
		return -1
	}
	for f := t.inner(); f >= 0; f = t.lines[f].function {
		if !t.scoped[f] {
			t.scoped[f] = true
			t.scope(f)
		}
		if t.bindings[localName{f, name}] {
			return f
		}
	}
	return -1
}

// scope notes the names that a function binds.
func (t *thin) scope(f int32) {
	bind := func(i int32) { t.bindings[localName{f, string(t.word(i))}] = true }
	def, depth := &t.lines[f], 0
	for i := t.named(def) + 1; i < def.after; i++ {
		switch {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case depth == 1 && t.word(i) != nil && (t.op(i-1, '(') || t.op(i-1, ',') || t.op(i-1, '*')):
			bind(i)
		}
	}
	for n := f + 1; int(n) < len(t.lines) && t.lines[n].indent > def.indent; n++ {
		if l := &t.lines[n]; l.owner == f {
			t.eachTarget(l, bind)
		}
	}
}

// eachTarget hands on the tokens that are names which a line binds in its own scope, and
// those of comprehensions.
func (t *thin) eachTarget(l *thinLine, do func(i int32)) {
	left := l.first
	switch {
	case l.def || l.class:
		do(t.named(l))
		return
	case t.imports(l):
		t.eachPlain(l.first+1, l.after, do)
		return
	case prelex.IsKeyword(t.word(l.first)):
		left = l.after // behind the colon
	}
	depth := 0
	for i := l.first; i < l.after; i++ {
		switch {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case t.op(i, '=') && t.op(i-1, ':') && t.toks[i-1].End == t.toks[i].Start:
			do(i - 2)
		case depth == 0 && t.op(i, ':'):
			if left == l.after {
				left = i + 1
			} else if left < i {
				t.eachPlain(left, i, do)
				left = i
			}
		case depth == 0 && t.op(i, '=') && !t.compares(i):
			t.eachPlain(left, i, do)
			left = i + 1
		case t.is(i, "as"):
			t.eachPlain(i+1, i+2, do)
		case t.is(i, "for"):
			end := i + 1
			for end < l.after && !t.is(end, "in") {
				end++
			}
			t.eachPlain(i+1, end, do)
			i = end - 1
		case t.is(i, "lambda"):
			left = l.after
		}
	}
}

// eachPlain hands on the tokens of names that stand by themselves, in the brackets of
// nothing but a pattern.
func (t *thin) eachPlain(i, after int32, do func(i int32)) {
	inside := 0 // the brackets of calls and items
	for ; i < after; i++ {
		switch {
		case t.opens(i) && (inside > 0 || t.word(i-1) != nil && !prelex.IsKeyword(t.word(i-1)) || t.closes(i-1)):
			inside++
		case t.closes(i) && inside > 0:
			inside--
		case inside == 0 && t.word(i) != nil && !t.op(i-1, '.') && !t.op(i+1, '.') && !t.op(i+1, '[') && !t.op(i+1, '('):
			do(i)
		}
	}
}

// opens reports a bracket, or the beginning of a field in a string, and closes its end.
func (t *thin) opens(i int32) bool {
	switch t.bracket(i) {
	case '(', '[', '{':
		return true
	}
	return false
}

func (t *thin) closes(i int32) bool {
	switch t.bracket(i) {
	case ')', ']', '}':
		return true
	}
	return false
}

// bracket returns the byte of punctuation that a token is. A part of a string with a field
// behind it ends with the bracket of that, a format of one with that which closes it, and
// all others with a quote.
func (t *thin) bracket(i int32) byte {
	if i < 0 || int(i) >= len(t.toks) {
		return 0
	}
	switch tok := &t.toks[i]; tok.Kind {
	case prelex.Op:
		return t.text[tok.Start]
	case prelex.Opening, prelex.Piece:
		return t.text[tok.End-1]
	}
	return 0
}

func (t *thin) is(i int32, word string) bool { return string(t.word(i)) == word }
