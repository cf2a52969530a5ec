package config

import (
	"fmt"
	"slices"
	"strings"

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
	Paths []string
	Rules RuleWords
	Line  int
}

// UnmarshalYAML reads a mapping of rules to words, with the lines.
func (r *RuleWords) UnmarshalYAML(node *yaml.Node) error {
	pairs, err := pairsOf(node)
	if err != nil {
		return err
	}
	var wrong yaml.TypeError
	for _, p := range pairs {
		word := RuleWord{Line: p.key.Line, Rule: p.key.Value, Word: p.value.Value}
		if p.value.Kind != yaml.ScalarNode || !slices.Contains(ruleWords, word.Word) {
			wrong.Errors = append(wrong.Errors, fmt.Sprintf("line %d: rules: %s: %q is none of %s", p.value.Line, word.Rule, word.Word, strings.Join(ruleWords, ", ")))
			continue
		}
		*r = append(*r, word)
	}
	if len(wrong.Errors) > 0 {
		return &wrong
	}
	return nil
}

// UnmarshalYAML reads an override. It is read by hand for its line, and because keys
// that are not known are told to whoever decodes a whole file only.
func (o *Override) UnmarshalYAML(node *yaml.Node) error {
	pairs, err := pairsOf(node)
	if err != nil {
		return err
	}
	o.Line = node.Line
	for _, p := range pairs {
		switch p.key.Value {
		case "paths":
			err = p.value.Decode(&o.Paths)
		case "rules":
			err = p.value.Decode(&o.Rules)
		default:
			err = &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: unknown key %q", p.key.Line, p.key.Value)}}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type pair struct{ key, value *yaml.Node }

// pairsOf returns what a mapping holds, and refuses a key that is there twice.
func pairsOf(node *yaml.Node) ([]pair, error) {
	node = resolved(node)
	if node.Kind != yaml.MappingNode {
		return nil, &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: want keys with values here", node.Line)}}
	}
	var out []pair
	seen := make(map[string]bool)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := resolved(node.Content[i])
		if seen[key.Value] {
			return nil, &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is given twice", key.Line, key.Value)}}
		}
		seen[key.Value] = true
		out = append(out, pair{key, resolved(node.Content[i+1])})
	}
	return out, nil
}

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
			return fmt.Errorf("line %d: overrides: no paths", o.Line)
		case len(o.Rules) == 0:
			return fmt.Errorf("line %d: overrides: no rules", o.Line)
		}
		for _, glob := range o.Paths {
			if err := CheckGlob(glob); err != nil {
				return fmt.Errorf("line %d: overrides: %w", o.Line, err)
			}
		}
	}
	return nil
}
