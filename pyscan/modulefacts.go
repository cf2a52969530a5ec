package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// moduleFacts is what the source of one module defines, without its tree.
type moduleFacts struct {
	path, module string
	// sure: the file was understood as a whole, and its names are bound by plain
	// statements.
	sure bool
	defs map[string]*defFacts // by qualified name
	// understood: it would be sure but for imports of everything, stars are the modules of
	// which those are, and made are the names to which only one call gives a value.
	understood bool
	stars      []string
	lastStar   int
	made       map[string]bool
	// bound are names that the module binds in other ways. If it says which names it gives
	// to who imports everything, listed, it may give all those.
	bound, all map[string]bool
	listed     bool
}

// defFacts is what a module binds to one name.
type defFacts struct {
	kind blob.DefinitionKind
	line int
	sure bool
	// manages: it would be sure but for a decorator that makes context managers of it.
	manages bool
	names   []string // what else it may stand for
	class   *classFacts
	body    *funcFacts
}

// classFacts is what a class says of itself.
type classFacts struct {
	bases, decorators []string
	open              bool
	methods           map[string]*funcFacts
}

// funcFacts is what a function does, as far as names go.
type funcFacts struct {
	line   int
	calls  []string
	selves []string // methods of its own object that it calls
	super  bool     // it calls the method that it overrides, perhaps
	opaque bool
}

// maxCalls bounds the calls that are kept of one function, and of what it calls.
const maxCalls = 256

// reader makes the facts of one module.
type reader struct {
	src   *source
	tree  *syntax.Tree
	names *names.Table
	facts *moduleFacts
	// nested lists the names bound in the bodies of classes.
	nested map[syntax.Index][]string
}

// readModule reads the source of a module. It returns nil where nothing can be
// said of it.
func readModule(words *names.Vocabulary, path, module string, pkg bool, raw []byte) (facts *moduleFacts) {
	defer func() {
		if recover() != nil {
			facts = nil // nothing is known of it, which lowers and raises nothing
		}
	}()
	src, asWritten := moduleSource(path, raw)
	tree := src.parse()
	if tree == nil {
		return nil
	}
	r := &reader{src: src, tree: tree, names: names.BuildModule(tree, words, module, pkg)}
	r.nested = r.names.Members()
	r.facts = &moduleFacts{path: path, module: module, defs: make(map[string]*defFacts)}
	r.facts.understood = asWritten && len(tree.Broken) == 0 && !r.dynamic()
	r.facts.sure = r.facts.understood && !r.starred()
	for _, name := range r.names.Names() {
		b, ok := r.names.Module(name)
		if !ok {
			continue
		}
		r.define(name, module, &b)
	}
	r.list()
	return r.facts
}

func (r *reader) line(i syntax.Index) int { return r.src.line(r.tree.Nodes[i].Start) }

// define notes what the module binds to one name.
func (r *reader) define(name, module string, b *names.Bound) {
	d := &defFacts{sure: b.Sure && r.facts.understood, line: r.src.line(b.End - min(b.End, 1))}
	for _, t := range b.Targets {
		if t.Name != module+"."+name {
			d.names = append(d.names, t.Name)
		}
	}
	switch def := b.Definition; {
	case def != syntax.None && r.tree.Kind(def) == syntax.ClassDefinition:
		r.class(name, def, d)
	case def != syntax.None:
		d.kind, d.line, d.body = blob.Function, r.line(def), r.function(def, "")
		// A decorator may put anything in its place.
		if r.tree.Kind(r.tree.Parent(def)) == syntax.DecoratedDefinition {
			d.manages = d.sure && r.manages(r.tree.Parent(def))
			d.sure, d.body.opaque = false, true
		}
	case r.namedtuple(b.Value):
		d.kind = blob.Class
		d.class = &classFacts{bases: []string{"collections.namedtuple"}}
	case len(d.names) > 0:
		d.kind = blob.Imported
		d.sure = d.sure && len(d.names) == 1
	default:
		if b.Value != syntax.None && r.tree.Kind(b.Value) == syntax.Call && d.sure {
			r.facts.madeBy(name)
		} else {
			r.facts.binds(name)
		}
		return
	}
	if d.kind != blob.Imported && len(d.names) > 0 {
		d.sure, d.manages = false, false
	}
	r.facts.defs[name] = d
}

// dynamic reports whether the module may bind names in ways that are not looked
// at, but for star imports: a __getattr__ of its own, changes of namespaces and classes.
func (r *reader) dynamic() bool {
	if _, ok := r.names.Module("__getattr__"); ok {
		return true
	}
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		switch r.tree.Kind(i) {
		case syntax.ExecStatement:
			return true
		case syntax.Call:
			name, _ := r.callee(r.tree.Child(i, syntax.Function))
			switch name {
			case "builtins.exec", "builtins.eval", "builtins.globals", "builtins.vars", "builtins.locals":
				return true
			case "builtins.setattr", "builtins.delattr", "builtins.type.__setattr__", "builtins.type.__delattr__":
				if args := r.tree.Child(i, syntax.Arguments); args == syntax.None || !r.isSelf(r.tree.First(args)) {
					return true
				}
			}
		case syntax.Attribute:
			attr := r.tree.Child(i, syntax.AttributeName)
			if attr == syntax.None {
				continue
			}
			name := string(r.tree.Text(attr))
			if name == "modules" && slices.ContainsFunc(r.names.Expression(i).Targets, func(t names.Target) bool { return t.Name == "sys.modules" }) {
				return true
			}
			// Job.__setstate__ = …
			if automatic(name) && r.tree.Nodes[i].Field == syntax.Left && !r.isSelf(r.tree.Child(i, syntax.Object)) {
				return true
			}
		}
	}
	return false
}

func (r *reader) isSelf(i syntax.Index) bool {
	return r.tree.Kind(i) == syntax.Identifier && string(r.tree.Text(i)) == "self"
}

// automatic reports whether Python or a loader calls a method of that name by
// itself.
func automatic(name string) bool {
	switch name {
	case "append", "extend", "add", "update", "_missing_":
		return true
	}
	return len(name) > 4 && strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__")
}

// namedtuple reports whether an expression makes a class of plain tuples.
func (r *reader) namedtuple(i syntax.Index) bool {
	if i == syntax.None || r.tree.Kind(i) != syntax.Call {
		return false
	}
	name, sure := r.callee(r.tree.Child(i, syntax.Function))
	return sure && (name == "collections.namedtuple" || name == "typing.NamedTuple")
}
