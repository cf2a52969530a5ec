package pyscan

import (
	"path"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxElsewhere bounds the names that are looked up in other modules for one argument.
const maxElsewhere = 32

// elsewhere reports whether an argument stands for nothing but values which the forms
// allow, when names are followed into other modules in reach. Projects keep their YAML
// loaders, subclasses of a safe one, in a module of their own.
func (f *file) elsewhere(value syntax.Index, form catalog.ArgForm, forms []catalog.ArgForm) bool {
	kind := f.tree.Kind(value)
	if f.modules == nil || f.module == "" || !strings.Contains(form.Value, ".") || kind != syntax.Identifier && kind != syntax.Attribute {
		return false
	}
	m := f.modules
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prepare()
	if f.everything == nil {
		f.everything = everything(f.source, f.gate, f.tree, m.words, f.module, f.pkg)
	}
	q := &question{modules: m, gate: f.gate, allowed: make(map[string]bool)}
	q.project, _, _ = strings.Cut(f.module, ".")
	q.about = q.project + " "
	for _, other := range forms {
		if other.Name == form.Name {
			canonical, _ := m.words.Canonical(other.Value)
			q.allowed[canonical] = true
			q.about += canonical + " "
		}
	}
	return q.holds(f.everything, f.everything.names.Expression(value), maxHops)
}

// everything is a file in which every name is followed, not only those of sinks.
func everything(src *source, g *gate, tree *syntax.Tree, words *names.Vocabulary, module string, pkg bool) *file {
	return &file{source: src, gate: g, tree: tree, module: module, pkg: pkg, names: names.BuildIn(tree, words, module, pkg)}
}

// question is whether names stand for allowed values only.
type question struct {
	modules *Modules
	gate    *gate
	// project is the package of the file that asks.
	project string
	// allowed are the values, and about says which, and who asks.
	allowed map[string]bool
	about   string
	steps   int
}

// holds answers it for what an expression of a file may be.
func (q *question) holds(f *file, r names.Result, hops int) bool {
	if !r.Complete || len(r.Targets) == 0 {
		return false
	}
	return !slices.ContainsFunc(r.Targets, func(t names.Target) bool {
		return t.Called || len(t.Partials) > 0 || f.isLoosened(t) || !q.allowed[t.Name] && !q.follow(t.Name, hops)
	})
}

// follow looks a name up in the module that it is of. Answers are kept, and no trees.
func (q *question) follow(full string, hops int) bool {
	key := q.about + full
	if hops == maxHops {
		if answer, ok := q.modules.stands[key]; ok {
			return answer
		}
		q.steps = maxElsewhere
	}
	dot := strings.LastIndexByte(full, '.')
	if q.steps--; dot < 0 || hops == 0 || q.steps < 0 {
		return false
	}
	f := q.open(full[:dot])
	answer := f != nil && q.holds(f, f.names.Global(full[dot+1:]), hops-1)
	if hops == maxHops && len(q.modules.stands) < maxAsked {
		q.modules.stands[key] = answer
	}
	return answer
}

// open reads a module in reach. It returns nil if not all of it is understood, or if
// it might be another one by that name.
func (q *question) open(module string) *file {
	m := q.modules
	if len(module) > maxFunction || m.reading >= maxModules {
		return nil
	}
	// What everybody means by the name of a known library is not in reach, unless it
	// is this library that is looked at.
	if top, _, _ := strings.Cut(module, "."); top != q.project && m.Catalog.Global(module, "*").Library != "" {
		return nil
	}
	file, raw, sure := m.find(module)
	if !sure {
		return nil
	}
	m.reading++
	return understood(m.Show(file), raw, q.gate, m.words, module, path.Base(file) == "__init__.py")
}

// understood parses a module, or returns nil if there is more to it than plain
// statements.
func understood(show string, raw []byte, g *gate, words *names.Vocabulary, module string, pkg bool) (f *file) {
	defer func() {
		if recover() != nil {
			f = nil // nothing is known of it, which makes nothing safe
		}
	}()
	src, asWritten := moduleSource(show, raw)
	if !asWritten {
		return nil
	}
	tree := src.parse()
	if tree == nil || len(tree.Broken) > 0 {
		return nil
	}
	for i := range tree.Nodes {
		switch tree.Kind(syntax.Index(i)) {
		case syntax.WildcardImport, syntax.ExecStatement:
			return nil // may bind any name
		}
	}
	return everything(src, g, tree, words, module, pkg)
}
