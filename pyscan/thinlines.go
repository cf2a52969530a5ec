package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// thinCause is why a line is warm.
type thinCause struct {
	// bare: something that leads to a sink may be bound, and not only what its call
	// gives; object: and that is an object of which a method is a sink. opens: a
	// function may have it by its name.
	bare, object, opens bool
	// given: such an object is given to a function.
	given bool
	// replaced: what leads to a sink, or an attribute or item that does, gets a value.
	replaced bool
}

// add adds a name inside so many calls that give none of what they are given; itself
// means that it is not called, or makes an object.
func (c *thinCause) add(passed int, itself, object bool) {
	if passed == 0 {
		c.bare = c.bare || itself
		c.object = c.object || itself && object
	} else {
		c.given = c.given || itself && object
	}
}

// line looks whether a line is warm, and notes what it binds.
func (t *thin) line(l *thinLine) {
	if t.imports(l) {
		return
	}
	first := string(t.word(l.first))
	scoped := first == "global" || first == "nonlocal"
	// passed counts the brackets of calls that give none of what they are given.
	var cause thinCause
	opener := int32(-1)
	calls, passed := t.calls[:0], 0
	sets, setting := t.sets && !t.isText(l), false
	l.warm = l.warm && !l.setting
	targets := int32(-1) // see the function, which reads all of the line
	for i := l.first; i < l.after; i++ {
		word := t.word(i)
		setting = setting || sets && t.isSetting(t.toks[i])
		if word == nil {
			switch {
			case t.opens(i):
				calls = append(calls, !l.def && t.op(i, '(') && t.swallows(i-1, l.first))
				if calls[len(calls)-1] {
					passed++
				}
			case len(calls) > 0 && t.closes(i):
				if calls[len(calls)-1] {
					passed--
				}
				calls = calls[:len(calls)-1]
			}
			t.calls = calls
			continue
		}
		if t.isWarm(i) {
			if targets < 0 {
				targets = t.targets(l)
			}
			switch {
			case i < targets:
				l.warm = true
				cause.replaced = cause.replaced || t.op(i-1, '.') || t.op(i+1, '.') || t.op(i+1, '[')
			case t.objects[string(word)] || t.leadsOn(i):
				l.warm, l.derived = true, l.class
				cause.add(passed, t.makers[string(word)] || !t.op(i+1, '('), t.objects[string(word)])
				t.hangsOn(i+1, l.after, "")
			}
			continue
		}
		if t.strung && t.reaches(i, word) {
			if !asksWarm[string(word)] && t.plain(i, l.after) {
				continue
			}
			opener = i
			l.warm, cause.opens = l.warm || !asksWarm[string(word)], cause.opens || passed == 0
			l.derived = l.class
			continue
		}
		if t.op(i-1, '.') && i > l.first || !t.isBound(word) {
			continue
		}
		if scoped {
			l.warm = true
			continue
		}
		name, last := t.chain(i)
		if t.gate.leads(t.tokens, name) {
			l.warm = true
			if targets < 0 {
				targets = t.targets(l)
			}
			if i < targets {
				cause.replaced = true
				continue
			}
			l.derived = l.class
			object := t.makes(name)
			cause.add(passed, object || !t.op(last+1, '('), object)
			t.hangsOn(last+1, l.after, name)
		}
	}
	for i := l.first; i < l.after; i++ {
		if tok := t.toks[i]; tok.Kind != prelex.String {
			continue
		} else if dashC := isDashC(t.text[tok.Start:tok.End]); dashC || t.setsBy(i, l) {
			l.warm, cause.opens = true, true
			if dashC && opener < 0 && t.toks[min(int(i)+2, len(t.toks)-1)].Kind != prelex.String {
				opener = l.after // what is run stands elsewhere
			}
		}
	}
	if t.unknown && t.leaves(l, first) {
		l.warm, cause.opens = true, true
	}
	l.setting = setting && !l.warm
	l.warm = l.warm || setting
	if !l.warm {
		return
	}
	if l.derived {
		t.addAt(l.first+1, false)
	}
	if opener >= 0 && !t.unknown && !t.literal(opener, l.after) {
		t.unknown = true
	}
	if cause.bare || cause.opens {
		t.binds(l, cause)
	}
	switch name := t.named(l); {
	case l.def && t.defs[string(t.word(name))]:
		for i := name + 1; i < l.after; i++ {
			t.addObject(t.at, string(t.word(i))) // parameters, and a few names more
		}
	case cause.given:
		for i := l.first; i < l.after; i++ {
			if word := string(t.word(i)); word != "" {
				if given, ok := t.defs[word]; ok && !given {
					t.defs[word] = true
					t.note(word)
					t.add(word)
				}
			}
		}
	}
}

