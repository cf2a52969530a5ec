package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// SchemaURL is where editors find the schema.
const SchemaURL = "https://raw.githubusercontent.com/pickle-lint/pickle-lint/main/docs/pickle-lint.schema.json"

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, m := range o {
		b.WriteByte("{,"[min(i, 1)])
		if err := enc.Encode(m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := enc.Encode(m.value); err != nil {
			return nil, err
		}
	}
	if len(o) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Schema returns the JSON Schema (2020-12) of the configuration. What it refuses is
// refused when the file is read, too. The reverse cannot be said of values that hang on
// others, or on files.
func Schema(all []*lint.Rule) ([]byte, error) {
	s := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", SchemaURL},
		{"title", Name},
		{"description", "Configuration of pickle-lint: " + Name + ", or [tool." + tomlTable + "] in " + ProjectName + "."},
	}
	s = append(s, schemaOf(Shapes())...)
	s = append(s, member{"$defs", object{{"rules", ruleLevels(all)}, {"inside", inside()}}})
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return b.Bytes(), nil
}

// schemaOf returns the schema of one shape.
func schemaOf(s *Shape) (o object) {
	k := s.Key
	own := k.Path == s.Path // an item's key is that of its list
	if own && k.About != "" {
		o = append(o, member{"description", k.About})
	}
	if own && k.Default != "" {
		o = append(o, member{"default", inJSON(k.Default)})
	}
	if own && k.Example != "" {
		o = append(o, member{"examples", []any{inJSON(k.Example)}})
	}
	switch s.Path {
	case "rules", "overrides[].rules":
		o = append(o, member{"$ref", "#/$defs/rules"})
		if k.NonEmpty {
			o = append(o, member{"minProperties", 1})
		}
		return o
	case "sources.*":
		return append(o, member{"$ref", "#/$defs/inside"})
	}
	switch s.Kind {
	case Word:
		return append(o, words(k, s.Path)...)
	case Number:
		o = append(o, member{"type", "integer"})
		if k.Min != k.Max {
			o = append(o, member{"minimum", k.Min}, member{"maximum", k.Max})
		}
	case Bool:
		o = append(o, member{"type", "boolean"})
	case List:
		o = append(o, member{"type", "array"}, member{"items", schemaOf(s.Elem)})
		if k.NonEmpty {
			o = append(o, member{"minItems", 1})
		}
	case Map:
		o = append(o, member{"type", "object"})
		o = append(o, names(s)...)
		o = append(o, member{"additionalProperties", schemaOf(s.Elem)})
	case Table:
		o = append(o, member{"type", "object"}, member{"additionalProperties", false})
		var properties object
		var required []string
		for _, f := range s.Fields {
			properties = append(properties, member{f.Name, schemaOf(f.Shape)})
			if f.Key.Required {
				required = append(required, f.Name)
			}
		}
		o = append(o, member{"properties", properties})
		if required != nil {
			o = append(o, member{"required", required})
		}
	}
	return o
}

// words is the schema of one word. A version may look like a number.
func words(k *Key, path string) object {
	if path == "boundaries.*.requires[]" {
		return object{{"enum", justify.Keys()}}
	}
	if k.Words != nil {
		return object{{"enum", k.Words}}
	}
	o := object{{"type", "string"}}
	if k.Form == versionForm {
		o = object{{"type", []string{"string", "number"}}}
	}
	if k.Form != "" {
		o = append(o, member{"pattern", k.Form})
	}
	return o
}

// names is what the schema says of the names in a mapping.
func names(s *Shape) object {
	switch {
	case s.Path == "boundaries":
		builtin := slices.Sorted(maps.Keys(justify.BuiltinBoundaries()))
		return object{{"propertyNames", object{{"pattern", justify.BoundaryForm}, {"not", object{{"enum", builtin}}}}}}
	case s.Path == "sources":
		var properties object
		for _, origin := range catalog.Origins {
			properties = append(properties, member{string(origin), object{{"$ref", "#/$defs/inside"}}})
		}
		return object{{"properties", properties}}
	case s.Key.NameForm != "":
		return object{{"propertyNames", object{{"pattern", s.Key.NameForm}}}}
	}
	return nil
}

// inside are the words for what a source can be behind: trusted, and boundaries behind
// which nobody else writes. Which the configuration declares is not known here.
func inside() object {
	in, out := []string{Trusted}, []string{}
	all := justify.BuiltinBoundaries()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if outside(name, all[name]) {
			out = append(out, name)
		} else {
			in = append(in, name)
		}
	}
	return object{{"anyOf", []object{
		{{"enum", in}},
		{{"type", "string"}, {"pattern", justify.BoundaryForm}, {"not", object{{"enum", out}}}},
	}}}
}

// ruleLevels is the schema of what may be said of rules.
func ruleLevels(all []*lint.Rule) object {
	var properties object
	var numbers []string
	for _, r := range all {
		for _, name := range []string{r.ID, r.Name} {
			about := fmt.Sprintf("%s %s (%s): %s", r.ID, r.Name, r.Default(), r.Page.Summary)
			properties = append(properties, member{name, object{{"description", about}, {"enum", ruleWords}}})
		}
		numbers = append(numbers, regexp.QuoteMeta(strings.TrimPrefix(r.ID, "PKL")))
	}
	return object{
		{"type", "object"},
		{"properties", properties},
		{"patternProperties", object{{"^[Pp][Kk][Ll](" + strings.Join(numbers, "|") + ")$", object{{"enum", ruleWords}}}}},
		{"additionalProperties", false},
	}
}

// inJSON is a value of the table of keys, which is written in YAML. A mistake in it is one
// of ours.
func inJSON(text string) any {
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		panic(fmt.Sprintf("config: %q: %v", text, err))
	}
	return v
}
