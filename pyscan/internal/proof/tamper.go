package proof

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// poking are the names that a file binds without spelling them as names: by setattr, in a
// namespace that it asks for, or in source that it runs. What such a name means is not
// known, wherever it is read.
type poking struct {
	names map[string]bool
	// all: any name of the module may be bound so, and any attribute of what objects names.
	all     bool
	objects map[string]bool
}

// poke notes a name that a call or an assignment binds by a string. key is None where the
// string is not seen.
func (f *File) poke(key syntax.Index) {
	switch {
	case key == syntax.None:
	case f.tree.Kind(key) == syntax.String && !f.has(key, syntax.Interpolation):
		f.poked.names[unquoted(f.tree.Text(key))] = true
	}
}

// pokesBy notes what "globals()["verify"] = …" and "signer.__dict__["verify"] = …" bind.
func (f *File) pokesBy(left syntax.Index) {
	of := f.tree.First(left)
	if of == syntax.None || !f.namespace(of) {
		return
	}
	key := f.tree.Next(of)
	f.poke(key)
	if f.tree.Kind(of) == syntax.Call && key != syntax.None && f.tree.Kind(key) != syntax.String && f.named(of) == "globals" {
		f.poked.all = true
	}
}

// namespace reports an expression that is the dictionary of the names of something: not of
// the object of a method, which only has attributes.
func (f *File) namespace(i syntax.Index) bool {
	switch f.tree.Kind(i) {
	case syntax.Call:
		switch f.named(i) {
		case "globals", "locals":
			return true
		case "vars":
			first := f.firstArgument(i)
			return first == syntax.None || !f.ownObject(first)
		}
	case syntax.Attribute:
		id, of := f.tree.Child(i, syntax.AttributeName), f.tree.Child(i, syntax.Object)
		if id == syntax.None || of == syntax.None || f.ownObject(of) {
			return false
		}
		name := string(f.tree.Text(id))
		return name == "__dict__" || name == "__globals__"
	case syntax.Identifier:
		if value := f.names.OnlyValue(i); value != syntax.None && f.tree.Kind(value) == syntax.Call {
			return f.namespace(value)
		}
	}
	return false
}

// named is the name of the function that a call calls, if it is but a name.
func (f *File) named(call syntax.Index) string {
	called := f.tree.Child(call, syntax.Function)
	if called == syntax.None || f.tree.Kind(called) != syntax.Identifier {
		return ""
	}
	return string(f.tree.Text(called))
}

func (f *File) firstArgument(call syntax.Index) syntax.Index {
	list := f.tree.Child(call, syntax.Arguments)
	if list == syntax.None {
		return syntax.None
	}
	return f.tree.First(list)
}

func (f *File) ownObject(i syntax.Index) bool {
	text := string(f.tree.Text(i))
	return f.tree.Kind(i) == syntax.Identifier && (text == "self" || text == "cls")
}

// pokesOn notes what "sys.modules[__name__].verify = …" and "verify.__code__ = …" bind.
func (f *File) pokesOn(of, id syntax.Index) {
	if of == syntax.None || id == syntax.None {
		return
	}
	name := string(f.tree.Text(id))
	if name == "__code__" && f.tree.Kind(of) == syntax.Identifier {
		f.poked.names[string(f.tree.Text(of))] = true
		return
	}
	if f.tree.Kind(of) == syntax.Identifier {
		if of = f.names.OnlyValue(of); of == syntax.None {
			return
		}
	}
	if f.tree.Kind(of) == syntax.Subscript && lastWord(string(f.tree.Text(f.tree.First(of)))) == "modules" {
		f.poked.names[name] = true
	}
}

// pokesIn notes what a call binds: setattr(signer, "verify", …), globals().update(verify=…)
// and exec("verify = …").
func (f *File) pokesIn(call syntax.Index, called string) {
	first := f.firstArgument(call)
	if first == syntax.None {
		return
	}
	switch called {
	case "setattr", "__setattr__":
		if key := f.tree.Next(first); f.ownObject(first) {
			return
		} else if f.poke(key); key != syntax.None && f.tree.Kind(key) != syntax.String && f.tree.Kind(first) == syntax.Identifier {
			f.poked.objects[string(f.tree.Text(first))] = true
		}
	case "exec":
		switch {
		case f.named(call) != "exec":
		case f.tree.Kind(first) == syntax.String:
			for word := range wordsOf(f.tree.Text(first)) {
				f.poked.names[word] = true
			}
		case f.tree.Next(first) == syntax.None && f.names.CodeAt(call) == 0:
			f.poked.all = true
		}
	case "update", "setdefault", "__setitem__", "__ior__":
		of := f.tree.Child(f.tree.Child(call, syntax.Function), syntax.Object)
		if of == syntax.None || !f.namespace(of) {
			return
		}
		for c := first; c != syntax.None; c = f.tree.Next(c) {
			if f.tree.Kind(c) == syntax.KeywordArgument {
				if id := f.tree.Child(c, syntax.Name); id != syntax.None {
					f.poked.names[string(f.tree.Text(id))] = true
				}
			}
		}
		for i := first; i < f.tree.Nodes[first].After; i++ {
			f.poke(i)
		}
	}
}

