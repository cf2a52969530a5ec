//go:build cgo && linux

package syntax

// #include "flatten.h"
import "C"

import (
	"context"
	"errors"
	"fmt"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
)

// named says which symbols of the grammar are told, in memory that C may keep.
var named = func() unsafe.Pointer {
	table := make([]byte, len(symbols))
	for i, s := range symbols {
		if s.named {
			table[i] = C.PL_NAMED
			if withFields[s.kind] {
				table[i] = C.PL_FIELDED
			}
		}
	}
	return C.CBytes(table)
}()

var errMemory = errors.New("no memory to copy the tree")

// batch is how many nodes are copied by one call into C.
const batch = 4096

// flatten copies the tree in C: a call into C for every node would take longer
// than the parsing.
func flatten(ctx context.Context, tree *sitter.Tree, src []byte) (*Tree, error) {
	root := tree.RootNode()
	b := newBuilder(src)
	broken := C.int(0)
	if root.HasError() {
		broken = 1
	}
	// A sitter.Node begins with the TSNode. It is copied, since C must not see
	// the Go pointer behind it.
	walk := C.pl_open(*(*C.pl_node)(unsafe.Pointer(root)), (*C.uint8_t)(named), C.uint32_t(len(symbols)), broken)
	if walk == nil {
		return nil, errMemory
	}
	defer C.pl_close(walk)
	recs := make([]C.pl_rec, batch)
	for {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("copying the tree: %w", ctx.Err())
		}
		n := C.pl_read(walk, &recs[0], batch)
		switch n {
		case 0:
			return b.finish(), nil
		case C.PL_FAILED:
			return nil, errMemory
		}
		for i := range recs[:n] {
			r := &recs[i]
			kind := Error
			if int(r.symbol) < len(symbols) {
				kind = symbols[r.symbol].kind
			}
			b.add(node{
				start: uint32(r.start), end: uint32(r.end), level: uint32(r.level),
				kind: kind, field: fieldIDs[r.field], missing: r.missing != 0,
			})
		}
	}
}
