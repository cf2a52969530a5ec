package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// patched looks at an assignment that puts a weaker function in the place of a sink, or
// weaker defaults into one: np.load = lambda …, np.load.__defaults__ = ….
func (f *file) patched(left, right syntax.Index) (found, bool) {
	switch f.tree.Kind(left) {
	case syntax.Attribute, syntax.Subscript:
	default:
		return found{}, false
	}
	if sink := f.guarded(left); sink != nil {
		return f.patch(sink, right)
	}
	// np.load.__kwdefaults__["allow_pickle"] = True
	of, key := left, ""
	if f.tree.Kind(left) == syntax.Subscript {
		if of = f.tree.First(left); of == syntax.None || f.tree.Next(of) == syntax.None {
			return found{}, false
		}
		key = strings.Trim(string(f.tree.Text(f.tree.Next(of))), `"'`)
	}
	sink := f.defaultsOf(of)
	if sink == nil {
		return found{}, false
	}
	for _, form := range guards(sink) {
		if key != "" && (form.Name != key || !f.known(right, form.Value)) || key == "" && !f.defaults(right, form) {
			continue
		}
		return f.patchSite(sink, right), true
	}
	return found{}, false
}

// defaultsOf returns the guarded sink of which an expression is the defaults, or nil.
func (f *file) defaultsOf(of syntax.Index) *catalog.PythonSink {
	switch f.lastWord(of) {
	case "__defaults__", "__kwdefaults__", "func_defaults":
	default:
		return nil
	}
	function := f.tree.Child(of, syntax.Object)
	for range maxAttributes {
		if function == syntax.None || f.lastWord(function) != "__wrapped__" {
			break
		}
		function = f.tree.Child(function, syntax.Object)
	}
	return f.guarded(function)
}

// patchedCall looks at setattr(np, "load", …) and np.load.__kwdefaults__.update(…).
func (f *file) patchedCall(i syntax.Index) (found, bool) {
	function := f.tree.Child(i, syntax.Function)
	switch f.lastWord(function) {
	case "setattr":
	case "update", "setdefault", "__setitem__":
		if f.tree.Kind(function) != syntax.Attribute {
			return found{}, false
		}
		sink := f.defaultsOf(f.tree.Child(function, syntax.Object))
		if sink == nil {
			return found{}, false
		}
		for _, form := range guards(sink) {
			if f.weakens(i, form) {
				return f.patchSite(sink, f.tree.Child(i, syntax.Arguments)), true
			}
		}
		return found{}, false
	default:
		return found{}, false
	}
	args := f.arguments(i, 0)
	if len(args.positional) < 3 {
		return found{}, false
	}
	of := f.names.Expression(args.positional[0])
	for _, name := range f.names.Strings(args.positional[1]) {
		for _, target := range f.names.Attribute(of, name).Targets {
			if sink, ok := f.gate.catalog.PythonSink(target.Name); ok && len(guards(sink)) > 0 {
				return f.patch(sink, args.positional[2])
			}
		}
	}
	return found{}, false
}

// restores reports a reference that is put back where it came from: np.load = load.
func (f *file) restores(s found) bool {
	p := f.tree.Parent(s.reference)
	if s.called || f.tree.Kind(p) != syntax.Assignment || f.tree.Nodes[s.reference].Field != syntax.Right {
		return false
	}
	left := f.tree.Child(p, syntax.Left)
	if left == syntax.None || f.tree.Kind(left) != syntax.Attribute {
		return false
	}
	of := f.tree.Child(left, syntax.Object)
	if of == syntax.None {
		return false
	}
	targets := f.names.Attribute(f.names.Expression(of), f.lastWord(left)).Targets
	return slices.ContainsFunc(targets, func(t names.Target) bool { return t.Name == s.sink.Name })
}

// guarded returns the sink that an expression stands for, if an argument guards it.
func (f *file) guarded(i syntax.Index) *catalog.PythonSink {
	if i == syntax.None {
		return nil
	}
	for _, target := range f.names.Expression(i).Targets {
		if sink, ok := f.gate.catalog.PythonSink(target.Name); ok && len(target.Partials) == 0 && len(guards(sink)) > 0 {
			return sink
		}
	}
	return nil
}

// guards are the forms in which a switch weakens a sink.
func guards(sink *catalog.PythonSink) (out []catalog.ArgForm) {
	for _, form := range sink.UnsafeIf {
		if form.Value == "True" || form.Value == "False" {
			out = append(out, form)
		}
	}
	for _, form := range sink.SafeIf {
		switch form.Value {
		case "True":
			form.Value = "False"
		case "False":
			form.Value = "True"
		default:
			continue
		}
		out = append(out, form)
	}
	return out
}

// patch looks at what is put in the place of a sink.
func (f *file) patch(sink *catalog.PythonSink, value syntax.Index) (found, bool) {
	value = f.unwrap(value)
	for _, form := range guards(sink) {
		switch f.tree.Kind(value) {
		case syntax.Lambda, syntax.Call:
			if f.weakens(value, form) {
				return f.patchSite(sink, value), true
			}
			if f.tree.Kind(value) == syntax.Call { // wrap(np.load)
				if def := f.definition(f.lastWord(f.tree.Child(value, syntax.Function)), value); def != syntax.None && f.weakens(def, form) {
					return f.patchSite(sink, value), true
				}
			}
		case syntax.Identifier, syntax.Attribute:
			if def := f.definition(f.lastWord(value), value); def != syntax.None && f.weakens(def, form) {
				return f.patchSite(sink, value), true
			}
			for _, target := range f.names.Expression(value).Targets {
				for _, partial := range target.Partials {
					if f.weakens(partial, form) {
						return f.patchSite(sink, value), true
					}
				}
			}
		}
	}
	return found{}, false
}

