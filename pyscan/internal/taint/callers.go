package taint

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// callee is a parameter of a function whose callers are looked for.
type callee struct {
	def      syntax.Index
	position int
	name     string
	// rest: it takes all arguments from its position on.
	rest bool
}

// wrapped looks at what a decorator of the file passes on to what it decorates.
func (w *walk) wrapped(c *callee, kind Kind) {
	for _, d := range w.decorators(c.def) {
		if w.tree.Kind(d) == syntax.Call {
			d = w.tree.Child(d, syntax.Function)
		}
		for _, decorator := range w.names.Objects(d) {
			if w.tree.Kind(decorator) != syntax.FunctionDefinition {
				continue
			}
			// What is decorated is the first parameter of the decorator, or of a function in it.
			end := min(w.tree.Nodes[decorator].After, decorator+maxDecorator)
			for def := decorator; def < end; def++ {
				if w.tree.Kind(def) == syntax.FunctionDefinition {
					w.calledBy(c, def, kind)
				}
			}
		}
	}
}

// maxDecorator bounds the nodes of a decorator that are looked at.
const maxDecorator = 2_000

// calledBy looks at the calls of the first parameter of a function inside it.
func (w *walk) calledBy(c *callee, def syntax.Index, kind Kind) {
	list := w.parameters(def)
	if len(list) == 0 {
		return
	}
	for _, use := range w.index().named[w.word(w.bare(list[0]))] {
		if call := w.tree.Parent(use); w.tree.Contains(def, use) && w.tree.Kind(call) == syntax.Call && w.tree.Nodes[use].Field == syntax.Function {
			w.passed(c, call, c.position, kind)
		}
	}
}

// callers looks at what is passed for a parameter.
func (w *walk) callers(c *callee, kind Kind) {
	t := w.tree
	if t.Kind(c.def) == syntax.Lambda {
		w.handedOn(c, c.def, kind)
		for p, n := t.Parent(c.def), 0; p != syntax.None && n < maxUp; p, n = t.Parent(p), n+1 {
			if t.Kind(p) != syntax.Assignment {
				continue
			}
			if left := t.Child(p, syntax.Left); t.Kind(left) == syntax.Identifier {
				w.usesOf(c, w.word(left), kind)
			}
			break
		}
		return
	}
	name := w.word(t.Child(c.def, syntax.Name))
	w.called(c, name, kind)
	class := w.names.Scope(c.def)
	if name == "__init__" || name == "__new__" || name == "__post_init__" {
		if id := t.Child(class, syntax.Name); t.Kind(class) == syntax.ClassDefinition && id != syntax.None {
			name = w.word(id)
		}
	}
	w.usesOf(c, name, kind)
}

// usesOf looks at the places where a name of the function is read.
func (w *walk) usesOf(c *callee, name string, kind Kind) {
	for _, use := range w.index().named[name] {
		if w.tree.Contains(c.def, use) && w.tree.Kind(c.def) == syntax.Lambda || !w.refers(use, c.def) {
			continue
		}
		w.used(c, use, kind)
	}
	for _, use := range w.index().attributes[name] {
		objects := w.names.Objects(use)
		if len(objects) == 0 && len(w.index().defs[name]) > 1 || len(objects) > 0 && !w.refers(use, c.def) {
			continue
		}
		w.used(c, use, kind)
	}
}

// refers reports whether an expression may stand for a function, or for the class that
// it makes the objects of.
func (w *walk) refers(i, def syntax.Index) bool {
	for _, object := range w.names.Objects(i) {
		if object == def || w.tree.Kind(object) == syntax.ClassDefinition && slices.Contains(w.family(object), w.names.Scope(def)) {
			return true
		}
	}
	return false
}

// used looks at one place where the function is called or handed on.
func (w *walk) used(c *callee, use syntax.Index, kind Kind) {
	call := w.tree.Parent(use)
	if w.tree.Kind(call) == syntax.Call && w.tree.Nodes[use].Field == syntax.Function {
		w.passed(c, call, c.position, kind)
		return
	}
	w.handedOn(c, use, kind)
}

// passed looks at the argument that a call passes.
func (w *walk) passed(c *callee, call syntax.Index, position int, kind Kind) {
	text := "passed to `" + w.excerpt(call) + "`"
	if value := w.names.Argument(call, position, c.name); value != syntax.None && !c.rest {
		w.via(value, kind, call, text)
		return
	}
	args := w.tree.Child(call, syntax.Arguments)
	if args == syntax.None {
		return
	}
	n := 0
	for a := w.tree.First(args); a != syntax.None && n < maxParts; a = w.tree.Next(a) {
		switch k := w.tree.Kind(a); {
		case k == syntax.ListSplat || k == syntax.DictionarySplat:
			w.via(a, kind, call, text)
		case k != syntax.KeywordArgument && c.rest && n >= position:
			w.via(a, kind, call, text)
		}
		n++
	}
}

