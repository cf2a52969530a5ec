package catalog

import "fmt"

// GoSink is a Go function or method that turns bytes into values.
type GoSink struct {
	// Name is the full name as go/types prints it:
	// "(*encoding/gob.Decoder).Decode", "example.com/pkg.Load".
	Name string
	// Format is what it decodes: gob, pickle, …
	Format string
	// Arg is what is decoded: "recv", or the index of a parameter.
	Arg string
	// Danger completes "…; " in messages: what such a call can do.
	Danger string
	// Reason is the source of the fact.
	Reason string
}

// GoSink looks up a full name.
func (c *Catalog) GoSink(fullName string) (*GoSink, bool) {
	s, ok := c.goSinks[fullName]
	return s, ok
}

// GoSinks lists all sinks, sorted by name.
func (c *Catalog) GoSinks() []*GoSink { return sortedValues(c.goSinks) }

func (c *Catalog) addGoSink(f fact) error {
	if err := f.only("format", "arg", "danger"); err != nil {
		return err
	}
	s := &GoSink{Name: f.subject, Format: f.attrs["format"], Arg: f.attrs["arg"], Danger: f.attrs["danger"], Reason: f.reason}
	if s.Format == "" || s.Danger == "" {
		return fmt.Errorf("go-sink %s: format and danger are required", f.subject)
	}
	switch {
	case s.Arg == "recv", len(s.Arg) == 1 && s.Arg[0] >= '0' && s.Arg[0] <= '9':
	default:
		return fmt.Errorf("go-sink %s: arg %q is not recv or the index of a parameter", f.subject, s.Arg)
	}
	c.goSinks[s.Name] = s
	return nil
}
