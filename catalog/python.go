package catalog

import (
	"fmt"
	"slices"
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
	// may hold; of a setting, when one is known to hold.
	UnsafeIf []ArgForm
	// Setting: the call decodes nothing itself, but sets up what does.
	Setting bool
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
	// Value is the literal as Python writes it, or one of the words below.
	Value string
}

// What a form may say of an argument instead of its value.
const (
	// ArgGiven: it is there, and is not None.
	ArgGiven = "*given"
	// ArgAbsent: it is not there or None, though what the sink works on is there.
	ArgAbsent = "*absent"
	// ArgLiteral: it is a constant that everybody can read.
	ArgLiteral = "*literal"
	// ArgSecret: it is there, and neither None nor a constant.
	ArgSecret = "*secret"
	// ArgWide: it is an address with a host that stands for all interfaces.
	ArgWide = "*wide"
	// ArgDangerous: it is a list of which an item is a dangerous global.
	ArgDangerous = "*dangerous"
)

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
	if err := f.only("format", "kind", "arg", "safe-if", "unsafe-if", "danger"); err != nil {
		return err
	}
	s := &PythonSink{Name: f.subject, Format: f.attrs["format"], Danger: f.attrs["danger"], Reason: f.reason}
	if s.Format == "" || s.Danger == "" {
		return fmt.Errorf("python-sink %s: format and danger are required", f.subject)
	}
	switch kind := f.attrs["kind"]; kind {
	case "":
	case "setting":
		s.Setting = true
	default:
		return fmt.Errorf("python-sink %s: kind %q is not setting", f.subject, kind)
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
		if strings.HasPrefix(value, "*") && !slices.Contains([]string{ArgGiven, ArgAbsent, ArgLiteral, ArgSecret, ArgWide, ArgDangerous}, value) {
			return nil, fmt.Errorf("%q: no such form", item)
		}
		forms = append(forms, ArgForm{a, value})
	}
	return forms, nil
}
