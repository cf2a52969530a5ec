package config

import (
	"fmt"
	"strings"
)

// Page returns the table of all keys for docs/configuration.md, in Markdown.
func Page() string {
	var b strings.Builder
	b.WriteString("| key | value | default | what it says | example |\n|---|---|---|---|---|\n")
	rows(&b, Shapes())
	return b.String()
}

func rows(b *strings.Builder, s *Shape) {
	for _, f := range s.Fields {
		row(b, f.Shape)
		switch {
		case f.Kind == Table:
			rows(b, f.Shape)
		case f.Elem != nil && f.Elem.Kind == Table:
			rows(b, f.Elem)
		}
	}
}

func row(b *strings.Builder, s *Shape) {
	k := s.Key
	value := s.Form()
	if s.Kind == Word {
		value = "text"
	}
	if k.Words != nil {
		value = "`" + strings.Join(k.Words, "` `") + "`"
		if s.Kind == Map {
			value = "rules with " + value
		}
	} else if k.Min != k.Max {
		value = fmt.Sprintf("%d to %d", k.Min, k.Max)
	}
	var is []string
	if k.Default != "" {
		is = append(is, "`"+k.Default+"`")
	}
	if k.Otherwise != "" {
		is = append(is, k.Otherwise)
	}
	if k.Required {
		is = append(is, "required")
	}
	path := strings.ReplaceAll(s.Path, "*", "NAME")
	cells := []string{"`" + path + "`", value, strings.Join(is, ": "), k.About, "`" + k.Example + "`"}
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}
