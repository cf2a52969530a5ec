package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// called looks at what a pickle is told to call, and with what.
func (r *reader) called(w *way, at, callee syntax.Index, args []syntax.Index, depth int) {
	callee = r.unwrap(callee)
	if callee == syntax.None || depth > maxNested {
		return
	}
	switch r.tree.Kind(callee) {
	case syntax.Lambda:
		r.lambda(w, at, callee)
		return
	case syntax.ConditionalExpression:
		if yes := r.tree.First(callee); yes != syntax.None && r.tree.Next(yes) != syntax.None {
			r.called(w, at, yes, args, depth+1)
			r.called(w, at, r.tree.Next(r.tree.Next(yes)), args, depth+1)
		}
		return
	case syntax.BooleanOperator:
		for c := r.tree.First(callee); c != syntax.None; c = r.tree.Next(c) {
			r.called(w, at, c, args, depth+1)
		}
		return
	case syntax.String, syntax.NoneLiteral, syntax.Integer:
		return
	}
	if class := r.ownClass(w, callee); class {
		if w.class != syntax.None {
			r.class(w, at, w.class, callee)
		}
		return
	}
	if r.tree.Kind(callee) == syntax.Call && slices.Contains(r.targets(r.tree.Child(callee, syntax.Function)), names.Partial) {
		if first := r.names.Argument(callee, 0, ""); first != syntax.None {
			r.called(w, at, first, args, depth+1)
			return
		}
	}
	known := false
	for _, target := range r.names.Expression(callee).Targets {
		if len(target.Classes) > 0 || target.Called {
			continue
		}
		known = true
		if r.named(w, at, target.Name, args, depth) {
			return
		}
	}
	for _, object := range r.objects(callee) {
		switch r.tree.Kind(object) {
		case syntax.Lambda:
			known = true
			r.lambda(w, at, object)
		case syntax.Call: // operator.methodcaller("system", "id")
			known = true
			for _, name := range r.targets(r.tree.Child(object, syntax.Function)) {
				if r.named(w, at, name, r.items(r.tree.Child(object, syntax.Arguments)), depth) {
					return
				}
			}
		case syntax.FunctionDefinition:
			known = true
			r.function(w, at, object, callee)
		case syntax.ClassDefinition:
			if r.tree.Kind(callee) == syntax.Call || r.isName(callee, w.self) {
				continue // an object of it, which has a __call__
			}
			known = true
			r.class(w, at, object, callee)
		}
	}
	// What functools.partial keeps may be any function; nobody expects otherwise.
	if !known && depth == 0 && r.instanceData(w, callee) {
		r.tell(Problem{Kind: Unsafe, At: at, Weak: true, Text: fmt.Sprintf(
			"%s lets the object say what is called: `%s` may be any function, and so may what a changed pickle has in its place", w.name, r.excerpt(callee))})
	}
}

// ownClass reports an expression for the class of the object itself.
func (r *reader) ownClass(w *way, i syntax.Index) bool {
	if of, name := r.attribute(i); name == "__class__" && r.isName(of, w.self) {
		return true
	}
	return r.tree.Kind(i) == syntax.Call && r.isType(r.tree.Child(i, syntax.Function)) && r.isName(r.names.Argument(i, 0, ""), w.self)
}

// lambda tells of a lambda that is to be called.
func (r *reader) lambda(w *way, at, lambda syntax.Index) {
	r.tell(Problem{Kind: Unsafe, At: at, Text: fmt.Sprintf(
		"%s hands out a lambda, which has no name: pickle refuses it, and picklers that take it (dill, cloudpickle) write its code into the pickle", w.name)})
	r.runsWhenLoaded(lambda, "a lambda that "+w.name+" hands out,")
}

// named judges a function by its name. It is true if there was something to tell.
func (r *reader) named(w *way, at syntax.Index, name string, args []syntax.Index, depth int) bool {
	if name == "builtins.getattr" {
		return r.walk(w, at, args)
	}
	if why := r.danger(name); why != "" {
		r.tell(Problem{Kind: Unsafe, At: at, Callable: name, Text: fmt.Sprintf("%s hands out %s, which whoever loads the pickle calls: %s", w.name, name, why)})
		return true
	}
	use := r.use(name)
	for _, n := range []int{use.Calls, use.Makes, use.Keeps} {
		if n > 0 && n <= len(args) {
			// copyreg.__newobj__ makes an object of what it is given.
			var rest []syntax.Index
			if use.Keeps > 0 {
				rest = args[n:]
			}
			before := len(r.problems)
			r.called(w, at, args[n-1], rest, depth+1)
			if len(r.problems) > before {
				return true
			}
		}
	}
	return false
}

