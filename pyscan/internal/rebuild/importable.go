package rebuild

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// function looks at a function of the file that a pickle is told to call.
func (r *reader) function(w *way, at, def, callee syntax.Index) {
	name := r.nameOf(def)
	tell := func(format string, args ...any) {
		r.tell(Problem{Kind: Unimportable, At: at, Callable: name, Text: fmt.Sprintf(format, args...)})
	}
	if call := r.runsArgument(def, maxCalls); call != "" {
		r.tell(Problem{Kind: Unsafe, At: at, Callable: name, Text: fmt.Sprintf("%s hands out `%s`, which gives what is in the pickle to %s", w.name, name, call)})
	}
	r.runsWhenLoaded(def, fmt.Sprintf("`%s`, which %s hands out,", name, w.name))
	class := r.classAround(def)
	if of, method := r.attribute(callee); class != syntax.None && of != syntax.None {
		bound := r.isName(of, w.self) && w.class != syntax.None
		switch {
		case bound && !r.decoratedAs(def, "classmethod", "staticmethod") && !ofClass[name]:
			tell("%s hands out `%s`, a method of the object itself: to pickle it is to pickle the object again, without end", w.name, r.excerpt(callee))
			return
		case isMangled(method):
			tell("%s hands out `%s`, and pickle looks for an attribute of that name, which is spelled otherwise: Python puts the name of the class before it", w.name, r.excerpt(callee))
			return
		}
		if why := r.outOfReach(class); why != "" {
			tell("%s hands out `%s` of the class `%s`, %s", w.name, method, r.nameOf(class), why)
		}
		return
	}
	if why := r.outOfReach(def); why != "" {
		tell("%s hands out `%s`, %s", w.name, name, why)
		return
	}
	if decorator := r.hidesBehind(def); decorator != "" {
		tell("%s hands out `%s`, which is a function inside of the decorator `%s`: pickle finds it under neither name; functools.wraps helps", w.name, name, decorator)
		return
	}
	r.rebound(w, at, def, callee)
}

// ofClass are methods that belong to the class without being told so.
var ofClass = map[string]bool{"__new__": true, "__init_subclass__": true, "__class_getitem__": true}

// class looks at a class of the file of which a pickle makes an object.
func (r *reader) class(w *way, at, def, callee syntax.Index) {
	name := r.nameOf(def)
	for _, method := range []string{"__init__", "__new__", "__post_init__", "__attrs_post_init__"} {
		if f := r.method(def, method); f != syntax.None {
			r.runsWhenLoaded(f, fmt.Sprintf("`%s` of `%s`, of which %s has an object made,", method, name, w.name))
		}
	}
	why := r.outOfReach(def)
	own := r.ownClass(w, callee) || def == w.class
	if isMangled(name) && r.holder[def] != syntax.None {
		why = "whose name is spelled otherwise inside of a class: Python puts the name of that before it"
	}
	if why != "" {
		if own && r.copied() {
			return // copy.copy asks for it as well, and needs no name
		}
		r.tell(Problem{Kind: Unimportable, At: at, Callable: name, Text: fmt.Sprintf("%s hands out the class `%s`, %s", w.name, name, why)})
		return
	}
	r.rebound(w, at, def, callee)
}

// copied reports whether the file copies objects: then local classes have reducers for
// that.
func (r *reader) copied() bool {
	r.count()
	return r.uses["deepcopy"] > 0 || r.uses["copy"] > 0
}

// outOfReach says why a definition has no name by which it can be imported, or returns "".
func (r *reader) outOfReach(def syntax.Index) string {
	name := r.nameOf(def)
	for h, inner := r.holder[def], def; h != syntax.None; h, inner = r.holder[h], h {
		if r.tree.Kind(h) == syntax.ClassDefinition {
			name = r.nameOf(h)
			continue
		}
		if inner == def && r.isGlobalIn(h, name) {
			return ""
		}
		outer := r.nameOf(h)
		if outer == "" {
			outer = "a lambda"
		}
		if strings.HasPrefix(outer, "test") {
			return "" // to run it shows
		}
		return fmt.Sprintf("which is defined inside of `%s`: nobody can import it", outer)
	}
	if r.isMain(def) {
		return "which is only defined if the file is the program: whoever loads the pickle elsewhere does not find it"
	}
	return ""
}