// wordsOf are the identifiers that a text may hold.
func wordsOf(text []byte) map[string]bool {
	out := make(map[string]bool)
	for at := 0; at < len(text); at++ {
		start := at
		for at < len(text) && (text[at] == '_' || text[at] >= '0' && text[at] <= '9' || text[at]|0x20 >= 'a' && text[at]|0x20 <= 'z') {
			at++
		}
		if at > start {
			out[string(text[start:at])] = true
		}
	}
	return out
}

// isPoked reports a variable of the module that is bound in a way that is not followed.
func (f *File) isPoked(v names.Variable) bool {
	return v.Scope == 0 && (f.poked.names[v.Name] || f.poked.all && (f.definitions[v] != 0 || f.names.Bound(v)))
}

// boundOtherwise reports a name that may not be what its def says where it is used: a loop,
// an import, or an import of everything behind the def binds it, too. Assignments are noted
// elsewhere.
func (f *File) boundOtherwise(i, def syntax.Index) bool {
	is, known := f.otherwise[i]
	if known {
		return is
	}
	is = f.lastStar > def && f.names.CodeAt(def) == 0
	for _, b := range f.names.Binders(i) {
		k := f.tree.Kind(f.tree.Parent(b))
		is = is || f.tree.Parent(b) != def && b != def && k != syntax.Assignment && k != syntax.AugmentedAssignment
	}
	if f.otherwise == nil {
		f.otherwise = make(map[syntax.Index]bool)
	}
	f.otherwise[i] = is
	return is
}

// anyAttribute stands for an attribute of which the name is not seen.
const anyAttribute = "*"

// tampered lists the attributes that the file sets of an object, or of a module, by its name.
func (f *File) tampered(v names.Variable) (attributes []string) {
	for _, i := range f.uses[v.Name] {
		up := f.tree.Parent(i)
		switch f.tree.Kind(up) {
		case syntax.Attribute:
			id := f.tree.Child(up, syntax.AttributeName)
			if f.tree.Nodes[i].Field != syntax.Object || id == syntax.None || f.names.Variable(i) != v {
				continue
			}
			k, name := f.tree.Kind(f.tree.Parent(up)), string(f.tree.Text(id))
			switch {
			case name == "__dict__":
				attributes = append(attributes, anyAttribute)
			case f.tree.Nodes[up].Field == syntax.Left && (k == syntax.Assignment || k == syntax.AugmentedAssignment):
				attributes = append(attributes, name)
			}
		case syntax.ArgumentList:
			called := f.named(f.tree.Parent(up))
			if (called == "setattr" || called == "vars" || called == "delattr") && f.tree.First(up) == i && f.names.Variable(i) == v {
				attributes = append(attributes, anyAttribute)
			}
		}
	}
	slices.Sort(attributes)
	return slices.Compact(attributes)
}

// matters reports attributes of which the file reads one: who sets it from outside may
// change what is checked.
func (f *File) matters(attributes []string) bool {
	for _, name := range attributes {
		if name == anyAttribute {
			return true
		}
		for _, i := range f.uses[name] {
			at := i
			if up := f.tree.Parent(i); f.tree.Kind(up) == syntax.Attribute && f.tree.Nodes[i].Field == syntax.AttributeName {
				at = up
			}
			if field := f.tree.Nodes[at].Field; field != syntax.Left && field != syntax.Name {
				return true
			}
		}
	}
	return false
}

// asksNames reports code that asks for the dictionary of its names: whoever has that may
// change what they hold.
func (f *File) asksNames(code syntax.Index) bool {
	for _, word := range []string{"locals", "vars", "exec", "eval"} {
		for _, i := range f.uses[word] {
			if f.calls(i) && f.names.CodeAt(i) == code {
				return true
			}
		}
	}
	return false
}
