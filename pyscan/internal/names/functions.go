package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxGives bounds the return statements of a function that are followed, and its
// yields.
const maxGives = 16

// bindFunction binds the name of a function to it.
func (t *Table) bindFunction(i syntax.Index) {
	id := t.tree.Child(i, syntax.Name)
	if id == syntax.None {
		return
	}
	t.roles[id] |= target
	b := t.valued(t.tree.Nodes[i].End, t.blockOf[i], t.loopOf[i], syntax.None)
	if !t.defines {
		b.object = i
	}
	t.add(t.scopeOf[i], t.text(id), b.at(id))
}

// gives notes what a function returns or yields.
func (t *Table) gives(i syntax.Index) {
	s := t.scopeOf[i]
	if value := t.tree.First(i); value != syntax.None && t.scopes[s].kind == functionScope {
		all := &t.scopes[s].returns
		if t.tree.Kind(i) == syntax.Yield {
			all = &t.scopes[s].yields
		}
		if len(*all) < maxGives {
			*all = append(*all, value)
		}
	}
}

// given is what a function returns. While that is being found, open is its place among
// those of which it is, counted from 1.
type given struct {
	Result
	open int
}

// maxAgain bounds how often functions that call each other in a ring are looked at
// again in a round.
const maxAgain = 1_000

// returns tells what a function or a lambda returns, once in a round. What is found
// on the way round a ring of functions lacks what the first of them gives, and is not
// kept.
func (t *Table) returns(f syntax.Index) *Result {
	if known, ok := t.returned[f]; ok {
		if known.open > 0 {
			t.ring = min(t.ring, known.open)
		}
		return &known.Result
	}
	outer := t.ring
	t.nested++
	g := &given{open: t.nested}
	t.ring = g.open
	t.returned[f] = g
	t.give(f, &g.Result)
	if t.ring < g.open && t.again < maxAgain {
		t.again++
		delete(t.returned, f)
	}
	g.open = 0
	t.nested--
	t.ring = min(t.ring, outer)
	return &g.Result
}

func (t *Table) give(f syntax.Index, r *Result) {
	if t.tree.Kind(f) == syntax.Lambda {
		t.pass(r, t.tree.Child(f, syntax.Body))
		return
	}
	for _, value := range t.scopes[t.functions[f]].returns {
		t.pass(r, value)
	}
	if annotation := t.tree.Child(f, syntax.ReturnType); annotation != syntax.None {
		typed := t.annotation(annotation)
		for _, got := range typed.Targets {
			if !r.names(got.Name) {
				r.merge(got)
			}
		}
		for _, object := range typed.objects {
			r.hold(object)
		}
	}
}

func (r *Result) names(name string) bool {
	for k := range r.Targets {
		if r.Targets[k].Name == name {
			return true
		}
	}
	return false
}

// callFunction adds what a function of the file returns. The call of one that yields
// stands for what it yields one by one.
func (t *Table) callFunction(f, call syntax.Index, out *Result) {
	if s, ok := t.functions[f]; ok && len(t.scopes[s].yields) > 0 {
		out.hold(call)
		return
	}
	out.add(t.returns(f))
}

// yielded adds what functions yield: to a loop, or as a context manager.
func (t *Table) yielded(functions, out *Result) {
	for _, f := range functions.objects {
		if t.tree.Kind(f) != syntax.FunctionDefinition {
			continue
		}
		for _, value := range t.scopes[t.functions[f]].yields {
			t.pass(out, value)
		}
	}
}

// opened puts in the place of a property what it returns.
func (t *Table) opened(r *Result) {
	var plain []syntax.Index
	var properties []syntax.Index
	for _, object := range r.objects {
		if t.tree.Kind(object) == syntax.FunctionDefinition && t.decorated(object, "property") {
			properties = append(properties, object)
		} else {
			plain = append(plain, object)
		}
	}
	if len(properties) == 0 {
		return
	}
	r.objects = plain
	for _, f := range properties {
		r.add(t.returns(f))
	}
}

// bindType binds what is assigned with a type to an object of that besides.
func (t *Table) bindType(i syntax.Index) {
	left, annotation := t.tree.Child(i, syntax.Left), t.tree.Child(i, syntax.TypeField)
	if t.defines || left == syntax.None || annotation == syntax.None {
		return
	}
	switch t.tree.Kind(left) {
	case syntax.Identifier:
		b := t.valued(t.tree.Nodes[i].End, syntax.None, t.loopOf[i], syntax.None)
		b.beside = true
		t.addTyped(i, left, t.scopeOf[i], b)
	case syntax.Attribute:
		t.assigned = append(t.assigned, assigned{left: left, value: annotation, part: part{annotated: true}})
	}
}

