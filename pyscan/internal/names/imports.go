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
	name := t.text(bound)
	if !aliased {
		name = t.dotted(bound)
		if from == "" && !relative {
			// "import a.b" binds a.
			name, _, _ = strings.Cut(name, ".")
			full = name
		}
	}
	b := t.valued(t.tree.Nodes[statement].End, t.blockOf[statement], t.loopOf[statement], syntax.None)
	if !relative {
		b = t.dottedAs(b, full)
	}
	b.module = from == "" && !relative
	t.add(t.scopeOf[statement], name, b.at(bound))
}

func (t *Table) bindStar(statement syntax.Index, from string, relative bool) {
	if relative || from == "" {
		return
	}
	s := &t.scopes[t.scopeOf[statement]]
	s.stars = append(s.stars, star{module: strings.TrimSuffix(from, "."), pos: t.tree.Nodes[statement].End})
}

// dottedAs returns a binding that binds what has a dotted name.
func (l *layout) dottedAs(b binding, full string) binding {
	l.fulls = append(l.fulls, full)
	b.full = int32(len(l.fulls))
	return b
}

// importNames looks the dotted names that are bound up in the vocabulary.
func (t *Table) importNames() {
	for _, b := range t.imports {
		if canonical, ok := t.words.Canonical(t.fulls[b.full-1]); ok {
			t.meanings[b.id] = &meaning{targets: []Target{{Name: canonical, Via: syntax.None}}, known: true}
		}
	}
	for s := range t.scopes {
		for _, next := range t.scopes[s].stars {
			t.importStar(int32(s), next)
		}
	}
}

func (t *Table) importStar(s int32, next star) {
	module, ok := t.words.Canonical(next.module)
	if !ok {
		return
	}
	next.module = module
	of := 0
	for k := range t.stars[s] {
		if t.stars[s][k].module != module {
			continue
		}
		if of++; of == manyStars {
			t.stars[s][k].anytime = true
			return
		}
	}
	if t.stars == nil {
		t.stars = make(map[int32][]star)
	}
	t.stars[s] = append(t.stars[s], next)
}