// handedOn looks at who may call a function that is passed to somebody, or set as an
// attribute of an object.
func (w *walk) handedOn(c *callee, use syntax.Index, kind Kind) {
	t := w.tree
	below, keyword := use, ""
	for range maxUp {
		p := t.Parent(below)
		switch t.Kind(p) {
		case syntax.List, syntax.Tuple, syntax.Dictionary, syntax.Set, syntax.Pair, syntax.DictionarySplat, syntax.ParenthesizedExpression:
		case syntax.Subscript:
			if t.First(p) != below {
				return
			}
		case syntax.Call: // (lambda b: loads(b))(data)
			if t.Nodes[below].Field == syntax.Function {
				w.passed(c, p, c.position, kind)
			}
			return
		case syntax.KeywordArgument:
			keyword = w.word(t.Child(p, syntax.Name))
		case syntax.ArgumentList:
			w.taken(c, t.Parent(p), below, keyword, kind)
			return
		case syntax.Assignment:
			// client.on_message = handle
			if left := t.Child(p, syntax.Left); t.Kind(left) == syntax.Attribute && below == t.Child(p, syntax.Right) {
				if of := t.Child(left, syntax.Object); !w.isSelf(of) {
					w.via(of, Data, p, "`"+w.excerpt(p)+"`")
				}
			}
			return
		default:
			return
		}
		below = p
	}
}

// taken looks at what a call that is given a function calls it with.
func (w *walk) taken(c *callee, call, argument syntax.Index, keyword string, kind Kind) {
	t := w.tree
	if t.Kind(call) != syntax.Call {
		return
	}
	f := t.Child(call, syntax.Function)
	name := w.lastWord(call)
	at := w.position(t.Child(call, syntax.Arguments), argument)
	text := "passed to `" + w.excerpt(call) + "`"
	switch {
	case name == "partial" || name == "partialmethod":
		w.passed(c, call, c.position+1, kind)
		// What the partial is given behind that.
		rest := *c
		rest.position = max(0, c.position-(w.positional(call)-1))
		w.handedOn(&rest, call, kind)
		return
	case keyword == "target":
		if args := w.names.Argument(call, 99, "args"); args != syntax.None {
			w.tuple(args, c.position, kind, call, text)
		}
		if kwargs := w.names.Argument(call, 99, "kwargs"); kwargs != syntax.None {
			w.via(kwargs, kind, call, text)
		}
		return
	case keyword == "" && submits[name]:
		w.passed(c, call, at+1+c.position, kind)
		return
	case keyword == "" && strings.HasPrefix(name, "apply") && t.Kind(w.names.Argument(call, at+1, "args")) == syntax.Tuple:
		w.tuple(w.names.Argument(call, at+1, "args"), c.position, kind, call, text)
		return
	case maps[name]:
		w.via(w.names.Argument(call, at+1+c.position, ""), kind, call, text)
		if name == "starmap" || strings.HasPrefix(name, "i") || name == "reduce" {
			w.via(w.names.Argument(call, at+1, ""), kind, call, text)
		}
		return
	}
	// A callback gets what comes from whoever calls it.
	w.via(call, Data, call, "called back by `"+w.excerpt(call)+"`")
	if t.Kind(f) == syntax.Attribute {
		if of := t.Child(f, syntax.Object); !w.isModule(of) && !w.isSelf(of) {
			w.via(of, Data, call, "called back by `"+w.excerpt(call)+"`")
		}
	}
}

// positional counts the positional arguments of a call.
func (w *walk) positional(call syntax.Index) int {
	n := 0
	for a := w.tree.First(w.tree.Child(call, syntax.Arguments)); a != syntax.None && n < maxParts; a = w.tree.Next(a) {
		if w.tree.Kind(a) != syntax.KeywordArgument {
			n++
		}
	}
	return n
}

// tuple looks at one item of a display, or at all of what is none.
func (w *walk) tuple(display syntax.Index, n int, kind Kind, at syntax.Index, text string) {
	if k := w.tree.Kind(display); k == syntax.Tuple || k == syntax.List {
		c := w.tree.First(display)
		for ; n > 0 && c != syntax.None; n-- {
			c = w.tree.Next(c)
		}
		w.via(c, kind, at, text)
		return
	}
	w.via(display, kind, at, text)
}

// submits are functions that call what they are given with the arguments behind it.
var submits = map[string]bool{
	"submit": true, "run_in_executor": true, "to_thread": true, "run_sync": true, "call_soon": true, "call_soon_threadsafe": true, "spawn": true,
	"run_in_threadpool": true, "deferToThread": true, "start_soon": true, "add_task": true, "delay": true, "apply": true, "start_new_thread": true, "spawn_n": true,
	"enqueue": true, "sync_to_async": true,
}

// maps call it with the items of what stands behind it.
var maps = map[string]bool{
	"map": true, "imap": true, "imap_unordered": true, "map_async": true, "filter": true, "starmap": true, "starmap_async": true, "reduce": true,
	"amap": true, "sorted": true, "groupby": true,
}