// declareType notes the type of a field that the body of a class only names, or of
// an attribute.
func (t *Table) declareType(left, i syntax.Index) {
	annotation := t.tree.Child(i, syntax.TypeField)
	if t.defines || annotation == syntax.None {
		return
	}
	switch s := t.scopeOf[i]; {
	case t.tree.Kind(left) == syntax.Attribute:
		t.assigned = append(t.assigned, assigned{left: left, value: annotation, part: part{annotated: true}})
	case t.tree.Kind(left) == syntax.Identifier && t.scopes[s].kind == classScope:
		b := t.valued(t.tree.Nodes[i].End, syntax.None, syntax.None, annotation)
		b.part.annotated = true
		t.pathed = true
		t.addPath(s, "."+t.text(left), b)
	}
}

// addTyped binds a name to an object of the type that stands beside it.
func (t *Table) addTyped(i, name syntax.Index, s int32, b binding) {
	if annotation := t.tree.Child(i, syntax.TypeField); !t.defines && annotation != syntax.None {
		b.value, b.part, b.open = annotation, part{annotated: true}, true
		t.add(s, t.text(name), b.at(name))
	}
}

// annotation tells what something is by its type.
func (t *Table) annotation(i syntax.Index) Result {
	out := Result{}
	t.annotate(i, 0, &out)
	for k := range out.Targets {
		out.Targets[k].Annotated, out.Targets[k].Via = true, syntax.None
	}
	return out
}

// maxTypes bounds types that stand in each other.
const maxTypes = 16

// transparent are the names of types that say something about the one in brackets.
var transparent = map[string]bool{"Optional": true, "Union": true, "Annotated": true, "Final": true, "ClassVar": true, "ReadOnly": true}

func (t *Table) annotate(i syntax.Index, depth int, out *Result) {
	if depth > maxTypes || i == syntax.None {
		return
	}
	switch t.tree.Kind(i) {
	case syntax.Type, syntax.ParenthesizedExpression, syntax.BinaryOperator, syntax.TypeParameter, syntax.UnionPattern:
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			t.annotate(c, depth+1, out)
		}
	case syntax.GenericType, syntax.Subscript:
		head := t.tree.First(i)
		if head == syntax.None {
			return
		}
		name := t.text(head)
		if !transparent[name[strings.LastIndexByte(name, '.')+1:]] {
			return
		}
		for c := t.tree.Next(head); c != syntax.None; c = t.tree.Next(c) {
			t.annotate(c, depth+1, out)
		}
	case syntax.Identifier, syntax.Attribute:
		r := t.Expression(i)
		t.objectsOf(&r, out)
	case syntax.String:
		text, ok := t.literal(i)
		if head, inner, generic := strings.Cut(text, "["); ok && generic {
			if !transparent[head[strings.LastIndexByte(head, '.')+1:]] {
				return
			}
			text = inner
		}
		for n, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("[]|, ", r) }) {
			if n < maxTypes {
				r := t.named(name, i)
				t.objectsOf(&r, out)
			}
		}
	}
}

// objectsOf adds objects of classes.
func (t *Table) objectsOf(classes, out *Result) {
	for _, class := range classes.Targets {
		if object, ok := t.object(class); ok {
			out.merge(object)
		}
	}
	for _, class := range t.classesIn(classes) {
		out.hold(class)
	}
}

// appends are the methods of containers that put one more item in, which is their
// last argument.
var appends = map[string]bool{"append": true, "add": true, "appendleft": true, "insert": true}

// bindAppended notes conns.append(Client(address)).
func (t *Table) bindAppended(call syntax.Index) {
	f := t.tree.Child(call, syntax.Function)
	if t.defines || t.tree.Kind(f) != syntax.Attribute {
		return
	}
	name := t.tree.Child(f, syntax.AttributeName)
	if name == syntax.None || !appends[t.text(name)] {
		return
	}
	n := 0
	if t.text(name) == "insert" {
		n = 1
	}
	value, of := t.argument(call, n), t.tree.Child(f, syntax.Object)
	switch t.tree.Kind(t.unwrap(value)) {
	case syntax.Identifier, syntax.Attribute, syntax.Call, syntax.Await:
		if of != syntax.None {
			t.assigned = append(t.assigned, assigned{left: of, value: value, added: true})
		}
	}
}
