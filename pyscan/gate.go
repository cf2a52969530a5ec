package pyscan

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// gate tells, from the words of a file alone, whether it can contain a site: to
// use pickle.load it must spell both "pickle" and "load", as names. It also
// holds what else is derived once from a catalogue.
//
// There are two looks: a rough one at all words of a file, wherever they stand,
// which most files do not pass, and an exact one at its names.
type gate struct {
	catalog *catalog.Catalog
	words   *names.Vocabulary
	// ids numbers the words that matter, spelled has them by their numbers.
	ids     map[string]int
	spelled []string
	// marks spare most words the look-up.
	marks marks
	// needs lists the sets of words of which one must be there in full.
	needs [][]int
	// hints are sets of words with which a name may be put together from strings
	// that do not hold it.
	hints [][]int
	// quick finds the words quickly; nil if some are too short for that.
	quick *rough
	// further are more names for what is in the catalogue.
	further map[string]string
	given   *gifts
	// ways are the sinks and the modules on the way to them.
	ways map[string]bool
	// methods are the sinks that are an attribute of whatever is not known, by its
	// name, and sure the sets of words in needs that are enough for them.
	methods  map[string]*catalog.PythonSink
	sure     [][]int
	settings settingWords
	// formWords are the arguments that forms of calls ask for.
	formWords map[string]bool
	// sinkWords is how many of the words are those of sinks; those of settings follow.
	sinkWords int
	asides    []asideWords
	// seeds are where the answers to asides stand.
	seeds []seed
	dumps dumpWords
	// plain are the loads and dumps that wrappers stand before.
	plain plainWords
	// wide: it is also open to what only writes objects.
	wide bool
	// pickling are the last words of the names of what pickles objects.
	pickling map[string]bool
	// anyNeeds are the needs and those of what else is asked.
	anyNeeds [][]int
}

// lastGate remembers the gate of the catalogue that was used last: a run has
// one catalogue and thousands of files.
var lastGate atomic.Pointer[gate]

func gateFor(c *catalog.Catalog) *gate {
	if g := lastGate.Load(); g != nil && g.catalog == c {
		return g
	}
	g := newGate(c, nil)
	lastGate.Store(g)
	return g
}

// lastWide is the same of those that are wide.
var lastWide atomic.Pointer[gate]

// gateFor returns the gate of a scanner.
func (s *Scanner) gateFor(c *catalog.Catalog) *gate {
	if !s.Inventory {
		return gateFor(c)
	}
	if g := lastWide.Load(); g != nil && g.catalog == c {
		return g
	}
	g := newWideGate(c, nil, true)
	lastWide.Store(g)
	return g
}

// newGate makes the gate of a catalogue and of further names for what is in it.
func newGate(c *catalog.Catalog, further map[string]string) *gate {
	return newWideGate(c, further, false)
}

func newWideGate(c *catalog.Catalog, further map[string]string, wide bool) *gate {
	g := &gate{catalog: c, further: further, wide: wide, words: names.NewVocabulary(c).With(further), ids: make(map[string]int), ways: make(map[string]bool), methods: make(map[string]*catalog.PythonSink), formWords: make(map[string]bool), pickling: make(map[string]bool)}
	aliases := maps.Clone(c.PythonAliases())
	maps.Copy(aliases, further)
	for alias, canonical := range aliases {
		if full, ok := g.words.Canonical(canonical); ok {
			aliases[alias] = full
		}
	}
	for _, sink := range c.PythonSinks() {
		for _, form := range formsOf(sink) {
			g.formWords[form.Name] = true
		}
		if method, ok := strings.CutPrefix(sink.Name, "."); ok {
			g.needMethod(method, sink)
			continue
		}
		g.way(sink.Name)
		if g.needless(sink.Name) {
			continue
		}
		g.need(sink.Name)
		for alias, canonical := range aliases {
			if rest, ok := strings.CutPrefix(sink.Name, canonical); ok && (rest == "" || rest[0] == '.' || rest[0] == '(') {
				g.need(alias + rest)
			}
		}
	}
	for alias, canonical := range aliases {
		// What stands before the last word of an alias leads there too.
		if full, ok := g.words.Canonical(canonical); ok && g.ways[full] {
			if before, ok := catalog.Shorter(alias); ok {
				g.way(before)
			}
		}
	}
	g.needs = append(g.needs, g.sure...)
	g.hint()
	g.addSettings(c.PythonSettings())
	g.addAsides()
	if further == nil { // with further names, a gate is one of the second look
		g.quick = newRough(g.unspared(), g.anyNeeds, g.hints)
	}
	return g
}

