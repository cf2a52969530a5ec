package rebuild

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Kind says what is wrong.
type Kind uint8

const (
	// Unsafe says that what a pickle has called to rebuild the object runs code, or may.
	Unsafe Kind = iota
	// SideEffect says that code which runs while a pickle is loaded does more than to rebuild.
	SideEffect
	// Unimportable says that the pickle cannot name what is to be called.
	Unimportable
	// Unregistered says that the registration does not run, or not where it is needed.
	Unregistered
)

// Problem is one thing that is wrong.
type Problem struct {
	Kind Kind
	// At is the statement or the expression.
	At syntax.Index
	// Weak: it depends on what the source does not show.
	Weak bool
	// Callable is what is called, if it has a name.
	Callable string
	Text     string
}

// maxProblems bounds what is told of one file.
const maxProblems = 1_000

// Source is a file to be read.
type Source struct {
	Tree *syntax.Tree
	// Text is the source as it is written, in which the tree has its places. Part of it may
	// have been left out of the tree: bodies of functions that have to do with nothing here.
	Text []byte
	// Outline is that of the tree.
	Outline *classes.Outline
	// Names is a table of [names.EverythingCalled].
	Names   *names.Table
	Catalog *catalog.Catalog
	// Own reports a package of which the file is a part.
	Own func(top string) bool
}

// Read lists what is wrong, in no order, each once. It is cut where there is more than a
// file can have.
func Read(src Source) (problems []Problem, cut bool) {
	r := &reader{
		text: src.Text, tree: src.Tree, names: src.Names, catalog: src.Catalog, isOwn: src.Own, told: make(map[told]bool), returns: make(map[syntax.Index][]syntax.Index),
		methods: src.Outline.Methods, holder: src.Outline.Owner, runs: make(map[syntax.Index]string),
		uses: make(map[string]int), statements: make(map[string][]syntax.Index), globals: make(map[syntax.Index][]string),
		attributes: make(map[syntax.Index]map[string]bool), argues: make(map[syntax.Index]string), states: make(map[syntax.Index]bool),
	}
	r.index()
	for _, w := range r.ways() {
		r.judge(&w)
	}
	r.loading()
	r.registrations()
	return r.problems, r.cut
}

type told struct {
	kind Kind
	at   syntax.Index
}

// answer is one that is worked out once.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

type reader struct {
	text    []byte
	tree    *syntax.Tree
	names   *names.Table
	catalog *catalog.Catalog
	isOwn   func(top string) bool

	// holder and methods are those of the outline.
	holder  []syntax.Index
	methods map[syntax.Index]map[string]syntax.Index
	// inside is the nearest function or lambda around it.
	inside []syntax.Index
	// returns are the return statements of each function.
	returns map[syntax.Index][]syntax.Index
	// runs are the functions that loading a pickle calls, and why.
	runs map[syntax.Index]string
	// states are those of them that get the state as their second argument.
	states map[syntax.Index]bool
	runsIn []syntax.Index
	// uses counts the identifiers of the file, once somebody asks.
	uses map[string]int
	set  []registered
	// statements are those of the module that assign or delete a name, globals the names
	// that functions declare, attributes what the methods of a class set of self, argues what
	// a function gives its arguments to.
	statements map[string][]syntax.Index
	globals    map[syntax.Index][]string
	attributes map[syntax.Index]map[string]bool
	argues     map[syntax.Index]string
	// main: the node stands under "if __name__ == '__main__'".
	main []bool
	// steps counts what is looked at more than once.
	steps int
	// dumps: the file pickles with the functions of pickle.
	dumps answer

	problems []Problem
	told     map[told]bool
	cut      bool
}

func (r *reader) tell(p Problem) {
	key := told{p.Kind, p.At}
	switch {
	case r.told[key]:
	case len(r.problems) >= maxProblems:
		r.cut = true
	default:
		r.told[key] = true
		r.problems = append(r.problems, p)
	}
}

// maxSteps bounds what is looked at more than once, in nodes.
const maxSteps = 5_000_000

// step counts a node that is looked at again. It is false when there were enough.
func (r *reader) step() bool {
	if r.steps++; r.steps > maxSteps {
		r.cut = true
	}
	return !r.cut
}

// index notes for each node in which function it runs, and what functions return.
func (r *reader) index() {
	r.main = make([]bool, len(r.tree.Nodes))
	r.inside = make([]syntax.Index, len(r.tree.Nodes))
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		p := r.tree.Parent(i)
		r.inside[i] = syntax.None
		if p != syntax.None {
			if r.inside[i] = r.inside[p]; classes.Owns(r.tree.Kind(p)) && r.tree.Kind(p) != syntax.ClassDefinition {
				r.inside[i] = p
			}
			r.main[i] = r.main[p]
			if r.tree.Kind(p) == syntax.IfStatement && r.tree.Kind(i) == syntax.Block && !r.main[i] {
				condition := r.tree.First(p)
				r.main[i] = condition != i && r.asksForMain(condition)
			}
		}
		switch h := r.holder[i]; r.tree.Kind(i) {
		case syntax.ReturnStatement:
			if h != syntax.None && len(r.returns[h]) < maxReturns {
				r.returns[h] = append(r.returns[h], i)
			}
		case syntax.DeleteStatement, syntax.Assignment:
			if h == syntax.None {
				r.statement(i)
			}
		case syntax.GlobalStatement:
			for c := r.tree.First(i); h != syntax.None && c != syntax.None; c = r.tree.Next(c) {
				r.globals[h] = append(r.globals[h], string(r.tree.Text(c)))
			}
		}
	}
}

