//go:build cgo

package syntax

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sitter "github.com/smacker/go-tree-sitter"
)

// The copy in C and the one by the binding's cursor are the same.
func TestFlattensAgree(t *testing.T) {
	sources := []string{
		"", "\n", "a.b(c)\n", "if x:\n  y\nelse:\n  z\n", "f'{a!r:>{w}}'", "\xff\x00", "class C(\n", "match x:\n case [a, *b]: pass",
		"return 1, *a.b(c)\n[*f(x)]\n", "x = = (\n", "def f(:\n", strings.Repeat("(", 500), strings.Repeat("if a: b\n", 3000), "print 'a', b\n",
	}
	for _, pattern := range []string{"../../testdata/*.py"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, string(src))
		}
	}
	for _, src := range sources {
		parser := sitter.NewParser()
		parser.SetLanguage(grammar)
		tree, err := parser.ParseCtx(context.Background(), nil, []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		got, err := flatten(context.Background(), tree, []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		want, err := flattenByCursor(context.Background(), tree, []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		check(t, got)
		if !slices.Equal(got.Nodes, want.Nodes) || !slices.Equal(got.Broken, want.Broken) {
			t.Errorf("%.60q:\n    C %s\ncursor %s", src, outline(got), outline(want))
		}
		tree.Close()
		parser.Close()
	}
}

// A star binds weaker than what follows it.
func TestStarsAreNotPartsOfCalls(t *testing.T) {
	for src, want := range map[string]string{
		"return 1, *a.b(c)\n": "module return_statement expression_list integer call@11 function:attribute@11 object:identifier attribute:identifier arguments:argument_list identifier",
		"[1, *f(x)(y)]\n":     "",
		"x = *a.b.c(d), 1\n":  "",
		"f(*a.b(c))\n":        "",
	} {
		tree := parse(t, src)
		for i := range tree.Nodes {
			i := Index(i)
			if k := tree.Kind(i); (k == Call || k == Attribute) && strings.HasPrefix(string(tree.Text(i)), "*") {
				t.Errorf("%q: %s %q", src, k, tree.Text(i))
			}
		}
		if want != "" && outline(tree) != strings.NewReplacer("@11", "").Replace(want) {
			t.Errorf("%q: %s", src, outline(tree))
		}
	}
}
