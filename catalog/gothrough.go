package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// GoThrough is something of Go that bytes go through on the way from what writes them to
// what loads them: a call, a variable, or whatever is of a type.
type GoThrough struct {
	// Name is a full name as in [GoSource], or a method with its dot, of any type of the
	// packages of Of.
	Name string
	// Kind is the kind of channel.
	Kind string
	// Names are the ways to name the channel; the first that the source gives counts. Each
	// is made of parts.
	Names [][]GoThroughPart
	// Of are the packages of a method.
	Of []string
	// Reason is the source of the fact.
	Reason string
}

// GoThroughPart is a part of the name of a channel.
type GoThroughPart struct {
	Role GoThroughRole
	// Arg is "recv", or the index of a parameter.
	Arg string
	// Path are the fields, and the indices of elements, that lead from it to what counts.
	Path []string
}

// GoThroughRole says what is to be read of what a part names.
type GoThroughRole string

// The roles, with the words of a python-through.
const (
	// GoThroughText: it is a text.
	GoThroughText GoThroughRole = ""
	// GoThroughChannel: it leads to a channel itself.
	GoThroughChannel GoThroughRole = "through"
	// GoThroughSQL: it is a statement, which names a table.
	GoThroughSQL GoThroughRole = "sql"
)

// GoThrough looks up a full name, or what is said of a method of a package.
func (c *Catalog) GoThrough(fullName, pkg, method string) (*GoThrough, bool) {
	for _, t := range c.goThroughs[fullName] {
		return t, true
	}
	for _, t := range c.goThroughs["."+method] {
		if slices.Contains(t.Of, pkg) {
			return t, true
		}
	}
	return nil, false
}

// GoThroughs lists all of them, sorted by name.
func (c *Catalog) GoThroughs() (out []*GoThrough) {
	for _, all := range c.goThroughs {
		out = append(out, all...)
	}
	slices.SortFunc(out, func(a, b *GoThrough) int {
		return strings.Compare(a.Name+" "+strings.Join(a.Of, ","), b.Name+" "+strings.Join(b.Of, ","))
	})
	return out
}

// addGoThrough takes "go-through os.Create kind=file name=0".
func (c *Catalog) addGoThrough(f fact) error {
	if err := f.only("kind", "name", "of"); err != nil {
		return err
	}
	t := &GoThrough{Name: f.subject, Kind: f.attrs["kind"], Of: settingWords(f.attrs["of"]), Reason: f.reason}
	method, word := strings.CutPrefix(t.Name, ".")
	switch {
	case word && (method == "" || strings.ContainsAny(method, "./()*")) || !word && !goFullName(t.Name):
		return fmt.Errorf("go-through %s: not a full name, or .METHOD", f.subject)
	case word != (t.Of != nil):
		return fmt.Errorf("go-through %s: of= gives the packages of a .METHOD", f.subject)
	case !slices.Contains(ThroughKinds, t.Kind):
		return fmt.Errorf("go-through %s: kind %q is not one of %v", f.subject, t.Kind, ThroughKinds)
	}
	if names, ok := f.attrs["name"]; ok {
		for name := range strings.SplitSeq(names, ",") {
			var parts []GoThroughPart
			for text := range strings.SplitSeq(name, "+") {
				part, err := parseGoThroughPart(text)
				if err != nil {
					return fmt.Errorf("go-through %s: name: %w", f.subject, err)
				}
				parts = append(parts, part)
			}
			t.Names = append(t.Names, parts)
		}
	}
	all := slices.DeleteFunc(slices.Clone(c.goThroughs[t.Name]), func(other *GoThrough) bool { return slices.Equal(other.Of, t.Of) })
	// What an overlay says of a package stands before what is built in.
	c.goThroughs[t.Name] = append([]*GoThrough{t}, all...)
	return nil
}

func parseGoThroughPart(text string) (p GoThroughPart, err error) {
	role, of, ok := strings.Cut(text, ":")
	if !ok {
		role, of = "", text
	}
	p.Role = GoThroughRole(role)
	if ok && p.Role != GoThroughChannel && p.Role != GoThroughSQL {
		return p, fmt.Errorf("%q: %q is not through or sql", text, role)
	}
	steps := strings.Split(of, ".")
	p.Arg, p.Path = steps[0], steps[1:]
	if !goArgument(p.Arg) {
		return p, fmt.Errorf("%q is not recv or the index of a parameter", text)
	}
	for _, step := range p.Path {
		if _, err := strconv.ParseUint(step, 10, 8); err != nil && (step == "" || strings.ContainsAny(step, "()*/ ") || step[0] >= '0' && step[0] <= '9') {
			return p, fmt.Errorf("%q: %q is not a field or the index of an element", text, step)
		}
	}
	return p, nil
}
