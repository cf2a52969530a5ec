package pyscan

import (
	"bytes"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Proofs ask for more names of a module than pickles do: for objects that it makes, for
// context managers, and for what it has from other modules without saying their names.

func (m *moduleFacts) madeBy(name string) {
	if m.made == nil {
		m.made = make(map[string]bool)
	}
	m.made[name] = true
}

func (m *moduleFacts) binds(name string) {
	if m.bound == nil {
		m.bound = make(map[string]bool)
	}
	m.bound[name] = true
}

// starred notes the modules of which the module imports everything, and reports whether
// there are any.
func (r *reader) starred() bool {
	for _, i := range starImports(r.tree) {
		name := string(r.tree.Text(r.tree.Child(i, syntax.ModuleName)))
		if rest := strings.TrimLeft(name, "."); rest != name {
			name = relativeTo(r.facts.module, path.Base(r.facts.path) == "__init__.py", len(name)-len(rest), rest)
		}
		r.facts.stars = append(r.facts.stars, name)
		r.facts.lastStar = r.line(i)
	}
	return len(r.facts.stars) > 0
}

// starImports are the statements of a file that import everything of a module.
func starImports(t *syntax.Tree) (out []syntax.Index) {
	for i := range t.Nodes {
		if i := syntax.Index(i); t.Kind(i) == syntax.WildcardImport && t.Kind(t.Parent(i)) == syntax.ImportFromStatement && t.Child(t.Parent(i), syntax.ModuleName) != syntax.None {
			out = append(out, t.Parent(i))
		}
	}
	return out
}

// exports reports a name that "from module import *" gives, as far as __all__ says so.
func (m *moduleFacts) exports(name string) bool {
	return !m.listed || m.all[name]
}

// list notes what __all__ spells.
func (r *reader) list() {
	if _, ok := r.names.Module("__all__"); !ok {
		return
	}
	r.facts.listed, r.facts.all = true, make(map[string]bool)
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		up := r.tree.Parent(i)
		if r.tree.Kind(i) == syntax.Identifier && string(r.tree.Text(i)) == "__all__" && r.tree.Nodes[i].Field != syntax.Left {
			r.facts.listed = false // __all__.append, or what is not seen
		}
		if r.tree.Kind(i) != syntax.String {
			continue
		}
		if k := r.tree.Kind(up); k != syntax.List && k != syntax.Tuple {
			continue
		}
		r.facts.all[strings.Trim(string(r.tree.Text(i)), "\"'")] = true
	}
}

// manages reports a definition of which the one decorator makes context managers.
func (r *reader) manages(decorated syntax.Index) bool {
	all := 0
	is := false
	for c := r.tree.First(decorated); c != syntax.None; c = r.tree.Next(c) {
		if r.tree.Kind(c) == syntax.Decorator {
			all++
			name, sure := r.callee(r.tree.First(c))
			is = sure && (name == "contextlib.contextmanager" || name == "contextlib.asynccontextmanager")
		}
	}
	return is && all == 1
}

// certain reports a definition that the walk may rely on.
func (w *walk) certain(in *moduleFacts, d *defFacts) bool {
	switch {
	case d == nil:
		return false
	case !w.proving:
		return d.sure && in.sure
	}
	return (d.sure || d.manages) && in.understood && (len(in.stars) == 0 || d.line > in.lastStar)
}

// object returns a name that the module binds to an object, and one of its methods, as
// they are asked for.
func (w *walk) object(in *moduleFacts, attrs []string) (name string, ok bool) {
	if !w.proving || !in.understood || len(in.stars) > 0 || !in.made[attrs[0]] || len(attrs) != 2 {
		return "", false
	}
	return strings.Join(attrs, "."), true
}

// bare returns the module that binds a name to one object, or in another way, where that is
// all that is asked about.
func (w *walk) bare(full string, q *proof.Question) (in *moduleFacts, name string, sure bool) {
	at := strings.LastIndexByte(full, '.')
	if at < 0 || !q.Swallows && !q.IsKey {
		return nil, "", false
	}
	in, name = w.load(full[:at]), full[at+1:]
	if in == nil || !in.understood || !in.made[name] && (!q.IsKey || !in.bound[name]) {
		return nil, "", false
	}
	return in, name, true
}

// unknown is the name of what a module may have from others, without a way to tell.
const unknown = "?"

// throughStars looks a name up in the modules of which another has imported everything.
// The last one that has it counts.
func (w *walk) throughStars(in *moduleFacts, attrs []string, hops int) (at *moduleFacts, name string, sure bool) {
	if !w.proving || !in.understood || strings.HasPrefix(attrs[0], "_") {
		return nil, "", false
	}
	for k := len(in.stars) - 1; k >= 0; k-- {
		of := w.load(in.stars[k])
		if of == nil || hops == 0 || !of.understood {
			return nil, unknown, false // whether it has the name is not known
		}
		if !of.exports(attrs[0]) {
			continue
		}
		if of.listed && of.defs[attrs[0]] == nil && w.load(in.stars[k]+"."+attrs[0]) != nil {
			return nil, unknown, false // a module of the package
		}
		if of.defs[attrs[0]] != nil || of.made[attrs[0]] || of.bound[attrs[0]] || len(of.stars) > 0 {
			if at, name, sure, _ = w.seek(in.stars[k], attrs, hops-1); at != nil {
				return at, name, sure
			}
			return nil, unknown, false
		}
	}
	return nil, "", false
}

// starName is the dotted name of what the file has from a module of which it imports
// everything, or "".
func (f *file) starName(name string) string {
	if f.modules == nil || f.module == "" {
		return ""
	}
	if f.starModules == nil {
		f.starModules = []string{}
		for _, i := range starImports(f.tree) {
			f.starModules = append(f.starModules, f.importedModule(f.tree.Child(i, syntax.ModuleName)))
			if up := f.tree.Parent(i); up != 0 {
				f.starModules = append(f.starModules, "") // perhaps
			}
		}
	}
	w := &walk{Modules: f.modules, steps: maxSteps, proving: true}
	for k := len(f.starModules) - 1; k >= 0; k-- {
		of := f.starModules[k]
		facts := w.load(of)
		if facts == nil || !facts.understood {
			return "" // whether it has the name is not known
		}
		if !facts.exports(name) {
			continue
		}
		if facts.listed && w.load(of+"."+name) != nil && facts.defs[name] == nil {
			return "" // a module of the package
		}
		if facts.bound[name] && !facts.made[name] && facts.defs[name] == nil {
			return "" // what it is is not known
		}
		if facts.defs[name] != nil || facts.made[name] {
			return of + "." + name
		}
		if at, what, _ := w.throughStars(facts, []string{name}, maxReexports); at != nil {
			return of + "." + name
		} else if what == unknown {
			return ""
		}
	}
	return ""
}

// importedModule is the name of the module that an import statement names, or "".
func (f *file) importedModule(i syntax.Index) string {
	name := string(bytes.TrimSpace(f.tree.Text(i)))
	if rest := strings.TrimLeft(name, "."); rest != name {
		name = relativeTo(f.module, f.pkg, len(name)-len(rest), rest)
	}
	return name
}

// callable reports a definition of which a proof can say something to who calls it.
func callable(k blob.DefinitionKind, method string, made bool) bool {
	return k == blob.Function || k == blob.Class && (method != "" || !made)
}
