//go:build cgo

package syntax

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
)

// flattenByCursor copies the tree with a cursor, because a cursor neither
// recurses nor searches: asking a node for its n-th child or next sibling does.
// It is used where the copy in C does not link, and is what that is compared
// with.
func flattenByCursor(ctx context.Context, tree *sitter.Tree, src []byte) (*Tree, error) {
	root := tree.RootNode()
	b := newBuilder(src)
	broken := root.HasError()
	cursor := sitter.NewTreeCursor(root)
	defer cursor.Close()
	forget := forgetter(tree)
	level := uint32(0)
	for steps := 0; ; steps++ {
		if steps&0xfff == 0 {
			if ctx.Err() != nil {
				return nil, fmt.Errorf("copying the tree: %w", ctx.Err())
			}
			forget()
		}
		n := cursor.CurrentNode()
		if kind, missing, keep := classify(n, broken); keep {
			b.add(node{
				start: n.StartByte(), end: n.EndByte(), level: level, kind: kind, field: fieldNamed(cursor.CurrentFieldName()), missing: missing,
			})
		}
		if cursor.GoToFirstChild() {
			level++
			continue
		}
		for !cursor.GoToNextSibling() {
			if !cursor.GoToParent() {
				return b.finish(), nil
			}
			level--
		}
	}
}

func fieldNamed(name string) Field {
	if name != "" {
		for f := Alias; f < fieldCount; f++ {
			if fieldNames[f] == name {
				return f
			}
		}
	}
	return NoField
}

// forgetter returns a function that empties the binding's cache of nodes. It
// keeps every node that a cursor ever stood on, in Go memory, which is several
// times the tree itself; nothing here asks for a node twice. The binding offers no
// way to do without, hence reflection; where the field is gone, nothing is done
// and a test fails.
func forgetter(tree *sitter.Tree) func() {
	field := reflect.ValueOf(tree).Elem().FieldByName(cacheField)
	if !field.IsValid() || field.Kind() != reflect.Map {
		return func() {}
	}
	cache := reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
	return cache.Clear
}

// cacheField is the name of that cache in sitter.Tree.
const cacheField = "cache"

func classify(n *sitter.Node, broken bool) (kind Kind, missing, keep bool) {
	s := n.Symbol()
	if s == math.MaxUint16 {
		return Error, false, true
	}
	if int(s) < len(symbols) {
		kind, keep = symbols[s].kind, symbols[s].named
	}
	missing = broken && n.IsMissing()
	return kind, missing, keep || missing
}
