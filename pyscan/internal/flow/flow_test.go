//go:build cgo

package flow

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

func parse(t *testing.T, src string) *syntax.Tree {
	t.Helper()
	tree, err := syntax.Parse(context.Background(), []byte(src), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// first returns the function f of a tree, or the module.
func first(tree *syntax.Tree) syntax.Index {
	for i := range tree.Nodes {
		if id := tree.Child(syntax.Index(i), syntax.Name); tree.Kind(syntax.Index(i)) == syntax.FunctionDefinition && string(tree.Text(id)) == "f" {
			return syntax.Index(i)
		}
	}
	return 0
}

func build(t *testing.T, src string) *Graph {
	t.Helper()
	tree := parse(t, src)
	options := Options{Swallows: func(manager syntax.Index) bool { return strings.HasPrefix(string(tree.Text(manager)), "suppress(") }}
	return Build(tree, first(tree), options)
}

// testdata/graphs.txt holds sources and their graphs: "## name", the source, "--", the
// graph. UPDATE=1 writes the graphs anew, to be read before they are kept.
func TestGraphs(t *testing.T) {
	raw, err := os.ReadFile("testdata/graphs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	parts := strings.Split(string(raw), "## ")
	if len(parts) < 20 {
		t.Fatalf("only %d graphs", len(parts)-1)
	}
	out.WriteString(parts[0])
	for _, part := range parts[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		src, want, _ := strings.Cut(rest, "--\n")
		got := build(t, src).String()
		if want = strings.TrimSuffix(want, "\n"); strings.TrimSpace(got) != strings.TrimSpace(want) {
			if os.Getenv("UPDATE") == "" {
				t.Errorf("%s: the graph is\n%s\nwant\n%s", name, got, want)
			}
		}
		out.WriteString("## " + name + "\n" + src + "--\n" + got + "\n")
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/graphs.txt", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// assigned is the set of names that are certainly bound: small enough to test the solver.
type assigned struct{ tree *syntax.Tree }

func (a assigned) Start() string { return "" }

func (a assigned) Join(_ int32, states []string) string {
	var out []string
	for _, name := range strings.Fields(states[0]) {
		everywhere := true
		for _, s := range states[1:] {
			everywhere = everywhere && strings.Contains(" "+s+" ", " "+name+" ")
		}
		if everywhere {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

func (a assigned) Transfer(_ int32, s *Step, before string) (string, bool) {
	switch s.Op {
	case Bind:
		name := string(a.tree.Text(s.Node))
		if !strings.Contains(" "+before+" ", " "+name+" ") {
			before = strings.TrimSpace(before + " " + name)
		}
	case Call:
		return before, !strings.HasPrefix(string(a.tree.Text(s.Node)), "die(")
	}
	return before, true
}

func (a assigned) Refine(_ int32, _ *Step, _ bool, after string) (string, bool) { return after, true }
func (a assigned) Equal(x, y string) bool                                       { return x == y }

func TestSolve(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"both branches", "def f(c):\n  if c: x = 1\n  else: x = 2; y = 3\n  here()\n", "c x"},
		{"one leaves", "def f(c):\n  if c: return\n  else: x = 2\n  here()\n", "c x"},
		{"a call that does not return", "def f(c):\n  if c: die()\n  else: x = 2\n  here()\n", "c x"},
		{"a loop", "def f(c):\n  for x in c:\n    y = x\n  here()\n", "c"},
		{"inside the loop", "def f(c):\n  while c():\n    y = c\n    here()\n    z = 1\n", "c y"},
		{"while true", "def f(c):\n  while True:\n    x = c()\n    if x: break\n  here()\n", "c x"},
		{"in try, before the handler", "def f(c):\n  try:\n    x = c()\n    y = x[0]\n  except KeyError:\n    here()\n", "c"},
		{"behind try", "def f(c):\n  try:\n    x = c()\n  except KeyError:\n    x = 0\n  here()\n", "c x"},
		{"finally", "def f(c):\n  try:\n    x = c()\n  finally:\n    here()\n", "c"},
		{"walrus", "def f(c):\n  if (x := c()) and here(): pass\n", "c x"},
		{"suppressed", "def f(c):\n  with suppress(E):\n    x = c()\n  here()\n", "c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := build(t, tt.src)
			a := assigned{g.tree}
			sol := Solve(g, a)
			if !sol.Complete || !g.Trusted {
				t.Fatal("not complete")
			}
			found := false
			got := ""
			for i := range g.Steps {
				if s := &g.Steps[i]; s.Op == Call && strings.HasPrefix(string(g.tree.Text(s.Node)), "here(") && sol.Reached[i] {
					if found {
						got = a.Join(0, []string{got, sol.Before[i]})
						continue
					}
					found, got = true, sol.Before[i]
				}
			}
			if !found || got != tt.want {
				t.Errorf("certainly bound: %q, want %q\n%s", got, tt.want, g)
			}
		})
	}
}

// What is deep or long ends in a graph that says so, and soon.
func TestBounds(t *testing.T) {
	deep := 100_000
	var nest strings.Builder
	for i := range 60 {
		indent := strings.Repeat(" ", i)
		nest.WriteString(indent + "try: f()\n" + indent + "finally:\n")
	}
	nest.WriteString(strings.Repeat(" ", 60) + "g()\n")
	for name, src := range map[string]string{
		"brackets":   "x = " + strings.Repeat("(", deep) + strings.Repeat(")", deep) + "\n",
		"calls":      "x = " + strings.Repeat("f(", 2000) + strings.Repeat(")", 2000) + "\n",
		"and":        "x = a" + strings.Repeat(" and a", 2000) + "\n",
		"statements": strings.Repeat("f()\n", maxSteps+1),
		"finally":    nest.String(),
		"broken":     "def f(:\n  x = = 1\n",
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := syntax.Parse(context.Background(), []byte(src), time.Minute)
			if err != nil {
				t.Skip(err)
			}
			start := time.Now()
			g := Build(tree, 0, Options{})
			if len(g.Steps) > maxSteps+2 || time.Since(start) > 5*time.Second {
				t.Errorf("%d steps in %v", len(g.Steps), time.Since(start))
			}
			if g.Trusted {
				t.Errorf("a graph of %d steps is trusted", len(g.Steps))
			}
			if name != "broken" {
				Solve(g, assigned{tree})
			}
		})
	}
}