// maxReturns bounds the return statements of a function that are looked at.
const maxReturns = 64

func (r *reader) nameOf(def syntax.Index) string {
	if id := r.tree.Child(def, syntax.Name); id != syntax.None {
		return string(r.tree.Text(id))
	}
	return ""
}

func (r *reader) unwrap(i syntax.Index) syntax.Index { return r.tree.Unwrap(i) }

// classAround returns the class of which a function is a method, or None.
func (r *reader) classAround(f syntax.Index) syntax.Index {
	if f == syntax.None {
		return syntax.None
	}
	if h := r.holder[f]; h != syntax.None && r.tree.Kind(h) == syntax.ClassDefinition {
		return h
	}
	return syntax.None
}

// method returns the method of a class, or of one of the file on which it stands, or None.
func (r *reader) method(class syntax.Index, name string) syntax.Index {
	chain := []syntax.Index{class}
	for k := 0; k < len(chain) && k < maxBases && chain[k] != syntax.None; k++ {
		if f, ok := r.methods[chain[k]][name]; ok {
			return f
		}
		list := r.tree.Child(chain[k], syntax.Superclasses)
		if list == syntax.None {
			continue
		}
		for c := r.tree.First(list); c != syntax.None && len(chain) < maxBases; c = r.tree.Next(c) {
			if r.tree.Kind(c) != syntax.Identifier {
				continue
			}
			for _, base := range r.objects(c) {
				if r.tree.Kind(base) == syntax.ClassDefinition {
					chain = append(chain, base)
				}
			}
		}
	}
	return syntax.None
}

// maxBases bounds the classes of the file on which one stands.
const maxBases = 8

// around returns the nearest function around a node, or None.
func (r *reader) around(i syntax.Index) syntax.Index { return r.inside[i] }

// parameter returns the name of positional parameter n of a function or lambda, or "".
func (r *reader) parameter(f syntax.Index, n int) string {
	list := syntax.None
	for c := r.tree.First(f); c != syntax.None; c = r.tree.Next(c) {
		if k := r.tree.Kind(c); k == syntax.Parameters || k == syntax.LambdaParameters {
			list = c
			break
		}
	}
	if list == syntax.None {
		return ""
	}
	for c := r.tree.First(list); c != syntax.None; c = r.tree.Next(c) {
		if n--; n >= 0 {
			continue
		}
		switch r.tree.Kind(c) {
		case syntax.Identifier:
			return string(r.tree.Text(c))
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			if id := r.tree.Child(c, syntax.Name); id != syntax.None {
				return string(r.tree.Text(id))
			}
		case syntax.TypedParameter:
			if id := r.tree.First(c); r.tree.Kind(id) == syntax.Identifier {
				return string(r.tree.Text(id))
			}
		}
		return ""
	}
	return ""
}

// attribute splits an attribute into what it is taken of and its name.
func (r *reader) attribute(i syntax.Index) (of syntax.Index, name string) {
	if i = r.unwrap(i); r.tree.Kind(i) != syntax.Attribute {
		return syntax.None, ""
	}
	id := r.tree.Child(i, syntax.AttributeName)
	if id == syntax.None {
		return syntax.None, ""
	}
	return r.tree.Child(i, syntax.Object), string(r.tree.Text(id))
}

func (r *reader) isName(i syntax.Index, name string) bool {
	i = r.unwrap(i)
	return name != "" && r.tree.Kind(i) == syntax.Identifier && string(r.tree.Text(i)) == name
}

// isType reports the builtin type, which prelex.Normalise may have renamed.
func (r *reader) isType(i syntax.Index) bool { return r.isName(i, "type") || r.isName(i, "typ_") }

// excerpt is the source of a node on one line, cut if it is long.
func (r *reader) excerpt(i syntax.Index) string {
	text := r.text[r.tree.Nodes[i].Start:r.tree.Nodes[i].End]
	long := len(text) > maxExcerpt
	out := make([]byte, 0, maxExcerpt+3)
	blank := false
	for _, b := range text[:min(len(text), maxExcerpt)] {
		if b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			if blank {
				continue
			}
			blank, b = true, ' '
		} else {
			blank = false
		}
		out = append(out, b)
	}
	if long {
		return string(out) + "…"
	}
	return string(out)
}

const maxExcerpt = 60

// opaqueModule reports a module that may bind names in ways that are not looked at.
func (r *reader) opaqueModule() bool {
	r.count()
	for _, word := range []string{"globals", "setattr", "exec", "__getattr__", "modules"} {
		if r.uses[word] > 0 {
			return true
		}
	}
	return r.uses["*"] > 0
}

// spelled reports whether the text has a word more often than n times, in what the tree
// lacks too.
func (r *reader) spelled(word string, n int) bool {
	if word == "" {
		return true
	}
	for text := r.text; ; {
		i := bytes.Index(text, []byte(word))
		if i < 0 || !r.step() {
			return r.cut
		}
		after := i + len(word)
		if (i == 0 || !isWord(text[i-1])) && (after == len(text) || !isWord(text[after])) {
			if n--; n < 0 {
				return true
			}
		}
		text = text[after:]
	}
}

// count counts the identifiers of the file, once.
func (r *reader) count() {
	if len(r.uses) > 0 {
		return
	}
	r.uses[""] = 1
	for i := range r.tree.Nodes {
		switch i := syntax.Index(i); r.tree.Kind(i) {
		case syntax.Identifier:
			r.uses[string(r.tree.Text(i))]++
		case syntax.WildcardImport:
			r.uses["*"]++
		}
	}
}
