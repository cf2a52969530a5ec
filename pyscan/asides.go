package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
)

// aside is what a file is asked besides where its sites are, as bits. Its words alone
// decide: few files have them.
type aside uint8

const (
	// customs: how the classes of the file are pickled and rebuilt.
	customs aside = 1 << iota
	// dumps: with which protocol the file writes pickles.
	dumps
	// wraps: whether the file dumps past a wrapper of the project.
	wraps
	// hands: which objects the file gives to what pickles them.
	hands
	// writes: where the file turns objects into bytes, for who asks for an inventory.
	writes
)

// customWords are names by which a class or a registration takes part in pickling.
var customWords = slices.Concat(rebuild.Hooks, []string{"copyreg", "copy_reg", "dispatch_table", "_dispatch_table", "ForkingPickler", "reducer_override"})

// asideWords are the sets of words of which one makes an aside.
type asideWords struct {
	aside aside
	sets  [][]int
}

func (g *gate) addAsides() {
	var custom [][]int
	for _, word := range customWords {
		custom = append(custom, g.numbers([]string{word}))
		g.addSeed(customs, []string{word}, nil)
	}
	g.asides = []asideWords{{customs, custom}, {dumps, g.addDumps()}, {wraps, g.wrapWords()}, {hands, g.handing()}}
	if g.wide {
		g.asides = append(g.asides, asideWords{writes, g.writing()})
	}
	g.anyNeeds = slices.Clone(g.needs)
	for _, a := range g.asides {
		g.anyNeeds = append(g.anyNeeds, a.sets...)
	}
}

// seed is a word that stands where the answer to what is asked does, if the file has some
// others, too.
type seed struct {
	aside aside
	word  string
	set   []int
}

// addSeed adds the last of some words, if anybody looks for it.
func (g *gate) addSeed(what aside, words, with []string) {
	last := words[len(words)-1]
	if _, ok := g.ids[last]; !ok {
		return
	}
	var set []int
	for _, word := range slices.Concat(words, with) {
		if id, ok := g.ids[word]; ok {
			set = append(set, id)
		}
	}
	g.seeds = append(g.seeds, seed{what, last, set})
}

// seedsOf returns the words that stand where the answers to what is asked of a file do, and
// to what.
func (e *exact) seedsOf(what aside) map[string]aside {
	if what == 0 {
		return nil
	}
	e.names.grow(e.gate)
	// Some stand in strings: setattr(Job, "__reduce__", rebuild).
	all := e.names
	if e.spelled.seen != nil {
		all = e.spelled.and(e.names)
	}
	out := make(map[string]aside)
	for _, s := range e.gate.seeds {
		if what&s.aside != 0 && all.all(s.set) {
			out[s.word] |= s.aside
		}
	}
	return out
}

// handing lists the words of a file that pickles objects. Only with classes of its own, or
// functions, is it asked which.
func (g *gate) handing() (sets [][]int) {
	for _, fact := range g.catalog.AllPythonPickles() {
		words := catalog.Words(strings.TrimSuffix(fact.Name, "[]"))
		sets = append(sets, g.numbers(words))
		g.addSeed(hands, words, nil)
		g.pickling[words[len(words)-1]] = true
	}
	for alias, canonical := range g.catalog.PythonAliases() {
		if _, ok := g.catalog.PythonPickles(canonical); ok {
			words := catalog.Words(alias)
			g.pickling[words[len(words)-1]] = true
		}
	}
	return sets
}

// asked returns what is asked of a file by its name and its words: names, and in strings
// those of settings and those that are names: setattr(Job, "__reduce__", rebuild).
func (g *gate) asked(path string, e *exact) (out aside) {
	for _, a := range g.asides {
		if a.aside == dumps && lint.IsTest(path) || a.aside == hands && !e.makes {
			continue
		}
		if e.names.enough(a.sets) || a.aside == customs && e.dotted.enough(a.sets) || a.aside == dumps && e.spelled.seen != nil && g.setsProtocol(e) {
			out |= a.aside
		}
	}
	return out
}
