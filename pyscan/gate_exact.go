package pyscan

import (
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// exact collects what the tokens of a file say.
type exact struct {
	gate  *gate
	names words
	// dotted are the words of strings that look like names, spelled those of
	// all strings.
	dotted, spelled words
	// byName: the file uses something that takes names as strings; runs: it
	// uses something that runs strings.
	byName, runs bool
	// makes: the file makes classes or functions without a name.
	makes bool
	// directive: a comment begins like a directive.
	directive bool
	// strung: strings may be the names that make a site.
	strung bool
	// folds are the offsets of strings that are the last of those from which a name is
	// put together.
	folds []uint32
	// sets: the file may set a setting.
	sets bool
}

// byName are the names with which Python gets at names that are strings.
var byName = map[string]bool{
	"__import__": true, "import_module": true, "getattr": true, "attrgetter": true, "methodcaller": true, "__getattribute__": true,
	"__getattr__": true, "__dict__": true, "vars": true, "globals": true, "locals": true, "modules": true, "import_string": true, "import_object": true,
	"locate": true, "resolve_name": true, "namedAny": true, "resolve": true, "importorskip": true,
}

// runs are the names with which Python runs strings.
var runs = map[string]bool{"exec": true, "eval": true, "compile": true, "execfile": true}

// makes are the words with which it makes classes, and functions without a name.
var makes = map[string]bool{"class": true, "lambda": true}

// openerLengths holds the lengths of those names by their first byte, as bits.
var openerLengths = func() (t [256]uint64) {
	for _, set := range []map[string]bool{byName, runs, makes} {
		for word := range set {
			t[word[0]] |= 1 << len(word)
		}
	}
	return t
}()

// visit takes a token of prelex.Normalise.
func (e *exact) visit(kind prelex.Kind, text []byte) {
	switch kind {
	case prelex.Name:
		if id, ok := e.gate.look(text); ok {
			e.names.add(e.gate, id)
		}
		if openerLengths[text[0]]>>min(len(text), 63)&1 != 0 {
			e.byName = e.byName || byName[string(text)]
			e.runs = e.runs || runs[string(text)]
			e.makes = e.makes || makes[string(text)]
		}
	case prelex.Comment:
		e.directive = e.directive || directiveIn(text)
	case prelex.String, prelex.Opening, prelex.Piece:
		e.runs = e.runs || isDashC(text)
		e.string(text)
	}
}

func (e *exact) string(text []byte) {
	name := isSpelled(text)
	eachWord(text, func(word []byte) bool {
		if id, ok := e.gate.look(word); ok {
			e.spelled.add(e.gate, id)
			if name {
				e.dotted.add(e.gate, id)
			}
		}
		return true
	})
}

// isSpelled reports a string that may be a dotted name, or one behind a colon, and
// nothing else.
func isSpelled(text []byte) bool {
	for _, b := range text {
		if !inWord[b] && b != '.' && b != ':' && b != '"' && b != '\'' {
			return false
		}
	}
	return true
}

// eachWord hands on the words of a text until the function returns false.
func eachWord(text []byte, do func(word []byte) bool) {
	for i := 0; i < len(text); i++ {
		start := i
		for i < len(text) && inWord[text[i]] {
			i++
		}
		if i > start && !do(text[start:i]) {
			return
		}
	}
}

// directiveIn reports whether some word of a comment begins like a directive. What stands
// before it may be a blank outside of ASCII.
func directiveIn(comment []byte) bool {
	for i := range comment {
		if comment[i]|0x20 == 'p' && (i == 0 || !inWord[comment[i-1]] || comment[i-1] >= 0x80) && justify.Mentions(string(comment[i:min(len(comment), i+longMention)])) {
			return true
		}
	}
	return false
}

// verdict is what the names of a file say.
type verdict uint8

const (
	// closed: no site.
	closed verdict = iota
	// asks: the words are there; what the names are bound to decides.
	asks
	// open: to be parsed in any case.
	open
)

// verdict reports whether the file may contain a site or a directive. text is what
// was visited.
func (e *exact) verdict(text []byte) verdict {
	out := closed
	e.names.grow(e.gate)
	e.sets = e.settings()
	switch {
	case e.directive || e.sets || e.names.enough(e.gate.sure):
		out = open
	case e.names.enough(e.gate.needs):
		out = asks
	}
	if (e.byName || e.runs) && e.names.enough(e.gate.hints) {
		e.fold(text)
	}
	for _, more := range []struct {
		counts bool
		words  words
	}{{e.byName, e.dotted}, {e.runs, e.spelled}} {
		if !more.counts || more.words.seen == nil {
			continue
		}
		all := more.words.and(e.names)
		for _, set := range e.gate.needs {
			if !all.all(set) {
				continue
			}
			// The module itself may be got by its name; otherwise it is
			// imported, and then seen by what it is bound to.
			if more.words.seen[set[0]] {
				out = open
			}
			out = max(out, asks)
			e.strung = e.strung || more.words.seen[set[0]] || !e.names.all(set)
		}
	}
	return out
}
