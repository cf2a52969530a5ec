package names

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Target is something a name may stand for.
type Target struct {
	// Name is canonical and in the vocabulary, perhaps as a prefix.
	Name string
	// Via is the expression that was bound to the name (the right side of an
	// assignment, the base of a class), or syntax.None for an import.
	Via syntax.Index
	// Classes are the class definitions between the name and Name, the most
	// derived first, if it was subclassed.
	Classes []syntax.Index
	// Partials are the calls that bound arguments ahead, the innermost first:
	// those of functools.partial and operator.methodcaller.
	Partials []syntax.Index
	// Called: the expression is the call of Name, not a reference to it.
	Called bool
	// Made is the call that made what Name is an object of or an attribute of one,
	// and By the name that was called; 0 and "" if it was made out of sight.
	Made syntax.Index
	By   string
	// Annotated: what the source says of the type is all that is known.
	Annotated bool
	// Own: it is the class of which the place is a part, as its methods see it.
	Own bool

	// at is the expression that stands for Name; attr: Name is an attribute of what
	// Classes derive from.
	at   syntax.Index
	attr bool
}

// Result is what a name may stand for at one place.
type Result struct {
	// Targets are distinct in their names, in the order of their bindings,
	// the latest first.
	Targets []Target
	// Complete: every binding that reaches the place is among Targets.
	Complete bool
	// Unbound: the file does not bind the name, so that it is a builtin, if it
	// is anything.
	Unbound bool

	// objects are expressions and classes that the name may stand for: strings,
	// displays, calls that make namespaces, and classes or objects of them.
	objects []syntax.Index
	// spaces are namespaces: item k of one is attribute k of the target.
	spaces []Target
	// method is a method of self, which is no dotted name.
	method string
	self   *Result
}

// Table knows what the names of one file may stand for, as far as a vocabulary goes.
type Table struct {
	*layout
	words *Vocabulary

	// meanings tell what bindings may be, by their number; nil is nothing.
	meanings []*meaning
	// ahead are the bindings that were asked for before they were resolved, by their number.
	ahead map[int32]bool
	// stars are the imports of everything of the modules in the vocabulary, by scope.
	stars map[int32][]star
	// What was found in one round of resolving is not true in the next. unions are what
	// all bindings of a name together may be; see manyBindings.
	unions   map[*entry]*Result
	memo     map[crossing]Result
	displays map[syntax.Index]*display
	returned map[syntax.Index]*given
	texts    map[syntax.Index]constantText
	depth    int
	// nested counts the functions that are being looked at, ring is the first of
	// them that was met again, and again counts those that were not kept.
	nested, ring, again int
	// passes: a call passes an object on.
	passes bool
}

// meaning is what a binding may be.
type meaning struct {
	targets []Target
	objects []syntax.Index
	// spaces are namespaces, as in a Result.
	spaces []Target
	// known: targets is all that the binding can be.
	known bool
}

// pending and settled stand for nothing and certain as long as the binding is not resolved.
var nothing, certain, pending, settled = &meaning{}, &meaning{known: true}, &meaning{}, &meaning{known: true}

// meaning returns what a binding may be.
func (t *Table) meaning(b *binding) *meaning {
	switch {
	case int(b.id) < len(t.meanings) && t.meanings[b.id] != nil:
		m := t.meanings[b.id]
		if m == pending || m == settled {
			t.ahead[b.id] = true
		}
		return m
	case b.sure:
		return certain
	}
	return nothing
}

// scopeKind tells scopes apart by what they hide and when they run.
type scopeKind uint8

const (
	moduleScope        scopeKind = iota
	classScope                   // not seen from the functions inside it
	functionScope                // runs later than it stands; lambdas too
	comprehensionScope           // runs where it stands
)

type scope struct {
	kind   scopeKind
	node   syntax.Index
	parent int32
	// named is the nearest scope, from this one outwards, that is a def or a
	// class, or the module; holder the nearest that is no comprehension. Nests
	// of lambdas and comprehensions can be a hundred thousand deep.
	named, holder int32
	names         map[string]*entry
	// paths holds what attributes and items were set to, such as "ns.load" and
	// "table['load']"; those of a class begin with the dot.
	paths map[string]*entry
	// elsewhere maps names declared global or nonlocal to their scope.
	elsewhere map[string]int32
	// stars are the modules of which everything is imported.
	stars []star
	// returns and yields are what a function gives.
	returns, yields []syntax.Index
}

// star is a "from m import *".
type star struct {
	module string
	pos    uint32
	// anytime: further ones of the same module follow, and it stands for them.
	anytime bool
}

// manyStars is how many star imports of one module in one scope are told apart:
// every use of a name asks all of them.
const manyStars = 4

// entry holds the bindings of one name in one scope, in order.
type entry struct {
	bindings []binding
}

// binding is one way in which a name gets a value.
type binding struct {
	// id numbers the bindings of the file.
	id int32
	// pos is the offset behind which the binding is in force.
	pos uint32
	// dom is the node inside which, behind pos, the binding has certainly
	// happened, or None.
	dom  syntax.Index
	loop syntax.Index
	// anytime: the binding is made by another scope and may happen whenever.
	anytime bool
	// value is the bound expression, or None; part says what of it is bound.
	value syntax.Index
	part  part
	// node is where the name stands that is bound, or 0: see [Table.Bound].
	node syntax.Index
	// open: the name may also be bound to something that is not seen.
	open bool
	// object is what is bound besides, or None.
	object syntax.Index
	// class is the class definition if value is one of its bases, or None. In
	// a named module it is the definition that makes the binding.
	class syntax.Index
	// full is the place of the dotted name that is bound among those of the layout,
	// counted from 1, or 0.
	full int32
	// sure: there is nothing that the binding could be but object.
	sure bool
	// module: the binding imports a module. beside: it says more of what another
	// one binds.
	module, beside bool
}

