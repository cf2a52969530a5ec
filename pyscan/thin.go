package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// thin leaves out of a source, before it is parsed, what has nothing to do with a sink:
// parsing is what a run over a tree costs, and in a file with a site most of the text has
// no part in it. What is left out, and why that changes no verdict, is argued in
// RATIONALE.md; TestThin compares.
//
// A line is warm if it uses a name that leads to a sink, or one of the warm names: those
// that a warm line binds. What is left out are functions without a warm line, and whole
// statements outside of functions (see thinKeep). A function with one stays as it is.
//
// By the names of the files:
//
//	thin          the lines of a source, and its names
//	thinrounds    the rounds in which warm names are learnt
//	thinlines     is a line warm, and why? thinstrings: by its strings?
//	thinnames     what a warm line binds, and what the verdict on a call hangs on
//	thinscope     where a name is warm
//	thinkeep      which lines are kept
//	thinwiden     what else is kept: of classes with hooks, and of functions around a sink that
//	              may check bytes; thinfar: how far
//	thinflow      where bytes come from; thinowned: from the same function
//	thinhooks     what of that is not kept: where the names of hooks say nothing
//	thinhands     what is given to what pickles it
//	thincut       what becomes of the others
type thin struct {
	gate   *gate
	tokens *tokens
	text   []byte
	toks   []prelex.Token
	lines  []thinLine
	// strung: strings may be the names of what leads to a sink; unknown: any
	// string of the file may be one.
	strung, unknown bool
	// folds are the offsets of strings from which, with those before them, a name is put
	// together.
	folds []uint32
	// runs: the file has a function that runs strings; sets: it may set a setting.
	runs, sets bool
	// warm are the names that may stand for a sink, locals those that do so in a
	// function alone, and makers the functions which return one.
	warm, makers map[string]bool
	locals       map[localName]bool
	// bindings holds the names that functions bind, once somebody asks; scoped tells of
	// which that is known.
	bindings map[localName]bool
	scoped   map[int32]bool
	// at is the line that is looked at.
	at int32
	// objects are those that may be an object of which a method is a sink.
	objects map[string]bool
	// defs are the names of the functions; true for those that are given one.
	defs map[string]bool
	// renamed holds other names of what gets at names by strings, with its own.
	renamed map[string]string
	// globals are the names that some function declares global or nonlocal.
	globals map[string]bool
	// whole: a name means something else than is taken for granted.
	whole bool
	// bare: there is no sink, and no line is warm. seeded: some line holds what is asked for.
	bare, seeded bool
	// looked counts the tokens that were looked at more than once in a round.
	looked int
	// news: a name was learnt of in this round.
	news bool
	// learnt holds the names of which something was learnt in this round, and before
	// those of the round before it; lengths holds all warm names, bound those that
	// imports bind, and known these and those that open strings.
	learnt, before, lengths, bound, known nameLengths
	// round counts the rounds; anew: all lines are looked at again in this one.
	round int
	anew  bool
	// calls is memory for the brackets of a line.
	calls []bool
}

// thinLine is a logical line with a token, or a part of one between semicolons.
type thinLine struct {
	// first and after are its tokens.
	first, after int32
	indent       int32
	def, class   bool
	// setting: it is warm for a word of a setting alone, to which no bytes are on their way.
	warm, setting bool
	// folds: strings of the line make a name of what leads to a sink.
	folds bool
	// derived: it is that of a class which may be derived from one that loads.
	derived bool
	// owner is the line of the innermost def or class around, or -1, function that of
	// the innermost def, and around that of the innermost statement.
	owner, function, around int32
	// with is the line before it which it cannot be without, or -1.
	with int32
}

// loads reports a line that may load something.
func (l thinLine) loads() bool { return l.warm && !l.setting }

// leastThin is the size of a source, in bytes, below which parsing all of it is as
// cheap as reading its lines, and leastCut that of what is worth cutting.
const (
	leastThin = 4 << 10
	leastCut  = 64
)

// thinned returns a source in which what does not matter is blank, and where that is;
// or the source. cold means that no line matters. wide: what reaches the sinks matters,
// too, and what else is asked. bare: there is no sink.
func (e *exact) thinned(normal *prelex.Normal, read *tokens, wide bool, asks aside, bare bool) (plain []byte, cuts []syntax.Cut, cold bool) {
	if len(normal.Text) < leastThin || read.all == nil || len(normal.Faults) > 0 || e.directive {
		return normal.Text, nil, false
	}
	g := e.gate
	t := &thin{gate: g, folds: e.folds, strung: e.strung, runs: e.runs, sets: e.sets, text: normal.Text, warm: make(map[string]bool), makers: make(map[string]bool), locals: make(map[localName]bool), bindings: make(map[localName]bool), scoped: make(map[int32]bool), objects: make(map[string]bool), defs: make(map[string]bool), globals: make(map[string]bool), tokens: read, toks: read.all}
	t.bare = bare
	if len(t.tokens.stars) > 0 && !bare || !t.read() {
		return normal.Text, nil, false
	}
	for name := range read.bound {
		t.bound.add(name)
	}
	for method := range g.methods {
		t.add(method)
	}
	if !bare && !t.follow() {
		return normal.Text, nil, false
	}
	if asks == 0 && !slices.ContainsFunc(t.lines, func(l thinLine) bool { return l.warm }) {
		return normal.Text, nil, true
	}
	keep := t.kept(wide, e.seedsOf(asks))
	if t.whole {
		return normal.Text, nil, false
	}
	if bare && !t.seeded {
		return normal.Text, nil, true
	}
	plain, cuts = t.cut(keep)
	return plain, cuts, false
}

