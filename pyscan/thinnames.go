package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// chain reads a name and the attributes behind it.
func (t *thin) chain(i int32) (name string, last int32) {
	name = string(t.word(i))
	for t.op(i+1, '.') {
		part := t.word(i + 2)
		if part == nil || len(name) > maxDotted || byName[string(part)] {
			break
		}
		name += "." + string(part)
		i += 2
	}
	return name, i
}

// binds notes the names that a warm line may give a value: what stands before an
// equals sign outside brackets, behind "as" and in front of ":=", and the targets of
// "for"; names in strings, for setattr and the like; and the function that returns
// it.
func (t *thin) binds(l *thinLine, cause thinCause) {
	add := func(i int32) { t.addAt(i, cause.object) }
	// key is add for what becomes an attribute or an item.
	key := func(name string) {
		if cause.object {
			t.addObject(-1, name)
		} else {
			t.add(name)
		}
	}
	depth, left, targets, setter := 0, l.first, t.targets(l), false
	for i := l.first; i < l.after; i++ {
		tok := t.toks[i]
		setter = setter || t.putsIn(i)
		switch {
		case cause.bare && t.isString(i) && t.isKey(i, i < targets, setter, l.after):
			text := strings.Trim(strings.TrimLeft(string(t.text[tok.Start:tok.End]), "rRbBuUfF"), "\"'")
			if isWord(text) {
				key(text)
			}
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case t.op(i, '=') && t.op(i-1, ':') && t.toks[i-1].End == tok.Start:
			add(i - 2)
		case depth == 0 && t.op(i, '=') && !t.compares(i):
			for ; left < i; left++ {
				t.whole = t.whole || left == i-1 && (t.is(left, "self") || t.is(left, "cls")) && !t.op(left-1, '.')
				add(left)
			}
			// What replaces a sink is looked into.
			for k := i + 1; k < l.after && cause.replaced && t.spend(1); k++ {
				if _, ok := t.defs[string(t.word(k))]; ok {
					key(string(t.word(k)))
				}
			}
		case (l.def || depth > 0) && t.op(i, '=') && !t.compares(i): // a default, or what a namespace is made of
			if t.word(i+1) == nil {
				continue
			}
			if name, _ := t.chain(i + 1); t.isWarm(i+1) || t.gate.leads(t.tokens, name) {
				if l.def {
					add(i - 1)
				} else {
					key(string(t.word(i - 1)))
				}
			}
		case mutators[string(t.word(i))] && t.op(i-1, '.') && t.op(i+1, '('):
			add(i - 2)
		case t.is(i, "as"):
			for k := i + 1; k < l.after && !t.op(k, ':') && t.spend(1); k++ {
				add(k)
			}
		case t.is(i, "for"):
			for k := i + 1; k < l.after && !t.is(k, "in") && t.spend(1); k++ {
				add(k)
			}
		}
	}
	own := l
	for !own.def && own.owner >= 0 {
		own = &t.lines[own.owner]
	}
	if own.def && t.gives(l) {
		name := string(t.word(t.named(own)))
		key(name)
		if !t.makers[name] {
			t.makers[name] = true
			t.note(name)
		}
	}
}

// putsIn reports a name of what puts something into an object under a name that stands
// beside it.
func (t *thin) putsIn(i int32) bool {
	word := string(t.word(i))
	return mutators[word] || strings.HasSuffix(word, "setattr")
}

// isKey reports a string under which something that is warm may be put into an object: in
// a target, in front of a value in a display, or behind the name of a setter.
func (t *thin) isKey(i int32, target, setter bool, after int32) bool {
	if target || setter {
		return true
	}
	if !t.op(i+1, ':') {
		return false
	}
	depth := 0
	for i += 2; i < after && depth >= 0 && t.spend(1); i++ {
		switch {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case depth == 0 && t.op(i, ','):
			return false
		case t.word(i) == nil:
		case t.isWarm(i) || t.byName(t.word(i)) || t.isBound(t.word(i)):
			return true
		}
	}
	return false
}

// gives reports a line that returns something from the function around it.
func (t *thin) gives(l *thinLine) bool {
	for i := l.first; i < l.after; i++ {
		if word := string(t.word(i)); word == "return" || word == "yield" {
			return true
		}
	}
	return false
}

// hangsOn notes the names on whose values the verdict on a call may hang: those in the
// arguments that forms of the catalogue ask for, and behind stars. i is the bracket of
// the call, and name what is called, or "".
func (t *thin) hangsOn(i, after int32, name string) {
	if !t.op(i, '(') {
		return
	}
	positions := t.positions(name)
	depth, position, wanted := 0, -1, false
	for ; i < after && t.spend(1); i++ {
		switch {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		}
		if depth == 0 {
			return
		}
		if depth == 1 && (t.op(i, '(') || t.op(i, ',')) {
			position++
			wanted = positions[position] || t.op(i+1, '*')
			if word := t.word(i + 1); word != nil && t.op(i+2, '=') && !t.compares(i+2) {
				wanted = t.gate.formWords[string(word)]
				i += 2
			}
			continue
		}
		if wanted {
			t.addAt(i, false)
		}
	}
}

// positions are those of the arguments that forms of what is called ask for.
func (t *thin) positions(name string) map[int]bool {
	out := make(map[int]bool)
	for _, target := range t.tokens.standsFor(name) {
		if sink, ok := t.gate.catalog.PythonSink(target); ok {
			for _, form := range formsOf(sink) {
				out[form.Position] = true
			}
		}
	}
	return out
}

// setsBy reports a string that is a warm name, on a line that sets an attribute by it.
func (t *thin) setsBy(i int32, l *thinLine) bool {
	text := bytes.Trim(t.text[t.toks[i].Start:t.toks[i].End], "\"'")
	return t.warm[string(text)] && t.spend(i-l.first) && slices.ContainsFunc(t.toks[l.first:i], func(tok prelex.Token) bool {
		return tok.Kind == prelex.Name && bytes.HasSuffix(t.text[tok.Start:tok.End], setter)
	})
}

// isWord reports a text that is one name.
func isWord(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 || !inWord[byte(r)] }) < 0
}

// compares reports whether the equals sign at a token is a part of ==, !=, <= or >=.
func (t *thin) compares(i int32) bool {
	joined := func(a, b int32) bool { return t.toks[a].End == t.toks[b].Start }
	if t.op(i+1, '=') && joined(i, i+1) {
		return true
	}
	return i > 0 && joined(i-1, i) && (t.op(i-1, '=') || t.op(i-1, '!') || t.op(i-1, '<') || t.op(i-1, '>'))
}
