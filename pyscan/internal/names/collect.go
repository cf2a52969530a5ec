package names

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// layout is what a file binds, and where. It is the same for all vocabularies, and once it is
// laid nothing of it changes but what is kept for those who ask again.
type layout struct {
	tree *syntax.Tree
	// source is that of the tree: names are parts of it.
	source string
	// module is the name of the module, if it is known; pkg says that the file is
	// its __init__.py. defines: names are followed into the module.
	module       string
	pkg, defines bool

	scopes []scope
	// By node: the scope it is evaluated in, the nearest block (or module)
	// and the nearest loop of that scope around it, and its role.
	scopeOf []int32
	blockOf []syntax.Index
	loopOf  []syntax.Index
	roles   []role

	// entries are those of all scopes, and size is how many bindings they have.
	entries []*entry
	size    int32
	// deferred are the bindings whose value is an expression, in order; imports those
	// of dotted names, which are fulls.
	deferred, imports []*binding
	fulls             []string

	// others are names that are read, once somebody asks: see usedOtherwise.
	others map[string]bool
	// outside are attributes that are set from outside, once somebody asks.
	outside map[string]bool

	// classes and functions map definitions to their scopes.
	classes, functions map[syntax.Index]int32
	// assigned are the assignments to attributes and items, until all names are
	// known; pathed says that there are some.
	assigned []assigned
	pathed   bool
	// calls are those that may pass an object on, until all names are known.
	calls []syntax.Index
}

// lay reads the scopes and bindings of a file.
func lay(l *layout) *layout {
	n := len(l.tree.Nodes)
	l.source = string(l.tree.Source)
	l.scopeOf, l.blockOf, l.loopOf, l.roles = make([]int32, n), make([]syntax.Index, n), make([]syntax.Index, n), make([]role, n)
	l.classes, l.functions = make(map[syntax.Index]int32), make(map[syntax.Index]int32)
	// Constant strings are followed where the keys of items are, and nothing else is.
	newTable(l, &Vocabulary{}).collect()
	return l
}

// text returns the source of node i.
func (l *layout) text(i syntax.Index) string {
	n := &l.tree.Nodes[i]
	return l.source[n.Start:n.End]
}

// collect walks the tree once, in preorder: a parent is placed before its
// children, so each node inherits from its parent without recursion.
func (t *Table) collect() {
	t.scopes = []scope{{kind: moduleScope, node: 0, parent: -1}}
	owned := make(map[syntax.Index]int32)
	for i := range t.tree.Nodes {
		i := syntax.Index(i)
		n := &t.tree.Nodes[i]
		if n.Parent == syntax.None {
			t.blockOf[i], t.loopOf[i] = i, syntax.None
			continue
		}
		t.inherit(i, owned)
		if kind, ok := scopeKindOf(n.Kind); ok {
			owned[i] = t.open(i, kind)
		}
		t.bind(i)
	}
	t.bindPaths()
	t.bindPassed()
	t.number()
}

// open adds the scope that node i makes.
func (t *Table) open(i syntax.Index, kind scopeKind) int32 {
	self, parent := int32(len(t.scopes)), t.scopeOf[i]
	sc := scope{kind: kind, node: i, parent: parent, named: self, holder: self}
	if kind == comprehensionScope {
		sc.holder = t.scopes[parent].holder
	}
	if kind == comprehensionScope || t.tree.Kind(i) == syntax.Lambda {
		sc.named = t.scopes[parent].named
	}
	t.scopes = append(t.scopes, sc)
	switch kind {
	case classScope:
		t.classes[i] = self
	case functionScope:
		t.functions[i] = self
	}
	return self
}

func scopeKindOf(k syntax.Kind) (scopeKind, bool) {
	switch k {
	case syntax.FunctionDefinition, syntax.Lambda:
		return functionScope, true
	case syntax.ClassDefinition:
		return classScope, true
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		return comprehensionScope, true
	}
	return 0, false
}

