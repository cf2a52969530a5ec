package pyscan

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
)

// dumpWords is what a gate knows of what writes pickles.
type dumpWords struct {
	// words are the names that are worth following for this: nobody else asks for
	// them, so that they change no site.
	words *names.Vocabulary
	// methods are those that are an attribute of whatever is not known.
	methods map[string]*catalog.PythonDump
	// settings are those whose value is a protocol, by their words.
	settings map[string][]*catalog.DumpSetting
	// needs are the sets of words of which a file needs one to have such a setting; they
	// may stand in strings.
	needs [][]int
}

// addDumps fills in g.dumps, and returns the sets of words of which a file needs one to
// write pickles.
func (g *gate) addDumps() [][]int {
	d := &g.dumps
	d.methods, d.settings = make(map[string]*catalog.PythonDump), make(map[string][]*catalog.DumpSetting)
	aliases := g.aliases()
	var follow []string
	var sets, seeds [][]string
	add := func(with []string, words ...string) {
		seeds = append(seeds, words)
		sets = append(sets, slices.Concat(with, words))
	}
	for _, dump := range g.catalog.PythonDumps() {
		if len(dump.Protocol) == 0 && !g.wide {
			continue // nobody chooses one
		}
		more := keywordNeeded(dump)
		if method, ok := strings.CutPrefix(dump.Name, "."); ok {
			d.methods[method] = dump
			add(more, method)
			continue
		}
		follow = append(follow, dump.Name)
		add(more, catalog.Words(dump.Name)...)
		for _, other := range otherNames(dump.Name, aliases) {
			add(more, catalog.Words(other)...)
		}
	}
	for name := range g.catalog.PythonProtocols() {
		if strings.Contains(name, ".") {
			follow = append(follow, name)
		}
	}
	for _, setting := range g.catalog.DumpSettings() {
		for _, word := range setting.Words {
			d.settings[word] = append(d.settings[word], setting)
			if len(setting.Near) == 0 {
				d.needs = append(d.needs, g.numbers([]string{word}))
				g.addSeed(dumps, []string{word}, nil)
			}
			for _, near := range setting.Near {
				d.needs = append(d.needs, g.numbers([]string{word, near}))
				g.addSeed(dumps, []string{word}, []string{near})
			}
		}
	}
	d.words = names.NewVocabulary(g.catalog, follow...).With(g.further)
	out := d.needs
	for _, set := range smallest(sets) {
		out = append(out, g.numbers(set))
	}
	for _, words := range seeds {
		g.addSeed(dumps, words, nil)
	}
	return out
}

// aliases are those of the catalogue and the further ones, by what they stand for in full.
func (g *gate) aliases() map[string]string {
	out := maps.Clone(g.catalog.PythonAliases())
	maps.Copy(out, g.further)
	for alias, canonical := range out {
		if full, ok := g.words.Canonical(canonical); ok {
			out[alias] = full
		}
	}
	return out
}

// otherNames lists the names that a dotted name has by aliases.
func otherNames(name string, aliases map[string]string) (out []string) {
	for alias, canonical := range aliases {
		if rest, ok := strings.CutPrefix(name, canonical); ok && (rest == "" || rest[0] == '.') {
			out = append(out, alias+rest)
		}
	}
	return out
}

// writing lists the sets of words of a file that turns objects into bytes, whatever the protocol.
func (g *gate) writing() (sets [][]int) {
	aliases := g.aliases()
	for _, dump := range g.catalog.PythonDumps() {
		sets = append(sets, g.numbers(catalog.Words(dump.Name)))
		for _, other := range otherNames(dump.Name, aliases) {
			sets = append(sets, g.numbers(catalog.Words(other)))
		}
	}
	for _, fact := range g.catalog.AllPythonPickles() {
		if fact.By == catalog.PickledForProcess {
			sets = append(sets, g.numbers(catalog.Words(fact.Name)))
		}
	}
	return sets
}

// setsProtocol reports the words of a setting of which some stand in strings.
func (g *gate) setsProtocol(e *exact) bool {
	e.names.grow(g)
	all := e.spelled.and(e.names)
	return all.enough(g.dumps.needs)
}

// keywordNeeded returns the keyword without which nothing is said of a call, because what
// is written without it is fine, and nobody counts so many arguments.
func keywordNeeded(dump *catalog.PythonDump) []string {
	if len(dump.Protocol) == 0 {
		return nil
	}
	first := dump.Protocol[0]
	if dump.Default == catalog.ProtocolDefault || dump.Default == catalog.ProtocolHighest || first.Position >= 0 && first.Position < manyArguments {
		return nil
	}
	return []string{first.Name}
}

// manyArguments is how many arguments stand before one that is given by its keyword.
const manyArguments = 3

// smallest leaves out the sets of words that hold all of another one, and sorts the rest.
func smallest(sets [][]string) (out [][]string) {
	for k := range sets {
		slices.Sort(sets[k])
		sets[k] = slices.Compact(sets[k])
	}
	slices.SortFunc(sets, func(a, b []string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare(a, b)
	})
	for _, set := range sets {
		if !slices.ContainsFunc(out, func(less []string) bool {
			return !slices.ContainsFunc(less, func(word string) bool { return !slices.Contains(set, word) })
		}) {
			out = append(out, set)
		}
	}
	return out
}
