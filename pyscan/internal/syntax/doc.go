// Package syntax turns Python source into an immutable tree of plain Go records.
//
// It is the only package that touches C: tree-sitter parses, the tree is copied
// node by node into a slice, and every C object is closed before [Parse]
// returns. Go's garbage collector does not see C memory and a node that outlives
// its tree is a crash, so nothing of tree-sitter leaves this package.
//
// It knows kinds and fields of nodes and where they lie, and nothing of what
// they mean: names are bound by package names, sites are found by pyscan.
package syntax