// with returns a gate that knows further names.
func (g *gate) with(further map[string]string) *gate { return newWideGate(g.catalog, further, g.wide) }

// need adds the words of a dotted name.
func (g *gate) need(name string) {
	g.needs = append(g.needs, g.numbers(catalog.Words(name)))
}

// numbers returns those of some words, which matter from now on.
func (g *gate) numbers(words []string) (set []int) {
	for _, word := range words {
		id, ok := g.ids[word]
		if !ok {
			id = len(g.ids)
			g.ids[word] = id
			g.spelled = append(g.spelled, word)
			g.marks.add(word)
		}
		set = append(set, id)
	}
	return set
}

// inWord are the bytes of a Python identifier; those above ASCII may be.
var inWord = func() (t [256]bool) {
	for b := range t {
		t[b] = b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
	}
	return t
}()

// look finds the number of a word that matters.
func (g *gate) look(word []byte) (id int, ok bool) {
	if !g.marks.has(word) {
		return 0, false
	}
	id, ok = g.ids[string(word)]
	return id, ok
}

// words is a set of the words that matter.
type words struct {
	seen []bool
}

func (w *words) add(g *gate, id int) {
	w.grow(g)
	w.seen[id] = true
}

// grow makes room for all words.
func (w *words) grow(g *gate) {
	if w.seen == nil {
		w.seen = make([]bool, len(g.ids))
	}
}

// enough reports whether all words of one of the sets are there.
func (w *words) enough(sets [][]int) bool {
	return w.seen != nil && slices.ContainsFunc(sets, w.all)
}

func (w *words) all(set []int) bool {
	for _, id := range set {
		if !w.seen[id] {
			return false
		}
	}
	return true
}

// and returns the words that are in one of two sets.
func (w words) and(other words) words {
	out := words{seen: slices.Clone(other.seen)}
	for id, seen := range w.seen {
		out.seen[id] = out.seen[id] || seen
	}
	return out
}

// bound reports whether a sink, or a module on the way to one, is used as
// something else than the beginning of a longer name: called, bound to another
// name, or handed on. A file that imports numpy and calls the load of something
// else uses none.
func (g *gate) bound(t *tokens) bool {
	if len(t.stars) > 0 || g.importsClass(t) {
		return true
	}
	return len(t.bound) > 0 && (t.uses(func(name string) bool { return g.leads(t, name) }) || g.runsBound(t))
}

// uses reports whether some name that is bound and read, with the attributes behind it,
// is wanted.
func (t *tokens) uses(wanted func(name string) bool) bool {
	t.rewind()
	for colon := false; t.tok.Kind != prelex.EOF; {
		// "name: type = value" assigns to no type.
		typed := colon
		colon = t.isOp(':')
		if t.tok.Kind != prelex.Name && !t.isOp('.') {
			t.next()
			continue
		}
		switch word := t.word(); {
		case t.isOp('.'):
			t.next()
			ellipsis := t.isOp('.')
			for t.isOp('.') {
				t.next()
			}
			if !ellipsis && t.tok.Kind == prelex.Name {
				t.next()
			}
		case word == "":
			t.next()
		case word == "from":
			t.next()
			for t.isOp('.') {
				t.next()
			}
			if name := t.dotted(); t.word() == "import" {
				t.next()
				t.passImport(t.isOp('('))
			} else if name != "" && wanted(name) {
				return true
			}
		case word == "import":
			t.next()
			t.passImport(false)
		case len(t.bound[word]) == 0:
			t.passDotted()
		default:
			name := t.dotted()
			// What replaces a sink is no use of it, but may weaken it: np.load = f.
			if wanted(name) && (typed || !t.assigns() || strings.IndexByte(name, '.') >= 0) {
				return true
			}
		}
	}
	return false
}

// leads reports whether a dotted name may stand for a sink, for an attribute of
// one, or for a module on the way to one.
func (g *gate) leads(t *tokens, name string) bool {
	first, _, _ := strings.Cut(name, ".")
	if len(t.bound[first]) == 0 {
		return false
	}
	if slices.ContainsFunc(t.standsFor(name), func(target string) bool { return g.ways[target] }) {
		return true
	}
	for i, b := range name {
		if b != '.' {
			continue
		}
		for _, target := range t.standsFor(name[:i]) {
			if _, ok := g.catalog.PythonSink(target); ok {
				return true
			}
		}
	}
	return false
}
