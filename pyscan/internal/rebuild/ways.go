package rebuild

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// reducers are the methods that say how an object is rebuilt.
var reducers = map[string]bool{"__reduce__": true, "__reduce_ex__": true, "reducer_override": true}

// way is one function that says how objects are rebuilt.
type way struct {
	name     string
	function syntax.Index // a definition or a lambda
	// at is the registration, or None if the function has its name.
	at syntax.Index
	// self is the parameter that is the object.
	self string
	// class is the one of which it is a method, or None.
	class syntax.Index
}

// registered is something that makes a pickler use a function.
type registered struct {
	name string
	at   syntax.Index
	// table: of the pickler that the expression is; None for that of the process.
	table syntax.Index
}

// ways lists them, and notes what is registered.
func (r *reader) ways() (all []way) {
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		switch r.tree.Kind(i) {
		case syntax.FunctionDefinition:
			if name := r.nameOf(i); reducers[name] {
				n := 0
				if name == "reducer_override" {
					n = 1
				}
				all = append(all, way{name: name, function: i, at: syntax.None, self: r.parameter(i, n), class: r.classAround(i)})
			}
		case syntax.Assignment:
			all = r.assignment(i, all)
		case syntax.Call:
			all = r.call(i, all)
		case syntax.Pair:
			if key := r.tree.First(i); key != syntax.None && r.tree.Kind(r.unwrap(key)) == syntax.String {
				all = r.valued(r.word(key), i, r.tree.Next(key), syntax.None, all)
			}
		case syntax.KeywordArgument:
			if id := r.tree.Child(i, syntax.Name); id != syntax.None {
				all = r.valued(string(r.tree.Text(id)), i, r.tree.Child(i, syntax.Value), syntax.None, all)
			}
		}
	}
	return all
}

// word is the one string that an expression is, or "".
func (r *reader) word(i syntax.Index) string {
	if all := r.names.Strings(i); len(all) == 1 {
		return all[0]
	}
	return ""
}

// valued adds what is bound to a name of a reducer.
func (r *reader) valued(name string, at, value, class syntax.Index, all []way) []way {
	if value == syntax.None {
		return all
	}
	if name == "__setstate__" {
		for _, w := range r.functions(name, at, value, class, 0, nil) {
			r.runsWhenLoaded(w.function, "`"+r.nameOf(w.function)+"`, which is set as __setstate__,")
			r.states[w.function] = true
		}
	}
	if !reducers[name] {
		return all
	}
	n := 0
	if name == "reducer_override" {
		n = 1
	}
	return r.functions(name, at, value, class, n, all)
}

// functions adds the functions of the file that an expression may stand for.
func (r *reader) functions(name string, at, value, class syntax.Index, self int, all []way) []way {
	value = r.unwrap(value)
	// staticmethod(f), types.MethodType(f, object)
	for range maxWrapped {
		if r.tree.Kind(value) != syntax.Call {
			break
		}
		inner := r.names.Argument(value, 0, "")
		if inner == syntax.None || !slices.ContainsFunc(r.targets(r.tree.Child(value, syntax.Function)), func(name string) bool {
			return name == "types.MethodType" || name == "builtins.staticmethod" || name == "builtins.classmethod" || name == "functools.partialmethod"
		}) {
			break
		}
		value = r.unwrap(inner)
	}
	if r.tree.Kind(value) == syntax.Lambda {
		return append(all, way{name, value, at, r.parameter(value, self), class})
	}
	for _, f := range r.names.Objects(value) {
		if k := r.tree.Kind(f); (k == syntax.FunctionDefinition || k == syntax.Lambda) && !slices.ContainsFunc(all, func(w way) bool { return w.function == f && w.at == at }) {
			all = append(all, way{name, f, at, r.parameter(f, self), class})
		}
	}
	return all
}

// maxWrapped bounds calls around a function.
const maxWrapped = 4

// targets are the dotted names that an expression may stand for, but for those on which
// classes of the file stand.
func (r *reader) targets(i syntax.Index) (out []string) {
	if i == syntax.None {
		return nil
	}
	for _, t := range r.names.Expression(i).Targets {
		if len(t.Classes) == 0 && !t.Called {
			out = append(out, t.Name)
		}
	}
	return out
}

// assignment adds what an assignment sets.
func (r *reader) assignment(i syntax.Index, all []way) []way {
	left, right := r.tree.Child(i, syntax.Left), r.assigned(i)
	if left == syntax.None || right == syntax.None {
		return all
	}
	switch r.tree.Kind(left) {
	case syntax.Identifier:
		name := string(r.tree.Text(left))
		class := r.holder[i]
		if class != syntax.None && r.tree.Kind(class) != syntax.ClassDefinition {
			class = syntax.None
		}
		if isTable(name) {
			return r.tableOf(i, class, right, all)
		}
		return r.valued(name, i, right, class, all)
	case syntax.Attribute:
		of, name := r.attribute(left)
		if isTable(name) {
			return r.tableOf(i, of, right, all)
		}
		class := syntax.None
		for _, c := range r.objects(of) {
			if r.tree.Kind(c) == syntax.ClassDefinition {
				class = c
			}
		}
		return r.valued(name, i, right, class, all)
	case syntax.Subscript:
		if of := r.tree.First(left); r.isTableExpression(of) {
			r.registers("dispatch_table", i, r.pickler(of))
			return r.functions("dispatch_table", i, right, syntax.None, 0, all)
		}
	}
	return all
}

