package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// way notes a name and what stands on the way to it.
func (g *gate) way(name string) {
	for more := true; more; name, more = catalog.Shorter(name) {
		g.ways[name] = true
	}
}

// needMethod adds the words of an attribute of whatever is not known, with those of
// each module that may have to be spelled.
func (g *gate) needMethod(method string, sink *catalog.PythonSink) {
	g.methods[method] = sink
	if sink.Near == nil {
		g.sure = append(g.sure, g.numbers([]string{method}))
	}
	for _, module := range sink.Near {
		g.sure = append(g.sure, g.numbers(append(catalog.Words(module), method)))
	}
}

// needless reports a method whose words are enough in fewer: those of its class,
// which is a sink itself, or its own, whatever it is taken of. Each word less is one
// that fewer files have.
func (g *gate) needless(name string) bool {
	class, _, object := strings.Cut(name, "().")
	if !object {
		return false
	}
	if _, ok := g.catalog.PythonSink(class); ok {
		return true
	}
	method, ok := g.methods[name[strings.LastIndexByte(name, '.')+1:]]
	return ok && method.Near == nil
}

// importsClass reports whether a class is imported whose objects matter: what the
// annotations of a file say in strings is no use that its names show.
func (g *gate) importsClass(t *tokens) bool {
	for _, targets := range t.bound {
		if slices.ContainsFunc(targets, func(target string) bool { return strings.HasSuffix(target, "()") || g.ways[target+"()"] }) {
			return true
		}
	}
	return false
}

// formsOf lists the forms on which the verdict on a call may hang.
func formsOf(sink *catalog.PythonSink) []catalog.ArgForm {
	return slices.Concat(sink.SafeIf, sink.UnsafeIf, sink.LateSafeIf, sink.Unless)
}
