package names

import (
	"maps"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// NewSourceVocabulary returns the vocabulary of the sources of a catalogue, whose dotted
// names are given, instead of that of its sinks: both together would be slower for the
// many files that are asked for sinks alone.
func NewSourceVocabulary(c *catalog.Catalog, sources []string) *Vocabulary {
	v := &Vocabulary{prefixes: make(map[string]bool), aliases: maps.Clone(c.PythonAliases())}
	v.builtins()
	v.indexed()
	for _, name := range sources {
		canonical, _ := v.Canonical(name)
		v.add(name)
		v.add(canonical)
	}
	for _, name := range dynamic {
		v.add(name)
	}
	for _, name := range makers {
		v.add(name)
	}
	return v
}

// builtins gives the builtins of Python 2 their name.
func (v *Vocabulary) builtins() {
	for _, python2 := range []string{"__builtin__", "__builtins__", "six.moves.builtins"} {
		v.aliases[python2] = "builtins"
	}
}
