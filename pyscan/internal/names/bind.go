package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// bind adds the bindings that node i makes.
func (t *Table) bind(i syntax.Index) {
	n := &t.tree.Nodes[i]
	s, block, loop := t.scopeOf[i], t.blockOf[i], t.loopOf[i]
	switch n.Kind {
	case syntax.ImportStatement, syntax.ImportFromStatement:
		t.bindImport(i)
	case syntax.GlobalStatement, syntax.NonlocalStatement:
		t.declare(i, s)
	case syntax.Assignment:
		t.bindAssignment(i)
	case syntax.Call:
		t.bindSetattr(i)
		t.bindAppended(i)
		t.notePassing(i)
	case syntax.AugmentedAssignment:
		t.opaque(t.tree.Child(i, syntax.Left), s, n.End, block, loop)
	case syntax.NamedExpression:
		// A walrus binds outside the comprehension it stands in (PEP 572).
		s = t.scopes[s].holder
		if id := t.tree.Child(i, syntax.Name); id != syntax.None {
			t.roles[id] |= target
			t.add(s, t.text(id), t.valued(n.End, syntax.None, loop, t.tree.Child(i, syntax.Value)).at(id))
		}
	case syntax.DeleteStatement:
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			t.opaque(c, s, n.End, block, loop)
		}
	case syntax.FunctionDefinition:
		if !t.bindDefinition(i) {
			t.bindFunction(i)
		}
	case syntax.ReturnStatement, syntax.Yield:
		t.gives(i)
	case syntax.ClassDefinition:
		if !t.bindDefinition(i) {
			t.bindClass(i)
		}
	case syntax.Parameters, syntax.LambdaParameters:
		t.bindParameters(i)
	case syntax.ForStatement:
		left := t.tree.Child(i, syntax.Left)
		if left != syntax.None {
			b := t.valued(t.tree.Nodes[left].End, t.tree.Child(i, syntax.Body), i, t.tree.Child(i, syntax.Right))
			t.bindElements(left, s, b)
		}
	case syntax.ForInClause:
		if left := t.tree.Child(i, syntax.Left); left != syntax.None {
			t.bindElements(left, s, t.valued(0, n.Parent, syntax.None, t.tree.Child(i, syntax.Right)))
		}
	case syntax.AsPatternTarget:
		t.bindAsTarget(i)
	case syntax.DottedName, syntax.SplatPattern, syntax.AsPattern:
		t.bindCapture(i)
	case syntax.TypeAliasStatement:
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			if t.tree.Kind(c) == syntax.Type {
				t.opaque(t.tree.First(c), s, n.End, block, loop)
				break
			}
		}
	}
}

func (t *Table) valued(pos uint32, dom, loop, value syntax.Index) binding {
	return binding{pos: pos, dom: dom, loop: loop, value: value, class: syntax.None, object: syntax.None}
}

// opaque binds every name of a target pattern to something unknown.
func (t *Table) opaque(pattern syntax.Index, s int32, pos uint32, dom, loop syntax.Index) {
	if pattern == syntax.None {
		return
	}
	end := t.tree.Nodes[pattern].After
	for i := pattern; i < end; {
		switch t.tree.Kind(i) {
		case syntax.Identifier:
			t.roles[i] |= target
			t.add(s, t.text(i), t.valued(pos, dom, loop, syntax.None).at(i))
			i++
		case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ListSplatPattern, syntax.ListSplat,
			syntax.DictionarySplatPattern, syntax.Tuple, syntax.List, syntax.ParenthesizedExpression, syntax.ExpressionList:
			i++
		default:
			// An attribute or an item is set, no name is bound; what
			// stands inside it is read.
			t.roles[i] |= target
			i = t.tree.Nodes[i].After
		}
	}
}

// bindAssignment binds a = b = value, all of the chain at once.
func (t *Table) bindAssignment(i syntax.Index) {
	if t.roles[i]&chained != 0 {
		return
	}
	var lefts []syntax.Index
	value, pos := i, t.tree.Nodes[i].End
	for value != syntax.None && t.tree.Kind(value) == syntax.Assignment {
		t.roles[value] |= chained
		if left := t.tree.Child(value, syntax.Left); left != syntax.None {
			lefts = append(lefts, left)
		}
		value = t.tree.Child(value, syntax.Right)
	}
	if value == syntax.None {
		// "name: type" binds nothing.
		for _, left := range lefts {
			t.roles[left] |= target
			t.declareType(left, i)
		}
		return
	}
	t.bindType(i)
	for _, left := range lefts {
		t.bindTarget(left, value, i, pos)
	}
}

