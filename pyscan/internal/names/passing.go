package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxCalls bounds the calls of a file that are asked what they pass on, and
	// maxPassed the values of one parameter.
	maxCalls  = 20_000
	maxPassed = 8
)

// notePassing notes a call that may pass an object to a function of the file.
func (t *Table) notePassing(call syntax.Index) {
	if t.defines || len(t.calls) == maxCalls {
		return
	}
	if args := t.tree.Child(call, syntax.Arguments); args != syntax.None && t.tree.First(args) != syntax.None {
		t.calls = append(t.calls, call)
	}
}

// bindPassed binds the parameters of the functions of the file to the objects that
// the file calls them with, beside whatever others may. Functions that are passed are
// not followed: where they leave sight is where they are told of.
func (t *Table) bindPassed() {
	for _, call := range t.calls {
		f := t.tree.Child(call, syntax.Function)
		args := t.positional(t.tree.Child(call, syntax.Arguments))
		def, skip := t.functionOf(f)
		if def != syntax.None {
			t.passTo(def, skip, args)
			for c := t.tree.First(t.tree.Child(call, syntax.Arguments)); c != syntax.None; c = t.tree.Next(c) {
				if t.tree.Kind(c) == syntax.KeywordArgument {
					if id, value := t.tree.Child(c, syntax.Name), t.tree.Child(c, syntax.Value); id != syntax.None && value != syntax.None {
						t.passAs(def, t.text(id), value)
					}
				}
			}
			continue
		}
		// threading.Thread(target=serve, args=(conn,)), pool.submit(serve, conn)
		if of, with := t.keyword(call, "target"), t.unwrap(t.keyword(call, "args")); of != syntax.None && with != syntax.None {
			if kind := t.tree.Kind(with); kind == syntax.Tuple || kind == syntax.List {
				def, skip = t.functionOf(of)
				t.passTo(def, skip, t.positional(with))
			}
		} else if t.tree.Kind(f) == syntax.Attribute && len(args) > 1 {
			if id := t.tree.Child(f, syntax.AttributeName); id != syntax.None && t.text(id) == "submit" {
				def, skip = t.functionOf(args[0])
				t.passTo(def, skip, args[1:])
			}
		}
	}
	t.calls = nil
}

// positional lists the arguments before the first that is starred.
func (t *Table) positional(list syntax.Index) (out []syntax.Index) {
	for c := t.tree.First(list); c != syntax.None && len(out) < maxPassed; c = t.tree.Next(c) {
		switch t.tree.Kind(c) {
		case syntax.ListSplat:
			return out
		case syntax.KeywordArgument, syntax.DictionarySplat:
			continue
		}
		out = append(out, c)
	}
	return out
}

// functionOf returns the function of the file that an expression names, and how many
// of its parameters are bound already: a function, a method of the class around it,
// or that which makes the objects of a class.
func (t *Table) functionOf(i syntax.Index) (def syntax.Index, skip int) {
	switch t.tree.Kind(i) {
	case syntax.Identifier:
		name := t.text(i)
		e := t.scopes[t.homeOf(name, t.scopeOf[i])].names[name]
		if e == nil || len(e.bindings) > maxPassed {
			return syntax.None, 0
		}
		for k := range e.bindings {
			b := &e.bindings[k]
			switch class := max(b.class, b.object); t.tree.Kind(class) {
			case syntax.FunctionDefinition:
				return class, 0
			case syntax.ClassDefinition:
				if b.pos > 0 {
					return t.methodOf(class, "__init__"), 1
				}
			}
		}
	case syntax.Attribute:
		of, id := t.tree.Child(i, syntax.Object), t.tree.Child(i, syntax.AttributeName)
		if t.tree.Kind(of) != syntax.Identifier || id == syntax.None {
			return syntax.None, 0
		}
		root := t.text(of)
		if class := t.selfOf(t.homeOf(root, t.scopeOf[of]), root); class != syntax.None {
			return t.methodOf(class, t.text(id)), 1
		}
	}
	return syntax.None, 0
}

// methodOf returns a method that the body of a class defines, or None.
func (t *Table) methodOf(class syntax.Index, name string) syntax.Index {
	e := t.scopes[t.classes[class]].names[name]
	if e == nil || len(e.bindings) != 1 || t.tree.Kind(e.bindings[0].object) != syntax.FunctionDefinition {
		return syntax.None
	}
	if def := e.bindings[0].object; !t.decorated(def, "staticmethod") {
		return def
	}
	return syntax.None
}

// passTo binds the parameters of a function behind the first skip to arguments.
func (t *Table) passTo(def syntax.Index, skip int, args []syntax.Index) {
	if def == syntax.None {
		return
	}
	parameters := t.tree.Child(def, syntax.ParametersField)
	if parameters == syntax.None {
		return
	}
	n := -skip
	for c := t.tree.First(parameters); c != syntax.None && n < len(args); c = t.tree.Next(c) {
		name := c
		switch t.tree.Kind(c) {
		case syntax.Identifier:
		case syntax.TypedParameter:
			name = t.tree.First(c)
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			name = t.tree.Child(c, syntax.Name)
		default:
			return
		}
		if t.tree.Kind(name) != syntax.Identifier {
			return
		}
		if n >= 0 {
			t.passAs(def, t.text(name), args[n])
		}
		n++
	}
}

// passAs binds one parameter to one argument.
func (t *Table) passAs(def syntax.Index, parameter string, value syntax.Index) {
	s, ok := t.functions[def]
	if !ok {
		return
	}
	switch t.tree.Kind(t.unwrap(value)) {
	case syntax.Identifier, syntax.Attribute, syntax.Call, syntax.Await, syntax.Subscript:
	default:
		return
	}
	e := t.scopes[s].names[parameter]
	if e == nil || e.bindings[0].pos != 0 || len(e.bindings) > maxPassed {
		return
	}
	b := t.valued(0, syntax.None, syntax.None, value)
	b.open, b.part.passed = true, true
	e.bindings = append(e.bindings, b)
}

// passed keeps of a value what is an object.
func passed(r Result) Result {
	var out Result
	for _, got := range r.Targets {
		if strings.HasSuffix(got.Name, "()") {
			out.merge(got)
		}
	}
	return out
}
