package taint

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// call looks at what a call is made of.
func (w *walk) call(i syntax.Index, kind Kind) {
	t := w.tree
	f := t.Child(i, syntax.Function)
	args := t.Child(i, syntax.Arguments)
	name := w.callee(f)
	if stops[name] || kind == Path && digests[name] || kind <= Stream && paths[name] {
		return
	}
	if w.local(i, f, kind) || w.imported(i, f, kind) {
		return
	}
	of := syntax.None
	if t.Kind(f) == syntax.Attribute {
		of = t.Child(f, syntax.Object)
	}
	if w.opens(i, of, name, kind) {
		return
	}
	if name == "fdopen" {
		// A number says nothing, and sys.stdin.fileno() does.
		if first := w.names.Argument(i, 0, "fd"); w.tree.Kind(first) == syntax.Call {
			w.on(first, kind)
		}
		return
	}
	switch {
	case wraps[name] && kind != Path:
		kind = Data
	case ofPaths[name] && kind == Either:
		kind = Path
	}
	if kind == Path {
		if narrows[name] {
			w.items[w.at].narrowed = name
		}
		if of != syntax.None {
			w.on(f, kind)
		}
		if ofPaths[name] {
			w.arguments(args, kind)
		}
		return
	}
	if of != syntax.None {
		w.on(f, kind) // what is taken of an object comes from where it does
		if looksUp(name) && !w.isModule(of) {
			return // what is looked up by a key comes from where it is looked up
		}
	} else if w.on(f, kind); looksUp(name) && !strings.HasPrefix(name, "read") && name != "getattr" {
		w.callables(args, kind)
		return
	}
	if !wraps[name] && !ofPaths[name] {
		w.items[w.at].unsure = true
	}
	w.arguments(args, kind)
	w.callables(args, kind)
}

// callee returns the last word of what is called.
func (w *walk) callee(f syntax.Index) string {
	switch w.tree.Kind(f) {
	case syntax.Attribute:
		return w.word(w.tree.Child(f, syntax.AttributeName))
	case syntax.Identifier:
		// from base64 import b64decode as decode
		for _, target := range w.names.Expression(f).Targets {
			return target.Name[strings.LastIndexByte(target.Name, '.')+1:]
		}
		return w.word(f)
	}
	return ""
}

// isModule reports a name that an import binds.
func (w *walk) isModule(i syntax.Index) bool {
	for w.tree.Kind(i) == syntax.Attribute {
		i = w.tree.Child(i, syntax.Object)
	}
	return w.tree.Kind(i) == syntax.Identifier && w.names.Imported(i)
}

// arguments looks at what is passed.
func (w *walk) arguments(args syntax.Index, kind Kind) {
	if args == syntax.None {
		return
	}
	if k := w.tree.Kind(args); k == syntax.GeneratorExpression {
		w.on(args, kind)
		return
	}
	w.parts(args, kind)
}

// callables looks at what functions that are passed give: run(receive), map(decode, xs).
func (w *walk) callables(args syntax.Index, kind Kind) {
	if args == syntax.None {
		return
	}
	for n, c := 0, w.tree.First(args); c != syntax.None && n < maxParts; n, c = n+1, w.tree.Next(c) {
		if k := w.tree.Kind(c); k == syntax.Identifier || k == syntax.Attribute {
			for _, object := range w.names.Objects(c) {
				w.returned(object, kind)
			}
			if k == syntax.Attribute { // iter(sock.recv, b"")
				w.on(c, kind)
			}
		}
	}
}

// local looks into a function of the file that is called, or at what the objects of a
// class of it are made of.
func (w *walk) local(call, f syntax.Index, kind Kind) bool {
	found := false
	for _, object := range w.names.Objects(f) {
		switch w.tree.Kind(object) {
		case syntax.FunctionDefinition, syntax.Lambda:
			found = w.returned(object, kind) || found
		case syntax.ClassDefinition:
			if !w.derived(object) && kind <= Stream {
				w.arguments(w.tree.Child(call, syntax.Arguments), kind)
				found = true
			}
		}
	}
	return found
}

// derived reports a class that stands on one which is not in the file.
func (w *walk) derived(class syntax.Index) bool {
	bases := w.tree.Child(class, syntax.Superclasses)
	return bases != syntax.None && w.tree.First(bases) != syntax.None && len(w.names.Bases(class)) == 0
}

// returned looks at what a function gives. It is false if that is nothing.
func (w *walk) returned(def syntax.Index, kind Kind) bool {
	gives := w.names.Gives(def)
	for _, value := range gives {
		text := ""
		if name := w.tree.Child(def, syntax.Name); name != syntax.None {
			text = "returned by `" + w.word(name) + "`"
		}
		at := value
		if text == "" {
			at = syntax.None
		}
		w.via(value, kind, at, text)
	}
	return len(gives) > 0
}

// opens looks at who chose the path that a call opens, or what is behind it.
func (w *walk) opens(i, of syntax.Index, name string, kind Kind) bool {
	if kind == Path {
		return false
	}
	// A method of a path: p.open("rb"), p.read_bytes().
	if of != syntax.None && pathMethods[name] && !w.isModule(of) {
		w.via(of, Path, i, "opened: `"+w.excerpt(i)+"`")
		if name == "open" { // zip.open(name), storage.open(key)
			w.items[w.at].unsure = true
			w.on(of, Data)
		}
		return true
	}
	position, ok := openers[name]
	if !ok || name == "open" && of != syntax.None && !w.isModule(of) {
		return false
	}
	path := w.names.Argument(i, position, "")
	for _, keyword := range [...]string{"file", "filename", "path", "name"} {
		if path == syntax.None {
			path = w.names.Argument(i, 99, keyword)
		}
	}
	if object := w.names.Argument(i, 99, "fileobj"); object != syntax.None {
		w.on(object, Data)
	}
	next := Path
	if archives[name] || of != syntax.None && name == "open" && w.word(of) != "io" && w.word(of) != "codecs" && w.word(of) != "os" {
		next = Either // gzip.open(request.stream)
	}
	w.via(path, next, i, "opened: `"+w.excerpt(i)+"`")
	return true
}
