package pyscan

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// extends are the methods that add to a list of what is allowed.
var extends = map[string]bool{"add": true, "append": true, "extend": true, "insert": true, "update": true, "__ior__": true, "setdefault": true}

// extended looks at the pairs that the file adds to a list elsewhere: ALLOWED.add(pair),
// ALLOWED |= pairs, ALLOWED[pair] = True.
func (j *findClassJudge) extended(list syntax.Index) {
	if j.tree.Kind(list) != syntax.Identifier {
		return
	}
	if j.file.extensions == nil {
		j.file.extensions = j.file.findExtensions()
	}
	for _, added := range j.file.extensions[string(j.tree.Text(list))] {
		j.pairsIn(added)
	}
}

// findExtensions finds the nodes that add something to a name, by the name; of each
// the first.
func (f *file) findExtensions() map[string][]syntax.Index {
	out := make(map[string][]syntax.Index)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Identifier {
			continue
		}
		added := syntax.None
		switch p := f.tree.Parent(i); {
		case f.tree.Kind(p) == syntax.AugmentedAssignment && f.tree.Nodes[i].Field == syntax.Left:
			added = p
		case f.tree.Kind(p) == syntax.Subscript && f.tree.Kind(f.tree.Parent(p)) == syntax.Assignment && f.tree.Nodes[p].Field == syntax.Left:
			added = p
		case f.tree.Kind(p) == syntax.Attribute && f.tree.Nodes[i].Field == syntax.Object && f.tree.Kind(f.tree.Parent(p)) == syntax.Call:
			if attribute := f.tree.Child(p, syntax.AttributeName); attribute != syntax.None && extends[string(f.tree.Text(attribute))] {
				added = f.tree.Parent(p)
			}
		}
		if added == syntax.None {
			continue
		}
		if name := string(f.tree.Text(i)); len(out[name]) < maxListed {
			out[name] = append(out[name], added)
		}
	}
	return out
}

// pairsIn looks at all pairs of strings in a node.
func (j *findClassJudge) pairsIn(node syntax.Index) {
	n := 0
	for i := node; i < j.tree.Nodes[node].After && n < maxListed; i++ {
		if j.tree.Kind(i) != syntax.Tuple && j.tree.Kind(i) != syntax.Subscript {
			continue
		}
		n++
		if parts := j.strings(i); len(parts) == 2 {
			j.listed(parts[0], parts[1])
		}
	}
}
