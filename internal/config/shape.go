package config

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// Kind is what form a value has.
type Kind int

// The kinds. A Map has any names, and values of one shape; a Table the keys of a struct.
const (
	Word Kind = iota
	Number
	Bool
	List
	Map
	Table
)

// Shape is the form of a value, as the Go types have it, with what is said of it.
type Shape struct {
	Kind Kind
	Path string
	// Key is what is said of it; items of a list and values of a mapping have that
	// of the whole if they have none of their own.
	Key *Key
	// Fields are those of a Table, in their order, and Elem is the shape of what a List
	// or a Map holds.
	Fields []Field
	Elem   *Shape
}

// Field is a key of a table.
type Field struct {
	Name string
	*Shape
}

// Shapes returns the shape of the whole configuration.
var Shapes = sync.OnceValue(func() *Shape { return shapeOf(reflect.TypeFor[Config](), "", &Key{}) })

func shapeOf(t reflect.Type, path string, outer *Key) *Shape {
	s := &Shape{Path: path, Key: KeyAt(path)}
	if s.Key == nil {
		s.Key = outer
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[RuleWords]() {
		t = reflect.TypeFor[map[string]string]()
	}
	switch t.Kind() {
	case reflect.String:
		s.Kind = Word
	case reflect.Int:
		s.Kind = Number
	case reflect.Bool:
		s.Kind = Bool
	case reflect.Slice:
		s.Kind, s.Elem = List, shapeOf(t.Elem(), path+"[]", s.Key)
	case reflect.Map:
		s.Kind, s.Elem = Map, shapeOf(t.Elem(), path+".*", s.Key)
	case reflect.Struct:
		s.Kind = Table
		for f := range t.Fields() {
			name := f.Tag.Get("yaml")
			if name == "" || name == "-" {
				continue
			}
			s.Fields = append(s.Fields, Field{name, shapeOf(f.Type, strings.TrimPrefix(path+"."+name, "."), &Key{})})
		}
	default:
		panic(fmt.Sprintf("config: %s: no shape for %v", path, t)) // the types are ours
	}
	return s
}

// field returns a field of a table, or nil.
func (s *Shape) field(name string) *Shape {
	for _, f := range s.Fields {
		if f.Name == name {
			return f.Shape
		}
	}
	return nil
}

func (s *Shape) names() (names []string) {
	for _, f := range s.Fields {
		names = append(names, f.Name)
	}
	return names
}

// Form says in words what is wanted.
func (s *Shape) Form() string {
	switch s.Kind {
	case Number:
		return "a number"
	case Bool:
		return "true or false"
	case List:
		if s.Elem.Kind == Word {
			return "a list of words"
		}
		return "a list"
	case Map, Table:
		return "keys with values"
	}
	return "one word"
}
