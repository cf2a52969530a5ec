package names

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// crossing is a step from a scope out to the scope around it, in search of a
// name. What lies beyond depends on nothing else, so it is remembered in a deep
// nest: a name used at every level would otherwise be searched for through
// all levels each time.
type crossing struct {
	scope int32
	name  string
	later bool
}

// place is where a name is looked up, as one scope sees it.
type place struct {
	node syntax.Index
	pos  uint32
	// later: the code runs at some time after pos.
	later bool
}

// IsUse reports whether node i, an identifier or attribute, is read there: not
// bound, deleted, declared, imported, or part of an annotation.
func (t *Table) IsUse(i syntax.Index) bool {
	if t.roles[i]&(target|annotation) != 0 {
		return false
	}
	n := &t.tree.Nodes[i]
	switch t.tree.Kind(n.Parent) {
	case syntax.Attribute:
		return n.Field == syntax.Object
	case syntax.KeywordArgument, syntax.DefaultParameter, syntax.TypedDefaultParameter:
		return n.Field == syntax.Value
	case syntax.FunctionDefinition, syntax.ClassDefinition:
		return n.Field != syntax.Name
	case syntax.DottedName, syntax.AliasedImport, syntax.ImportStatement, syntax.ImportFromStatement, syntax.KeywordPattern:
		return false
	}
	return true
}

// Attribute returns what an attribute of r may stand for.
func (t *Table) Attribute(r Result, name string) Result {
	out := Result{Complete: r.Complete}
	for _, got := range r.Targets {
		canonical, ok := t.words.attribute(got.Name, name)
		if !ok || got.Called || t.overridden(&got, name) {
			out.Complete = false
			continue
		}
		got.Name, got.attr = canonical, len(got.Classes) > 0
		out.merge(got)
	}
	return out
}

// maxTargets bounds what one name may stand for. Code has one or two.
const maxTargets = 16

// same reports the same name of the same origin.
func (got *Target) same(have Target) bool { return have.Name == got.Name && have.Via == got.Via }

func (r *Result) merge(more ...Target) {
	for _, got := range more {
		if slices.ContainsFunc(r.Targets, got.same) {
			continue
		}
		if len(r.Targets) == maxTargets {
			r.Complete = false
			return
		}
		r.Targets = append(r.Targets, got)
	}
}

// add merges all of what another expression may stand for.
func (r *Result) add(more *Result) {
	r.merge(more.Targets...)
	for _, object := range more.objects {
		r.hold(object)
	}
	for _, space := range more.spaces {
		if len(r.spaces) < maxTargets {
			r.spaces = append(r.spaces, space)
		}
	}
	if r.self == nil {
		r.method, r.self = more.method, more.self
	}
}

// hold adds an object.
func (r *Result) hold(object syntax.Index) {
	if object != syntax.None && len(r.objects) < maxTargets && !slices.Contains(r.objects, object) {
		r.objects = append(r.objects, object)
	}
}

// Identifier resolves the identifier at node i.
func (t *Table) Identifier(i syntax.Index) Result {
	return t.lookUp(t.text(i), i)
}

// lookUp resolves a name as node i sees it.
func (t *Table) lookUp(name string, i syntax.Index) Result {
	s := t.scopeOf[i]
	at := place{node: i, pos: t.tree.Nodes[i].Start}
	if to, ok := t.scopes[s].elsewhere[name]; ok {
		// The name is declared global or nonlocal; that scope's code runs
		// before and after.
		at = place{node: t.scopes[s].node, pos: t.tree.Nodes[t.scopes[s].node].Start, later: true}
		s = to
	}
	var few [8]crossing
	passed := few[:0]
	r, found := t.inScope(s, name, at)
	for !found && t.scopes[s].parent >= 0 {
		node := t.scopes[s].node
		at = place{node: node, pos: t.tree.Nodes[node].Start, later: at.later || t.scopes[s].kind == functionScope}
		key := crossing{s, name, at.later}
		if known, ok := t.memo[key]; ok {
			r = known
			break
		}
		passed = append(passed, key)
		s = t.scopes[s].parent
		// The names of a class are not seen from the functions inside it.
		if t.scopes[s].kind != classScope {
			r, found = t.inScope(s, name, at)
		}
	}
	if !found && s == 0 && t.scopes[0].parent < 0 && len(r.Targets) == 0 && len(r.objects) == 0 && !r.Complete {
		_, bound := t.scopes[0].names[name]
		r.Unbound = !bound
		if name == "typ_" && !bound {
			name = "type" // see prelex.Normalise
		}
		if !t.defines && name == "__builtins__" && !bound {
			r.Targets, r.Complete = []Target{{Name: "builtins", Via: syntax.None}}, true
		}
		if !t.defines && !bound && t.words.isBuiltin(name) {
			r.Targets, r.Complete = []Target{{Name: builtins + name, Via: syntax.None}}, true
		}
	}
	if len(passed) >= deepNest {
		for _, key := range passed {
			t.memo[key] = r
		}
	}
	return r
}

