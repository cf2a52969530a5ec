package classes

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// Outline says what the nodes of a file stand in, and which functions classes define. All
// that asks for classes and methods of a file asks it.
type Outline struct {
	// Owner is the nearest class, function or lambda around each node, or None; not the
	// node itself.
	Owner []syntax.Index
	// Methods are the functions in the body of each class that has some, the last of each
	// name.
	Methods map[syntax.Index]map[string]syntax.Index
}

// OutlineOf reads the outline of a file.
func OutlineOf(tree *syntax.Tree) *Outline {
	o := &Outline{Owner: make([]syntax.Index, len(tree.Nodes)), Methods: make(map[syntax.Index]map[string]syntax.Index)}
	for i := range tree.Nodes {
		i := syntax.Index(i)
		owner, p := syntax.None, tree.Nodes[i].Parent
		if p != syntax.None {
			if owner = o.Owner[p]; Owns(tree.Kind(p)) {
				owner = p
			}
		}
		o.Owner[i] = owner
		if owner == syntax.None || tree.Kind(i) != syntax.FunctionDefinition || tree.Kind(owner) != syntax.ClassDefinition {
			continue
		}
		if id := tree.Child(i, syntax.Name); id != syntax.None {
			all := o.Methods[owner]
			if all == nil {
				all = make(map[string]syntax.Index)
				o.Methods[owner] = all
			}
			all[string(tree.Text(id))] = i
		}
	}
	return o
}

// Owns reports a kind of node that owns what is in it.
func Owns(k syntax.Kind) bool {
	return k == syntax.ClassDefinition || k == syntax.FunctionDefinition || k == syntax.Lambda
}
