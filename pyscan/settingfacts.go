package pyscan

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// settingFacts is what is remembered of a file while its settings are looked for.
type settingFacts struct {
	// mentioned says which words the file has.
	mentioned map[string]bool
	beside    map[besideKey]bool
	// definitions holds functions and assignments by name.
	definitions map[string][]syntax.Index
	// imports are all imports of the file.
	imports *tokens
	// steps counts what was looked at for a value; cut: a value was not looked at
	// fully.
	steps int
	cut   bool
}

// besideKey is a question about a part of the tree.
type besideKey struct {
	name  string
	scope syntax.Index
}

// withSettings adds the settings of a file to the other sites. What a setting is set to
// is no site of its own.
func (f *file) withSettings(res *Result, all []found) []found {
	set := f.findSettings()
	if f.set.cut {
		res.skip(lint.Location{Path: f.path}, "the value of a setting is too large to be looked at fully")
	}
	covers := make([]covered, 0, len(set))
	for _, s := range set {
		covers = append(covers, covered{f.tree.Nodes[s.reference].Start, f.tree.Nodes[s.reference].End, s.sink.Name})
	}
	slices.SortFunc(covers, func(a, b covered) int { return cmp.Compare(a.start, b.start) })
	// A constructor that pickles anyway, and is told to, is one site.
	made := make(map[syntax.Index]bool)
	for _, s := range all {
		made[s.node] = s.called && s.sink.Setting && s.safe == ""
	}
	set = slices.DeleteFunc(set, func(s found) bool {
		return f.tree.Kind(s.node) == syntax.KeywordArgument && made[f.tree.Parent(f.tree.Parent(s.node))]
	})
	all = slices.DeleteFunc(all, func(s found) bool { return f.restores(s) || f.covered(covers, s) })
	return append(all, set...)
}

// covered is the place of a value that a setting named so gets.
type covered struct {
	start, end uint32
	name       string
}

// covered reports a site that only says again what a setting is set to. A call that
// decodes is a site of its own, unless it is what the patch of a function calls.
func (f *file) covered(covers []covered, s found) bool {
	at := f.tree.Nodes[s.reference].Start
	i, found := slices.BinarySearchFunc(covers, at, func(c covered, at uint32) int { return cmp.Compare(c.start, at) })
	if !found {
		i--
	}
	return i >= 0 && at < covers[i].end && (s.sink.Setting || !s.called || s.binds || s.sink.Name == covers[i].name)
}

// isListed reports a class that sets something up, in a list of things: of types, as a
// rule, with which others are compared.
func (f *file) isListed(target names.Target, i syntax.Index) bool {
	switch f.tree.Kind(f.tree.Parent(i)) {
	case syntax.Set, syntax.List, syntax.Tuple:
		sink, ok := f.gate.catalog.PythonSink(target.Name)
		return ok && sink.Setting
	}
	return false
}