// inherit places node i: its scope, block, loop and role follow from those of
// its parent and from what it is to it.
func (t *Table) inherit(i syntax.Index, owned map[syntax.Index]int32) {
	n := &t.tree.Nodes[i]
	parent := &t.tree.Nodes[n.Parent]
	s, block, loop := t.scopeOf[n.Parent], t.blockOf[n.Parent], t.loopOf[n.Parent]
	switch parent.Kind {
	case syntax.Block, syntax.Module:
		block = n.Parent
	case syntax.ForStatement, syntax.WhileStatement:
		loop = n.Parent
	case syntax.FunctionDefinition, syntax.Lambda:
		if n.Field == syntax.Body || n.Field == syntax.ParametersField {
			s, loop = owned[n.Parent], syntax.None
		}
	case syntax.ClassDefinition:
		if n.Field == syntax.Body {
			s, loop = owned[n.Parent], syntax.None
		}
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		s, loop = owned[n.Parent], syntax.None
	case syntax.ForInClause:
		// The first iterable of a comprehension is evaluated outside it
		// (CPython, Python/symtable.c: symtable_handle_comprehension).
		if n.Field == syntax.Right && t.firstClause(n.Parent) {
			s, loop = t.scopes[s].parent, t.loopOf[parent.Parent]
		}
	case syntax.DefaultParameter, syntax.TypedDefaultParameter, syntax.TypedParameter:
		// Defaults and annotations are evaluated where the def stands.
		if n.Field == syntax.Value || n.Field == syntax.TypeField {
			s = max(0, t.scopes[s].parent)
		}
	}
	t.scopeOf[i], t.blockOf[i], t.loopOf[i] = s, block, loop
	// A call in an annotation runs, whatever it is taken for.
	if parent.Kind != syntax.Call {
		t.roles[i] |= t.roles[n.Parent] & annotation
	}
	if n.Kind == syntax.Type {
		t.roles[i] |= annotation
	}
}

func (t *Table) firstClause(clause syntax.Index) bool {
	comprehension := t.tree.Parent(clause)
	if kind, ok := scopeKindOf(t.tree.Kind(comprehension)); !ok || kind != comprehensionScope {
		return false
	}
	// The element stands first, the first clause directly behind it.
	element := t.tree.First(comprehension)
	return element != syntax.None && t.tree.Next(element) == clause
}

// add puts a binding of a name into the scope s, or where a declaration sends
// it.
func (t *Table) add(s int32, name string, b binding) {
	if to, ok := t.scopes[s].elsewhere[name]; ok {
		s = to
		b.anytime, b.dom, b.loop = true, syntax.None, syntax.None
	}
	t.entry(&t.scopes[s].names, name, b)
}

// entry puts a binding of a name, or of a path, among those of a scope.
func (l *layout) entry(of *map[string]*entry, name string, b binding) {
	if *of == nil {
		*of = make(map[string]*entry)
	}
	e := (*of)[name]
	if e == nil {
		e = &entry{}
		(*of)[name] = e
		l.entries = append(l.entries, e)
	}
	e.bindings = append(e.bindings, b)
}

// declare notes a global or nonlocal name of scope s.
func (t *Table) declare(i syntax.Index, s int32) {
	to := int32(0)
	if t.tree.Kind(i) == syntax.NonlocalStatement {
		for to = t.scopes[s].parent; to > 0 && t.scopes[to].kind != functionScope; {
			to = t.scopes[to].parent
		}
		to = max(0, to)
	}
	if to == s {
		return
	}
	if t.scopes[s].elsewhere == nil {
		t.scopes[s].elsewhere = make(map[string]int32)
	}
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		t.roles[c] |= target
		name := t.text(c)
		if further, ok := t.scopes[to].elsewhere[name]; ok {
			t.scopes[s].elsewhere[name] = further
			continue
		}
		t.scopes[s].elsewhere[name] = to
	}
}

// number puts the bindings of each name in order, and numbers all. It lists those that have
// a value, in order of position, and those of dotted names.
func (l *layout) number() {
	for _, e := range l.entries {
		if len(e.bindings) > 1 {
			slices.SortStableFunc(e.bindings, func(a, b binding) int { return cmp.Compare(a.pos, b.pos) })
		}
		for k := range e.bindings {
			b := &e.bindings[k]
			b.id = l.size
			l.size++
			if b.value != syntax.None {
				l.deferred = append(l.deferred, b)
			}
			if b.full > 0 {
				l.imports = append(l.imports, b)
			}
		}
	}
	slices.SortFunc(l.deferred, func(a, b *binding) int {
		return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.value, b.value), cmp.Compare(a.id, b.id))
	})
}