// targets returns the token behind the names and the like that a line gives a value, or a
// type, which says what they are.
func (t *thin) targets(l *thinLine) int32 {
	depth, behind := 0, l.first
	for i := l.first; i < l.after; i++ {
		switch {
		case t.opens(i):
			depth++
		case t.closes(i):
			depth--
		case depth == 0 && t.op(i, '=') && !t.compares(i):
			behind = i
		case depth == 0 && t.op(i, ':') && behind == l.first && !prelex.IsKeyword(t.word(l.first)):
			return i
		case depth == 0 && t.op(i, ':'), t.is(i, "lambda"):
			return behind
		}
	}
	return behind
}

// carriers are functions and methods that give what they are given, or what it holds,
// as package names follows it. Others of that package have other names in the source.
var carriers = map[string]bool{
	"partial": true, "partialmethod": true, "dict": true, "list": true, "tuple": true, "set": true, "frozenset": true, "iter": true, "next": true, "type": true,
	"getattr": true, "setattr": true, "super": true, "SimpleNamespace": true, "Namespace": true, "staticmethod": true, "classmethod": true, "property": true,
	"get": true, "pop": true, "setdefault": true, "__getitem__": true, "__setitem__": true, "values": true, "items": true, "copy": true, "join": true, "update": true, "append": true, "extend": true, "add": true, "insert": true, "appendleft": true,
}

// mutators are those of them that put what they are given into what they are taken of.
var mutators = map[string]bool{"update": true, "append": true, "extend": true, "add": true, "insert": true, "appendleft": true, "setdefault": true, "__setitem__": true}

// swallows reports whether the bracket behind a token is that of a call which gives
// none of what it is given.
func (t *thin) swallows(i, first int32) bool {
	if i < first {
		return false
	}
	word := t.word(i)
	if word == nil || prelex.IsKeyword(word) || carriers[string(word)] || t.byName(word) || t.isWarm(i) {
		return false
	}
	return len(t.tokens.bound[string(word)]) == 0 && (!t.op(i-1, '.') || len(t.tokens.bound[string(t.word(i-2))]) == 0)
}

// leadsOn reports whether a warm name is used by itself, or with an attribute that may
// lead further.
func (t *thin) leadsOn(i int32) bool {
	if !t.op(i+1, '.') {
		return true
	}
	for ; t.op(i+1, '.'); i += 2 {
		part := t.word(i + 2)
		if part == nil {
			return true
		}
		if _, ok := t.gate.look(part); ok || carriers[string(part)] || byName[string(part)] || t.isWarm(i+2) {
			return true
		}
	}
	return false
}

// asksWarm are the names that look for an attribute of what they are given, which
// is warm if it matters.
var asksWarm = map[string]bool{"getattr": true, "__getattr__": true, "__getattribute__": true, "__dict__": true, "vars": true, "attrgetter": true, "methodcaller": true}

// byName reports a name with which Python gets at names that are strings.
func (t *thin) byName(word []byte) bool {
	return byName[string(word)] || t.renamed[string(word)] != ""
}

// reaches reports a name with which Python gets at names that are strings, or runs
// strings, and not something else that is called like that.
func (t *thin) reaches(i int32, word []byte) bool {
	attribute := t.op(i-1, '.')
	if own, ok := t.renamed[string(word)]; ok && !attribute {
		word = []byte(own)
	}
	if !byName[string(word)] && !runs[string(word)] {
		return false
	}
	switch string(word) {
	case "modules", "resolve", "locate":
		of := word
		if attribute {
			of = t.word(i - 2)
		}
		return len(t.tokens.bound[string(of)]) > 0 && (!t.op(i+1, '[') || string(t.word(i+2)) != "__name__")
	case "exec", "eval", "compile", "execfile", "globals", "locals", "vars", "getattr":
		if attribute && string(t.word(i-2)) != "builtins" {
			return false
		}
	}
	// What is defined, declared or given by this name is another.
	return string(t.word(i-1)) != "def" && !t.op(i+1, ':') && (attribute || !t.op(i+1, '=') || t.compares(i+1))
}

// makes reports whether a call of a dotted name gives what leads to a sink.
func (t *thin) makes(name string) bool {
	return slices.ContainsFunc(t.tokens.standsFor(name), func(target string) bool {
		full, ok := t.gate.words.Canonical(target + "()")
		return t.gate.ways[target+"()"] || ok && t.gate.ways[full]
	})
}