// role says what the parser does not: nodes that are not uses of a name.
type role uint8

const (
	// target is bound, deleted or declared, not read.
	target role = 1 << iota
	// annotation: the node stands in a type.
	annotation
	// chained: an assignment that was bound with the one around it.
	chained
)

// Build reads the scopes and bindings of a file.
func Build(tree *syntax.Tree, words *Vocabulary) *Table {
	return lay(&layout{tree: tree}).table(words)
}

// BuildIn is Build for a file whose module name is known, as that of a package if
// it is one: relative imports lead somewhere.
func BuildIn(tree *syntax.Tree, words *Vocabulary, module string, pkg bool) *Table {
	return lay(&layout{tree: tree, module: module, pkg: pkg}).table(words)
}

// BuildModule is BuildIn for the question what the module itself defines: that has
// a dotted name, and nothing but names is followed. A class then stands for itself
// and not for its bases.
func BuildModule(tree *syntax.Tree, words *Vocabulary, module string, pkg bool) *Table {
	return lay(&layout{tree: tree, module: module, pkg: pkg, defines: true}).table(words)
}

// In returns the table of the same file for another vocabulary.
func (t *Table) In(words *Vocabulary) *Table { return t.layout.table(words) }

// table tells what the bindings may be.
func (l *layout) table(words *Vocabulary) *Table {
	t := newTable(l, words)
	t.meanings = make([]*meaning, l.size)
	t.importNames()
	for _, b := range t.deferred {
		switch m := &t.meanings[b.id]; {
		case *m != nil:
			t.ahead[b.id] = true
		case b.sure:
			*m = settled
		default:
			*m = pending
		}
	}
	// Values are resolved in order, so that one round follows every chain of
	// rebinding that runs downwards; the second follows what functions see of
	// bindings below them. What is passed to a function passes through one call more
	// with each. Where nobody has seen less than there is in the end, all rounds are alike.
	for round := 0; round < 2 || t.passes && round < 2+maxPasses; round++ {
		if round > 0 && !t.saysMore() {
			break
		}
		t.nextRound()
		for _, b := range t.deferred {
			t.resolveValue(b)
		}
	}
	t.nextRound()
	return t
}

func newTable(l *layout, words *Vocabulary) *Table {
	return &Table{
		layout: l, words: words, ahead: make(map[int32]bool), memo: make(map[crossing]Result), displays: make(map[syntax.Index]*display),
		returned: make(map[syntax.Index]*given), texts: make(map[syntax.Index]constantText),
	}
}

// saysMore reports a binding that was asked for too early, and that is something.
func (t *Table) saysMore() bool {
	for id := range t.ahead {
		if t.meanings[id] != nothing {
			return true
		}
	}
	return false
}

// maxPasses is through how many calls more than the first an object is followed.
const maxPasses = 2

func (t *Table) nextRound() {
	clear(t.unions)
	clear(t.memo)
	clear(t.displays)
	clear(t.returned)
	clear(t.texts)
	t.nested, t.ring, t.again = 0, 0, 0
}

// resolveValue sets what a binding may be from the expression bound to it.
func (t *Table) resolveValue(b *binding) {
	r := t.valueOf(b)
	t.passes = t.passes || b.part.passed && len(r.Targets) > 0
	known := r.Complete && !b.open
	if !known && len(r.Targets) == 0 && len(r.objects) == 0 && len(r.spaces) == 0 {
		t.meanings[b.id] = nothing
		return
	}
	targets := r.Targets[:0]
	for _, got := range r.Targets {
		got.Via = got.at
		if slices.ContainsFunc(targets, got.same) {
			continue
		}
		if b.class != syntax.None {
			got.Classes = append([]syntax.Index{b.class}, got.Classes[:min(len(got.Classes), maxClasses-1)]...)
		}
		targets = append(targets, got)
	}
	t.meanings[b.id] = &meaning{targets, r.objects, r.spaces, known}
}

// maxClasses bounds a chain of subclasses that is remembered.
const maxClasses = 8

// unwrap takes the parentheses off an expression.
func (t *Table) unwrap(i syntax.Index) syntax.Index { return t.tree.Unwrap(i) }

// Function returns the qualified name of the function around node i, such as
// "Class.method", or "". Very long names are cut at the front.
func (t *Table) Function(i syntax.Index) string {
	var parts []string
	size := 0
	for s := t.scopes[t.scopeOf[i]].named; s != 0; s = t.scopes[t.scopes[s].parent].named {
		if t.scopes[s].kind == classScope && len(parts) == 0 {
			continue
		}
		id := t.tree.Child(t.scopes[s].node, syntax.Name)
		if id == syntax.None {
			continue
		}
		part := t.text(id)
		if size += len(part) + 1; size > maxFunctionName {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, part)
	}
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// maxFunctionName bounds a qualified name, in bytes.
const maxFunctionName = 256
