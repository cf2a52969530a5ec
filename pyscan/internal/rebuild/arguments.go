package rebuild

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// runsArgument returns what a function calls with an argument of its own that runs code,
// perhaps by way of functions of the file, or "".
func (r *reader) runsArgument(f syntax.Index, hops int) string {
	if known, ok := r.argues[f]; ok {
		return known
	}
	body := r.tree.Child(f, syntax.Body)
	if body == syntax.None || hops == 0 {
		return ""
	}
	r.argues[f] = ""
	var parameters []string
	for n := range maxParameters {
		if name := r.parameter(f, n); name != "" {
			parameters = append(parameters, name)
		}
	}
	for n := body; n < r.tree.Nodes[body].After && r.step(); n++ {
		if r.tree.Kind(n) == syntax.Assignment {
			// What is made of an argument counts as one.
			left, right := r.tree.Child(n, syntax.Left), r.tree.Child(n, syntax.Right)
			if r.tree.Kind(left) == syntax.Identifier && right != syntax.None && len(parameters) < 2*maxParameters && r.mentionsAny(right, parameters) {
				parameters = append(parameters, string(r.tree.Text(left)))
			}
		}
		if r.tree.Kind(n) != syntax.Call {
			continue
		}
		args, function := r.tree.Child(n, syntax.Arguments), r.tree.Child(n, syntax.Function)
		if args == syntax.None || function == syntax.None || !r.mentionsAny(args, parameters) {
			continue
		}
		for _, name := range r.targets(function) {
			switch r.catalog.PythonEffect(name) {
			case catalog.RunsCode, catalog.Imports, catalog.StartsProcess:
				if name != "sys.exit" {
					r.argues[f] = name
					return name
				}
			}
		}
		for _, g := range r.objects(function) {
			if r.tree.Kind(g) != syntax.FunctionDefinition || r.tree.Kind(function) == syntax.Call {
				continue
			}
			if name := r.runsArgument(g, hops-1); name != "" {
				r.argues[f] = name
				return name
			}
		}
	}
	return ""
}

// maxParameters bounds the parameters of a function that are looked at.
const maxParameters = 16

func (r *reader) mentionsAny(i syntax.Index, words []string) bool {
	for n := i; n < r.tree.Nodes[i].After && r.step(); n++ {
		if r.tree.Kind(n) == syntax.Identifier && r.names.IsUse(n) && slices.Contains(words, string(r.tree.Text(n))) {
			return true
		}
	}
	return false
}
