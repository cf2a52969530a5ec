package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// GoSink is a Go function or method that turns bytes into values.
type GoSink struct {
	// Name is the full name as go/types prints it:
	// "(*encoding/gob.Decoder).Decode", "example.com/pkg.Load".
	Name string
	// Format is what it decodes: gob, pickle, …
	Format string
	// Arg is what is decoded: "recv", or the index of a parameter.
	Arg string
	// File: Arg is the name of the file that is decoded.
	File bool
	// Serves: the call answers whoever connects, from where on the peers write the
	// bytes.
	Serves bool
	// Untainted is what is said where nothing is known against the bytes: "", which is
	// a warning, "note", or "silent".
	Untainted string
	// Tainted is the severity where they come from outside: "", which is an error, or
	// "warning".
	Tainted string
	// Optional: the sink counts only where a project asks for such sinks.
	Optional bool
	// Dest is the index of the parameter that is decoded into, or "". Reaches is what
	// its type must hold for the sink to count: "", "interface", or "container", which
	// is a slice, a map or an interface.
	Dest, Reaches string
	// Bound: limiting how many bytes are read limits what they can do.
	Bound bool
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

// Own returns a copy of the sink by another name, that of a copy of the library.
func (s *GoSink) Own(name string) *GoSink {
	out := *s
	out.Name = name
	return &out
}

var goSinkWords = map[string][]string{
	"file":      {"true"},
	"serves":    {"true"},
	"untainted": {"note", "silent"},
	"tainted":   {"warning"},
	"optional":  {"true"},
	"reaches":   {"interface", "container"},
	"bound":     {"true"},
}

func (c *Catalog) addGoSink(f fact) error {
	if err := f.only("format", "arg", "file", "danger", "serves", "untainted", "tainted", "optional", "dest", "reaches", "bound"); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(goSinkWords)) {
		if word, words := f.attrs[key], goSinkWords[key]; word != "" && !slices.Contains(words, word) {
			return fmt.Errorf("go-sink %s: %s is %s, or left out", f.subject, key, strings.Join(words, " or "))
		}
	}
	s := &GoSink{
		Name: f.subject, Format: f.attrs["format"], Arg: f.attrs["arg"], File: f.attrs["file"] != "",
		Serves: f.attrs["serves"] != "", Untainted: f.attrs["untainted"], Tainted: f.attrs["tainted"], Optional: f.attrs["optional"] != "",
		Dest: f.attrs["dest"], Reaches: f.attrs["reaches"], Bound: f.attrs["bound"] != "",
		Danger: f.attrs["danger"], Reason: f.reason,
	}
	if s.Format == "" || s.Danger == "" {
		return fmt.Errorf("go-sink %s: format and danger are required", f.subject)
	}
	if !goArgument(s.Arg) {
		return fmt.Errorf("go-sink %s: arg %q is not recv or the index of a parameter", f.subject, s.Arg)
	}
	if s.Dest != "" && (s.Dest == "recv" || !goArgument(s.Dest)) {
		return fmt.Errorf("go-sink %s: dest %q is not the index of a parameter", f.subject, s.Dest)
	}
	if s.Reaches != "" && s.Dest == "" {
		return fmt.Errorf("go-sink %s: reaches without dest", f.subject)
	}
	c.goSinks[s.Name] = s
	return nil
}
