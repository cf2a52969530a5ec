package classes

import "slices"

func sortMethods(all []*Method) {
	slices.SortFunc(all, func(a, b *Method) int { return int(a.Node) - int(b.Node) })
}