// assigned returns what an assignment assigns, behind all its names, or None.
func (r *reader) assigned(i syntax.Index) syntax.Index {
	right := r.tree.Child(i, syntax.Right)
	for right != syntax.None && r.step() && r.tree.Kind(right) == syntax.Assignment { // a = b = value
		right = r.tree.Child(right, syntax.Right)
	}
	return r.unwrap(right)
}

func (r *reader) objects(i syntax.Index) []syntax.Index {
	if i == syntax.None {
		return nil
	}
	return r.names.Objects(i)
}

func isTable(name string) bool { return strings.TrimLeft(name, "_") == "dispatch_table" }

// isTableExpression reports what holds reducers by their types.
func (r *reader) isTableExpression(i syntax.Index) bool {
	i = r.unwrap(i)
	switch r.tree.Kind(i) {
	case syntax.Identifier:
		if isTable(string(r.tree.Text(i))) {
			return true
		}
	case syntax.Attribute:
		if _, name := r.attribute(i); isTable(name) {
			return true
		}
	default:
		return false
	}
	return slices.Contains(r.targets(i), "copyreg.dispatch_table")
}

// pickler returns what a dispatch table is an attribute of, or None for that of copyreg.
func (r *reader) pickler(table syntax.Index) syntax.Index {
	table = r.unwrap(table)
	if slices.Contains(r.targets(table), "copyreg.dispatch_table") {
		return syntax.None
	}
	of, _ := r.attribute(table)
	return of
}

// tableOf adds what is put into a table all at once: of is the pickler, or its class.
func (r *reader) tableOf(at, of, value syntax.Index, all []way) []way {
	if of != syntax.None && !slices.Contains(r.targets(of), "copyreg") {
		r.registers("dispatch_table", at, of)
	}
	return r.pairs(at, value, all)
}

// pairs adds the reducers that stand in the dictionaries of an expression, which may be
// in a call: ChainMap({Point: reduce_point}, copyreg.dispatch_table).
func (r *reader) pairs(at, value syntax.Index, all []way) []way {
	for n := value; n < r.tree.Nodes[value].After; n++ {
		if r.tree.Kind(n) != syntax.Pair {
			continue
		}
		if key := r.tree.First(n); key != syntax.None && r.tree.Next(key) != syntax.None {
			all = r.functions("dispatch_table", at, r.tree.Next(key), syntax.None, 0, all)
		}
	}
	if r.tree.Kind(r.unwrap(value)) == syntax.Identifier {
		for _, d := range r.names.Displays(value) {
			if r.tree.Kind(d) == syntax.Dictionary && len(all) < maxProblems {
				all = r.pairs(at, d, all)
			}
		}
	}
	return all
}

// call adds what a call registers.
func (r *reader) call(i syntax.Index, all []way) []way {
	f := r.tree.Child(i, syntax.Function)
	if f == syntax.None {
		return all
	}
	of, method := r.attribute(f)
	for _, name := range r.targets(f) {
		switch {
		case name == "copyreg.pickle":
			r.registers(name, i, syntax.None)
			r.constructor(i, r.names.Argument(i, 2, "constructor_ob"))
			return r.functions(name, i, r.names.Argument(i, 1, "pickle_function"), syntax.None, 0, all)
		case name == "copyreg.constructor":
			r.constructor(i, r.names.Argument(i, 0, "object"))
			return all
		case strings.HasSuffix(name, "ForkingPickler.register") || name == "multiprocessing.reduction.register":
			return r.functions(name, i, r.names.Argument(i, 1, "reduce"), syntax.None, 0, all)
		case name == "builtins.setattr" || name == "builtins.type.__setattr__":
			if key := r.names.Argument(i, 1, ""); key != syntax.None {
				return r.valued(r.word(key), i, r.names.Argument(i, 2, ""), syntax.None, all)
			}
		}
	}
	switch {
	case method == "update" && r.isTableExpression(of):
		if value := r.names.Argument(i, 0, ""); value != syntax.None {
			r.registers("dispatch_table", i, r.pickler(of))
			return r.pairs(i, value, all)
		}
	case (method == "__setitem__" || method == "setdefault") && r.isTableExpression(of):
		r.registers("dispatch_table", i, r.pickler(of))
		return r.functions("dispatch_table", i, r.names.Argument(i, 1, ""), syntax.None, 0, all)
	}
	return all
}

func (r *reader) registers(name string, at, table syntax.Index) {
	r.set = append(r.set, registered{name, at, table})
}

// constructor looks at what is registered as one: a pickle calls it.
func (r *reader) constructor(at, value syntax.Index) {
	if value == syntax.None || r.tree.Kind(r.unwrap(value)) == syntax.NoneLiteral {
		return
	}
	w := &way{name: "copyreg.constructor", function: syntax.None, at: at, class: syntax.None}
	r.called(w, at, value, nil, 0)
}