// isGlobalIn reports "global name" in a function.
func (r *reader) isGlobalIn(f syntax.Index, name string) bool {
	return slices.Contains(r.globals[f], name)
}

// isMain reports what stands under "if __name__ == '__main__'".
func (r *reader) isMain(i syntax.Index) bool { return r.main[i] }

// asksForMain reports the condition of such a statement.
func (r *reader) asksForMain(condition syntax.Index) bool {
	text := r.tree.Text(condition)
	return len(text) < maxExcerpt && bytes.Contains(text, []byte("__name__")) && bytes.Contains(text, []byte("__main__")) &&
		!bytes.Contains(text, []byte("!=")) && !bytes.HasPrefix(text, []byte("not"))
}

// decoratedAs reports a decorator of one of these names.
func (r *reader) decoratedAs(def syntax.Index, words ...string) bool {
	for _, d := range r.decorators(def) {
		for _, word := range words {
			if text := string(r.tree.Text(d)); text == word || strings.HasSuffix(text, "."+word) {
				return true
			}
		}
	}
	return false
}

// decorators lists the expressions behind the @ of a definition.
func (r *reader) decorators(def syntax.Index) (out []syntax.Index) {
	p := r.tree.Parent(def)
	if p == syntax.None || r.tree.Kind(p) != syntax.DecoratedDefinition {
		return nil
	}
	for c := r.tree.First(p); c != syntax.None && c != def; c = r.tree.Next(c) {
		if d := r.tree.First(c); r.tree.Kind(c) == syntax.Decorator && d != syntax.None {
			out = append(out, d)
		}
	}
	return out
}

// hidesBehind returns the decorator of a function that puts a function of its own in its
// place, without the name of the one that it hides.
func (r *reader) hidesBehind(def syntax.Index) string {
	for _, d := range r.decorators(def) {
		for _, decorator := range r.objects(d) {
			if r.tree.Kind(decorator) != syntax.FunctionDefinition {
				continue
			}
			for _, ret := range r.returns[decorator] {
				for _, inner := range r.objects(r.tree.First(ret)) {
					if r.tree.Kind(inner) != syntax.FunctionDefinition || r.holder[inner] != decorator {
						continue
					}
					if len(r.decorators(inner)) == 0 && !bytes.Contains(r.tree.Text(decorator), []byte("update_wrapper")) && !bytes.Contains(r.tree.Text(decorator), []byte("__qualname__")) {
						return r.nameOf(decorator)
					}
				}
			}
		}
	}
	return ""
}

// isMangled reports a name before which Python puts that of the class around it.
func isMangled(name string) bool {
	return strings.HasPrefix(name, "__") && !strings.HasSuffix(name, "__")
}

// rebound tells of a definition of the module whose name the module gives to something
// else, or deletes.
func (r *reader) rebound(w *way, at, def, callee syntax.Index) {
	if r.holder[def] != syntax.None {
		return
	}
	name := r.nameOf(def)
	for _, n := range r.statements[name] {
		if n < def || !r.step() {
			continue
		}
		how := ""
		switch r.tree.Kind(n) {
		case syntax.DeleteStatement:
			how = "deletes"
		case syntax.Assignment:
			if r.tree.Kind(r.unwrap(r.tree.Child(n, syntax.Left))) == syntax.Attribute {
				r.renamed(w, at, def, n)
				continue
			}
			right := r.assigned(n)
			if right == syntax.None {
				continue
			}
			switch r.tree.Kind(right) {
			case syntax.NoneLiteral, syntax.True, syntax.False, syntax.Integer, syntax.String, syntax.Dictionary, syntax.List, syntax.Tuple:
				how = "gives to something else"
			case syntax.Call:
				if r.isName(r.tree.Child(right, syntax.Function), name) {
					how = "gives to an object"
				} else if c := r.unwrap(callee); r.tree.Kind(c) == syntax.Identifier && !r.isName(c, name) {
					how = "gives to something else"
				}
			}
		}
		if how != "" {
			r.tell(Problem{Kind: Unimportable, At: at, Callable: name, Text: fmt.Sprintf("%s hands out `%s`, a name that the module %s further down: pickle looks it up there", w.name, name, how)})
			return
		}
	}
	if body := r.tree.Child(def, syntax.Body); r.tree.Kind(def) == syntax.ClassDefinition && body != syntax.None {
		for n := r.tree.First(body); n != syntax.None && r.step(); n = r.tree.Next(n) {
			if a := r.tree.First(n); r.tree.Kind(n) == syntax.ExpressionStatement && r.tree.Kind(a) == syntax.Assignment {
				if left := r.tree.Child(a, syntax.Left); r.isName(left, "__qualname__") || r.isName(left, "__module__") {
					r.misnamed(w, at, def, string(r.tree.Text(left)), r.tree.Child(a, syntax.Right))
				}
			}
		}
	}
}