// deepNest is how many scopes in each other make it worth while to remember what lies
// beyond them.
const deepNest = 6

// manyBindings is where exactness ends: a name bound more often than this in
// one scope stands for all it was ever bound to.
const manyBindings = 64

// inScope collects the bindings of a name in scope s that reach a place. found
// is false when the search goes on outside.
func (t *Table) inScope(s int32, name string, at place) (r Result, found bool) {
	sc := &t.scopes[s]
	var hidden uint32
	r.Complete = true
	if e := sc.names[name]; e != nil {
		hidden, found = t.reaching(e, at, &r)
		if !found && sc.kind == functionScope {
			// A local name that is not bound yet is an error in Python.
			return Result{}, true
		}
	}
	for _, st := range t.stars[s] {
		if !st.anytime && (st.pos < hidden || st.pos > at.pos && !at.later) || strings.HasPrefix(name, "_") {
			continue
		}
		if t.words.functions != nil && t.words.isBuiltin(name) {
			continue // few modules have a function of that name
		}
		if canonical, ok := t.words.Canonical(st.module + "." + name); ok {
			r.merge(Target{Name: canonical, Via: syntax.None})
			found = true
		}
	}
	if !found {
		return Result{}, false
	}
	return r, true
}

// reaching merges the bindings of e that reach a place, and returns where the
// binding stands that hides all above it.
func (t *Table) reaching(e *entry, at place, r *Result) (hidden uint32, found bool) {
	take := func(b *binding) {
		m := t.meaning(b)
		if r.Targets == nil {
			r.Targets = slices.Clip(m.targets)
		} else {
			r.merge(m.targets...)
		}
		r.add(&Result{spaces: m.spaces})
		r.Complete = r.Complete && (m.known || b.beside)
		r.hold(b.object)
		for _, object := range m.objects {
			r.hold(object)
		}
	}
	if len(e.bindings) > manyBindings {
		r.add(t.union(e))
		r.Complete = false
		return 0, true
	}
	return t.reach(e, at, take)
}

// union is what all bindings of a name together may be, worked out once in a round.
func (t *Table) union(e *entry) *Result {
	if known := t.unions[e]; known != nil {
		return known
	}
	all := &Result{}
	for k := range e.bindings {
		m := t.meaning(&e.bindings[k])
		all.add(&Result{Targets: m.targets, objects: m.objects, spaces: m.spaces})
		all.hold(e.bindings[k].object)
	}
	if t.unions == nil {
		t.unions = make(map[*entry]*Result)
	}
	t.unions[e] = all
	return all
}

// reach takes the bindings of e that reach a place, and returns where the one stands
// that hides all above it.
func (t *Table) reach(e *entry, at place, took func(*binding)) (hidden uint32, found bool) {
	take := func(b *binding) {
		found = true
		took(b)
	}
	var killer *binding
	for k := range slices.Backward(e.bindings) {
		b := &e.bindings[k]
		if b.anytime {
			take(b)
			continue
		}
		if b.pos > at.pos {
			continue
		}
		if killer != nil && b.pos < killer.pos {
			continue
		}
		take(b)
		if killer == nil && b.dom != syntax.None && t.tree.Contains(b.dom, at.node) {
			killer = b
			hidden = b.pos
		}
	}
	for k := range e.bindings {
		b := &e.bindings[k]
		if !b.anytime && b.pos > at.pos && (at.later || t.comesAround(b, killer, at)) {
			take(b)
		}
	}
	return hidden, found
}

// comesAround reports whether a binding below a place reaches it in the next
// round of a loop around both.
func (t *Table) comesAround(b, killer *binding, at place) bool {
	for loop := b.loop; loop != syntax.None; loop = t.loopOf[loop] {
		if t.tree.Contains(loop, at.node) {
			return killer == nil || !t.tree.Contains(loop, killer.dom)
		}
	}
	return false
}
