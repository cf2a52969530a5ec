package decodesite

import (
	"go/types"
	"strings"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// sinks finds the sinks of the catalogue.
type sinks struct {
	catalog *catalog.Catalog
	// optional: those count that are off unless asked for.
	optional bool
	// bounds: those that a bound helps count, though they are none otherwise.
	bounds    bool
	libraries *library.Set
	// methods are the names of the methods among them.
	methods map[string]bool
}

func newSinks(cat *catalog.Catalog, optional, bounds bool) *sinks {
	s := &sinks{catalog: cat, optional: optional, bounds: bounds, methods: make(map[string]bool)}
	var names []string
	for _, sink := range cat.GoSinks() {
		if !s.counts(sink) {
			continue
		}
		names = append(names, sink.Name)
		if strings.HasPrefix(sink.Name, "(") {
			s.methods[sink.Name[strings.LastIndexByte(sink.Name, '.')+1:]] = true
		}
	}
	s.libraries = library.New(names)
	return s
}

func (s *sinks) counts(sink *catalog.GoSink) bool {
	return !sink.Optional || s.optional || s.bounds && sink.Bound
}

// sink returns what the catalogue says of a function, or nil.
func (s *sinks) sink(fn *types.Func) *catalog.GoSink {
	if s.libraries.Of(fn.Pkg()) == "" {
		return nil
	}
	sink, ok := s.catalog.GoSink(s.libraries.Name(fn.Pkg(), fn.FullName()))
	if !ok || !s.counts(sink) {
		return nil
	}
	return sink
}