// splits calls a function with the ways to read a dotted name as a module and a name in
// it, until it returns false.
func splits(name string, do func(module, name string) bool) {
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' && !do(name[:i], name[i+1:]) {
			return
		}
	}
}

func (r *reader) use(name string) (use catalog.Use) {
	splits(name, func(module, name string) bool {
		use = r.catalog.Global(module, name).Use
		return use == (catalog.Use{})
	})
	return use
}

// danger returns the reason why nobody should be told to call what a name stands for, or
// "". What is called on objects is a method of their class.
func (r *reader) danger(name string) string {
	if strings.HasSuffix(name, "()") {
		return "" // an object that is called
	}
	effect := r.catalog.PythonEffect(name)
	if effect == catalog.NoEffect {
		return ""
	}
	name = strings.ReplaceAll(name, "()", "")
	if r.catalog.PythonEffect(name) == catalog.NoEffect || isException(name) {
		return ""
	}
	if top, _, _ := strings.Cut(name, "."); r.isOwn(top) {
		return ""
	}
	reason := ""
	splits(name, func(module, name string) bool {
		switch g := r.catalog.Global(module, name); g.Class {
		case catalog.Dangerous:
			reason = g.Reason
		case catalog.Allowed:
			reason = ""
			return false
		}
		return reason == ""
	})
	if reason == "" {
		switch effect {
		case catalog.RunsCode, catalog.Imports, catalog.StartsProcess:
			reason = phrases[effect]
		}
	}
	return reason
}