// statement notes a statement of the module that says something of a name.
func (r *reader) statement(i syntax.Index) {
	note := func(n syntax.Index) {
		if r.tree.Kind(n) == syntax.Identifier {
			name := string(r.tree.Text(n))
			r.statements[name] = append(r.statements[name], i)
		}
	}
	switch p := r.tree.Parent(i); r.tree.Kind(i) {
	case syntax.DeleteStatement:
		if r.tree.Kind(p) != syntax.Module {
			return
		}
		for n := i + 1; n < r.tree.Nodes[i].After; n++ {
			if k := r.tree.Kind(r.tree.Parent(n)); k == syntax.DeleteStatement || k == syntax.ExpressionList || k == syntax.Tuple {
				note(n)
			}
		}
	case syntax.Assignment:
		for r.tree.Kind(p) == syntax.Assignment { // a = b = value
			p = r.tree.Parent(p)
		}
		if r.tree.Kind(p) != syntax.ExpressionStatement || r.tree.Kind(r.tree.Parent(p)) != syntax.Module {
			return
		}
		left := r.unwrap(r.tree.Child(i, syntax.Left))
		if of, _ := r.attribute(left); of != syntax.None {
			left = of
		}
		if left != syntax.None {
			note(left)
		}
	}
}

// renamed tells of a definition whose __qualname__ or __module__ a statement of the
// module sets to what is not there.
func (r *reader) renamed(w *way, at, def, assignment syntax.Index) {
	of, attribute := r.attribute(r.tree.Child(assignment, syntax.Left))
	if attribute != "__qualname__" && attribute != "__module__" || !r.isName(of, r.nameOf(def)) {
		return
	}
	r.misnamed(w, at, def, attribute, r.tree.Child(assignment, syntax.Right))
}

func (r *reader) misnamed(w *way, at, def syntax.Index, attribute string, value syntax.Index) {
	if value == syntax.None || r.tree.Kind(r.unwrap(value)) != syntax.String {
		return
	}
	text := r.word(value)
	first, _, _ := strings.Cut(text, ".")
	_, bound := r.names.Module(first)
	switch {
	case text == "":
	case attribute == "__module__" && (text == "__main__" || !strings.Contains(text, ".") && text == r.nameOf(def)):
	case attribute == "__qualname__" && !bound:
	default:
		return
	}
	r.tell(Problem{Kind: Unimportable, At: at, Callable: r.nameOf(def), Text: fmt.Sprintf("%s hands out `%s`, whose %s is set to %q: pickle looks there and finds nothing", w.name, r.nameOf(def), attribute, text)})
}

// global looks at a text that a reducer returns: the name of a global of the module.
func (r *reader) global(w *way, at, text syntax.Index) {
	all := r.names.Strings(text)
	if len(all) != 1 || w.name == "reducer_override" {
		return
	}
	first, _, _ := strings.Cut(all[0], ".")
	if w.class != syntax.None && r.around(w.class) != syntax.None && r.copied() {
		return // copy.copy takes any text for the object itself
	}
	if _, bound := r.names.Module(first); bound || r.opaqueModule() {
		return
	}
	r.tell(Problem{Kind: Unimportable, At: at, Text: fmt.Sprintf("%s returns the text %q, which is the name of a global, and the module has none of that name", w.name, all[0])})
}