// bindTarget binds a target to a value: a name to it, and names side by side to
// values side by side.
func (t *Table) bindTarget(left, value, statement syntax.Index, pos uint32) {
	if t.depth++; t.depth > maxDepth {
		t.opaque(left, t.scopeOf[statement], pos, t.blockOf[statement], t.loopOf[statement])
		t.depth--
		return
	}
	defer func() { t.depth-- }()
	s := t.scopeOf[statement]
	b := t.valued(pos, t.blockOf[statement], t.loopOf[statement], value)
	left = t.bare(left)
	switch t.tree.Kind(left) {
	case syntax.Identifier:
		t.roles[left] |= target
		name := t.text(left)
		if end := t.tree.Nodes[left].End; name == "exec" && int(end) < len(t.tree.Source) && t.tree.Source[end] == '=' {
			return // the statement of Python 2, see prelex.Normalise
		}
		t.add(s, name, b.at(left))
		return
	case syntax.Attribute, syntax.Subscript:
		t.assign(left, value)
	}
	lefts, values := t.items(left), t.items(value)
	if len(lefts) > 0 && len(lefts) == len(values) {
		for k, l := range lefts {
			t.bindTarget(l, values[k], statement, pos)
		}
		return
	}
	t.bindParts(left, s, b)
}

// bindElements binds the target of a loop to what it runs over.
func (t *Table) bindElements(left syntax.Index, s int32, b binding) {
	b.part.element = true
	if t.tree.Kind(left) == syntax.Identifier {
		t.roles[left] |= target
		t.add(s, t.text(left), b.at(left))
		return
	}
	t.bindParts(left, s, b)
}

// bindParts binds the names of a pattern to the items of a value, up to the first
// that is starred.
func (t *Table) bindParts(left syntax.Index, s int32, b binding) {
	switch t.tree.Kind(left) {
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern:
	default:
		t.opaque(left, s, b.pos, b.dom, b.loop)
		return
	}
	known := b.value != syntax.None
	for c := t.tree.First(left); c != syntax.None; c = t.tree.Next(c) {
		b.part.item++
		known = known && t.tree.Kind(c) != syntax.ListSplatPattern && t.tree.Kind(c) != syntax.ListSplat
		if !known || t.tree.Kind(c) != syntax.Identifier {
			t.opaque(c, s, b.pos, b.dom, b.loop)
			continue
		}
		t.roles[c] |= target
		t.add(s, t.text(c), b.at(c))
	}
}

// items lists what stands side by side in a pattern or a tuple; nil if one of
// them is starred, because then positions mean nothing.
func (t *Table) items(i syntax.Index) []syntax.Index {
	switch t.tree.Kind(i) {
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ExpressionList, syntax.Tuple, syntax.List:
	default:
		return nil
	}
	var out []syntax.Index
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		switch t.tree.Kind(c) {
		case syntax.ListSplat, syntax.ListSplatPattern:
			return nil
		}
		out = append(out, c)
	}
	return out
}

// bindClass binds the name of a class to its bases: calling the class calls
// what they say.
func (t *Table) bindClass(i syntax.Index) {
	id := t.tree.Child(i, syntax.Name)
	if id == syntax.None {
		return
	}
	t.roles[id] |= target
	s, name, pos := t.scopeOf[i], t.text(id), t.tree.Nodes[i].End
	bound := false
	if bases := t.tree.Child(i, syntax.Superclasses); bases != syntax.None {
		for c := t.tree.First(bases); c != syntax.None; c = t.tree.Next(c) {
			switch t.tree.Kind(c) {
			case syntax.Identifier, syntax.Attribute, syntax.ParenthesizedExpression:
			default:
				continue
			}
			if t.text(c) == "object" {
				continue // as Python 2 is told that a class stands on nothing
			}
			b := t.valued(pos, syntax.None, t.loopOf[i], c)
			b.class = i
			if !bound {
				b.dom, b.object = t.blockOf[i], i
			}
			t.add(s, name, b.at(id))
			bound = true
		}
	}
	if !bound {
		b := t.valued(pos, t.blockOf[i], t.loopOf[i], syntax.None)
		// A class that stands on nothing is all that the name can be.
		b.object, b.sure = i, !t.hasBases(i)
		t.add(s, name, b.at(id))
	}
}

