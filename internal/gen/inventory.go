package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// The schema of inventories lies with the documents, and where the command has it.
const (
	inventorySchemaName  = "docs/inventory.schema.json"
	inventorySchemaEmbed = "inventory/render/inventory.schema.json"
)

// schema is a JSON Schema (2020-12), as far as Go types need it. It allows keys that it
// does not know: those come with new versions, and do not raise the form.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	ID          string             `json:"$id,omitempty"`
	Title       string             `json:"title,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type,omitempty"`
	Const       any                `json:"const,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	If          *schema            `json:"if,omitempty"`
	Then        *schema            `json:"then,omitempty"`
	Else        *schema            `json:"else,omitempty"`
	Defs        map[string]*schema `json:"$defs,omitempty"`
}

// inventorySchema makes the schema from the types of a record and their comments.
func inventorySchema(root string) ([]byte, error) {
	m := &schemaMaker{comments: make(map[string]string), defs: make(map[string]*schema)}
	for _, dir := range []string{"inventory", "lint"} {
		if err := m.read(filepath.Join(root, dir)); err != nil {
			return nil, err
		}
	}
	top := m.object(reflect.TypeFor[inventory.Inventory]())
	top.Schema, top.ID = "https://json-schema.org/draft/2020-12/schema", "https://raw.githubusercontent.com/pickle-lint/pickle-lint/main/"+inventorySchemaName
	top.Title, top.Defs = "Inventory of pickle-lint", m.defs
	top.Properties["form"].Const = inventory.Form
	if m.err != nil {
		return nil, m.err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(top); err != nil {
		return nil, fmt.Errorf("writing the schema of inventories: %w", err)
	}
	return b.Bytes(), nil
}

// schemaMaker makes schemas of types.
type schemaMaker struct {
	// comments are those of types ("lint.Site") and fields ("lint.Site.API").
	comments map[string]string
	defs     map[string]*schema
	err      error
}

// read collects the comments of one package.
func (m *schemaMaker) read(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return fmt.Errorf("listing sources: %w", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("reading comments: %w", err)
		}
		for _, d := range file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					m.note(file.Name.Name+"."+spec.Name.Name, spec, decl)
				}
			}
		}
	}
	return nil
}

func (m *schemaMaker) note(name string, spec *ast.TypeSpec, decl *ast.GenDecl) {
	m.comments[name] = sentence(decl.Doc)
	fields, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	last := ""
	for _, f := range fields.Fields.List {
		if f.Doc != nil {
			last = sentence(f.Doc)
		}
		for _, id := range f.Names {
			// One comment may be about the fields below, too, which it names then.
			if f.Doc != nil || slices.Contains(strings.FieldsFunc(last, notLetter), id.Name) {
				m.comments[name+"."+id.Name] = last
			}
		}
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// sentence is a comment as one line, without the marks of links.
func sentence(doc *ast.CommentGroup) string {
	return strings.NewReplacer("[", "", "]", "").Replace(strings.Join(strings.Fields(doc.Text()), " "))
}

// words are the types that have few values.
var words = map[reflect.Type][]string{
	reflect.TypeFor[lint.Severity](): {lint.Note.String(), lint.Warning.String(), lint.Error.String()},
}

// of returns the schema of what a field holds.
func (m *schemaMaker) of(t reflect.Type) *schema {
	switch {
	case words[t] != nil:
		return &schema{Enum: words[t]}
	case t.Kind() == reflect.Pointer:
		return m.of(t.Elem())
	case t.Kind() == reflect.Struct:
		name := t.Name()
		if t.PkgPath() == reflect.TypeFor[lint.Site]().PkgPath() {
			name = "lint." + name // two packages have a Channel, a Blob and a Finding
		}
		if m.defs[name] == nil {
			m.defs[name] = new(schema) // it may hold itself
			*m.defs[name] = *m.object(t)
		}
		return &schema{Ref: "#/$defs/" + name}
	case t.Kind() == reflect.Slice:
		return &schema{Type: "array", Items: m.of(t.Elem())}
	case t.Kind() == reflect.String:
		return &schema{Type: "string"}
	case t.Kind() == reflect.Bool:
		return &schema{Type: "boolean"}
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return &schema{Type: "integer"}
	}
	m.err = fmt.Errorf("the schema of inventories has no word for %s", t)
	return new(schema)
}

// object returns the schema of a struct. What is embedded by pointer is there or not: an
// end of a channel outside of the repository has no site.
func (m *schemaMaker) object(t reflect.Type) *schema {
	s := &schema{Type: "object", Description: m.comments[t.String()], Properties: make(map[string]*schema)}
	var here []string
	m.fields(s, &here, t)
	slices.Sort(s.Required)
	if _, ok := s.Properties["external"]; ok {
		slices.Sort(here)
		s.If = &schema{Properties: map[string]*schema{"external": {Const: true}}, Required: []string{"external"}}
		s.Else = &schema{Required: here}
	} else {
		s.Required = append(s.Required, here...)
		slices.Sort(s.Required)
	}
	return s
}

func (m *schemaMaker) fields(s *schema, here *[]string, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Pointer:
			var inner schema
			inner.Properties = s.Properties
			m.fields(&inner, here, f.Type.Elem())
			*here = append(*here, inner.Required...)
		case f.Anonymous:
			m.fields(s, here, f.Type)
		case name == "-":
		case name == "":
			m.err = fmt.Errorf("%s.%s has no name in JSON", t, f.Name)
		default:
			p := m.of(f.Type)
			if text := m.comments[t.String()+"."+f.Name]; text != "" {
				p.Description = text
			}
			s.Properties[name] = p
			if options == "" {
				s.Required = append(s.Required, name)
			}
		}
	}
}
