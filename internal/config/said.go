package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Setting is the value of one key.
type Setting struct {
	// Path leads to the key: boundaries.lab.proof, overrides[0].paths.
	Path string
	// Value is made of strings, numbers, bools, lists and mappings; nil if there is
	// none by default, and Otherwise says in words what holds then.
	Value     any
	Otherwise string
	// Line is where the file says it, or 0 for a default.
	Line int
}

// Settings returns the values of all keys in the order of the table, what the file says
// and the defaults of the rest.
func (c *Config) Settings() []Setting { return settings(c.root, Shapes(), "", 0) }

// settings returns those of a node, or the defaults if it is nil; line is that of its key.
func settings(node *yaml.Node, s *Shape, path string, line int) (out []Setting) {
	if node != nil {
		node = resolved(node)
	}
	switch {
	case s.Kind == Table:
		for _, f := range s.Fields {
			var value *yaml.Node
			at := 0
			if node != nil {
				if p := within(node, f.Name); p != nil {
					value, at = p.value, p.key.Line
				}
			}
			out = append(out, settings(value, f.Shape, strings.TrimPrefix(path+"."+f.Name, "."), at)...)
		}
	case node == nil:
		set := Setting{Path: path, Otherwise: s.Key.Otherwise}
		if s.Key.Default != "" {
			set.Value = inJSON(s.Key.Default)
		}
		out = append(out, set)
	case s.Kind == Map && len(node.Content) > 0:
		for i := 0; i+1 < len(node.Content); i += 2 {
			out = append(out, settings(node.Content[i+1], s.Elem, path+"."+resolved(node.Content[i]).Value, node.Content[i].Line)...)
		}
	case s.Kind == List && s.Elem.Kind == Table && len(node.Content) > 0:
		for i, item := range node.Content {
			out = append(out, settings(item, s.Elem, fmt.Sprintf("%s[%d]", path, i), item.Line)...)
		}
	default:
		out = append(out, Setting{Path: path, Value: valueOf(node, s), Line: line})
	}
	return out
}

// valueOf returns a value whose form was checked.
func valueOf(node *yaml.Node, s *Shape) any {
	node = resolved(node)
	switch s.Kind {
	case Word:
		return node.Value // a version is no number
	case List:
		list := make([]any, 0, len(node.Content))
		for _, item := range node.Content {
			list = append(list, valueOf(item, s.Elem))
		}
		return list
	}
	var v any
	if err := node.Decode(&v); err != nil {
		return node.Value
	}
	return v
}
