package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PythonSink is a Python callable that turns bytes into objects.
type PythonSink struct {
	// Name is the canonical dotted name, for example "pickle.load". A pair of
	// brackets stands for what a call returns: "zmq.Socket().recv_pyobj" is an
	// attribute of what the class makes, "yaml.Loader()" the call alone. A name that
	// begins with a dot is an attribute of whatever is not known, see Near.
	Name string
	// Near holds, for a name that begins with a dot, the modules of which the file
	// must spell one, or none.
	Near []string
	// NotNear, if not "", is a word that the file must not spell for a receiver to
	// count of which only the annotation is known.
	NotNear string
	// Receiver: what is decoded comes from what the attribute is taken of, and from
	// no argument.
	Receiver bool
	// Format is what it decodes: pickle, marshal, npy, …
	Format string
	// Arg is the argument that is decoded.
	Arg Argument
	// SafeIf: a call in which any of these forms holds is safe in itself.
	SafeIf []ArgForm
	// UnsafeIf: if not empty, a call is unsafe only when one of these forms
	// may hold; of a setting, when one is known to hold.
	UnsafeIf []ArgForm
	// Releases say how that hangs on the release of the library.
	Releases
	// Setting: the call decodes nothing itself, but sets up what does.
	Setting bool
	// Danger completes "… :" in messages: what such a call can do.
	Danger string
	// Reason is the source of the fact.
	Reason string
}

// API is what messages call the sink.
func (s *PythonSink) API() string {
	return strings.TrimPrefix(strings.ReplaceAll(s.Name, "()", ""), ".")
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
	// Value is the literal as Python writes it, or a dotted name; "*.h5" is any string
	// that ends so, and then there are the words below.
	Value string
	// Sure: an argument that might have any value does not count as it.
	Sure bool
}

// Suffix returns how the literal string ends that a form asks for, or "".
func (a ArgForm) Suffix() string {
	if strings.HasPrefix(a.Value, "*.") {
		return a.Value[1:]
	}
	return ""
}

// What a form may say of an argument instead of its value.
const (
	// ArgGiven: it is there, and is not None.
	ArgGiven = "*given"
	// ArgAbsent: it is not there or None, though what the sink works on is there.
	ArgAbsent = "*absent"
	// ArgLiteral: it is a constant that everybody can read.
	ArgLiteral = "*literal"
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

// Words returns the words of a dotted name, without the brackets of calls.
func Words(name string) []string {
	return strings.Split(strings.TrimPrefix(strings.ReplaceAll(name, "()", ""), "."), ".")
}

// Shorter cuts the last step off a dotted name: an attribute, or the brackets of a
// call.
func Shorter(name string) (rest string, ok bool) {
	if rest, ok = strings.CutSuffix(name, "()"); ok {
		return rest, true
	}
	i := strings.LastIndexByte(name, '.')
	if i <= 0 {
		return "", false
	}
	return name[:i], true
}

// PythonAlias returns the canonical form of a dotted name whose longest prefix
// is declared as another name of a module (cPickle, six.moves.cPickle).
func (c *Catalog) PythonAlias(name string) string {
	for m := name; m != ""; {
		if canonical, ok := c.pythonAliases[m]; ok {
			return canonical + name[len(m):]
		}
		var more bool
		if m, more = Shorter(m); !more {
			break
		}
	}
	return name
}

// PythonAliases returns the declared aliases, alias to canonical name.
func (c *Catalog) PythonAliases() map[string]string { return c.pythonAliases }

func (c *Catalog) addPythonSink(f fact) error {
	if err := f.only(append([]string{"format", "kind", "arg", "safe-if", "unsafe-if", "danger", "near", "not-near"}, releaseKeys...)...); err != nil {
		return err
	}
	s := &PythonSink{Name: f.subject, Format: f.attrs["format"], Danger: f.attrs["danger"], NotNear: f.attrs["not-near"], Reason: f.reason}
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
	attribute, word := strings.CutPrefix(s.Name, ".")
	if !dotted(attribute) || word && strings.ContainsAny(attribute, ".(") {
		return fmt.Errorf("python-sink %s: not a dotted name, one with () for what a call returns, or .ATTRIBUTE", f.subject)
	}
	if near, ok := f.attrs["near"]; ok {
		s.Near = strings.Split(near, ",")
		if !word || slices.ContainsFunc(s.Near, func(m string) bool { return !dotted(m) || strings.Contains(m, "(") }) {
			return fmt.Errorf("python-sink %s: near is a list of modules, for a name that begins with a dot", f.subject)
		}
	}
	ofCall := strings.Contains(s.Name, "().")
	if _, ok := f.attrs["not-near"]; ok && (!ofCall || !dotted(s.NotNear) || strings.ContainsAny(s.NotNear, ".(")) {
		return fmt.Errorf("python-sink %s: not-near is a word, for an attribute of what a call returns", f.subject)
	}
	var err error
	switch arg := f.attrs["arg"]; {
	case arg != "":
		if s.Arg, err = parseArgument(arg); err != nil {
			return fmt.Errorf("arg: %w", err)
		}
	case word || ofCall:
		s.Receiver, s.Arg.Position = true, -1
	}
	if s.SafeIf, err = parseForms(f.attrs["safe-if"]); err != nil {
		return fmt.Errorf("safe-if: %w", err)
	}
	if slices.ContainsFunc(s.SafeIf, func(a ArgForm) bool { return a.Sure }) {
		return fmt.Errorf("safe-if: a form is sure in any case, and has no exclamation mark")
	}
	if s.UnsafeIf, err = parseForms(f.attrs["unsafe-if"]); err != nil {
		return fmt.Errorf("unsafe-if: %w", err)
	}
	if s.Releases, err = parseReleases(f); err != nil {
		return err
	}
	if s.Mend.Name != "" && !slices.ContainsFunc(slices.Concat(s.SafeIf, s.UnsafeIf), func(a ArgForm) bool { return a.Argument == s.Mend.Argument }) {
		return fmt.Errorf("mend says which argument of safe-if or unsafe-if is to be given, position and all")
	}
	if len(s.UnsafeBefore) > 0 && len(s.UnsafeIf) == 0 {
		return fmt.Errorf("unsafe-before says nothing without unsafe-if")
	}
	c.pythonSinks[s.Name] = s
	return nil
}

// dotted reports a dotted name, in which () may stand behind each part.
func dotted(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		part = strings.TrimSuffix(part, "()")
		if part == "" || strings.Trim(part, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return false
		}
	}
	return true
}

// addPythonAlias takes "python-alias cPickle for=pickle".
func (c *Catalog) addPythonAlias(f fact) error {
	if err := f.only("for"); err != nil {
		return err
	}
	if f.attrs["for"] == "" {
		return fmt.Errorf("python-alias %s: for is required", f.subject)
	}
	if !dotted(f.subject) || !dotted(f.attrs["for"]) {
		return fmt.Errorf("python-alias %s: not dotted names, with () for what a call returns", f.subject)
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
		arg, sure := strings.CutSuffix(arg, "!")
		a, err := parseArgument(arg)
		if err != nil {
			return nil, err
		}
		if a.Name == "" {
			return nil, fmt.Errorf("%q: a form names its argument", item)
		}
		form := ArgForm{a, value, sure}
		if strings.HasPrefix(value, "*") && form.Suffix() == "" && !slices.Contains([]string{ArgGiven, ArgAbsent, ArgLiteral, ArgWide, ArgDangerous}, value) {
			return nil, fmt.Errorf("%q: no such form", item)
		}
		forms = append(forms, form)
	}
	return forms, nil
}