// read finds the lines. It reports whether the source is of a kind that may be thinned.
func (t *thin) read() bool {
	var open []int32 // the statements around a line, and it
	behind := false  // the last line ended with a semicolon
	for first := int32(0); int(first) < len(t.toks); {
		after := first
		for t.toks[after].Kind != prelex.Newline && t.toks[after].Kind != prelex.EOF && !t.op(after, ';') {
			if word := t.word(after); len(word) > longWord && !t.bare && notThin[string(word)] {
				return false
			}
			after++
		}
		if after > first {
			line := thinLine{first: first, after: after, indent: t.indent(t.toks[first].Start), owner: -1, function: -1, around: -1, with: -1}
			if behind {
				line.indent = t.lines[len(t.lines)-1].indent
			}
			switch string(t.word(first)) {
			case "def":
				line.def = true
			case "async":
				line.def = string(t.word(first+1)) == "def"
			case "class":
				line.class = true
			case "global", "nonlocal":
				for i := first + 1; i < after; i++ {
					t.globals[string(t.word(i))] = true
				}
			case "import", "from":
				t.rename(first, after)
			}
			before := int32(-1) // the statement before it, in the same block
			for n := len(open) - 1; n >= 0 && t.lines[open[n]].indent >= line.indent; n-- {
				before, open = open[n], open[:n]
			}
			if len(open) > 0 {
				line.around = open[len(open)-1]
				around := &t.lines[line.around]
				line.owner, line.function = around.owner, around.function
				if around.def || around.class {
					line.owner = line.around
				}
				if around.def {
					line.function = line.around
				}
			}
			if before >= 0 && (behind || clauses[string(t.word(first))] || t.op(t.lines[before].first, '@')) {
				line.with = before
			}
			for len(t.folds) > 0 && t.folds[0] < t.toks[after].Start {
				line.folds, t.folds = true, t.folds[1:]
			}
			if line.def {
				if t.nested(&line) > maxNested {
					return false
				}
				t.defs[string(t.word(t.named(&line)))] = false
			}
			open = append(open, int32(len(t.lines)))
			t.lines = append(t.lines, line)
		}
		behind = t.op(after, ';') && len(t.lines) > 0
		first = after + 1
	}
	return true
}

// maxNested bounds the functions in functions: each name in the innermost is looked for
// in all of them.
const maxNested = 16

// nested counts the functions around a line.
func (t *thin) nested(l *thinLine) (n int) {
	for f := l.function; f >= 0 && n <= maxNested; f = t.lines[f].function {
		n++
	}
	return n
}

// clauses are the words with which a part of a statement begins that is not its first.
var clauses = map[string]bool{"elif": true, "else": true, "except": true, "finally": true, "case": true}

// rename notes the other names that an import gives to what gets at names by strings.
func (t *thin) rename(i, after int32) {
	for ; i < after; i++ {
		word := string(t.word(i))
		if (byName[word] || runs[word]) && t.is(i+1, "as") {
			if t.renamed == nil {
				t.renamed = make(map[string]string)
			}
			t.renamed[string(t.word(i+2))] = word
		}
	}
}

// notThin are names in whose presence the bodies of functions without a sink
// matter: they are judged, or what they bind is.
var notThin = map[string]bool{"find_class": true, "find_global": true, "load_global": true, "persistent_load": true, "add_constructor": true, "add_multi_constructor": true}

// longWord is shorter than any of them.
const longWord = 8

// indent returns how far a line is indented, as CPython counts: a tab goes to the
// next multiple of eight, a form feed begins again (Parser/lexer/lexer.c).
func (t *thin) indent(at uint32) (n int32) {
	start := at
	for start > 0 && strings.IndexByte(" \t\f", t.text[start-1]) >= 0 {
		start--
	}
	for _, b := range t.text[start:at] {
		switch b {
		case ' ':
			n++
		case '\t':
			n = (n/8 + 1) * 8
		case '\f':
			n = 0
		}
	}
	return n
}

// named returns the token that names the function or class of a line.
func (t *thin) named(l *thinLine) int32 {
	if l.def && !t.is(l.first, "def") {
		return l.first + 2 // async def
	}
	return l.first + 1
}

// spend reports whether n tokens more may be looked at: calls in calls, and names on a
// line of a megabyte, would take all day. Then nothing is left out.
func (t *thin) spend(n int32) bool {
	t.looked += int(n)
	t.whole = t.whole || t.looked > maxLooked*len(t.toks)+leastThin
	return !t.whole
}

// maxLooked is how often that may be for each token, on average.
const maxLooked = 64

func (t *thin) op(i int32, b byte) bool {
	return i >= 0 && int(i) < len(t.toks) && t.toks[i].Kind == prelex.Op && t.text[t.toks[i].Start] == b
}

func (t *thin) word(i int32) []byte {
	if i < 0 || int(i) >= len(t.toks) || t.toks[i].Kind != prelex.Name {
		return nil
	}
	return t.text[t.toks[i].Start:t.toks[i].End]
}

// isBound reports a name that an import binds to what may lead to a sink.
func (t *thin) isBound(word []byte) bool {
	return t.bound.may(word) && len(t.tokens.bound[string(word)]) > 0
}
