package rebuild

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// hook reports an expression that the state chooses: getattr(self, state["hook"]),
// state["hook"].
func (l *loaded) hook(f, i syntax.Index, depth int) bool {
	if i = l.unwrap(i); l.state == "" || f != l.entry || i == syntax.None || depth > maxCalls {
		return false
	}
	switch l.tree.Kind(i) {
	case syntax.Call:
		function := l.tree.Child(i, syntax.Function)
		if l.isName(function, "getattr") {
			key := l.names.Argument(i, 1, "")
			return key != syntax.None && l.word(key) == "" && l.fromState(key, 0)
		}
		of, method := l.attribute(function)
		return (method == "get" || method == "pop") && l.isName(of, l.state)
	case syntax.Subscript:
		return l.isName(l.tree.First(i), l.state)
	case syntax.Identifier:
		if value := l.names.OnlyValue(i); value != syntax.None {
			return l.hook(f, value, depth+1)
		}
	}
	return false
}

// fromState reports an expression that has the state in it, through names that are bound
// once.
func (l *loaded) fromState(i syntax.Index, depth int) bool {
	for n := i; n < l.tree.Nodes[i].After && l.step(); n++ {
		if l.tree.Kind(n) != syntax.Identifier {
			continue
		}
		if l.isName(n, l.state) || l.isName(n, l.parameter(l.entry, 0)) {
			return true
		}
		if value := l.names.OnlyValue(n); value != syntax.None && depth < maxCalls && l.fromState(value, depth+1) {
			return true
		}
	}
	return false
}

// isState reports the function that gets the state of an object. Others may keep what
// they make in a cache.
func (l *loaded) isState(f syntax.Index) bool { return l.state != "" && f == l.entry }

// keeps reports REGISTRY.append(self).
func (l *loaded) keeps(f, call, function syntax.Index) bool {
	of, method := l.attribute(function)
	if !l.isState(f) || of == syntax.None {
		return false
	}
	switch method {
	case "append", "add", "insert", "register", "appendleft", "setdefault", "connect", "subscribe":
	default:
		return false
	}
	args, given := l.tree.Child(call, syntax.Arguments), false
	if args == syntax.None {
		return false
	}
	for a := l.tree.First(args); a != syntax.None; a = l.tree.Next(a) {
		given = given || l.isName(a, l.parameter(f, 0))
	}
	return given && l.isShared(f, of)
}

// isShared reports what belongs to the module or to the class, and keeps alive what is put
// there.
func (l *loaded) isShared(f, i syntax.Index) bool {
	root := l.unwrap(i)
	for range maxCalls {
		if slices.ContainsFunc(l.targets(root), func(name string) bool { return len(name) > 8 && name[:8] == "weakref." }) {
			return false
		}
		of, name := l.attribute(root)
		if of == syntax.None {
			break
		}
		if name == "__class__" && l.isName(of, l.parameter(f, 0)) {
			return true
		}
		root = l.unwrap(of)
	}
	if l.tree.Kind(root) == syntax.Call {
		return l.isType(l.tree.Child(root, syntax.Function))
	}
	if l.tree.Kind(root) != syntax.Identifier {
		return false
	}
	name := string(l.tree.Text(root))
	bound, ok := l.names.Module(name)
	if !ok || l.isLocal(f, name) {
		return false
	}
	return bound.Definition != syntax.None || bound.Value != syntax.None || len(bound.Targets) > 0 || l.isClass(root)
}

func (l *loaded) isClass(i syntax.Index) bool {
	return slices.ContainsFunc(l.objects(i), func(o syntax.Index) bool { return l.tree.Kind(o) == syntax.ClassDefinition })
}

// isLocal reports a name that a function binds itself: a parameter, or by assignment.
func (l *loaded) isLocal(f syntax.Index, name string) bool {
	for n := range 8 {
		if l.parameter(f, n) == name {
			return true
		}
	}
	for n := f; n < l.tree.Nodes[f].After && l.step(); n++ {
		if l.tree.Kind(n) == syntax.Assignment && l.isName(l.tree.Child(n, syntax.Left), name) {
			return !slices.Contains(l.globals[f], name)
		}
	}
	return false
}
