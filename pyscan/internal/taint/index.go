package taint

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// uses is where the words of a file stand, and what for.
type uses struct {
	// named are the identifiers that are read, and the attributes of a name.
	named, attributes map[string][]syntax.Index
	// targets are the attributes that are set, by their name; items the items, by the
	// text of the container; classNames what the bodies of classes bind.
	targets, items, classNames map[string][]syntax.Index
	// order is the place of a field among those of its class.
	order map[syntax.Index]int
	// defs are the functions, by their name.
	defs map[string][]syntax.Index
	// strings are the constants, by their text.
	strings map[string][]syntax.Index
}

// maxUses bounds the places of one word that are remembered.
const maxUses = 128

// index reads the file once.
func (f *File) index() *uses {
	if f.uses != nil {
		return f.uses
	}
	u := &uses{
		named: make(map[string][]syntax.Index), attributes: make(map[string][]syntax.Index), targets: make(map[string][]syntax.Index),
		items: make(map[string][]syntax.Index), classNames: make(map[string][]syntax.Index), order: make(map[syntax.Index]int),
		defs: make(map[string][]syntax.Index), strings: make(map[string][]syntax.Index),
	}
	f.uses = u
	t := f.tree
	fields := make(map[syntax.Index]int)
	for k := range t.Nodes {
		i := syntax.Index(k)
		switch t.Kind(i) {
		case syntax.Identifier:
			if f.names.IsUse(i) {
				note(u.named, t.Text(i), i)
				continue
			}
			class := f.names.Scope(i)
			if t.Kind(class) == syntax.ClassDefinition && t.Kind(t.Parent(i)) == syntax.Assignment {
				note(u.classNames, t.Text(i), i)
				u.order[i] = fields[class]
				fields[class]++
			}
		case syntax.Attribute:
			if name := t.Child(i, syntax.AttributeName); name != syntax.None {
				if f.names.IsTarget(i) {
					note(u.targets, t.Text(name), i)
				} else {
					note(u.attributes, t.Text(name), i)
				}
			}
		case syntax.Subscript:
			if of := t.First(i); of != syntax.None && f.names.IsTarget(i) {
				note(u.items, t.Text(of), i)
			}
		case syntax.FunctionDefinition:
			if name := t.Child(i, syntax.Name); name != syntax.None {
				note(u.defs, t.Text(name), i)
			}
		case syntax.String:
			note(u.strings, t.Text(i), i)
		}
	}
	return u
}

// maxWord bounds a text that is remembered, in bytes.
const maxWord = 256

func note(m map[string][]syntax.Index, text []byte, i syntax.Index) {
	if len(text) > maxWord {
		return
	}
	if all := m[string(text)]; len(all) < maxUses {
		m[string(text)] = append(all, i)
	}
}

// function returns the function or lambda around a node, or the module.
func (f *File) function(i syntax.Index) syntax.Index {
	s := f.names.Scope(i)
	for range maxScopes {
		switch f.tree.Kind(s) {
		case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
			s = f.names.Scope(s)
			continue
		}
		break
	}
	return s
}

// maxScopes bounds comprehensions in comprehensions.
const maxScopes = 16