func (t *Table) bindParameters(i syntax.Index) {
	s := t.scopeOf[i]
	if self := t.tree.First(i); self != syntax.None && t.tree.Kind(self) == syntax.Identifier {
		if class := t.classOf(i); class != syntax.None {
			t.roles[self] |= target
			b := t.valued(0, t.tree.Parent(i), syntax.None, syntax.None)
			b.object = class
			if !t.defines {
				b.value, b.part.own = class, t.ownOf(t.tree.Parent(i))
			}
			t.add(s, t.text(self), b.at(self))
		}
	}
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		pattern := c
		switch t.tree.Kind(c) {
		case syntax.Identifier:
			if t.roles[c]&target != 0 {
				continue
			}
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			// A default is what the parameter is where nobody says otherwise.
			if pattern = t.tree.Child(c, syntax.Name); t.tree.Kind(pattern) == syntax.Identifier {
				t.roles[pattern] |= target
				b := t.valued(0, t.tree.Parent(i), syntax.None, t.tree.Child(c, syntax.Value))
				b.open = true
				t.add(s, t.text(pattern), b.at(pattern))
				t.addTyped(c, pattern, s, b)
				continue
			}
		case syntax.TypedParameter:
			if pattern = t.tree.First(c); t.tree.Kind(pattern) == syntax.Identifier && !t.defines {
				t.roles[pattern] |= target
				b := t.valued(0, t.tree.Parent(i), syntax.None, syntax.None)
				t.addTyped(c, pattern, s, b)
				continue
			}
		}
		t.opaque(pattern, s, 0, t.tree.Parent(i), syntax.None)
	}
}

// classOf returns the class of which the function with these parameters is a
// method, or None.
func (t *Table) classOf(parameters syntax.Index) syntax.Index {
	def := t.tree.Parent(parameters)
	if t.tree.Kind(def) != syntax.FunctionDefinition || t.scopes[t.scopeOf[def]].kind != classScope {
		return syntax.None
	}
	if outer := t.tree.Parent(def); t.tree.Kind(outer) == syntax.DecoratedDefinition {
		for c := t.tree.First(outer); c != syntax.None; c = t.tree.Next(c) {
			if text := t.tree.Text(c); t.tree.Kind(c) == syntax.Decorator && string(text[:min(len(text), 13)]) == "@staticmethod" {
				return syntax.None
			}
		}
	}
	return t.scopes[t.scopeOf[def]].node
}

// bindAsTarget binds the name behind "as" in with and except.
func (t *Table) bindAsTarget(i syntax.Index) {
	dom := t.blockOf[i]
	if clause := t.clauseAround(i); clause != syntax.None {
		dom = clause
	}
	left, as := t.tree.First(i), t.tree.Parent(i)
	if t.tree.Kind(t.tree.Parent(as)) == syntax.WithItem && !t.defines {
		value := t.tree.First(as)
		switch t.tree.Kind(left) {
		case syntax.Identifier:
			b := t.valued(t.tree.Nodes[i].End, dom, t.loopOf[i], value)
			b.part.entered = true
			t.roles[left] |= target
			t.add(t.scopeOf[i], t.text(left), b.at(left))
			return
		case syntax.Attribute:
			t.assigned = append(t.assigned, assigned{left: left, value: value, part: part{entered: true}})
		}
	}
	t.opaque(left, t.scopeOf[i], t.tree.Nodes[i].End, dom, t.loopOf[i])
}

// bindCapture binds a name that a match pattern captures. The grammar writes a
// bare name as a dotted name of one part.
func (t *Table) bindCapture(i syntax.Index) {
	id := syntax.None
	switch parent := t.tree.Kind(t.tree.Parent(i)); t.tree.Kind(i) {
	case syntax.DottedName:
		if parent == syntax.CasePattern || parent == syntax.KeywordPattern {
			if id = t.tree.First(i); id != syntax.None && t.tree.Next(id) != syntax.None {
				id = syntax.None
			}
		}
	case syntax.SplatPattern:
		id = t.tree.First(i)
	case syntax.AsPattern:
		if parent == syntax.CasePattern {
			if id = t.tree.First(i); id != syntax.None {
				id = t.tree.Next(id)
			}
		}
	}
	if t.tree.Kind(id) == syntax.Identifier {
		t.opaque(id, t.scopeOf[i], t.tree.Nodes[i].End, t.clauseAround(i), t.loopOf[i])
	}
}

// patternDepth bounds the search for the clause around a pattern. A name in a
// deeper pattern hides nothing.
const patternDepth = 16

// clauseAround returns the except or case clause around a pattern, or None.
func (t *Table) clauseAround(i syntax.Index) syntax.Index {
	for range patternDepth {
		if i = t.tree.Parent(i); i == syntax.None {
			break
		}
		switch t.tree.Kind(i) {
		case syntax.ExceptClause, syntax.ExceptGroupClause, syntax.CaseClause:
			return i
		case syntax.Block, syntax.WithStatement:
			return syntax.None
		}
	}
	return syntax.None
}

// dotted returns the text of a dotted name without the blanks and line
// continuations that may stand between its parts.
func (t *Table) dotted(i syntax.Index) string {
	var b strings.Builder
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.Write(t.tree.Text(c))
	}
	return b.String()
}
