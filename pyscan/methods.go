package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// methodSites finds the sinks that are an attribute of whatever is not known, such
// as recv_pyobj: parameters and what other files make. known are the sites that
// names lead to.
func (f *file) methodSites(known []found) []found {
	if len(f.gate.methods) == 0 {
		return nil
	}
	at := make(map[syntax.Index]bool)
	for _, s := range known {
		at[f.unwrap(s.reference)] = true
	}
	var out []found
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Attribute || at[i] || !f.names.IsUse(i) {
			continue
		}
		name, of := f.tree.Child(i, syntax.AttributeName), f.tree.Child(i, syntax.Object)
		if name == syntax.None || of == syntax.None {
			continue
		}
		sink, ok := f.gate.methods[string(f.tree.Text(name))]
		if !ok || !f.near(sink) || metadata[f.attributeOf(i)] {
			continue
		}
		if own, other := f.names.Defines(f.unwrap(of), string(f.tree.Text(name))); own || other {
			continue
		}
		if s, ok := f.classifyMethod(i, sink); ok {
			out = append(out, s)
		}
	}
	return out
}

func (f *file) classifyMethod(at syntax.Index, sink *catalog.PythonSink) (found, bool) {
	top := f.top(at)
	s := found{node: at, reference: at, sink: sink}
	var args arguments
	args.starred = -1
	switch {
	case !f.names.IsUse(top), f.onlyTested(top), f.isPartial(top):
		return found{}, false
	case f.isFunction(top):
		s.node, s.called = f.tree.Parent(top), true
		args = f.arguments(s.node, 0)
	case !sink.Receiver:
		// As like as not the value of an option: args.load_from_checkpoint.
		return found{}, false
	}
	s.safe, s.weak = f.safeForm(sink, &args)
	s.argument = f.decodedText(sink, at, &args)
	return s, true
}

// near reports whether the file spells what a method must stand near to.
func (f *file) near(sink *catalog.PythonSink) bool {
	return len(sink.Near) == 0 || slices.ContainsFunc(sink.Near, func(module string) bool {
		return !slices.ContainsFunc(catalog.Words(module), func(word string) bool { return !f.spells(word) })
	})
}

// spells reports whether a word is one of the names of the file.
func (f *file) spells(word string) bool {
	if f.spelled == nil {
		f.spelled = make(map[string]bool)
		t := newTokens(f.gate.words, f.whole)
		for t.tok.Kind != prelex.EOF {
			if w := t.word(); w != "" {
				f.spelled[w] = true
			}
			t.next()
		}
	}
	return f.spelled[word]
}
