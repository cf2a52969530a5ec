package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// Error is something wrong with the configuration, at its place.
type Error struct {
	File string
	Line int // 0: none
	Err  error
}

func (m *Error) Error() string {
	switch {
	case m.File == "" && m.Line == 0:
		return m.Err.Error()
	case m.File == "":
		return fmt.Sprintf("line %d: %v", m.Line, m.Err)
	case m.Line == 0:
		return fmt.Sprintf("%s: %v", m.File, m.Err)
	}
	return fmt.Sprintf("%s:%d: %v", m.File, m.Line, m.Err)
}

// Unwrap returns what is wrong.
func (m *Error) Unwrap() error { return m.Err }

// most bounds what is looked at in one file, aliases followed, and the mistakes told.
const (
	mostValues   = 100_000
	mostMistakes = 20
)

// strict holds what was written against the shape of the configuration.
type strict struct {
	toml     bool
	left     int
	mistakes []error
}

// checkShape returns all mistakes in the form of a document: unknown keys, keys that are
// there twice, values of another form, words that are none.
func checkShape(root *yaml.Node, toml bool) error {
	s := &strict{toml: toml, left: mostValues}
	s.value(root, Shapes(), nil)
	if s.left <= 0 {
		return &Error{Line: root.Line, Err: fmt.Errorf("more than %d values", mostValues)}
	}
	if more := len(s.mistakes) - mostMistakes; more > 0 {
		s.mistakes = append(s.mistakes[:mostMistakes], fmt.Errorf("and %d mistakes more", more))
	}
	return errors.Join(s.mistakes...)
}

func (s *strict) wrong(node *yaml.Node, at []string, format string, args ...any) {
	text := strings.Join(append(slices.Clone(at), fmt.Sprintf(format, args...)), ": ")
	s.mistakes = append(s.mistakes, &Error{Line: node.Line, Err: errors.New(text)})
}

// value checks one value; at are the keys that lead to it.
func (s *strict) value(node *yaml.Node, shape *Shape, at []string) {
	if s.left--; s.left <= 0 {
		return
	}
	line := node
	node = resolved(node)
	switch {
	case node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null":
		s.wrong(line, at, "no value: want %s, or leave the key out", shape.Form())
	case !hasForm(node, shape):
		hint := ""
		if tag := node.ShortTag(); shape.Kind == Word && (tag == "!!int" || tag == "!!float" || tag == "!!bool") {
			hint = ": quote it"
		}
		if s.toml && shape.Kind == Word && node.Kind == yaml.MappingNode {
			hint = ": quote a key that has dots in it"
		}
		s.wrong(line, nil, "want %s here%s", shape.Form(), hint)
	case shape.Kind == Word:
		s.word(line, node.Value, shape.Key, at)
	case shape.Kind == List:
		for _, item := range node.Content {
			s.value(item, shape.Elem, at)
		}
	case shape.Kind == Map, shape.Kind == Table:
		s.mapping(node, shape, at, make(map[string]int))
	}
}

// hasForm reports whether a node has the form of a shape. A number may stand for a version,
// which looks like one.
func hasForm(node *yaml.Node, shape *Shape) bool {
	tag := node.ShortTag()
	switch shape.Kind {
	case Word:
		number := tag == "!!int" || tag == "!!float"
		return node.Kind == yaml.ScalarNode && (tag == "!!str" || number && shape.Key.Form == versionForm)
	case Number:
		return node.Kind == yaml.ScalarNode && tag == "!!int"
	case Bool:
		// yaml takes more words for a bool, which an editor does not.
		return node.Kind == yaml.ScalarNode && tag == "!!bool"
	case List:
		return node.Kind == yaml.SequenceNode
	}
	return node.Kind == yaml.MappingNode
}

// word checks one word.
func (s *strict) word(node *yaml.Node, word string, key *Key, at []string) {
	switch {
	case key.Words != nil && !slices.Contains(key.Words, word):
		s.wrong(node, at, "%q is none of %s%s", word, strings.Join(key.Words, ", "), suggest.DidYouMean(word, key.Words))
	case key.What != "" && !form(key.Form).MatchString(word):
		s.wrong(node, at, "%q is not %s", word, key.What)
	}
}

// mapping checks what a mapping holds. Where the keys were seen is in lines, also those
// that were merged into it.
func (s *strict) mapping(node *yaml.Node, shape *Shape, at []string, lines map[string]int) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := resolved(node.Content[i]), node.Content[i+1]
		if s.left--; s.left <= 0 {
			return
		}
		switch {
		case key.Kind != yaml.ScalarNode:
			s.wrong(node.Content[i], nil, "want one word as the key")
			continue
		case key.ShortTag() == "!!merge":
			s.merged(value, shape, at)
			continue
		case lines[key.Value] > 0:
			s.wrong(node.Content[i], nil, "%q is given twice, first on line %d", key.Value, lines[key.Value])
			continue
		}
		lines[key.Value] = key.Line
		of := shape.Elem
		if shape.Kind == Table {
			if of = shape.field(key.Value); of == nil {
				s.wrong(node.Content[i], nil, "unknown key %q%s", key.Value, hint(key.Value, shape))
				continue
			}
		} else if k := shape.Key; k.NameWhat != "" && !form(k.NameForm).MatchString(key.Value) {
			s.wrong(node.Content[i], at, "%q is not %s", key.Value, k.NameWhat)
			continue
		}
		s.value(value, of, append(slices.Clone(at), key.Value))
	}
}

// merged checks what "<<" merges into a mapping, whose own keys win.
func (s *strict) merged(value *yaml.Node, shape *Shape, at []string) {
	for _, node := range append([]*yaml.Node{value}, resolved(value).Content...) {
		if node := resolved(node); node.Kind == yaml.MappingNode {
			s.mapping(node, shape, at, make(map[string]int))
			if resolved(value).Kind == yaml.MappingNode {
				return
			}
		}
	}
}

// hint says what may have been meant by a key that a table does not have: one of its own,
// or one of another table.
func hint(word string, table *Shape) string {
	if near := suggest.DidYouMean(word, table.names()); near != "" {
		return near
	}
	for _, f := range Shapes().Fields {
		if f.Kind == Table && f.field(word) != nil && f.Shape != table {
			return fmt.Sprintf(": did you mean %q under %q?", word, f.Name)
		}
	}
	if table.Path != "" && Shapes().field(word) != nil {
		return fmt.Sprintf(": %q stands at the top, not under %q", word, table.Path)
	}
	if len(table.Fields) <= 4 {
		return ": want " + strings.Join(table.names(), ", ")
	}
	return ""
}

var forms sync.Map // by their text

// form returns a compiled expression of the table of keys.
func form(text string) *regexp.Regexp {
	if re, ok := forms.Load(text); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(text)
	forms.Store(text, re)
	return re
}
