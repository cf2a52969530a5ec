package pyscan

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// WrapperNames returns the names of the modules in reach through which the project plainly
// loads its pickles, sorted: those that others import.
func (m *Modules) WrapperNames() (names []string) {
	for _, w := range m.wrappers(gateFor(cmp.Or(m.Catalog, catalog.Builtin()))) {
		if w.used {
			names = append(names, w.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
