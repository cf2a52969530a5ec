package decodesite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

func TestReaches(t *testing.T) {
	const src = `package p
type list struct{ next *list; n int }
type open struct{ next *open; v map[string][]any }
type bytes struct{ b []byte; s string }
type slices struct{ n []int }
type generic[T any] struct{ v T }
type ( a = *list; b = *open; c = *bytes; d = *slices; e = generic[int]; f = generic[error]; g = map[string]int; h = [4]any; i = any; j = chan any; k = func() any )
type RawMessage []byte
type ( raw = *RawMessage; rawIn = *[3]struct{ n int; m RawMessage } )
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]bool{ // an interface; or a container
		"a": {false, false}, "b": {true, true}, "c": {false, false}, "d": {false, true}, "e": {false, false},
		"f": {true, true}, "g": {false, true}, "h": {true, true}, "i": {true, true}, "j": {false, false}, "k": {false, false},
	} {
		typ := pkg.Scope().Lookup(name).Type()
		if got := [2]bool{reaches(typ, false), reaches(typ, true)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for name, want := range map[string]bool{"k": false, "c": false, "raw": true, "rawIn": true} {
		typ := pkg.Scope().Lookup(name).Type()
		if got := holdsRaw(typ, "p"); got != want {
			t.Errorf("%s holds a raw message: %v, want %v", name, got, want)
		}
		if holdsRaw(typ, "q") {
			t.Errorf("%s holds a raw message of another package", name)
		}
	}
}
