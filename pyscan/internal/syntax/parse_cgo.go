//go:build cgo

package syntax

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// fieldIDs maps the grammar's numbers of fields.
var fieldIDs = makeFields()

func makeFields() (out [256]Field) {
	byName := make(map[string]Field, fieldCount)
	for f := Alias; f < fieldCount; f++ {
		byName[fieldNames[f]] = f
	}
	for i := range out {
		if i > 0 {
			out[i] = byName[grammar.FieldName(i)]
		}
	}
	return out
}

// Parse parses src within budget. Any bytes give a tree; what is not Python is
// in [Tree.Broken]. The error is [ErrTimeout], [ErrTooLarge], [ErrTooDense],
// [ErrNoCgo] or that of the context.
func Parse(ctx context.Context, src []byte, budget time.Duration) (*Tree, error) {
	if len(src) > MaxSource {
		return nil, ErrTooLarge
	}
	if len(src) > MaxTokens && tokens(src) > MaxTokens {
		return nil, ErrTooDense
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
	return flatten(ctx, tree, src)
}
