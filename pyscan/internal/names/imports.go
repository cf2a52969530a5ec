package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// bindImport binds the names of one import statement.
func (t *Table) bindImport(i syntax.Index) {
	from, relative := "", false
	if t.tree.Kind(i) == syntax.ImportFromStatement {
		module := t.tree.Child(i, syntax.ModuleName)
		// A relative import is a module of the same project, whatever its
		// name: "from . import pickle" is not the standard library's.
		relative = t.tree.Kind(module) != syntax.DottedName
		if !relative {
			from = t.dotted(module) + "."
		} else if base, ok := t.relative(module); ok {
			from, relative = base+".", false
		}
	}
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		switch {
		case t.tree.Kind(c) == syntax.WildcardImport:
			t.bindStar(i, from, relative)
		case t.tree.Nodes[c].Field == syntax.Name:
			t.bindImported(i, c, from, relative)
		}
	}
}

func (t *Table) bindImported(statement, item syntax.Index, from string, relative bool) {
	path, bound, aliased := item, item, false
	if t.tree.Kind(item) == syntax.AliasedImport {
		path, bound, aliased = t.tree.Child(item, syntax.Name), t.tree.Child(item, syntax.Alias), true
	}
	if path == syntax.None || bound == syntax.None {
		return
	}
	full := from + t.dotted(path)
	name := string(t.tree.Text(bound))
	if !aliased {
		name = t.dotted(bound)
		if from == "" && !relative {
			// "import a.b" binds a.
			name, _, _ = strings.Cut(name, ".")
			full = name
		}
	}
	b := t.valued(t.tree.Nodes[statement].End, t.blockOf[statement], t.loopOf[statement], syntax.None)
	if canonical, ok := t.words.Canonical(full); ok && !relative {
		b.targets, b.known = []Target{{Name: canonical, Via: syntax.None}}, true
	}
	b.module = from == "" && !relative
	t.add(t.scopeOf[statement], name, b.at(bound))
}

func (t *Table) bindStar(statement syntax.Index, from string, relative bool) {
	if relative || from == "" {
		return
	}
	module, ok := t.words.Canonical(strings.TrimSuffix(from, "."))
	if !ok {
		return
	}
	s := &t.scopes[t.scopeOf[statement]]
	next := star{module: module, pos: t.tree.Nodes[statement].End}
	of := 0
	for k := range s.stars {
		if s.stars[k].module != module {
			continue
		}
		if of++; of == manyStars {
			s.stars[k].anytime = true
			return
		}
	}
	s.stars = append(s.stars, next)
}
