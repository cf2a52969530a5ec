package config

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"
)

// located puts the line in front of each mistake about a value. It goes by the keys with
// which the mistake begins, which are those that lead to the value.
func located(root *yaml.Node, err error) error {
	if err == nil {
		return nil
	}
	if _, has := errors.AsType[*Error](err); has {
		return err
	}
	var several interface{ Unwrap() []error }
	if errors.As(err, &several) {
		var errs []error
		for _, e := range several.Unwrap() {
			errs = append(errs, located(root, e))
		}
		return errors.Join(errs...)
	}
	return &Error{Line: lineOf(root, err.Error()), Err: err}
}

// lineOf returns the line of what a text such as "sources: redis: what is wrong" speaks of,
// or 0.
func lineOf(node *yaml.Node, about string) (line int) {
	if node == nil {
		return 0
	}
	for part := range strings.SplitSeq(about, ": ") {
		found := within(node, part)
		if found == nil {
			// "boundaries: lab has no description", "wrapper: "a b" is no name".
			word, _, _ := strings.Cut(part, " ")
			if quoted := strings.Split(part, `"`); len(quoted) > 2 {
				word = quoted[1]
			}
			found = within(node, word)
		}
		if found == nil {
			break
		}
		line, node = found.key.Line, resolved(found.value)
	}
	return line
}

// within returns a key of a mapping with its value, also one that was merged into it, or an
// item of a list, or nil.
func within(node *yaml.Node, word string) *pair {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if resolved(node.Content[i]).Value == word {
				return &pair{node.Content[i], node.Content[i+1]}
			}
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if merged := resolved(node.Content[i+1]); node.Content[i].ShortTag() == "!!merge" && merged.Kind == yaml.MappingNode {
				return within(merged, word)
			}
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			if resolved(item).Value == word {
				return &pair{item, item}
			}
		}
	}
	return nil
}
