package names

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// Variable is a name of one scope of a file.
type Variable struct {
	// Scope tells scopes apart; 0 is that of the module, where builtins are looked for,
	// too.
	Scope int32
	Name  string
}

// Variable returns which variable the identifier at node i means.
func (t *Table) Variable(i syntax.Index) Variable { return t.VariableAt(t.text(i), i) }

// VariableAt returns which variable a name means to the code at node i.
func (t *Table) VariableAt(name string, i syntax.Index) Variable {
	return Variable{t.homeOf(name, t.scopeOf[i]), name}
}

// Bound reports whether the file binds a variable.
func (t *Table) Bound(v Variable) bool { return t.scopes[v.Scope].names[v.Name] != nil }

// Code returns the def, the lambda or the module whose code a variable belongs to: classes
// and comprehensions run where they stand.
func (t *Table) Code(v Variable) syntax.Index { return t.codeOf(v.Scope) }

// CodeAt returns the def, the lambda or the module of whose code node i is a part. Node 0
// is the module.
func (t *Table) CodeAt(i syntax.Index) syntax.Index { return t.codeOf(t.scopeOf[i]) }

func (t *Table) codeOf(s int32) syntax.Index {
	for s > 0 && t.scopes[s].kind != functionScope {
		s = t.scopes[s].parent
	}
	return t.scopes[max(s, 0)].node
}

// ClassAt returns the class in whose body node i stands, or syntax.None: for a method, the
// class that it is a method of.
func (t *Table) ClassAt(i syntax.Index) syntax.Index {
	if s := t.scopeOf[i]; t.scopes[s].kind == classScope {
		return t.scopes[s].node
	}
	return syntax.None
}

// Given lists the expressions that an identifier or an attribute may have been bound to
// as they stand, the defaults of parameters included. all is false if it may have got its
// value in another way.
func (t *Table) Given(i syntax.Index) (out []syntax.Index, all bool) {
	var bindings []*binding
	switch t.tree.Kind(i) {
	case syntax.Identifier:
		bindings = t.bindingsAt(i)
	case syntax.Attribute:
		bindings = t.attributeBindings(i)
	}
	all = len(bindings) > 0
	for _, b := range bindings {
		if b.value == syntax.None || b.part != (part{}) || b.class != syntax.None {
			all = all && b.beside
			continue
		}
		all = all && !b.open
		out = append(out, b.value)
	}
	return out, all
}
