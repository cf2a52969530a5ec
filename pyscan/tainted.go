package pyscan

import (
	"bytes"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// TrustedSource is the word of [Scanner.Sources] for a source that is none.
const TrustedSource = "trusted"

// lastSources remembers the sources of the catalogue that was used last.
var lastSources atomic.Pointer[sourcesOf]

type sourcesOf struct {
	catalog *catalog.Catalog
	sources *taint.Sources
}

func sourcesFor(c *catalog.Catalog) *taint.Sources {
	if s := lastSources.Load(); s != nil && s.catalog == c {
		return s.sources
	}
	s := &sourcesOf{c, taint.NewSources(c)}
	lastSources.Store(s)
	return s.sources
}

// origins returns the file in which bytes are followed. Few files have an unsafe site, so
// its names are followed again with the vocabulary of the sources where one is.
func (f *file) origins() *taint.File {
	if f.tainting == nil {
		sources := sourcesFor(f.gate.catalog)
		f.tainting = taint.NewFile(f.tree, f.table(sources.Words), sources, f.spells, func(i syntax.Index) string { return lint.Printable(f.excerpt(i, maxHop)) },
			func(s *catalog.PythonSource) bool { return f.sourceBoundary(s) != "" })
		if f.modules != nil && f.module != "" {
			f.tainting.Elsewhere = f.comesFrom
			f.tainting.Callers = func(function string, position int, name string, kind taint.Kind) (taint.Origin, bool) {
				return f.calledFrom(function, position, name, kind, maxCallerHops)
			}
		}
	}
	return f.tainting
}

// maxHop bounds the source text of one step, in bytes.
const maxHop = 60

// originOf follows what a site decodes back to where it comes from.
func (f *file) originOf(s *found) *taint.Origin {
	if f.unparsed || s.set || s.sink.Setting || s.node == syntax.None || f.isDumped(s.value) {
		return nil
	}
	kind := taint.Data
	switch {
	case takesPath(s.sink):
		kind = taint.Either
	case s.sink.Arg.Name == "file" || s.sink.Arg.Name == "fh" || s.sink.Arg.Name == "fp":
		kind = taint.Stream
	}
	var o taint.Origin
	var ok bool
	switch {
	case s.value > 0:
		o, ok = f.origins().Of(s.value, kind)
	case s.sink.Receiver:
		o, ok = f.origins().Of(f.unwrap(s.reference), taint.Data)
	case !s.called:
		o, ok = f.origins().Handed(f.top(s.reference), kind)
	}
	if !ok {
		return nil
	}
	return &o
}

// dataArguments are the names of arguments that are bytes or an open file, and no path.
var dataArguments = []string{
	"", "data", "str", "s", "string", "stream", "bytes", "bytes_object", "b", "x", "packed", "obj", "strg", "yaml_string", "serialized",
	"header", "input", "fh", "fp", "sexp", "config", "value", "buf", "buffer", "state", "token", "signed_value",
}

// takesPath reports a sink whose argument may be a path.
func takesPath(sink *catalog.PythonSink) bool {
	if sink.Arg.Name == "file" {
		// pickle.load and its like take an open file.
		return sink.Format == "npy" || !strings.HasSuffix(sink.Name, ".load") && !strings.HasSuffix(sink.Name, "Unpickler") || strings.HasPrefix(sink.Name, "mm")
	}
	return !slices.Contains(dataArguments, sink.Arg.Name)
}

// sourceBoundary returns the boundary of a source that the configuration does not count
// as outside, TrustedSource, or "".
func (f *file) sourceBoundary(s *catalog.PythonSource) string {
	longest, boundary := "", ""
	for name, b := range f.inside {
		if s.Is(name) && (boundary == "" || len(name) > len(longest) || len(name) == len(longest) && name < longest) {
			longest, boundary = name, b
		}
	}
	return boundary
}

// speaksLocally reports a file that speaks to its own host only, by the addresses in it.
func (f *file) speaksLocally() bool {
	for _, address := range []string{"127.0.0.1", "\"::1\"", "'::1'", "ipc://", "inproc://", "localhost"} {
		if bytes.Contains(f.plain, []byte(address)) {
			return true
		}
	}
	return false
}

// trace writes the way of the bytes to a site.
func (f *file) trace(site *lint.Site, s found, o *taint.Origin) []lint.Step {
	var steps []lint.Step
	if way, far := o.Far.(*farWay); far {
		steps = slices.Clone(way.steps)
	}
	for _, step := range o.Steps {
		n := &f.tree.Nodes[step.Node]
		steps = append(steps, lint.Step{Location: f.location(n.Start, n.End), Text: step.Text})
	}
	return append(steps, lint.Step{Location: site.Location, Text: use(site, s), Mark: true})
}
