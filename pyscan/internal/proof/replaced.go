package proof

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxBases bounds the classes in which a method is looked for.
const maxBases = 8

// method returns the method of a class of the file, or None.
func (f *File) method(class syntax.Index, name string) syntax.Index {
	queue := []syntax.Index{class}
	for n := 0; n < len(queue) && n < maxBases; n++ {
		if queue[n] <= 0 {
			continue
		}
		if n == 0 && f.remade(class) || f.madeOtherwise(queue[n]) {
			return syntax.None
		}
		if def, ok := f.methods[queue[n]][name]; ok {
			if f.replaced(queue[n], name) {
				return syntax.None
			}
			return def
		}
		queue = append(queue, f.basesOf(queue[n])...)
	}
	return syntax.None
}

// basesOf returns the classes of the file on which a class stands.
func (f *File) basesOf(class syntax.Index) (out []syntax.Index) {
	bases := f.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None {
		return nil
	}
	for c := f.tree.First(bases); c != syntax.None && len(out) < maxBases; c = f.tree.Next(c) {
		if f.tree.Kind(c) == syntax.Identifier {
			if def := f.definitions[f.names.Variable(c)]; def > 0 && f.tree.Kind(def) == syntax.ClassDefinition {
				out = append(out, def)
			}
		}
	}
	return out
}

// replaced reports a method of a class of the file that is not what its objects call: the
// class or an object of it is given another of that name.
func (f *File) replaced(class syntax.Index, name string) bool {
	def := f.methods[class][name]
	is, known := f.replaces[def]
	if !known {
		if f.replaces == nil {
			f.replaces = make(map[syntax.Index]bool)
		}
		is = f.puts(name, class)
		f.replaces[def] = is
	}
	return is
}

// puts reports an assignment to an attribute of this name: to one of a class, or of
// something that may be an object of it. In a method, self is an object of its own class.
func (f *File) puts(name string, class syntax.Index) bool {
	if f.poked.names[name] {
		return true
	}
	for _, i := range f.uses[name] {
		up := f.tree.Parent(i)
		if f.tree.Kind(up) == syntax.Assignment {
			if class > 0 && f.tree.Nodes[i].Field == syntax.Left && f.tree.Parent(f.tree.Parent(up)) == f.tree.Child(class, syntax.Body) {
				return true // "verify = print" in its body
			}
			continue
		}
		if f.tree.Kind(up) == syntax.Attribute && class > 0 && f.tree.Kind(f.tree.Parent(up)) == syntax.DeleteStatement {
			return true
		}
		if f.tree.Kind(up) != syntax.Attribute || f.tree.Nodes[i].Field != syntax.AttributeName || f.tree.Nodes[up].Field != syntax.Left || f.tree.Kind(f.tree.Parent(up)) != syntax.Assignment {
			continue
		}
		of := f.tree.Child(up, syntax.Object)
		if f.tree.Kind(of) != syntax.Identifier {
			continue
		}
		in := f.names.ClassAt(f.names.CodeAt(i))
		def := f.definitions[f.names.Variable(of)]
		switch text := string(f.tree.Text(of)); {
		case text == "self" || text == "cls":
			if in == class && class > 0 {
				return true
			}
		case class <= 0:
			if _, _, ok := f.names.Import(of); ok {
				return true
			}
		case def <= 0 || def == class:
			return true
		}
	}
	return false
}

// remade reports a class for which a decorator of the file gives something else, and one
// that answers for its attributes itself.
func (f *File) remade(class syntax.Index) bool {
	if _, ok := f.methods[class]["__getattribute__"]; ok {
		return true
	}
	if id := f.tree.Child(class, syntax.Name); id != syntax.None && f.poked.objects[string(f.tree.Text(id))] {
		return true
	}
	for _, d := range (&prover{File: f}).decorators(class) {
		if f.tree.Kind(d) != syntax.Identifier {
			continue
		}
		if by := f.definitions[f.names.Variable(d)]; by > 0 && f.tree.Kind(by) == syntax.FunctionDefinition && !f.callsOn(by) {
			return true
		}
	}
	return false
}

// maxReturned bounds the calls of a function that are looked at.
const maxReturned = 16

// returnsAlone reports a function of which each call in the file gives its list to
// something that only looks at it.
func (f *File) returnsAlone(code syntax.Index, depth int) bool {
	id := f.tree.Child(code, syntax.Name)
	if id == syntax.None || depth == 0 {
		return false
	}
	seen := 0
	for _, i := range f.uses[string(f.tree.Text(id))] {
		at := i
		if up := f.tree.Parent(i); f.tree.Kind(up) == syntax.Attribute && f.tree.Nodes[i].Field == syntax.AttributeName {
			at = up
		}
		if !f.calls(at) {
			continue
		}
		if seen++; seen > maxReturned || !f.onlyLooked(f.tree.Parent(at), depth) {
			return false
		}
	}
	return true
}

// onlyLooked reports a value that nobody else gets at.
func (f *File) onlyLooked(value syntax.Index, depth int) bool {
	if f.tree.Kind(f.tree.Parent(value)) == syntax.Await {
		value = f.tree.Parent(value)
	}
	up := f.tree.Parent(value)
	switch f.tree.Kind(up) {
	case syntax.ReturnStatement:
		return f.returnsAlone(f.names.CodeAt(value), depth-1)
	case syntax.Assignment:
		name := f.tree.Child(up, syntax.Left)
		return f.tree.Kind(name) == syntax.Identifier && f.tree.Nodes[value].Field != syntax.Left && f.lookedAt(name, depth)
	}
	return f.looksOnly(value)
}
