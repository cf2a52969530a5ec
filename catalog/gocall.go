package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// GoCall is a Go function or method with a part in a rule that is not about decoding,
// and which of its arguments have which part.
type GoCall struct {
	// Keyword says what the call does: one of the Go… constants.
	Keyword string
	// Name is the full name as go/types prints it.
	Name string
	// Args are the indices of arguments by the part that they have.
	Args map[string]int
	// Reason is the source of the fact.
	Reason string
}

// The keywords of [GoCall], and the parts that arguments have.
const (
	// GoExec starts a program. "first" is the first word of its command line, with
	// the others behind it; "argv" is a slice of all words; "line" is a string that a
	// shell would understand.
	GoExec = "go-exec"
	// GoPlugin loads Go or native code from the file "path".
	GoPlugin = "go-plugin"
	// GoTemplate parses "text" as a template, or the files that "path" and the arguments
	// behind it name.
	GoTemplate = "go-template"
	// GoPickler makes something that writes pickles to "writer".
	GoPickler = "go-pickler"
	// GoServes sends something to a client: the file called "name", or content of the
	// MIME type "type", if "key", where there is one, is Content-Type.
	GoServes = "go-serves"
)

// goCallForms are the parts that a line of each keyword gives, one of the lists.
var goCallForms = map[string][][]string{
	GoExec:     {{"first"}, {"argv"}, {"line"}},
	GoPlugin:   {{"path"}},
	GoPickler:  {{"writer"}},
	GoTemplate: {{"text"}, {"path"}},
	GoServes:   {{"name"}, {"type"}, {"key", "type"}},
}

// GoCall looks up what a keyword says of a full name.
func (c *Catalog) GoCall(keyword, fullName string) (*GoCall, bool) {
	g, ok := c.goCalls[keyword+" "+fullName]
	return g, ok
}

// GoCalls lists the facts of a keyword, sorted by name.
func (c *Catalog) GoCalls(keyword string) []*GoCall {
	return slices.DeleteFunc(sortedValues(c.goCalls), func(g *GoCall) bool { return g.Keyword != keyword })
}

func (c *Catalog) addGoCall(f fact) error {
	forms := goCallForms[f.keyword]
	var all []string
	for _, form := range forms {
		for _, part := range form {
			if !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	if err := f.only(all...); err != nil {
		return err
	}
	g := &GoCall{Keyword: f.keyword, Name: f.subject, Args: make(map[string]int), Reason: f.reason}
	for _, part := range slices.Sorted(maps.Keys(f.attrs)) {
		value := f.attrs[part]
		if len(value) != 1 || value[0] < '0' || value[0] > '9' {
			return fmt.Errorf("%s %s: %s %q is not the index of a parameter", f.keyword, f.subject, part, value)
		}
		g.Args[part] = int(value[0] - '0')
	}
	if !slices.ContainsFunc(forms, g.has) {
		var words []string
		for _, form := range forms {
			words = append(words, strings.Join(form, " with "))
		}
		return fmt.Errorf("%s %s: it takes %s", f.keyword, f.subject, strings.Join(words, ", or "))
	}
	c.goCalls[g.Keyword+" "+g.Name] = g
	return nil
}

func (g *GoCall) has(form []string) bool {
	for _, part := range form {
		if _, ok := g.Args[part]; !ok {
			return false
		}
	}
	return len(g.Args) == len(form)
}
