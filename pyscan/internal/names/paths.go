package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// assigned is an assignment to an attribute or an item, or to the attribute of a
// name that setattr is given.
type assigned struct {
	left, value syntax.Index
	attribute   string
	part        part
	// added: the value is one more item of left.
	added bool
}

// assign notes an assignment to an attribute or an item, for when all names are
// known.
func (t *Table) assign(left, value syntax.Index) {
	if !t.defines {
		t.assigned = append(t.assigned, assigned{left: left, value: value})
	}
}

// bindSetattr notes setattr(x, "load", pickle.loads).
func (t *Table) bindSetattr(call syntax.Index) {
	if f := t.tree.Child(call, syntax.Function); f == syntax.None || t.defines || t.text(f) != "setattr" {
		return
	}
	of, key, value := t.argument(call, 0), t.argument(call, 1), t.argument(call, 2)
	if value == syntax.None || t.tree.Kind(key) != syntax.String {
		return
	}
	if name, ok := t.literal(key); ok && isName(name) {
		t.assigned = append(t.assigned, assigned{left: of, value: value, attribute: name})
	}
}

// bindPaths binds what attributes and items were set to, in the scope that binds
// the name they begin with, or in the class of which that is an object.
func (t *Table) bindPaths() {
	for _, a := range t.assigned {
		root, path, every, ok := t.pathOf(a.left)
		if !ok {
			continue
		}
		if a.attribute != "" {
			path, every = path+"."+a.attribute, ""
		}
		if a.added {
			path, every = path+anyItem, ""
		}
		name := t.text(root)
		s := t.scopeOf[root]
		b := t.valued(t.tree.Nodes[a.value].End, t.blockOf[a.left], t.loopOf[a.left], a.value)
		b.part = a.part
		if a.added || a.part.annotated {
			b.dom = syntax.None
		}
		home := t.homeOf(name, s)
		to := home
		if class := t.selfOf(home, name); class != syntax.None {
			to = t.classes[class]
			name = ""
		}
		if to != s {
			b.anytime, b.dom, b.loop = true, syntax.None, syntax.None
		}
		t.pathed = true
		t.addPath(to, name+path, b)
		if every != "" && every != path {
			// For whoever asks for an item that is not known.
			b.dom = syntax.None
			t.addPath(to, name+every, b)
		}
	}
	t.assigned = nil
}

func (t *Table) addPath(s int32, path string, b binding) {
	t.entry(&t.scopes[s].paths, path, b)
}

// pathOf returns the name that a chain of attributes and items begins with, and the
// path behind it. every is the path to any item beside a last known one.
func (t *Table) pathOf(i syntax.Index) (root syntax.Index, path, every string, ok bool) {
	last := true
	for len(path) <= maxPath {
		switch t.tree.Kind(i) {
		case syntax.Identifier:
			return i, path, every, true
		case syntax.Attribute:
			name := t.tree.Child(i, syntax.AttributeName)
			if name == syntax.None {
				return root, "", "", false
			}
			step := "." + t.text(name)
			path = step + path
			if every != "" {
				every = step + every
			}
			i = t.tree.Child(i, syntax.Object)
		case syntax.Subscript:
			of := t.tree.First(i)
			if of == syntax.None || t.tree.Next(of) == syntax.None {
				return root, "", "", false
			}
			step := t.pathKey(t.tree.Next(of))
			path = step + path
			if last {
				every = anyItem
			} else if every != "" {
				every = step + every
			}
			i = of
		case syntax.ParenthesizedExpression:
			i = t.tree.First(i)
		default:
			return root, "", "", false
		}
		last = false
		if i == syntax.None {
			break
		}
	}
	return root, "", "", false
}

// anyItem is the step to an item of which the key is not known.
const anyItem = "[]"

// pathKey writes the step to an item.
func (t *Table) pathKey(key syntax.Index) string {
	switch t.tree.Kind(key) {
	case syntax.String, syntax.ConcatenatedString:
		if text, ok := t.constant(key); ok {
			return "['" + text + "']"
		}
	case syntax.Integer:
		return "[" + t.text(key) + "]"
	}
	return anyItem
}

// homeOf returns the scope that binds a name as scope s sees it.
func (t *Table) homeOf(name string, s int32) int32 {
	for n := 0; s > 0 && n < maxNest; n++ {
		if to, ok := t.scopes[s].elsewhere[name]; ok {
			return to
		}
		if t.scopes[s].names[name] != nil {
			return s
		}
		s = t.scopes[s].parent
		for s > 0 && t.scopes[s].kind == classScope {
			s = t.scopes[s].parent
		}
	}
	return 0
}

// maxNest bounds the scopes that are searched for what a path begins with.
const maxNest = 64

// selfOf returns the class of which a name of a scope is an object by being the
// first parameter of a method, or None.
func (t *Table) selfOf(s int32, name string) syntax.Index {
	e := t.scopes[s].names[name]
	if e == nil || t.scopes[s].kind != functionScope {
		return syntax.None
	}
	for k := range e.bindings {
		if object := e.bindings[k].object; t.tree.Kind(object) == syntax.ClassDefinition && e.bindings[k].pos == 0 {
			return object
		}
	}
	return syntax.None
}

func (t *Table) classesIn(r *Result) []syntax.Index {
	var out []syntax.Index
	for _, object := range r.objects {
		if t.tree.Kind(object) == syntax.ClassDefinition {
			out = append(out, object)
		}
	}
	return out
}

// fromClass adds what a path from an object of a class may lead to: what the body
// of the class or of one that it stands on binds, or what methods set.
func (t *Table) fromClass(class syntax.Index, path string, out *Result) {
	out.Complete = false
	name, attribute := strings.CutPrefix(path, ".")
	attribute = attribute && !strings.ContainsAny(name, ".[")
	chain := []syntax.Index{class}
	for k := 0; k < len(chain) && k < maxClasses; k++ {
		sc := &t.scopes[t.classes[chain[k]]]
		entries := []*entry{sc.paths[path], nil}
		if attribute {
			entries[1] = sc.names[name]
		}
		for _, e := range entries {
			if e == nil {
				continue
			}
			var r Result
			t.reaching(e, place{node: 0, later: true}, &r)
			t.opened(&r)
			out.add(&r)
		}
		if entries[1] != nil {
			return
		}
		chain = append(chain, t.basesOf(chain[k])...)
	}
}

// basesOf returns the classes of the file on which a class stands.
func (t *Table) basesOf(class syntax.Index) (out []syntax.Index) {
	bases := t.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None {
		return nil
	}
	for c := t.tree.First(bases); c != syntax.None && len(out) < maxClasses; c = t.tree.Next(c) {
		if t.tree.Kind(c) == syntax.Identifier {
			r := t.Identifier(c)
			out = append(out, t.classesIn(&r)...)
		}
	}
	return out
}
