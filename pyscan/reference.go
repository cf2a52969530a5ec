package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// isDefault reports the default of a parameter. It is a site of its own: it is there
// for all who call the function, and they may hand on something else.
func (f *file) isDefault(i syntax.Index) bool {
	i = f.top(i)
	switch f.tree.Kind(f.tree.Parent(i)) {
	case syntax.DefaultParameter, syntax.TypedDefaultParameter:
		return f.tree.Nodes[i].Field == syntax.Value
	}
	return false
}

// isStub reports a file of types, of which nothing runs: a class that stands on an
// unpickler there says what another file defines.
func (f *file) isStub() bool { return strings.HasSuffix(strings.ToLower(f.path), ".pyi") }

// onlyTested reports a reference that is compared with something or with the class of
// something, or of which only something is said.
func (f *file) onlyTested(i syntax.Index) bool {
	p := f.tree.Parent(i)
	// One tuple, or one name behind "as", may stand between.
	if f.tree.Kind(p) == syntax.AsPattern || f.tree.Kind(p) == syntax.Tuple {
		p = f.tree.Parent(p)
	}
	if f.tree.Kind(p) == syntax.AsPattern {
		p = f.tree.Parent(p)
	}
	switch f.tree.Kind(p) {
	case syntax.ExceptClause, syntax.ExceptGroupClause, syntax.ComparisonOperator:
		return true
	case syntax.ArgumentList:
		call := f.tree.Parent(p)
		if f.tree.Kind(call) != syntax.Call {
			return false
		}
		function := f.tree.Child(call, syntax.Function)
		if function == syntax.None {
			return false
		}
		name := string(f.tree.Text(function))
		return testers[name] || testers[name[strings.LastIndexByte(name, '.')+1:]] && describers[name[:max(0, strings.LastIndexByte(name, '.'))]]
	}
	return false
}

// testers are functions that say something about what they are given, or take its name
// and its documentation, without calling it; describers are modules of such.
var (
	testers = map[string]bool{
		"isinstance": true, "issubclass": true, "callable": true, "id": true, "hash": true, "repr": true, "help": true, "wraps": true, "update_wrapper": true,
		"signature": true, "getsource": true, "getdoc": true, "getfile": true, "getmodule": true, "isfunction": true, "isbuiltin": true, "isclass": true, "isroutine": true,
	}
	describers = map[string]bool{"functools": true, "inspect": true}
)
