package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// loosened are the YAML loaders of a file that were safe until it gave them a
// constructor that calls what the document names.
type loosened struct {
	classes map[syntax.Index]bool
	names   map[string]bool
}

// unsafeConstructors are the methods of PyYAML's constructors that import or call by
// name (PyYAML, lib/yaml/constructor.py), and functions that do, or that run what they
// are given. The other constructors make tuples, numbers and the like.
var unsafeConstructors = map[string]bool{
	"construct_python_object": true, "construct_python_object_new": true, "construct_python_object_apply": true,
	"construct_python_name": true, "construct_python_module": true, "make_python_instance": true, "find_python_name": true,
	"eval": true, "exec": true, "__import__": true, "import_module": true, "import_string": true, "locate": true, "resolve_name": true,
	"system": true, "popen": true, "Popen": true, "check_output": true, "check_call": true, "getoutput": true,
}

// looseLoaders finds those loaders, once.
func (f *file) looseLoaders() *loosened {
	if f.loose != nil {
		return f.loose
	}
	f.loose = &loosened{classes: make(map[syntax.Index]bool), names: make(map[string]bool)}
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Call {
			continue
		}
		function := f.tree.Child(i, syntax.Function)
		text := string(f.tree.Text(function))
		if !strings.HasSuffix(text, "add_constructor") && !strings.HasSuffix(text, "add_multi_constructor") {
			continue
		}
		args := f.arguments(i, 0)
		if !slices.ContainsFunc(args.positional, f.constructsAnything) && !slices.ContainsFunc(args.keywords, func(k keyword) bool { return f.constructsAnything(k.value) }) {
			continue
		}
		// Loader.add_constructor(tag, f), or yaml.add_constructor(tag, f, Loader).
		if f.tree.Kind(function) == syntax.Attribute {
			f.loosen(f.tree.Child(function, syntax.Object))
		}
		if len(args.positional) > 2 {
			f.loosen(args.positional[2])
		}
		for _, k := range args.keywords {
			if k.name == "Loader" {
				f.loosen(k.value)
			}
		}
	}
	return f.loose
}

// loosen notes the class that an expression stands for.
func (f *file) loosen(i syntax.Index) {
	for _, target := range f.names.Expression(i).Targets {
		if len(target.Classes) > 0 {
			f.loose.classes[target.Classes[0]] = true
		} else {
			f.loose.names[target.Name] = true
		}
	}
}

// constructsAnything reports whether a constructor is, or a lambda calls, something
// that imports or calls by name.
func (f *file) constructsAnything(i syntax.Index) bool {
	i = f.unwrap(i)
	switch f.tree.Kind(i) {
	case syntax.Attribute:
		name := f.tree.Child(i, syntax.AttributeName)
		return name != syntax.None && (unsafeConstructors[string(f.tree.Text(name))] || f.definesUnsafe(string(f.tree.Text(name))))
	case syntax.Identifier:
		return f.definesUnsafe(string(f.tree.Text(i)))
	case syntax.Lambda:
		return f.mentionsUnsafe(i)
	}
	return false
}

// mentionsUnsafe reports whether a part of the file names something that imports or
// calls by name, or runs what it is given.
func (f *file) mentionsUnsafe(i syntax.Index) bool {
	for n := i; n < f.tree.Nodes[i].After; n++ {
		if f.tree.Kind(n) == syntax.Identifier && unsafeConstructors[string(f.tree.Text(n))] {
			return true
		}
	}
	return false
}

// definesUnsafe reports whether a function of that name, in the file, does.
func (f *file) definesUnsafe(name string) bool {
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.FunctionDefinition {
			continue
		}
		id, body := f.tree.Child(i, syntax.Name), f.tree.Child(i, syntax.Body)
		if id != syntax.None && body != syntax.None && string(f.tree.Text(id)) == name && f.mentionsUnsafe(body) {
			return true
		}
	}
	return false
}

// isLoosened reports whether the file made a loader unsafe.
func (f *file) isLoosened(target names.Target) bool {
	l := f.looseLoaders()
	return l.names[target.Name] || slices.ContainsFunc(target.Classes, func(c syntax.Index) bool { return l.classes[c] })
}
