package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// dumps looks for calls that pickle objects of the classes of the file, or something
// that cannot be pickled.
func (j *pickled) dumps() {
	t := j.f.tree
	for i := range t.Nodes {
		i := syntax.Index(i)
		switch t.Kind(i) {
		case syntax.Call:
			if !j.mayPickle(t.Child(i, syntax.Function)) {
				continue
			}
			fact, ok := j.f.gate.catalog.PythonPickles(trimCall(j.m.Made(i)))
			if !ok || j.tried(i) {
				continue
			}
			protocol := -1
			a := j.f.arguments(i, 0)
			for _, name := range []string{"protocol"} {
				if v, _ := a.find(catalog.Argument{Name: name, Position: j.protocolAt(fact)}); v != syntax.None && t.Kind(j.f.unwrap(v)) == syntax.Integer {
					if text := string(t.Text(j.f.unwrap(v))); len(text) == 1 {
						protocol = int(text[0] - '0')
					}
				}
			}
			if v, _ := a.find(fact.Arg); v != syntax.None {
				j.dumped(i, v, fact, protocol, 0)
			}
			if fact.Also != nil {
				if v, _ := a.find(*fact.Also); v != syntax.None {
					j.dumped(i, v, fact, protocol, 0)
				}
			}
		case syntax.Assignment:
			// store["key"] = object
			left := j.f.unwrap(t.Child(i, syntax.Left))
			if t.Kind(left) != syntax.Subscript {
				continue
			}
			of := t.First(left)
			if fact, ok := j.f.gate.catalog.PythonPickles(j.m.Made(of) + "[]"); ok {
				if right := t.Child(i, syntax.Right); right != syntax.None {
					j.dumped(i, right, fact, -1, 0)
				}
			}
		}
	}
	j.handOn()
}

// mayPickle reports what may stand for a function that pickles: a name may stand for any, an
// attribute has the name of the function.
func (j *pickled) mayPickle(callee syntax.Index) bool {
	t := j.f.tree
	callee = j.f.unwrap(callee)
	if t.Kind(callee) != syntax.Attribute {
		return t.Kind(callee) == syntax.Identifier
	}
	name := t.Child(callee, syntax.AttributeName)
	return name != syntax.None && j.f.gate.pickling[string(t.Text(name))]
}

// tried reports a call that is expected to fail: in a test, or where somebody asks
// whether something can be pickled.
func (j *pickled) tried(i syntax.Index) bool {
	t := j.f.tree
	for range maxUp {
		p := t.Parent(i)
		if p == syntax.None {
			return false
		}
		switch t.Kind(p) {
		case syntax.WithStatement:
			// with pytest.raises(TypeError), self.assertRaises(...)
			header := t.Source[t.Nodes[p].Start:j.f.headerEnd(p)]
			if bytes.Contains(header[:min(len(header), maxHead)], []byte("aises")) {
				return true
			}
		case syntax.TryStatement:
			for c := t.First(p); c != syntax.None && t.Kind(i) == syntax.Block; c = t.Next(c) {
				if t.Kind(c) == syntax.ExceptClause {
					text := t.Source[t.Nodes[c].Start:j.f.headerEnd(c)]
					text = text[:min(len(text), maxHead)]
					if bytes.Contains(text, []byte("TypeError")) || bytes.Contains(text, []byte("Pickl")) || bytes.Contains(text, []byte("AttributeError")) {
						return true
					}
				}
			}
		case syntax.FunctionDefinition, syntax.ClassDefinition:
			return false
		}
		i = p
	}
	return false
}

// maxHead bounds how much of the head of a statement is read, in bytes.
const maxHead = 512

// maxPasses bounds the functions that hand an object on to each other.
const maxPasses = 3

// handOn follows what is pickled to where functions of the file are given it.
func (j *pickled) handOn() {
	t := j.f.tree
	for range maxPasses {
		passes := j.passes
		j.passes = make(map[syntax.Index][]passed)
		if len(passes) == 0 {
			return
		}
		for i := range t.Nodes {
			i := syntax.Index(i)
			if t.Kind(i) != syntax.Call {
				continue
			}
			def, _ := j.m.Defined(t.Child(i, syntax.Function))
			for _, p := range passes[def] {
				a := j.f.arguments(i, 0)
				if v, _ := a.find(p.arg); v != syntax.None {
					j.dumped(i, v, p.fact, p.protocol, 0)
				}
			}
		}
	}
}

// parameter notes that a function pickles the parameter that a name is.
func (j *pickled) parameter(i syntax.Index, fact *catalog.PythonPickles, protocol int) {
	def := j.m.Function(i)
	if def == syntax.None || j.f.tree.Kind(def) != syntax.FunctionDefinition || j.m.Of(j.m.Function(def)) != nil {
		return
	}
	name := string(j.f.tree.Text(i))
	if k := slices.Index(j.m.Parameters(def), name); k >= 0 && len(j.passes[def]) < maxDumped {
		j.passes[def] = append(j.passes[def], passed{catalog.Argument{Name: name, Position: k}, fact, protocol})
	}
}

