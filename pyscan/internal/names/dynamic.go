package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// dynamic are the names of the functions that this package knows besides those of
// the catalogue: they lead from one name to another.
var dynamic = []string{
	"builtins.getattr", "builtins.__import__", "builtins.globals", "builtins.locals", "builtins.vars", "builtins.eval", "builtins.exec", "builtins.compile", "builtins.dict",
	"builtins.staticmethod", "builtins.classmethod", "builtins.type", "builtins.super", "builtins.setattr", "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.iter", "builtins.__dict__",
	"importlib.import_module", "importlib.__import__", "sys.modules", "operator.attrgetter", "operator.itemgetter", "operator.methodcaller",
	"builtins.object.__getattribute__", "inspect.getattr_static", "types.ModuleType.__getattribute__",
	"pydoc.locate", "pkgutil.resolve_name", "types.SimpleNamespace", "argparse.Namespace", "functools.partial", "functools.partialmethod",
	"functools.lru_cache", "functools.cache", "typing.cast", "contextlib.closing", "contextlib.aclosing", "asyncio.wait_for", "asyncio.run", "django.utils.module_loading.import_string", "werkzeug.utils.import_string",
	"twisted.python.reflect.namedAny", "zope.dottedname.resolve.resolve", "pytest.importorskip", "sympy.external.import_module",
}

// Partial is the name of the function that binds arguments ahead of a call.
const Partial = "functools.partial"

// argument returns positional argument n of a call, or None. One behind a starred
// argument is not known.
func (t *Table) argument(call syntax.Index, n int) syntax.Index {
	args := t.tree.Child(call, syntax.Arguments)
	if args == syntax.None {
		return syntax.None
	}
	for c := t.tree.First(args); c != syntax.None; c = t.tree.Next(c) {
		switch t.tree.Kind(c) {
		case syntax.ListSplat:
			return syntax.None
		case syntax.KeywordArgument, syntax.DictionarySplat:
			continue
		}
		if n == 0 {
			return c
		}
		n--
	}
	return syntax.None
}

// keyword returns a keyword argument of a call, or None.
func (t *Table) keyword(call syntax.Index, name string) syntax.Index {
	args := t.tree.Child(call, syntax.Arguments)
	if args == syntax.None || t.tree.Kind(args) != syntax.ArgumentList {
		return syntax.None
	}
	for c := t.tree.First(args); c != syntax.None; c = t.tree.Next(c) {
		if t.tree.Kind(c) != syntax.KeywordArgument {
			continue
		}
		if id := t.tree.Child(c, syntax.Name); id != syntax.None && t.text(id) == name {
			return t.tree.Child(c, syntax.Value)
		}
	}
	return syntax.None
}

// call tells what a call returns.
func (t *Table) call(r *Result, call syntax.Index) Result {
	out := Result{}
	for _, target := range r.Targets {
		if !target.Called {
			t.callNamed(target.Name, call, &out)
			if got, ok := t.object(target); ok {
				got.Made, got.By = call, target.Name
				out.merge(got)
			}
		}
	}
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.ClassDefinition:
			out.hold(object)
		case syntax.FunctionDefinition, syntax.Lambda:
			t.callFunction(object, call, &out)
		case syntax.Call:
			t.callMade(object, call, &out)
		}
	}
	if r.self != nil {
		t.callMethod(r, call, &out)
	}
	out.Complete = out.Complete && r.Complete && len(r.Targets) == 1 && len(r.objects) == 0
	return out
}

// callNamed adds what a function returns that is known by its name.
func (t *Table) callNamed(name string, call syntax.Index, out *Result) {
	first := t.argument(call, 0)
	switch name {
	case "builtins.getattr", "builtins.object.__getattribute__", "inspect.getattr_static", "types.ModuleType.__getattribute__":
		keys, complete := t.constants(t.argument(call, 1))
		of := t.Expression(first)
		for _, k := range keys {
			r := t.attribute(&of, k)
			out.add(&r)
			complete = complete && r.Complete && len(r.Targets) > 0
		}
		if or := t.argument(call, 2); or != syntax.None {
			r := t.Expression(or)
			complete = complete && r.Complete && len(r.Targets) > 0
			t.pass(out, or)
		}
		out.Complete = complete
	case "builtins.__import__", "importlib.__import__", "importlib.import_module", "pytest.importorskip", "sympy.external.import_module":
		names, _ := t.constants(first)
		if first == syntax.None {
			names, _ = t.constants(t.keyword(call, "name"))
			if name == "pytest.importorskip" {
				names, _ = t.constants(t.keyword(call, "modname"))
			}
		}
		for _, k := range names {
			if strings.HasSuffix(name, ".__import__") && t.argument(call, 1) == syntax.None && t.keyword(call, "fromlist") == syntax.None {
				k, _, _ = strings.Cut(k, ".") // __import__("a.b") is a
			}
			t.moduleNamed(out, k)
		}
	case "pydoc.locate", "pkgutil.resolve_name", "django.utils.module_loading.import_string", "werkzeug.utils.import_string",
		"twisted.python.reflect.namedAny", "zope.dottedname.resolve.resolve":
		names, _ := t.constants(first)
		for _, k := range names {
			t.moduleNamed(out, strings.Replace(k, ":", ".", 1))
		}
	case "builtins.eval":
		names, _ := t.constants(first)
		for _, k := range names {
			r := t.named(k, call)
			out.add(&r)
		}
	case "builtins.globals":
		out.merge(Target{Name: name, Via: syntax.None, Called: true})
	case "builtins.vars", "builtins.locals":
		if first == syntax.None {
			out.merge(Target{Name: builtins + "globals", Via: syntax.None, Called: true})
			break
		}
		of := t.Expression(first)
		out.spaces = append(out.spaces, of.Targets...)
		for _, object := range of.objects {
			out.hold(object)
		}
	case "builtins.dict", "types.SimpleNamespace", "argparse.Namespace", "operator.attrgetter", "operator.itemgetter", "operator.methodcaller":
		out.hold(call)
	case "builtins.type":
		if t.argument(call, 2) != syntax.None { // type("Codec", (), {"load": pickle.loads})
			out.hold(call)
			break
		}
		of := t.Expression(first)
		for _, class := range t.classesIn(&of) {
			out.hold(class)
		}
	case "builtins.super":
		t.superOf(call, out)
	case "functools.lru_cache":
		if t.tree.Kind(first) == syntax.Identifier || t.tree.Kind(first) == syntax.Attribute {
			t.pass(out, first)
		} else {
			out.hold(call)
		}
	case "builtins.staticmethod", "builtins.classmethod", "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.iter", "functools.cache",
		"contextlib.closing", "contextlib.aclosing", "asyncio.wait_for", "asyncio.run":
		t.pass(out, first)
	case "typing.cast":
		t.pass(out, t.argument(call, 1))
	case Partial, "functools.partialmethod":
		r := t.Expression(first)
		for _, target := range r.Targets {
			target.Via = target.at
			target.Partials = append(target.Partials[:len(target.Partials):len(target.Partials)], call)
			out.merge(target)
		}
	}
}

