package config

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// Table is the table of pyproject.toml that is the configuration.
const tomlTable = "pickle-lint"

// mayHold finds what may be that table, or be meant to be it.
var mayHold = regexp.MustCompile(`(?i)pickle[-_.]?lint`)

// deepest bounds the brackets in one another, which the library follows by recursion.
const deepest = 1000

// errNoTable says that a pyproject.toml configures other tools only.
var errNoTable = errors.New("no [tool." + tomlTable + "]")

// parseTOML returns the table of a pyproject.toml as the node that the same text would be
// in YAML, with its lines, so that one reader does for both.
func parseTOML(text []byte) (*yaml.Node, error) {
	if !mayHold.Match(text) {
		return nil, errNoTable
	}
	if line := tooDeep(text); line > 0 {
		return nil, &Error{Line: line, Err: fmt.Errorf("more than %d brackets in one another", deepest)}
	}
	var whole map[string]any
	if err := toml.Unmarshal(text, &whole); err != nil {
		var de *toml.DecodeError
		if errors.As(err, &de) {
			line, _ := de.Position()
			return nil, &Error{Line: line, Err: errors.New(strings.TrimPrefix(de.Error(), "toml: "))}
		}
		return nil, err
	}
	t := &tomlTree{root: mapping(1)}
	for i, c := range text {
		if c == '\n' {
			t.ends = append(t.ends, i)
		}
	}
	if err := t.read(text); err != nil {
		return nil, err
	}
	tool := within(t.root, "tool")
	if tool == nil {
		return nil, errNoTable
	}
	if found := within(tool.value, tomlTable); found != nil {
		if found.value.Kind != yaml.MappingNode {
			return nil, &Error{Line: found.key.Line, Err: errors.New("want keys with values here")}
		}
		return found.value, nil
	}
	for i := 0; i+1 < len(tool.value.Content); i += 2 {
		if key := tool.value.Content[i]; suggest.Nearest(key.Value, []string{tomlTable}) != "" {
			return nil, &Error{Line: key.Line, Err: fmt.Errorf("[tool.%s] is not read: did you mean [tool.%s]?", key.Value, tomlTable)}
		}
	}
	return nil, errNoTable
}

// tooDeep returns the line of a bracket below too many others, or 0.
func tooDeep(text []byte) int {
	depth := 0
	for i, c := range text {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > deepest {
			return 1 + bytes.Count(text[:i], []byte("\n"))
		}
	}
	return 0
}

// tomlTree is the tree of a document that is known to be right.
type tomlTree struct {
	root *yaml.Node
	ends []int // of the lines
}

func (t *tomlTree) line(at unstable.Range) int {
	line, _ := slices.BinarySearch(t.ends, int(at.Offset))
	return line + 1
}

func (t *tomlTree) read(text []byte) error {
	var p unstable.Parser
	p.Reset(text)
	table := t.root
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = t.enter(t.root, e.Key(), e.Kind == unstable.ArrayTable)
		case unstable.KeyValue:
			t.set(table, e)
		}
	}
	return p.Error()
}

// enter returns the table of a header, made if it is new.
func (t *tomlTree) enter(from *yaml.Node, keys unstable.Iterator, item bool) *yaml.Node {
	for keys.Next() {
		key := keys.Node()
		line := t.line(key.Raw)
		found := within(from, string(key.Data))
		if found == nil {
			value := mapping(line)
			if item && keys.IsLast() {
				value = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: line}
			}
			found = put(from, word(string(key.Data), line), value)
		}
		from = found.value
		if from.Kind == yaml.SequenceNode {
			if item && keys.IsLast() {
				from.Content = append(from.Content, mapping(line))
			}
			from = from.Content[len(from.Content)-1]
		}
	}
	return from
}

// set sets a key, perhaps with dots, of a table.
func (t *tomlTree) set(table *yaml.Node, e *unstable.Node) {
	keys := e.Key()
	for keys.Next() {
		key := keys.Node()
		line := t.line(key.Raw)
		if keys.IsLast() {
			put(table, word(string(key.Data), line), t.value(e.Value(), line))
			return
		}
		found := within(table, string(key.Data))
		if found == nil {
			found = put(table, word(string(key.Data), line), mapping(line))
		}
		table = found.value
	}
}

// value returns a value; what has no place of its own is where its key is.
func (t *tomlTree) value(n *unstable.Node, line int) *yaml.Node {
	if n.Raw.Length > 0 {
		line = t.line(n.Raw)
	}
	scalar := func(tag string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: string(n.Data), Line: line}
	}
	switch n.Kind {
	case unstable.String:
		return word(string(n.Data), line)
	case unstable.Bool:
		return scalar("!!bool")
	case unstable.Integer:
		return scalar("!!int")
	case unstable.Float:
		return scalar("!!float")
	case unstable.Array:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: line}
		for items := n.Children(); items.Next(); {
			if item := items.Node(); item.Kind != unstable.Comment {
				list.Content = append(list.Content, t.value(item, line))
			}
		}
		return list
	case unstable.InlineTable:
		table := mapping(line)
		for items := n.Children(); items.Next(); {
			if item := items.Node(); item.Kind == unstable.KeyValue {
				t.set(table, item)
			}
		}
		return table
	}
	return scalar("!!timestamp") // dates and times, which nothing wants
}

func mapping(line int) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: line}
}

func word(text string, line int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: text, Line: line}
}

func put(table, key, value *yaml.Node) *pair {
	table.Content = append(table.Content, key, value)
	return &pair{key, value}
}
