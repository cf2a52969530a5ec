package blob

import (
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Classes returns a function that says of which class a global is to [Judge]. It
// is for showing facts, and not safe for concurrent use.
func Classes(cat *catalog.Catalog) func(*pickle.Global) catalog.Class {
	j := &judge{Settings: &Settings{Catalog: cat}, cat: cat, known: make(map[nameKey]opinion)}
	return func(g *pickle.Global) catalog.Class { return j.opinion(g).class }
}