// superOf adds the classes on which the class around a call stands.
func (t *Table) superOf(call syntax.Index, out *Result) {
	s := t.scopeOf[call]
	for n := 0; n < maxNest && s > 0 && t.scopes[s].kind != classScope; n++ {
		s = t.scopes[s].parent
	}
	if s <= 0 || t.scopes[s].kind != classScope {
		return
	}
	for _, base := range t.basesOf(t.scopes[s].node) {
		out.hold(base)
	}
	bases := t.baseTargets(t.scopes[s].node)
	for _, target := range bases.Targets {
		if object, ok := t.object(target); ok {
			out.merge(object)
		}
	}
}

// callMade adds what something returns that another call made.
func (t *Table) callMade(made, call syntax.Index, out *Result) {
	f := t.Expression(t.tree.Child(made, syntax.Function))
	for _, target := range f.Targets {
		switch target.Name {
		case "functools.lru_cache":
			t.pass(out, t.argument(call, 0))
		case "operator.attrgetter":
			keys, _ := t.constants(t.argument(made, 0))
			of := t.Expression(t.argument(call, 0))
			for _, k := range keys {
				r := of
				for part := range strings.SplitSeq(k, ".") {
					r = t.attribute(&r, part)
				}
				out.add(&r)
			}
		case "operator.itemgetter":
			if key := t.argument(made, 0); key != syntax.None {
				of := t.Expression(t.argument(call, 0))
				r := t.item(&of, key)
				out.add(&r)
			}
		case "operator.methodcaller":
			keys, _ := t.constants(t.argument(made, 0))
			of := t.Expression(t.argument(call, 0))
			for _, k := range keys {
				r := t.attribute(&of, k)
				for _, got := range r.Targets {
					got.Partials, got.Called, got.Via = []syntax.Index{made}, true, syntax.None
					out.merge(got)
				}
			}
		}
	}
}

// callMethod adds what a method of a display, a namespace or a string returns.
func (t *Table) callMethod(r *Result, call syntax.Index, out *Result) {
	first := t.argument(call, 0)
	switch r.method {
	case "get", "pop", "setdefault", "__getitem__":
		if first == syntax.None {
			return
		}
		got := t.item(r.self, first)
		out.add(&got)
		if or := t.argument(call, 1); or != syntax.None && !out.empty() {
			t.pass(out, or)
		}
	case "enter_context", "enter_async_context":
		r := t.entered(t.Expression(first))
		out.add(&r)
	case "__getattribute__":
		keys, _ := t.constants(first)
		for _, k := range keys {
			got := t.Attribute(*r.self, k)
			out.add(&got)
		}
	case "values", "items", "join", "format":
		if len(r.self.objects) > 0 {
			out.hold(call)
		}
	case "copy":
		for _, object := range r.self.objects {
			out.hold(object)
		}
	}
}

// named tells what a dotted name in a source that is evaluated at node i stands for.
func (t *Table) named(source string, i syntax.Index) Result {
	var r Result
	for k, part := range strings.Split(strings.TrimSpace(source), ".") {
		if !isName(part) {
			return Result{}
		}
		if k == 0 {
			r = t.lookUp(part, i)
		} else {
			r = t.attribute(&r, part)
		}
	}
	return r
}

func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < 0x80 && (c < '0' || c > '9' || i == 0) {
			return false
		}
	}
	return s != ""
}

// Binds reports a call that binds arguments ahead of another.
func (t *Table) Binds(call syntax.Index) bool {
	if t.tree.Kind(call) != syntax.Call {
		return false
	}
	for _, target := range t.Expression(t.tree.Child(call, syntax.Function)).Targets {
		if target.Name == Partial || target.Name == "functools.partialmethod" {
			return true
		}
	}
	return false
}
