package flow

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxSteps bounds the steps of a graph. The longest function of the standard
	// library has some three thousand.
	maxSteps = 20_000
	// maxNest bounds statements and expressions that stand in each other.
	maxNest = 300
)

// Options say what a builder cannot know of names.
type Options struct {
	// Swallows reports whether the context manager that an expression makes may
	// suppress the exceptions of the with statement; nil: none does.
	Swallows func(manager syntax.Index) bool
	// Asserts: assert statements are always there.
	Asserts bool
}

// slot is a way out of a step that does not lead anywhere yet.
type slot struct {
	step int32
	edge edge
}

// builder makes one graph.
type builder struct {
	tree    *syntax.Tree
	options Options
	graph   *Graph
	// open are the ways on which the next step is reached; none behind a return.
	open []slot
	// frames are the statements around that care how they are left, outermost first.
	frames []frame
	// returned and escaped leave the code.
	returned, escaped []slot
	asserting         bool
	depth             int
	over              bool
}

// frame is a statement that cares how what stands in it is left.
type frame struct {
	kind frameKind
	// What leaves it in each way.
	raised, returns, breaks, continues []slot
}

type frameKind uint8

const (
	loopFrame    frameKind = iota // takes breaks and continues
	handlerFrame                  // takes what is raised
	finallyFrame                  // takes everything
)

// Build makes the graph of a function definition, a lambda or a module.
func Build(tree *syntax.Tree, root syntax.Index, options Options) *Graph {
	g := &Graph{Root: root, tree: tree}
	b := &builder{tree: tree, options: options, graph: g}
	b.emit(Step{Op: Enter, Node: syntax.None, Value: syntax.None})
	switch tree.Kind(root) {
	case syntax.FunctionDefinition:
		b.parameters(tree.Child(root, syntax.ParametersField))
		b.block(tree.Child(root, syntax.Body))
	case syntax.Lambda:
		b.parameters(tree.Child(root, syntax.ParametersField))
		body := tree.Child(root, syntax.Body)
		if body != syntax.None {
			b.expression(body)
			b.emit(Step{Op: Return, Node: body, Value: body})
			b.leave(byReturn)
		}
	default:
		b.block(root)
	}
	if len(b.open) > 0 { // the end is a return of None
		b.emit(Step{Op: Return, Node: root, Value: syntax.None})
		b.leave(byReturn)
	}
	b.returned = append(b.returned, b.open...)
	b.open = b.returned
	g.Leave = b.emit(Step{Op: Leave, Node: syntax.None, Value: syntax.None})
	b.open = b.escaped
	g.Escape = b.emit(Step{Op: Escape, Node: syntax.None, Value: syntax.None})
	g.Trusted = !b.over && !b.broken(root)
	g.index()
	return g
}

func (b *builder) broken(root syntax.Index) bool {
	for _, i := range b.tree.Broken {
		if b.tree.Contains(root, i) {
			return true
		}
	}
	return false
}

// emit adds a step that is reached on the open ways, and leaves its usual way open. It
// is left out where nothing leads to it.
func (b *builder) emit(s Step) int32 {
	number := int32(len(b.graph.Steps))
	if len(b.open) == 0 && s.Op != Enter && s.Op != Leave && s.Op != Escape {
		return None
	}
	if number >= maxSteps {
		b.over = true
		b.open = nil
		return None
	}
	s.Next, s.Else, s.Except, s.Assert = None, None, None, b.asserting
	b.graph.Steps = append(b.graph.Steps, s)
	b.patch(b.open, number)
	b.open = []slot{{number, next}}
	switch s.Op {
	case Enter, Leave, Escape, Loop, Catch, Swallow:
	case Call, Raise:
		b.raise([]slot{{number, except}})
	default:
		if len(b.frames) > 0 {
			b.raise([]slot{{number, except}})
		}
	}
	return number
}

// fork opens the other way out of a step, too, by itself.
func (b *builder) fork(step int32) (yes, no []slot) {
	if step == None {
		return nil, nil
	}
	return b.open, []slot{{step, otherwise}}
}

func (b *builder) patch(slots []slot, to int32) {
	for _, s := range slots {
		step := &b.graph.Steps[s.step]
		switch s.edge {
		case next:
			step.Next = to
		case otherwise:
			step.Else = to
		case except:
			step.Except = to
		}
	}
}

// The ways of leaving a statement early.
type leaving uint8

const (
	byReturn leaving = iota
	byBreak
	byContinue
)

// leave sends the open ways to the nearest frame that takes them.
func (b *builder) leave(how leaving) {
	slots := b.open
	b.open = nil
	for i := len(b.frames) - 1; i >= 0; i-- {
		f := &b.frames[i]
		switch {
		case f.kind == handlerFrame, f.kind == loopFrame && how == byReturn:
		case how == byReturn:
			f.returns = append(f.returns, slots...)
			return
		case how == byBreak:
			f.breaks = append(f.breaks, slots...)
			return
		default:
			f.continues = append(f.continues, slots...)
			return
		}
	}
	if how == byReturn {
		b.returned = append(b.returned, slots...)
	}
}

// raise sends ways to the nearest frame that takes exceptions.
func (b *builder) raise(slots []slot) {
	for i := len(b.frames) - 1; i >= 0; i-- {
		if f := &b.frames[i]; f.kind != loopFrame {
			f.raised = append(f.raised, slots...)
			return
		}
	}
	b.escaped = append(b.escaped, slots...)
}

func (b *builder) push(kind frameKind) { b.frames = append(b.frames, frame{kind: kind}) }

func (b *builder) pop() frame {
	top := b.frames[len(b.frames)-1]
	b.frames = b.frames[:len(b.frames)-1]
	return top
}

// nested counts a level of nesting. It is false where there are too many.
func (b *builder) nested() bool {
	if b.depth++; b.depth > maxNest {
		b.over = true
	}
	if b.over {
		b.open = nil
	}
	return !b.over
}

// parameters binds those of a function. Their defaults ran where it was defined.
func (b *builder) parameters(list syntax.Index) {
	if list == syntax.None {
		return
	}
	for c := b.tree.First(list); c != syntax.None; c = b.tree.Next(c) {
		name := c
		switch b.tree.Kind(c) {
		case syntax.Identifier:
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			name = b.tree.Child(c, syntax.Name)
		case syntax.TypedParameter, syntax.ListSplatPattern, syntax.DictionarySplatPattern:
			name = b.tree.First(c)
			if k := b.tree.Kind(name); k == syntax.ListSplatPattern || k == syntax.DictionarySplatPattern {
				name = b.tree.First(name)
			}
		default:
			continue // the bare star or slash
		}
		if name != syntax.None {
			b.target(name, syntax.None, 0, Parameter)
		}
	}
}