// fromOutside reports what is put into an object of the file from outside of its class:
// job.callback = lambda: 1.
func (j *pickled) fromOutside() {
	t := j.f.tree
	for i := range t.Nodes {
		i := syntax.Index(i)
		if t.Kind(i) != syntax.Assignment {
			continue
		}
		left, right := j.f.unwrap(t.Child(i, syntax.Left)), t.Child(i, syntax.Right)
		if t.Kind(left) != syntax.Attribute || right == syntax.None {
			continue
		}
		made := j.m.OnlyValue(j.f.unwrap(t.Child(left, syntax.Object)))
		if t.Kind(made) != syntax.Call {
			continue
		}
		c := j.m.Named(t.Child(made, syntax.Function))
		w := j.ways[c]
		if c == nil || w == nil || w.at == syntax.None {
			continue
		}
		states, how, known := j.stateOf(c)
		one := classes.One(states)
		name := t.Child(left, syntax.AttributeName)
		if !known || one == nil || name == syntax.None || !one.Has(string(t.Text(name))) {
			continue
		}
		if what := j.refused(right, w, 0); what != "" {
			j.tell(UnpicklableState, c, left, "`%s` is %s, which cannot be pickled%s", t.Text(left), what, j.because(c, w, how))
		}
	}
}

// protocolAt is the position of the protocol behind the arguments of a function of
// module pickle, or -1.
func (j *pickled) protocolAt(fact *catalog.PythonPickles) int {
	switch fact.Name {
	case "pickle.dump":
		return 2
	case "pickle.dumps":
		return 1
	}
	return -1
}

func trimCall(name string) string {
	if n := len(name) - len("()"); n > 0 && name[n:] == "()" {
		return name[:n]
	}
	return ""
}

// maxDumped bounds the displays in each other that are looked into.
const maxDumped = 6

// dumped notes that something is pickled.
func (j *pickled) dumped(call, value syntax.Index, fact *catalog.PythonPickles, protocol, depth int) {
	t, m := j.f.tree, j.m
	value = j.f.unwrap(value)
	if value == syntax.None || depth > maxDumped {
		return
	}
	object := func(c *classes.Class) {
		if c == nil {
			return
		}
		w := j.ways[c]
		if w == nil || w.at == syntax.None {
			w = &way{at: call, fact: fact, name: fact.Name, protocol: protocol}
			j.ways[c] = w
			return
		}
		if w.protocol < 0 {
			w.protocol = protocol
		}
		w.others = append(w.others, fact)
	}
	switch t.Kind(value) {
	case syntax.Identifier:
		if c := m.Around(value); c != nil && isSelfIn(c, string(t.Text(value)), m.Function(value)) {
			object(c)
			return
		}
		if v := m.OnlyValue(value); v != syntax.None {
			j.dumped(call, v, fact, protocol, depth+1)
			return
		}
		j.parameter(value, fact, protocol)
		j.alone(call, value, fact)
	case syntax.Call:
		if c := m.Named(t.Child(value, syntax.Function)); c != nil {
			object(c)
			return
		}
		j.alone(call, value, fact)
	case syntax.Attribute:
		if v := m.Attribute(value); v != syntax.None {
			j.dumped(call, v, fact, protocol, depth+1)
			return
		}
		if name, _ := m.Name(value); name != "" {
			return // what a module or a class has is pickled by its name
		}
		// A bound method brings its object.
		of := t.Child(value, syntax.Object)
		if c := m.Around(value); c != nil && t.Kind(of) == syntax.Identifier && isSelfIn(c, string(t.Text(of)), m.Function(value)) {
			if f, _ := c.Find(string(t.Text(t.Child(value, syntax.AttributeName)))); f != nil && !f.Property {
				object(c)
			}
		} else if v := m.OnlyValue(of); t.Kind(v) == syntax.Call {
			made := m.Named(t.Child(v, syntax.Function))
			if made == nil {
				return
			}
			if f, _ := made.Find(string(t.Text(t.Child(value, syntax.AttributeName)))); f != nil && !f.Property {
				object(made)
			}
		}
	case syntax.Tuple, syntax.List, syntax.Set:
		for _, e := range m.Elements(value) {
			j.dumped(call, e, fact, protocol, depth+1)
		}
	case syntax.Dictionary:
		for _, p := range m.Children(value) {
			if t.Kind(p) == syntax.Pair {
				j.dumped(call, t.Next(t.First(p)), fact, protocol, depth+1)
			}
		}
	case syntax.ListComprehension:
		j.dumped(call, t.First(value), fact, protocol, depth+1)
	case syntax.Lambda, syntax.GeneratorExpression:
		if depth > 0 || fact.By != catalog.PickledForProcess || t.Kind(value) == syntax.Lambda {
			j.alone(call, value, fact)
		}
	}
}

// isSelfIn reports whether a name is the object in a method of the class.
func isSelfIn(c *classes.Class, name string, function syntax.Index) bool {
	return slices.ContainsFunc(c.InOrder(), func(f *classes.Method) bool {
		return f.Self == name && !f.ClassMethod && f.Node == function
	})
}

// alone reports what is pickled by itself and cannot be.
func (j *pickled) alone(call, value syntax.Index, fact *catalog.PythonPickles) {
	if fact.By == catalog.PickledForSpawn {
		return // a process that is forked is given anything
	}
	if what := j.refused(value, &way{at: call, fact: fact, protocol: -1}, 0); what != "" {
		j.tell(UnpicklableState, j.m.Around(call), value, "%s is given %s, which cannot be pickled", fact.Name, what)
	}
}
