package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const generator = "a generator"

// maxRefused bounds expressions in each other that are looked at.
const maxRefused = 6

// refused says what an expression gives that cannot be pickled, or "".
func (j *pickled) refused(i syntax.Index, w *way, depth int) string {
	i = j.f.unwrap(i)
	if depth == 0 {
		j.worked = 0
	}
	if j.worked++; i == syntax.None || depth > maxRefused || j.worked > maxWork {
		return ""
	}
	t, m := j.f.tree, j.m
	code := !j.takesCode(w)
	deeper := func(nodes ...syntax.Index) string {
		for _, n := range nodes {
			if what := j.refused(n, w, depth+1); what != "" {
				return what
			}
		}
		return ""
	}
	switch t.Kind(i) {
	case syntax.Lambda:
		if code {
			return "a lambda"
		}
	case syntax.GeneratorExpression:
		return generator
	case syntax.Tuple, syntax.List, syntax.Set, syntax.BooleanOperator, syntax.ExpressionList:
		return deeper(m.Children(i)...)
	case syntax.ConditionalExpression:
		if parts := m.Children(i); len(parts) == 3 {
			return deeper(parts[0], parts[2])
		}
	case syntax.Dictionary:
		for _, p := range m.Children(i) {
			if t.Kind(p) == syntax.Pair {
				if what := deeper(t.Next(t.First(p))); what != "" {
					return what
				}
			}
		}
	case syntax.DictionaryComprehension:
		if p := t.First(i); t.Kind(p) == syntax.Pair {
			return deeper(t.Next(t.First(p)))
		}
	case syntax.ListComprehension, syntax.SetComprehension, syntax.NamedExpression, syntax.Await:
		if t.Kind(i) == syntax.NamedExpression {
			return deeper(t.Child(i, syntax.Value))
		}
		return deeper(t.First(i))
	case syntax.Call:
		return j.refusedCall(i, w, depth)
	case syntax.Identifier:
		return j.refusedName(i, w, depth)
	case syntax.Attribute:
		name, _ := m.Name(i)
		if j.imported[name] && code {
			return "a module"
		}
		if u := j.fact(name, w); u != nil {
			return u.What
		}
		return deeper(j.values(i)...)
	}
	return ""
}

// values lists what self.x is set to when an object is made.
func (j *pickled) values(i syntax.Index) (out []syntax.Index) {
	t := j.f.tree
	c, of := j.m.Around(i), j.f.unwrap(t.Child(i, syntax.Object))
	if c == nil || t.Kind(of) != syntax.Identifier {
		return nil
	}
	name := t.Child(i, syntax.AttributeName)
	if name == syntax.None {
		return nil
	}
	for _, s := range c.Sets(string(t.Text(name))) {
		if s.Method.Self == string(t.Text(of)) && s.Value != syntax.None && s.Value != i && s.Method.Name != "__setstate__" && s.Method.Name != "__getstate__" && !s.Entered {
			if out = append(out, s.Value); len(out) >= maxConstants {
				break
			}
		}
	}
	return out
}

// takesCode reports whether whatever pickles takes functions and classes as code.
func (j *pickled) takesCode(w *way) bool {
	if w.fact == nil {
		return false
	}
	plain := w.fact.By != "dill" && w.fact.By != "cloudpickle"
	for _, other := range w.others {
		plain = plain || other.By != "dill" && other.By != "cloudpickle"
	}
	return !plain
}

func (j *pickled) refusedName(i syntax.Index, w *way, depth int) string {
	t, m := j.f.tree, j.m
	if v := m.OnlyValue(i); v != syntax.None {
		return j.refused(v, w, depth+1)
	}
	if !j.takesCode(w) {
		if _, local := m.Defined(i); local {
			return "a function that is defined in another"
		}
		if c := m.Named(i); c != nil && c.Local {
			return "a class that is defined in a function"
		}
	}
	name, _ := m.Name(i)
	if j.imported[name] && !j.takesCode(w) && !strings.HasPrefix(name, "builtins.") {
		return "a module"
	}
	if u := j.fact(name, w); u != nil {
		return u.What
	}
	// A parameter that is said to be one.
	if typ := m.Annotation(i); typ != syntax.None && t.Kind(t.Parent(i)) != syntax.TypedParameter {
		if name, _ := m.Name(typ); name != "" {
			if u := j.fact(name+"()", w); u != nil {
				return u.What
			}
			if slices.Contains(generators, name) {
				return generator
			}
		}
	}
	return ""
}

