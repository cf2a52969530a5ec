package config

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// located puts the line in front of each mistake about a value. It goes by the keys with
// which the mistake begins, which are those that lead to the value.
func located(text []byte, err error) error {
	if err == nil {
		return nil
	}
	var several interface{ Unwrap() []error }
	if errors.As(err, &several) {
		var errs []error
		for _, e := range several.Unwrap() {
			errs = append(errs, located(text, e))
		}
		return errors.Join(errs...)
	}
	if line := lineOf(text, err.Error()); line > 0 {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return err
}

// lineOf returns the line of what a text such as "sources: redis: what is wrong" speaks of,
// or 0.
func lineOf(text []byte, about string) (line int) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) == 0 {
		return 0
	}
	node := resolved(document.Content[0])
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

// within returns a key of a mapping with its value, or an item of a list, or nil.
func within(node *yaml.Node, word string) *pair {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if resolved(node.Content[i]).Value == word {
				return &pair{node.Content[i], node.Content[i+1]}
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
