//go:build cgo

package syntax

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"time"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
	"github.com/smacker/go-tree-sitter/python"
)

// grammar is read-only data of the C library and safe to share.
var grammar = python.GetLanguage()

// symbols maps the grammar's numbers to kinds, which are found by name: the
// numbers change with every release of the grammar.
var symbols = makeSymbols()

// symbol is a number of the grammar. Named nodes are kept, punctuation is not.
type symbol struct {
	kind  Kind
	named bool
}

func makeSymbols() []symbol {
	byName := make(map[string]Kind, kindCount)
	for k := AliasedImport; k < kindCount; k++ {
		byName[kindNames[k]] = k
	}
	out := make([]symbol, grammar.SymbolCount())
	for i := range out {
		s := sitter.Symbol(i)
		if grammar.SymbolType(s) == sitter.SymbolTypeRegular {
			out[i] = symbol{byName[grammar.SymbolName(s)], true}
		}
	}
	return out
}

var fields = makeFields()

func makeFields() map[string]Field {
	out := make(map[string]Field, fieldCount)
	for f := Alias; f < fieldCount; f++ {
		out[fieldNames[f]] = f
	}
	return out
}

// Parse parses src within budget. Any bytes give a tree; what is not Python is
// in [Tree.Broken]. The error is [ErrTimeout], [ErrTooLarge], [ErrNoCgo] or that
// of the context.
func Parse(ctx context.Context, src []byte, budget time.Duration) (*Tree, error) {
	return parseIf(ctx, src, budget, func(*sitter.Tree) bool { return true })
}

// ParseBroken is Parse for callers who only care about syntax errors: it returns
// nil and no error for a source that has none, and copies no tree then, which
// is most of the work.
func ParseBroken(ctx context.Context, src []byte, budget time.Duration) (*Tree, error) {
	return parseIf(ctx, src, budget, func(t *sitter.Tree) bool { return t.RootNode().HasError() })
}

func parseIf(ctx context.Context, src []byte, budget time.Duration, want func(*sitter.Tree) bool) (*Tree, error) {
	if len(src) > MaxSource {
		return nil, ErrTooLarge
	}
	// A parser whose limit was hit resumes the old document when it is used
	// again, so every source has its own.
	parser := sitter.NewParser()
	defer parser.Close()
	parser.SetLanguage(grammar)
	parser.SetOperationLimit(int(budget.Microseconds()))
	tree, err := parser.ParseCtx(ctx, nil, src)
	switch {
	case errors.Is(err, sitter.ErrOperationLimit):
		return nil, ErrTimeout
	case err != nil:
		return nil, fmt.Errorf("tree-sitter: %w", err)
	}
	defer tree.Close()
	if !want(tree) {
		return nil, nil
	}
	return flatten(ctx, tree, src)
}

// flatten copies the tree with a cursor, because a cursor neither recurses nor
// searches: asking a node for its n-th child or next sibling does.
func flatten(ctx context.Context, tree *sitter.Tree, src []byte) (*Tree, error) {
	root := tree.RootNode()
	t := &Tree{Source: src, Nodes: make([]Node, 0, len(src)/8+1)}
	broken := root.HasError()
	cursor := sitter.NewTreeCursor(root)
	defer cursor.Close()
	forget := forgetter(tree)
	parent := None
	// open holds, for each level, the node to which a step up returns; a
	// level of punctuation has none of its own.
	var open []Index
	for steps := 0; ; steps++ {
		if steps&0xfff == 0 {
			if ctx.Err() != nil {
				return nil, fmt.Errorf("copying the tree: %w", ctx.Err())
			}
			forget()
		}
		n := cursor.CurrentNode()
		open = append(open, parent)
		if kind, missing, keep := classify(n, broken); keep {
			i := Index(len(t.Nodes))
			t.Nodes = append(t.Nodes, Node{
				Start: n.StartByte(), End: n.EndByte(), Parent: parent, Kind: kind,
				Field: fieldOf(cursor, t, parent), Missing: missing,
			})
			if missing || kind == Error {
				t.Broken = append(t.Broken, i)
			}
			parent = i
		}
		if cursor.GoToFirstChild() {
			continue
		}
		for {
			if parent != open[len(open)-1] {
				t.Nodes[parent].After = Index(len(t.Nodes))
				parent = open[len(open)-1]
			}
			open = open[:len(open)-1]
			if cursor.GoToNextSibling() {
				break
			}
			if !cursor.GoToParent() {
				return t, nil
			}
		}
	}
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

func fieldOf(cursor *sitter.TreeCursor, t *Tree, parent Index) Field {
	if parent == None || !withFields[t.Nodes[parent].Kind] {
		return NoField
	}
	return fields[cursor.CurrentFieldName()]
}
