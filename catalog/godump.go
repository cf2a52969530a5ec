package catalog

import (
	"fmt"
	"strconv"
	"strings"
)

// GoDump is a Go function or method that turns values into bytes, the other end of a
// [GoSink].
type GoDump struct {
	// Name is the full name as go/types prints it.
	Name string
	// Format is what it writes: gob, pickle, …
	Format string
	// Object is the index of the parameter that is written.
	Object string
	// To says where the bytes go, with the words of a [PythonDump], and Arg which argument
	// tells: "recv", or the index of a parameter.
	To  DumpTo
	Arg string
	// Default is the protocol that is written, where there is one and nobody chooses it.
	Default Protocol
	// Optional: it counts only where a project asks for optional sinks.
	Optional bool
	// Reason is the source of the fact.
	Reason string
}

// GoDump looks up a full name.
func (c *Catalog) GoDump(fullName string) (*GoDump, bool) {
	d, ok := c.goDumps[fullName]
	return d, ok
}

// GoDumps lists all of them, sorted by name.
func (c *Catalog) GoDumps() []*GoDump { return sortedValues(c.goDumps) }

// addGoDump takes "go-dump (*encoding/gob.Encoder).Encode format=gob object=0 to=file:recv".
func (c *Catalog) addGoDump(f fact) error {
	if err := f.only("format", "object", "to", "default", "optional"); err != nil {
		return err
	}
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("go-dump %s: "+format, append([]any{f.subject}, args...)...)
	}
	d := &GoDump{Name: f.subject, Format: f.attrs["format"], Object: f.attrs["object"], Optional: f.attrs["optional"] == "true", Reason: f.reason}
	to, arg, given := strings.Cut(f.attrs["to"], ":")
	d.To, d.Arg = DumpTo(to), arg
	switch {
	case !goFullName(d.Name):
		return wrong("not a full name: PATH.NAME, (PATH.TYPE).NAME or (*PATH.TYPE).NAME")
	case d.Format == "":
		return wrong("format is required")
	case d.Object == "recv" || !goArgument(d.Object):
		return wrong("object %q is not the index of a parameter", d.Object)
	case d.To == ToBytes && given:
		return wrong("to: bytes has no argument")
	case d.To != ToBytes && (d.To != ToFile && d.To != ToPath || !goArgument(arg)):
		return wrong("to %q is not bytes, file:ARGUMENT or path:ARGUMENT", f.attrs["to"])
	case f.attrs["optional"] != "" && !d.Optional:
		return wrong("optional is true, or left out")
	}
	if word, ok := f.attrs["default"]; ok {
		if _, err := strconv.Atoi(word); err != nil {
			return wrong("default %q is not a number", word)
		}
		d.Default = Protocol(word)
	}
	c.goDumps[d.Name] = d
	return nil
}
