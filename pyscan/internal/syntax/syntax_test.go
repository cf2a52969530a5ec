//go:build cgo

package syntax

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
)

func parse(t testing.TB, src string) *Tree {
	t.Helper()
	tree, err := Parse(context.Background(), []byte(src), 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	check(t, tree)
	return tree
}

// check verifies the preorder invariants on which every walk rests.
func check(t testing.TB, tree *Tree) {
	t.Helper()
	for i, n := range tree.Nodes {
		i := Index(i)
		if n.After <= i || int(n.After) > len(tree.Nodes) {
			t.Fatalf("node %d ends at %d of %d", i, n.After, len(tree.Nodes))
		}
		if n.Start > n.End || int(n.End) > len(tree.Source) {
			t.Fatalf("node %d lies at %d-%d of %d", i, n.Start, n.End, len(tree.Source))
		}
		if i == 0 {
			if n.Parent != None {
				t.Fatalf("the root has a parent")
			}
			continue
		}
		p := tree.Nodes[n.Parent]
		if n.Parent >= i || n.After > p.After || n.Start < p.Start || n.End > p.End {
			t.Fatalf("node %d %+v is not inside its parent %+v", i, n, p)
		}
	}
}

func outline(tree *Tree) string {
	var b strings.Builder
	for i, n := range tree.Nodes {
		if i > 0 {
			b.WriteByte(' ')
		}
		if n.Field != NoField {
			b.WriteString(fieldNames[n.Field] + ":")
		}
		b.WriteString(n.Kind.String())
	}
	return b.String()
}

// A kind or a field whose name the grammar does not know would never be seen.
func TestNamesAreTheGrammars(t *testing.T) {
	known := make(map[string]bool)
	for i := range symbols {
		known[grammar.SymbolName(sitter.Symbol(i))] = true
	}
	for k := AliasedImport; k < kindCount; k++ {
		if kindNames[k] == "" || !known[kindNames[k]] {
			t.Errorf("kind %d: %q is no name of the grammar", k, kindNames[k])
		}
	}
	fieldsKnown := make(map[string]bool)
	for i := 1; i < 256; i++ {
		name := grammar.FieldName(i)
		if name == "" {
			break
		}
		fieldsKnown[name] = true
	}
	for f := Alias; f < fieldCount; f++ {
		if !fieldsKnown[fieldNames[f]] {
			t.Errorf("field %d: %q is no name of the grammar", f, fieldNames[f])
		}
	}
}

// Without the cache of the binding emptied, a large file takes gigabytes.
func TestForgetter(t *testing.T) {
	parser := sitter.NewParser()
	defer parser.Close()
	parser.SetLanguage(grammar)
	tree, err := parser.ParseCtx(context.Background(), nil, []byte("a.b(c)\n"))
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	cache := reflect.ValueOf(tree).Elem().FieldByName(cacheField)
	if !cache.IsValid() || cache.Kind() != reflect.Map {
		t.Fatalf("sitter.Tree has no map %q", cacheField)
	}
	before := tree.RootNode()
	if cache.Len() == 0 {
		t.Fatal("the map is not the cache of nodes")
	}
	forgetter(tree)()
	if cache.Len() != 0 || tree.RootNode() == before {
		t.Error("the cache is not emptied")
	}
}

func TestOutline(t *testing.T) {
	for src, want := range map[string]string{
		"":                      "module",
		"a.b(c, d=1)\n":         "module expression_statement call function:attribute object:identifier attribute:identifier arguments:argument_list identifier keyword_argument name:identifier value:integer",
		"import a.b as c\n":     "module import_statement name:aliased_import name:dotted_name identifier identifier alias:identifier",
		"from . import x\n":     "module import_from_statement module_name:relative_import other name:dotted_name identifier",
		"from a import *\n":     "module import_from_statement module_name:dotted_name identifier wildcard_import",
		"x = y = z\n":           "module expression_statement assignment left:identifier right:assignment left:identifier right:identifier",
		"f(  # note\n  g)\n":    "module expression_statement call function:identifier arguments:argument_list comment identifier",
		"print 'a' % b\n":       "module print_statement binary_operator string other other other identifier",
		"with a as b: pass\n":   "module with_statement other with_item as_pattern identifier as_pattern_target identifier block pass_statement",
		"except_ = lambda q: 1": "module expression_statement assignment left:identifier right:lambda parameters:lambda_parameters identifier body:integer",
	} {
		if got := outline(parse(t, src)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", src, got, want)
		}
	}
}

func TestChildren(t *testing.T) {
	tree := parse(t, "f(  # note\n  g, # more\n  h)\n")
	var args Index
	for i := range tree.Nodes {
		if tree.Kind(Index(i)) == ArgumentList {
			args = Index(i)
		}
	}
	var got []string
	for c := tree.First(args); c != None; c = tree.Next(c) {
		got = append(got, string(tree.Text(c)))
	}
	if fmt.Sprint(got) != "[g h]" {
		t.Errorf("children %q", got)
	}
	if call := tree.Parent(args); tree.Child(call, Arguments) != args || tree.Child(call, Alias) != None {
		t.Error("fields do not lead to the arguments")
	}
	if tree.Next(0) != None {
		t.Error("the root has a sibling")
	}
}

func TestBroken(t *testing.T) {
	for src, want := range map[string]bool{
		"x = 1\n": false, "x = (1\n": true, "def f(:\n  pass\n": true, "'open\n": true, "a\x00b\n": true,
		"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n": true,
	} {
		if got := len(parse(t, src).Broken) > 0; got != want {
			t.Errorf("%q: broken %v, want %v", src, got, want)
		}
	}
}

func TestDeepNesting(t *testing.T) {
	for _, unit := range [][2]string{{"(", ")"}, {"[", "]"}, {"-", ""}, {"not ", ""}, {"f(", ")"}, {"lambda: ", ""}, {"a if b else ", ""}} {
		deep := min(100_000, (MaxSource-2)/len(unit[0]+unit[1]))
		src := strings.Repeat(unit[0], deep) + "x" + strings.Repeat(unit[1], deep) + "\n"
		tree, err := Parse(context.Background(), []byte(src), Budget(len(src)))
		if errors.Is(err, ErrTimeout) {
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", unit[0], err)
			continue
		}
		check(t, tree)
	}
}

func TestLimits(t *testing.T) {
	if _, err := Parse(context.Background(), make([]byte, MaxSource+1), time.Second); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	dashes := append(bytes.Repeat([]byte("-"), MaxTokens), 'x')
	if _, err := Parse(context.Background(), dashes, time.Minute); !errors.Is(err, ErrTooDense) {
		t.Errorf("too dense: %v", err)
	}
	// A large literal is no more than a few tokens, whatever it spells.
	if _, err := Parse(context.Background(), []byte("x = b'"+strings.Repeat(`\x80`, 260_000)+"'\n"), time.Minute); err != nil {
		t.Errorf("a large literal: %v", err)
	}
	noise := bytes.Repeat([]byte("}{)(@!;: \"'x\n"), 40_000)
	if _, err := Parse(context.Background(), noise, time.Millisecond); !errors.Is(err, ErrTimeout) {
		t.Errorf("timeout: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Parse(ctx, noise, time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	// A limit that was hit must not leak into the next source.
	if got := outline(parse(t, "x\n")); got != "module expression_statement identifier" {
		t.Errorf("after a timeout: %s", got)
	}
}

func TestConcurrent(t *testing.T) {
	src := strings.Repeat("def f(a):\n    return pickle.loads(a)\n", 50)
	want := outline(parse(t, src))
	done := make(chan string)
	for range 4 {
		go func() {
			tree, err := Parse(context.Background(), []byte(src), time.Minute)
			if err != nil {
				done <- err.Error()
				return
			}
			done <- outline(tree)
		}()
	}
	for range 4 {
		if got := <-done; got != want {
			t.Errorf("concurrent parse differs: %.200s", got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a.b(c)\n", "if x:\n  y\n", "f'{a!r:>{w}}'", "\xff\x00", "class C(\n", "match x:\n case [a, *b]: pass"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		tree, err := Parse(context.Background(), []byte(src), 5*time.Second)
		if err != nil {
			return
		}
		check(t, tree)
	})
}

func BenchmarkParse(b *testing.B) {
	src := []byte(strings.Repeat("def f(a, b=1):\n    x = pickle.loads(a.read(b))\n    return {'k': x, 'n': [i for i in x]}\n", 2000))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(context.Background(), src, time.Minute); err != nil {
			b.Fatal(err)
		}
	}
}