func (f *file) patchSite(sink *catalog.PythonSink, value syntax.Index) found {
	return found{reference: value, set: true, argument: f.excerpt(value, maxArgument), sink: &catalog.PythonSink{
		Name: sink.Name, Format: sink.Format, Setting: true, Reason: sink.Reason,
		Danger: "from here on every call in the process is without its guard, and " + sink.Danger,
	}}
}

// definition finds the function of a name, or the one named so by a lambda: the last above
// a place, or the first below it.
func (f *file) definition(name string, at syntax.Index) syntax.Index {
	i := f.defined(name, at)
	if i == syntax.None || f.tree.Kind(i) == syntax.FunctionDefinition {
		return i
	}
	if right := f.tree.Child(i, syntax.Right); right != syntax.None && f.tree.Kind(right) == syntax.Lambda {
		return right
	}
	return syntax.None
}

// defined finds the function or the assignment of a name or an attribute.
func (f *file) defined(name string, at syntax.Index) syntax.Index {
	all := f.definitions()[name]
	if len(all) == 0 {
		return syntax.None
	}
	i, _ := slices.BinarySearch(all, at)
	return all[max(i-1, 0)]
}

// definitions returns the functions and the assignments of each name and attribute.
func (f *file) definitions() map[string][]syntax.Index {
	if f.set.definitions != nil {
		return f.set.definitions
	}
	f.set.definitions = make(map[string][]syntax.Index)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		id := syntax.None
		switch f.tree.Kind(i) {
		case syntax.FunctionDefinition:
			id = f.tree.Child(i, syntax.Name)
		case syntax.Assignment:
			id = f.tree.Child(i, syntax.Left)
		}
		if id != syntax.None && f.tree.Nodes[id].End-f.tree.Nodes[id].Start <= maxDotted {
			name := string(f.tree.Text(id))
			f.set.definitions[name] = append(f.set.definitions[name], i)
		}
	}
	return f.set.definitions
}

// maxPatch bounds the nodes of a function that are looked at for what it passes on.
const maxPatch = 10_000

// weakens reports whether something below a node gives the guard a weak value.
func (f *file) weakens(scope syntax.Index, form catalog.ArgForm) bool {
	key := besideKey{form.String(), scope}
	known, ok := f.set.beside[key]
	if !ok {
		known = f.passesOn(scope, form)
		f.set.beside[key] = known
	}
	return known
}

func (f *file) passesOn(scope syntax.Index, form catalog.ArgForm) bool {
	end := f.tree.Nodes[scope].After
	if end > scope+maxPatch {
		end, f.set.cut = scope+maxPatch, true
	}
	for i := scope; i < end; i++ {
		name, value := "", syntax.None
		switch f.tree.Kind(i) {
		case syntax.KeywordArgument, syntax.Pair:
			name, value = f.named(i)
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			if id := f.tree.Child(i, syntax.Name); id != syntax.None {
				name, value = string(f.tree.Text(id)), f.tree.Child(i, syntax.Value)
			}
		case syntax.Assignment:
			left := f.tree.Child(i, syntax.Left)
			if f.tree.Kind(left) != syntax.Subscript {
				continue
			}
			if of := f.tree.First(left); of != syntax.None && f.tree.Next(of) != syntax.None {
				name, value = strings.Trim(string(f.tree.Text(f.tree.Next(of))), `"'`), f.tree.Child(i, syntax.Right)
			}
		case syntax.Call: // kwargs.setdefault("allow_pickle", True)
			if word := f.lastWord(f.tree.Child(i, syntax.Function)); word != "setdefault" && word != "__setitem__" {
				continue
			}
			if args := f.arguments(i, 0); len(args.positional) == 2 {
				name, value = strings.Trim(string(f.tree.Text(args.positional[0])), `"'`), args.positional[1]
			}
		}
		if name == form.Name && value != syntax.None && f.known(value, form.Value) {
			return true
		}
	}
	return false
}

// defaults reports whether new defaults of a function have a weak value: by its name, or
// by its place in a tuple.
func (f *file) defaults(value syntax.Index, form catalog.ArgForm) bool {
	value = f.unwrap(value)
	switch f.tree.Kind(value) {
	case syntax.Dictionary, syntax.Call:
		return f.weakens(value, form)
	case syntax.Tuple:
		// The first argument has no default.
		n := 1
		for c := f.tree.First(value); c != syntax.None; c = f.tree.Next(c) {
			if n == form.Position && f.known(c, form.Value) {
				return true
			}
			n++
		}
	}
	return false
}

// known reports whether an expression is a constant that counts as a switch.
func (f *file) known(value syntax.Index, want string) bool {
	if value == syntax.None {
		return false
	}
	text, ok := f.constant(f.unwrap(value))
	if !ok {
		return false
	}
	switch want {
	case "True":
		return !falsy[text]
	case "False":
		return falsy[text]
	}
	return text == constantText(want)
}
