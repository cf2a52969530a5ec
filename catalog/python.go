package catalog

import (
	"fmt"
	"strconv"
	"strings"
)

// PythonSink is a Python callable that turns bytes into objects.
type PythonSink struct {
	// Name is the canonical dotted name, for example "pickle.load".
	Name string
	// Format is what it decodes: pickle, marshal, npy, …
	Format string
	// Arg is the argument that is decoded.
	Arg Argument
	// SafeIf: a call in which any of these forms holds is safe in itself.
	SafeIf []ArgForm
	// UnsafeIf: if not empty, a call is unsafe only when one of these forms
	// may hold.
	UnsafeIf []ArgForm
	// Danger completes "… :" in messages: what such a call can do.
	Danger string
	// Reason is the source of the fact.
	Reason string
}

// Argument names an argument by keyword, by position, or both.
type Argument struct {
	// Name is the keyword, or "".
	Name string
	// Position is 0-based, or -1 if the argument is keyword-only.
	Position int
}

// ArgForm is an argument with a literal value, as in weights_only=True.
type ArgForm struct {
	Argument
	// Value is the literal as Python writes it; '*.h5' is a string that ends so.
	Value string
}

func (a ArgForm) String() string { return a.Name + "=" + a.Value }

// PythonSink looks up a canonical dotted name.
func (c *Catalog) PythonSink(name string) (*PythonSink, bool) {
	s, ok := c.pythonSinks[name]
	return s, ok
}

// PythonSinks lists all sinks, sorted by name.
func (c *Catalog) PythonSinks() []*PythonSink { return sortedValues(c.pythonSinks) }

// PythonAlias returns the canonical form of a dotted name whose longest prefix
// is declared as another name of a module (cPickle, six.moves.cPickle).
func (c *Catalog) PythonAlias(name string) string {
	for m := name; m != ""; {
		if canonical, ok := c.pythonAliases[m]; ok {
			return canonical + name[len(m):]
		}
		i := strings.LastIndexByte(m, '.')
		if i < 0 {
			break
		}
		m = m[:i]
	}
	return name
}

// PythonAliases returns the declared aliases, alias to canonical name.
func (c *Catalog) PythonAliases() map[string]string { return c.pythonAliases }

func (c *Catalog) addPythonSink(f fact) error {
	if err := f.only("format", "arg", "safe-if", "unsafe-if", "danger"); err != nil {
		return err
	}
	s := &PythonSink{Name: f.subject, Format: f.attrs["format"], Danger: f.attrs["danger"], Reason: f.reason}
	if s.Format == "" || s.Danger == "" {
		return fmt.Errorf("python-sink %s: format and danger are required", f.subject)
	}
	var err error
	arg := f.attrs["arg"]
	if arg == "" {
		arg = "@0"
	}
	if s.Arg, err = parseArgument(arg); err != nil {
		return fmt.Errorf("arg: %w", err)
	}
	if s.SafeIf, err = parseForms(f.attrs["safe-if"]); err != nil {
		return fmt.Errorf("safe-if: %w", err)
	}
	if s.UnsafeIf, err = parseForms(f.attrs["unsafe-if"]); err != nil {
		return fmt.Errorf("unsafe-if: %w", err)
	}
	c.pythonSinks[s.Name] = s
	return nil
}

// addPythonAlias takes "python-alias cPickle for=pickle".
func (c *Catalog) addPythonAlias(f fact) error {
	if err := f.only("for"); err != nil {
		return err
	}
	if f.attrs["for"] == "" {
		return fmt.Errorf("python-alias %s: for is required", f.subject)
	}
	c.pythonAliases[f.subject] = f.attrs["for"]
	return nil
}

// parseArgument reads NAME, NAME@POSITION or @POSITION.
func parseArgument(s string) (Argument, error) {
	name, pos, positional := strings.Cut(s, "@")
	a := Argument{Name: name, Position: -1}
	if positional {
		n, err := strconv.Atoi(pos)
		if err != nil || n < 0 {
			return a, fmt.Errorf("%q is not NAME, NAME@POSITION or @POSITION", s)
		}
		a.Position = n
	} else if name == "" {
		return a, fmt.Errorf("empty argument")
	}
	return a, nil
}

// parseForms reads a comma-separated list of ARGUMENT:LITERAL.
func parseForms(s string) ([]ArgForm, error) {
	if s == "" {
		return nil, nil
	}
	var forms []ArgForm
	for item := range strings.SplitSeq(s, ",") {
		arg, value, ok := strings.Cut(item, ":")
		if !ok || value == "" {
			return nil, fmt.Errorf("%q is not ARGUMENT:LITERAL", item)
		}
		a, err := parseArgument(arg)
		if err != nil {
			return nil, err
		}
		if a.Name == "" {
			return nil, fmt.Errorf("%q: a form names its argument", item)
		}
		forms = append(forms, ArgForm{a, value})
	}
	return forms, nil
}
