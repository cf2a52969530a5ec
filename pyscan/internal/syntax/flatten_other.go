//go:build cgo && !linux

package syntax

import (
	"context"

	sitter "github.com/smacker/go-tree-sitter"
)

// The linkers of other systems treat weak references in other ways.
func flatten(ctx context.Context, tree *sitter.Tree, src []byte) (*Tree, error) {
	return flattenByCursor(ctx, tree, src)
}
