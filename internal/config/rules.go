package config

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// The words of rules besides the severities.
const (
	Off = "off"
	On  = "on"
)

// ruleWords are what may be said of a rule.
var ruleWords = []string{Off, On, "note", "warning", "error"}

// RuleWord is what the file says of one rule. Which rules there are it does not know:
// Line is for whoever does.
type RuleWord struct {
	Line int
	// Rule is an id or a name, Word one of off, on, note, warning and error.
	Rule, Word string
}

// RuleWords are in the order of the file.
type RuleWords []RuleWord

// Override is what the file says of rules under some paths.
type Override struct {
	// Paths are globs as those of exclude.
	Paths []string  `yaml:"paths"`
	Rules RuleWords `yaml:"rules"`
	Line  int       `yaml:"-"`
}

// UnmarshalYAML reads a mapping of rules to words, with the lines. Its form was checked.
func (r *RuleWords) UnmarshalYAML(node *yaml.Node) error {
	node = resolved(node)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := resolved(node.Content[i]), resolved(node.Content[i+1])
		if key.ShortTag() == "!!merge" {
			if err := r.UnmarshalYAML(value); err != nil {
				return err
			}
			continue
		}
		*r = append(*r, RuleWord{Line: node.Content[i].Line, Rule: key.Value, Word: value.Value})
	}
	return nil
}

// UnmarshalYAML reads an override, with its line.
func (o *Override) UnmarshalYAML(node *yaml.Node) error {
	type plain Override
	o.Line = node.Line
	return node.Decode((*plain)(o))
}

type pair struct{ key, value *yaml.Node }

// resolved follows an alias; what it stands for is none.
func resolved(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// checkOverrides reports an override that says nothing.
func (c *Config) checkOverrides() error {
	for _, o := range c.Overrides {
		switch {
		case len(o.Paths) == 0:
			return &Error{Line: o.Line, Err: errors.New("overrides: no paths")}
		case len(o.Rules) == 0:
			return &Error{Line: o.Line, Err: errors.New("overrides: no rules")}
		}
		for _, glob := range o.Paths {
			if err := CheckGlob(glob); err != nil {
				return &Error{Line: o.Line, Err: fmt.Errorf("overrides: %w", err)}
			}
		}
	}
	return nil
}
