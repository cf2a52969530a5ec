package flow

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Op is what a step does.
type Op uint8

// The ops.
const (
	// Enter is the first step, Leave the one at which the code has returned, and
	// Escape the one at which an exception has left it.
	Enter Op = iota
	Leave
	Escape
	// Call is one call expression, its arguments done.
	Call
	// Bind gives a target a value, or takes it away; see How.
	Bind
	// Test is an atomic condition: Next if it holds, Else if not.
	Test
	// Iterate asks for the next item of Value: Next if there is one, Else at the end.
	Iterate
	// Match compares Value with a pattern: Next if it matches, Else if not.
	Match
	// Catch is an except clause: Next if it takes the exception, Else if not.
	Catch
	// Swallow is the end of a with statement of which the manager, Value, may suppress
	// the exception: Next if it does, Else if not.
	Swallow
	// Return without a Value is also where the end of the code is reached; its Node then
	// is the Root.
	Return
	Raise
	Yield
	// Evaluate is an expression statement that is no call.
	Evaluate
	// Loop is where a while loop begins a round.
	Loop
)

var opNames = [...]string{
	Enter: "enter", Leave: "leave", Escape: "escape", Call: "call", Bind: "bind", Test: "test", Iterate: "iterate", Match: "match", Catch: "catch",
	Swallow: "swallow", Return: "return", Raise: "raise", Yield: "yield", Evaluate: "evaluate", Loop: "loop",
}

func (o Op) String() string { return opNames[o] }

// How is the way in which a target gets a value.
type How uint8

// The ways. Of Parameter, Import, Define and Delete there is no value; the value of
// Augmented is the right side, of Item and Capture what an item is taken of.
const (
	Assigned How = iota
	Augmented
	Item
	Entered
	Caught
	Capture
	Walrus
	Parameter
	Import
	Define
	Delete
)

var howNames = [...]string{
	Assigned: "=", Augmented: "augmented", Item: "item", Entered: "entered", Caught: "caught", Capture: "capture", Walrus: ":=", Parameter: "parameter",
	Import: "import", Define: "define", Delete: "delete",
}

func (h How) String() string { return howNames[h] }

// None is the number of no step.
const None int32 = -1

// Step is one step. Of the ways out, Next is the usual one, and Except is taken where
// the step does not come to its end because of an exception.
type Step struct {
	Op  Op
	How How
	// Assert: the step belongs to an assert statement, which Python leaves out under
	// the option -O.
	Assert bool
	// Node is the call, the target, the condition, the pattern, the clause or the
	// statement; syntax.None for Enter, Leave and Escape.
	Node syntax.Index
	// Value is the expression whose value is bound, iterated over, matched, returned,
	// raised or yielded, the class that is caught, or syntax.None.
	Value syntax.Index
	// Part says what of Value is bound: 0 all of it, n item n counted from 1, and -1
	// an item or a slice of it that is not known.
	Part int32
	// Left, Right and Operator are those of a Test that is a comparison; one that
	// is part of a chain has the whole chain as its Node.
	Left, Right syntax.Index
	Operator    string

	Next, Else, Except int32
}

// Graph is the control flow of one function, lambda or module.
type Graph struct {
	// Root is the definition, or the module.
	Root  syntax.Index
	Steps []Step
	// Leave and Escape are the numbers of those steps. Enter is 0.
	Leave, Escape int32
	// Trusted: the graph is complete.
	Trusted bool

	tree *syntax.Tree
	// calls maps the nodes of calls to their steps: to several where a finally block
	// is copied.
	calls map[syntax.Index][]int32
	// preds lists the ways into each step, and order the steps so that, but for loops, each
	// stands behind those that lead to it.
	preds [][]way
	order []int32
}

// way is a way into a step: out of another, by one of its ways out.
type way struct {
	from int32
	edge edge
}

type edge uint8

const (
	next edge = iota
	otherwise
	except
)

// CallSteps returns the steps of a call, several where it stands in a finally block.
func (g *Graph) CallSteps(call syntax.Index) []int32 { return g.calls[call] }

func (s *Step) out(e edge) int32 {
	switch e {
	case next:
		return s.Next
	case otherwise:
		return s.Else
	}
	return s.Except
}

// index fills in the ways into the steps, and an order of them.
func (g *Graph) index() {
	g.preds = make([][]way, len(g.Steps))
	g.calls = make(map[syntax.Index][]int32)
	for i := range g.Steps {
		s := &g.Steps[i]
		for e := next; e <= except; e++ {
			if to := s.out(e); to != None {
				g.preds[to] = append(g.preds[to], way{int32(i), e})
			}
		}
		if s.Op == Call {
			g.calls[s.Node] = append(g.calls[s.Node], int32(i))
		}
	}
	g.sort()
}

// sort puts the steps that can be reached in reverse postorder.
func (g *Graph) sort() {
	type visit struct {
		step int32
		edge edge
	}
	seen := make([]bool, len(g.Steps))
	seen[0] = true
	path := []visit{{0, 0}}
	var post []int32
	for len(path) > 0 {
		top := &path[len(path)-1]
		if top.edge > except {
			post = append(post, top.step)
			path = path[:len(path)-1]
			continue
		}
		to := g.Steps[top.step].out(except - top.edge)
		top.edge++
		if to != None && !seen[to] {
			seen[to] = true
			path = append(path, visit{to, 0})
		}
	}
	g.order = make([]int32, len(post))
	for i, step := range post {
		g.order[len(post)-1-i] = step
	}
}

// maxDump bounds the source of a step in a dump, in bytes.
const maxDump = 60

// String returns the graph as text, a step a line: its number, op and source, and where
// it leads: "-> 3" for Next, "/ 4" for Else and "! 5" for Except.
func (g *Graph) String() string {
	var b strings.Builder
	for i := range g.Steps {
		s := &g.Steps[i]
		fmt.Fprintf(&b, "%d %s", i, s.Op)
		if s.Assert {
			b.WriteString(" (assert)")
		}
		switch {
		case s.Op == Bind:
			fmt.Fprintf(&b, " %s %s", g.text(s.Node), s.How)
			if s.Value != syntax.None {
				b.WriteString(" " + g.text(s.Value))
			}
			if s.Part != 0 {
				fmt.Fprintf(&b, " [%d]", s.Part)
			}
		case s.Op == Test && s.Operator != "":
			fmt.Fprintf(&b, " %s %s %s", g.text(s.Left), s.Operator, g.text(s.Right))
		case s.Op == Call || s.Op == Test || s.Op == Match:
			b.WriteString(" " + g.text(s.Node))
		case s.Value != syntax.None:
			b.WriteString(" " + g.text(s.Value))
		}
		for e, mark := range []string{" -> ", " / ", " ! "} {
			if to := s.out(edge(e)); to != None {
				fmt.Fprintf(&b, "%s%d", mark, to)
			}
		}
		b.WriteByte('\n')
	}
	if !g.Trusted {
		b.WriteString("not to be trusted\n")
	}
	return b.String()
}

func (g *Graph) text(i syntax.Index) string {
	text := strings.Join(strings.Fields(string(g.tree.Text(i))), " ")
	if len(text) > maxDump {
		text = strings.ToValidUTF8(text[:maxDump], "") + "…"
	}
	return text
}
