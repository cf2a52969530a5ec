package pyscan

import (
	"sync"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// wordsTable is a table of the names of a file, and the vocabulary that it follows.
type wordsTable struct {
	words *names.Vocabulary
	table *names.Table
}

// table returns the table of the file that follows the names of a vocabulary. What asks more
// of a file than where its sites are has a vocabulary of its own; the scopes and the bindings
// are read once for all.
func (f *file) table(words *names.Vocabulary) *names.Table {
	for _, known := range f.tables {
		if known.words == words {
			return known.table
		}
	}
	var t *names.Table
	if len(f.tables) > 0 {
		t = f.tables[0].table.In(words)
	} else {
		t = names.BuildIn(f.tree, words, f.module, f.pkg)
	}
	f.tables = append(f.tables, wordsTable{words, t})
	return t
}

// calledNames returns a table in which everything that is called has its name.
func (f *file) calledNames() *names.Table { return f.table(called.of(f.gate.catalog)) }

// moduleNames makes a table of what the module defines, which binds names otherwise.
func (f *file) moduleNames() *names.Table {
	return names.BuildModule(f.tree, names.Everything(f.gate.catalog), f.module, f.pkg)
}

// calledWords remembers the vocabulary of the catalogue that was used last.
type calledWords struct {
	mu      sync.Mutex
	catalog *catalog.Catalog
	words   *names.Vocabulary
}

var called calledWords

func (c *calledWords) of(cat *catalog.Catalog) *names.Vocabulary {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.catalog != cat {
		c.catalog, c.words = cat, names.EverythingCalled(cat)
	}
	return c.words
}

func newFile(src *source, tree *syntax.Tree, g *gate, module string, pkg, bare bool) *file {
	f := &file{
		source: src, gate: g, tree: tree, module: module, pkg: pkg, bare: bare,
		headers: make(map[syntax.Index]span), overrides: make(map[syntax.Index]override),
		set: settingFacts{mentioned: make(map[string]bool), beside: make(map[besideKey]bool)},
	}
	switch {
	case !bare:
		f.names = f.table(g.words)
	case rebuild.Asks(tree):
		f.rebuilds, f.names = true, f.calledNames()
	default:
		f.names = f.moduleNames()
	}
	f.findStatements()
	f.generated = f.isGenerated()
	return f
}
