package catalog

import (
	"fmt"
	"strings"
)

// Class is the catalogue's word on a global.
type Class int

// The classes. Unknown is what no line speaks of.
const (
	Unknown Class = iota
	Allowed
	Suspicious
	Dangerous
)

var classWords = map[string]Class{"allowed": Allowed, "suspicious": Suspicious, "dangerous": Dangerous}

func (c Class) String() string {
	for word, class := range classWords {
		if class == c {
			return word
		}
	}
	return "unknown"
}

// Global is what the catalogue says of one (module, name) pair.
type Global struct {
	Class Class
	// Reason is the text behind the line, or "" for Unknown.
	Reason string
	// Library is the known library the module belongs to ("stdlib" for the
	// standard library, else the library's root module), or "".
	Library string
	// Use says in which use an exact line speaks of it.
	Use Use
}

// Global looks up a global by module and (possibly dotted) name. An exact line
// wins over a line for every name of the module ("module:*"), which in turn wins
// over one for every name of a module that contains it. Only exact lines can say
// allowed: wildcards never allow.
//
// A dotted name is an attribute walk: if any prefix of the walk is dangerous, so
// is its end, unless the catalogue has an exact line for the whole.
func (c *Catalog) Global(module, name string) Global {
	g := Global{Library: c.library(module)}
	if f, ok := c.globals[module+":"+name]; ok {
		g.Class, g.Reason, g.Use = f.class, f.reason, f.use
		return g
	}
	for i := range len(name) {
		if name[i] != '.' {
			continue
		}
		if f, ok := c.globals[module+":"+name[:i]]; ok && f.class == Dangerous {
			g.Class, g.Reason = f.class, f.reason
			return g
		}
	}
	for m := module; ; {
		if f, ok := c.globals[m+":*"]; ok {
			g.Class, g.Reason = f.class, f.reason
			return g
		}
		i := strings.LastIndexByte(m, '.')
		if i < 0 {
			return g
		}
		m = m[:i]
	}
}

// States returns the keys that lines speak of, by the module:name whose state has
// them. It is part of the catalogue: whoever wants to change it makes a copy.
func (c *Catalog) States() map[string][]string { return c.states }

// Data returns the callables, as module:name, whose results hold what a stream puts
// into them. It is part of the catalogue, too.
func (c *Catalog) Data() map[string]bool { return c.data }

// Named returns the callables, as module:name, that import what their arguments
// name. It is part of the catalogue, too.
func (c *Catalog) Named() map[string]bool { return c.named }

// library returns the known library that module belongs to.
func (c *Catalog) library(module string) string {
	for m := module; ; {
		if lib, ok := c.libraries[m]; ok {
			return lib
		}
		i := strings.LastIndexByte(m, '.')
		if i < 0 {
			return ""
		}
		m = m[:i]
	}
}

func (c *Catalog) addGlobal(f fact) error {
	use, err := parseUse(f)
	if err != nil {
		return err
	}
	module, name, ok := strings.Cut(f.subject, ":")
	if !ok || module == "" || name == "" {
		return fmt.Errorf("%q is not module:name", f.subject)
	}
	class := classWords[f.keyword]
	if strings.Contains(name, "*") && (name != "*" || class == Allowed) {
		return fmt.Errorf("%q: a wildcard stands for every name of a module and never allows: allow exact globals", f.subject)
	}
	c.globals[f.subject] = globalFact{class, f.reason, use}
	delete(c.states, f.subject)
	delete(c.data, f.subject)
	delete(c.named, f.subject)
	if use.Names {
		c.named[f.subject] = true
	}
	if use.Data {
		c.data[f.subject] = true
	}
	if keys := use.StateKeys(); keys != nil {
		c.states[f.subject] = keys
	}
	return nil
}

// addLibrary takes "library ROOT kind=stdlib|known".
func (c *Catalog) addLibrary(f fact) error {
	if err := f.only("kind"); err != nil {
		return err
	}
	switch f.attrs["kind"] {
	case "stdlib":
		c.libraries[f.subject] = "stdlib"
	case "known":
		c.libraries[f.subject] = f.subject
	default:
		return fmt.Errorf("library %s: kind %q is not stdlib or known", f.subject, f.attrs["kind"])
	}
	return nil
}