// generators are types of which every object is a generator.
var generators = []string{"typing.Generator", "collections.abc.Generator", "types.GeneratorType"}

func (j *pickled) refusedCall(i syntax.Index, w *way, depth int) string {
	t, m := j.f.tree, j.m
	callee := j.f.unwrap(t.Child(i, syntax.Function))
	if u := j.fact(m.Made(i), w); u != nil {
		return u.What
	}
	if c := m.Named(callee); c != nil {
		if c.Local && !j.takesCode(w) {
			return "an object of a class that is defined in a function"
		}
		for _, b := range c.Bases {
			if u := j.fact(b.Name+"()", w); u != nil && !customises(c) {
				return u.What
			}
		}
		return ""
	}
	if def, _ := m.Defined(callee); def != syntax.None {
		if m.Generator(def) && len(j.m.Children(t.Parent(def))) > 0 && t.Kind(t.Parent(def)) != syntax.DecoratedDefinition {
			return generator
		}
		return ""
	}
	if t.Kind(callee) == syntax.Attribute {
		if c := m.Around(i); c != nil {
			of := t.Child(callee, syntax.Object)
			if f, _ := c.Find(string(t.Text(t.Child(callee, syntax.AttributeName)))); f != nil && f.Yields && len(f.Decorators) == 0 && t.Kind(of) == syntax.Identifier && string(t.Text(of)) == f.Self {
				return generator
			}
		}
		// d.keys()
		name := string(t.Text(t.Child(callee, syntax.AttributeName)))
		if of := j.f.unwrap(t.Child(callee, syntax.Object)); t.Kind(of) == syntax.Dictionary && (name == "keys" || name == "values" || name == "items") {
			return "a view of a dictionary"
		}
	}
	if name, _ := m.Name(callee); name != "" {
		keeps, items := j.f.gate.catalog.PythonKeeps(name)
		if !keeps {
			return ""
		}
		given := []syntax.Index{t.Child(i, syntax.Arguments)}
		if t.Kind(given[0]) != syntax.GeneratorExpression {
			given = m.Children(given[0])
		}
		for _, a := range given {
			var what string
			switch {
			case t.Kind(a) == syntax.KeywordArgument:
				what = j.refused(t.Child(a, syntax.Value), w, depth+1)
			case items:
				what = j.refusedItems(a, w, depth+1)
			default:
				what = j.refused(a, w, depth+1)
			}
			if what != "" {
				return what
			}
		}
	}
	return ""
}

// refusedItems is refused for what something holds, and not for itself: list(open(path)) is
// a list of lines, and dict(os.environ) a dictionary of texts. What is no display in the
// source, and no name of one, holds what nobody knows.
func (j *pickled) refusedItems(i syntax.Index, w *way, depth int) string {
	t := j.f.tree
	i = j.f.unwrap(i)
	if j.worked++; i == syntax.None || depth > maxRefused || j.worked > maxWork {
		return ""
	}
	switch t.Kind(i) {
	case syntax.Tuple, syntax.List, syntax.Set, syntax.Dictionary, syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension:
		return j.refused(i, w, depth)
	case syntax.GeneratorExpression:
		return j.refused(t.First(i), w, depth+1)
	case syntax.Identifier:
		return j.refusedItems(j.m.OnlyValue(i), w, depth+1)
	case syntax.Attribute:
		for _, value := range j.values(i) {
			if what := j.refusedItems(value, w, depth+1); what != "" {
				return what
			}
		}
	case syntax.Call:
		name, _ := j.m.Name(j.f.unwrap(t.Child(i, syntax.Function)))
		if keeps, _ := j.f.gate.catalog.PythonKeeps(name); name != "" && keeps {
			return j.refusedCall(i, w, depth+1)
		}
	}
	return ""
}