// isException reports a name that PEP 8 gives to exceptions.
func isException(name string) bool {
	for _, suffix := range []string{"Error", "Exception", "Warning"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

// walk judges getattr, which takes something by its name, as bound methods are pickled
// (method_reduce in Objects/classobject.c). Of a class that the source names it takes what
// its author wrote.
func (r *reader) walk(w *way, at syntax.Index, args []syntax.Index) bool {
	if len(args) == 0 {
		r.tell(Problem{Kind: Unsafe, At: at, Weak: true, Callable: "builtins.getattr", Text: w.name + " hands out getattr with arguments that are not shown: it takes any attribute of anything"})
		return true
	}
	owner := r.unwrap(args[0])
	var keys []string
	if len(args) > 1 {
		keys = r.names.Strings(args[1])
	}
	for _, target := range r.targets(owner) {
		for _, key := range keys {
			if why := r.danger(target + "." + key); why != "" {
				r.tell(Problem{Kind: Unsafe, At: at, Callable: target + "." + key, Text: fmt.Sprintf("%s hands out getattr for %s.%s: %s", w.name, target, key, why)})
				return true
			}
		}
	}
	if r.ownClass(w, owner) || r.isConstantClass(owner) {
		return false
	}
	r.tell(Problem{Kind: Unsafe, At: at, Weak: true, Callable: "builtins.getattr", Text: fmt.Sprintf(
		"%s hands out getattr, which takes any attribute of `%s`: whoever restricts what a pickle may ask for cannot allow getattr", w.name, r.excerpt(owner))})
	return true
}

// isConstantClass reports a name of a class: one of the file, or one that looks so and
// that the file imports.
func (r *reader) isConstantClass(i syntax.Index) bool {
	if r.tree.Kind(i) == syntax.Call {
		return false
	}
	for _, object := range r.objects(i) {
		if r.tree.Kind(object) != syntax.ClassDefinition {
			return false
		}
	}
	for _, name := range r.targets(i) {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if strings.HasSuffix(name, "()") || strings.ToLower(last[:1]) == last[:1] {
			return false
		}
	}
	root := i
	for r.tree.Kind(root) == syntax.Attribute {
		of, _ := r.attribute(root)
		if of == syntax.None {
			return false
		}
		root = of
	}
	if r.tree.Kind(root) != syntax.Identifier || len(r.objects(i))+len(r.targets(i)) == 0 {
		return false
	}
	// self stands for an object, and not for its class.
	f := r.around(i)
	return f == syntax.None || !r.isName(root, r.parameter(f, 0))
}

// instanceData reports an attribute or item of the object, which its class does not
// define and some method sets.
func (r *reader) instanceData(w *way, i syntax.Index) bool {
	if w.self == "" {
		return false
	}
	switch r.tree.Kind(i) {
	case syntax.Attribute:
		of, name := r.attribute(i)
		return r.isName(of, w.self) && !strings.HasPrefix(name, "__") && (w.class == syntax.None || r.isSet(w.class, name))
	case syntax.Subscript:
		of := r.tree.First(i)
		if at, _ := r.attribute(of); at != syntax.None {
			of = at
		}
		return r.isName(of, w.self)
	case syntax.Call:
		f := r.tree.Child(i, syntax.Function)
		return r.isName(f, "getattr") && r.isName(r.names.Argument(i, 0, ""), w.self)
	}
	return false
}

// isSet reports whether a method of a class sets an attribute of its object.
func (r *reader) isSet(class syntax.Index, name string) bool {
	if all, ok := r.attributes[class]; ok {
		return all[name]
	}
	all := make(map[string]bool)
	r.attributes[class] = all
	for n := class; n < r.tree.Nodes[class].After && r.step(); n++ {
		if r.tree.Kind(n) != syntax.Attribute || r.tree.Nodes[n].Field != syntax.Left && !isPattern(r.tree.Kind(r.tree.Parent(n))) {
			continue
		}
		if of, attribute := r.attribute(n); r.tree.Kind(of) == syntax.Identifier {
			if f := r.around(n); f != syntax.None && r.isName(of, r.parameter(f, 0)) {
				all[attribute] = true
			}
		}
	}
	return all[name]
}

func isPattern(k syntax.Kind) bool {
	return k == syntax.PatternList || k == syntax.TuplePattern || k == syntax.ListPattern
}

// carried looks at what else a reducer returns: the arguments, the state and the items.
// Functions in there go into the pickle by their names, and texts as they are.
func (r *reader) carried(w *way, at syntax.Index, parts, args []syntax.Index) {
	if len(parts) < 2 {
		return
	}
	rest := append(append([]syntax.Index{}, parts[1:]...), args...)
	for _, part := range rest {
		for n := part; n < r.tree.Nodes[part].After && r.step(); n++ {
			switch r.tree.Kind(n) {
			case syntax.Identifier, syntax.Attribute:
				if !r.isWhole(n) {
					continue
				}
				for _, name := range r.targets(n) {
					if why := r.exactly(name); why != "" {
						r.tell(Problem{Kind: Unsafe, At: at, Callable: name, Text: fmt.Sprintf("%s puts %s into the pickle as an argument: %s", w.name, name, why)})
						return
					}
				}
			case syntax.String, syntax.ConcatenatedString:
				if call := r.codeIn(n); call != "" {
					r.tell(Problem{Kind: Unsafe, At: at, Callable: call, Text: fmt.Sprintf("%s puts source code into the pickle, which calls %s", w.name, call)})
					return
				}
			}
		}
	}
}

// isWhole reports a name or attribute that is a value by itself: nothing is taken of it,
// and it is not called.
func (r *reader) isWhole(i syntax.Index) bool {
	field := r.tree.Nodes[i].Field
	return r.names.IsUse(i) && field != syntax.Object && field != syntax.Function && field != syntax.AttributeName
}

// exactly is danger by a line for the very name: modules hold constants as well.
func (r *reader) exactly(name string) (reason string) {
	if r.danger(name) == "" {
		return ""
	}
	if r.catalog.PythonEffect(name) != "" && r.catalog.PythonEffect(name) != catalog.Logs {
		return r.danger(name)
	}
	splits(name, func(module, name string) bool {
		g := r.catalog.Global(module, name)
		if all := r.catalog.Global(module, "*"); g.Class == catalog.Dangerous && (all.Class != catalog.Dangerous || all.Reason != g.Reason) {
			reason = g.Reason
		}
		return reason == ""
	})
	return reason
}

// codeIn returns what a text calls that only code does, or "".
func (r *reader) codeIn(i syntax.Index) string {
	text := string(r.tree.Text(i))
	if len(text) > maxCode {
		text = text[:maxCode]
	}
	for {
		open := strings.IndexByte(text, '(')
		if open < 0 {
			return ""
		}
		start := open
		for start > 0 && (isWord(text[start-1]) || text[start-1] == '.') {
			start--
		}
		name := text[start:open]
		if !strings.Contains(name, ".") {
			name = "builtins." + name
		}
		switch r.catalog.PythonEffect(name) {
		case catalog.RunsCode, catalog.Imports, catalog.StartsProcess:
			return name
		}
		text = text[open+1:]
	}
}

// maxCode bounds the text that is searched for calls, in bytes.
const maxCode = 4096

func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
