package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// GoFlow says that what goes into a Go function at one place comes out at another.
type GoFlow struct {
	// Name is the full name as in [GoSink]; of an interface's method it is
	// "(io.Reader).Read".
	Name string
	// From is "recv" or the index of a parameter, To the same or "result". From may be
	// "own", what the function makes itself and nobody chooses; "result", what is written
	// to the result later; and "other", what is written to another result.
	From, To string
	// Derived: what comes out is made of what went in, and is not a part of it as it
	// stands.
	Derived bool
	// Bounds: no more than so many bytes come out, which the program chooses.
	Bounds bool
	// Path: From names the file, or the files, that the bytes are read from.
	Path bool
	// Pieces, if not "", is the parameter that says into how many pieces, at most, what goes in
	// is cut: they come out in order, and the last one is the rest.
	Pieces string
	// Reason is the source of the fact.
	Reason string
}

// GoFlows returns what a function does with bytes, in the order of its lines.
func (c *Catalog) GoFlows(fullName string) []*GoFlow { return c.goFlows[fullName] }

// AllGoFlows lists all flows, sorted by name.
func (c *Catalog) AllGoFlows() []*GoFlow {
	var out []*GoFlow
	for _, flows := range c.goFlows {
		out = append(out, flows...)
	}
	slices.SortFunc(out, func(a, b *GoFlow) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

func (c *Catalog) addGoFlow(f fact) error {
	if err := f.only("from", "to", "derived", "path", "bounds", "pieces"); err != nil {
		return err
	}
	is := make(map[string]bool)
	for _, key := range []string{"derived", "path", "bounds"} {
		if v := f.attrs[key]; v != "" && v != "true" {
			return fmt.Errorf("go-flow %s: %s is true, or left out", f.subject, key)
		}
		is[key] = f.attrs[key] == "true"
	}
	pieces, cut := f.attrs["pieces"]
	if cut && (pieces == "recv" || !goArgument(pieces)) {
		return fmt.Errorf("go-flow %s: pieces %q is not the index of a parameter", f.subject, pieces)
	}
	var flows []*GoFlow
	for from := range strings.SplitSeq(f.attrs["from"], ",") {
		if !goArgument(from) && from != "own" && from != "result" && from != "other" {
			return fmt.Errorf("go-flow %s: from %q is not recv, the index of a parameter, own, result or other", f.subject, from)
		}
		for to := range strings.SplitSeq(cmp.Or(f.attrs["to"], "result"), ",") {
			if to != "result" && !goArgument(to) {
				return fmt.Errorf("go-flow %s: to %q is not result, recv or the index of a parameter", f.subject, to)
			}
			if from == "result" && to == "result" || from == "other" && to != "result" {
				return fmt.Errorf("go-flow %s: nothing goes from %s to %s", f.subject, from, to)
			}
			flows = append(flows, &GoFlow{Name: f.subject, From: from, To: to, Derived: is["derived"], Path: is["path"], Bounds: is["bounds"], Pieces: pieces, Reason: f.reason})
		}
	}
	c.goFlows[f.subject] = flows
	return nil
}

// GoQuiet reports a package whose functions and methods write nothing into what they
// are given, except where a go-flow says so.
func (c *Catalog) GoQuiet(path string) bool { return c.goQuiet[path] }

func (c *Catalog) addGoQuiet(f fact) error {
	if err := f.only(); err != nil {
		return err
	}
	c.goQuiet[f.subject] = true
	return nil
}

// goArgument reports whether an attribute names an argument of a Go function.
func goArgument(s string) bool {
	return s == "recv" || len(s) == 1 && s[0] >= '0' && s[0] <= '9'
}
