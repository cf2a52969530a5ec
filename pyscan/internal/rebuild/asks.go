package rebuild

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// telling are words with which there may be something to tell, besides methods that the
// loader calls.
var telling = map[string]bool{
	"__reduce__": true, "__reduce_ex__": true, "reducer_override": true, "dispatch_table": true, "copyreg": true, "copy_reg": true, "ForkingPickler": true,
}

// loadedMethods are those methods.
var loadedMethods = map[string]bool{"__setstate__": true, "__new__": true, "__getinitargs__": true}

// harmless are calls that a __setstate__ is made of and that are never told.
var harmless = map[string]bool{
	"update": true, "super": true, "isinstance": true, "setattr": true, "pop": true, "items": true, "__setstate__": true, "__setattr__": true,
	"hasattr": true, "len": true, "zip": true, "dict": true, "list": true, "tuple": true, "__new__": true, "vars": true, "ValueError": true, "TypeError": true,
	"Lock": true, "RLock": true, "type": true, "typ_": true, "range": true, "copy": true, "enumerate": true,
}

// Asks reports whether there may be something to tell of a file. Most classes that
// take part in pickling only leave something out of their state, and to follow all names of a
// file costs as much as to find its sites.
func Asks(tree *syntax.Tree) bool {
	inside := syntax.Index(-1) // the end of the method that the loader calls
	for i := range tree.Nodes {
		i := syntax.Index(i)
		switch tree.Kind(i) {
		case syntax.Identifier:
			if telling[string(bytes.TrimLeft(tree.Text(i), "_"))] || telling[string(tree.Text(i))] {
				return true
			}
			if p := tree.Parent(i); loadedMethods[string(tree.Text(i))] {
				if tree.Kind(p) != syntax.FunctionDefinition {
					if tree.Kind(p) == syntax.Attribute {
						continue // super().__new__
					}
					return true
				}
				inside = max(inside, tree.Nodes[p].After)
			}
		case syntax.String:
			if text := bytes.Trim(tree.Text(i), `"'`); len(text) < 20 && telling[string(text)] {
				return true
			}
		case syntax.GlobalStatement, syntax.Subscript, syntax.ExecStatement:
			if i >= inside {
				continue
			}
			if tree.Kind(i) != syntax.Subscript || tree.Nodes[i].Field == syntax.Left && !isOfSelf(tree, i) {
				return true
			}
		case syntax.Call:
			if i < inside && !harmless[string(lastWord(tree, tree.Child(i, syntax.Function)))] {
				return true
			}
		}
	}
	return false
}

// isOfSelf reports an item of an attribute, self.cache[key] = value, or of a name of the
// function: what has another name than self may be shared.
func isOfSelf(tree *syntax.Tree, i syntax.Index) bool {
	of := tree.First(i)
	for tree.Kind(of) == syntax.Attribute {
		of = tree.Child(of, syntax.Object)
	}
	return of != syntax.None && string(tree.Text(of)) == "self"
}

func lastWord(tree *syntax.Tree, f syntax.Index) []byte {
	switch {
	case f == syntax.None:
		return nil
	case tree.Kind(f) == syntax.Attribute:
		if id := tree.Child(f, syntax.AttributeName); id != syntax.None {
			return tree.Text(id)
		}
		return nil
	case tree.Kind(f) == syntax.Identifier:
		return tree.Text(f)
	}
	return nil
}
