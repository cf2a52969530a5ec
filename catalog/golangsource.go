package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// GoSource is a place of Go where bytes come from outside of the program.
type GoSource struct {
	// Name is as the catalogue writes it. It is the full name of a function, a method, a
	// field, a variable or a type as go/types prints it ("os.Getenv",
	// "(net/http.Request).Body", "net.Conn"), or the shape of a function whose parameter is
	// the source: "NotifyMsg([]byte)", "*(*example.com/cli.Command,[]string)".
	Name string
	// To are what of a call is the source: "result", "recv" or the index of a parameter.
	To []string
	// Function and Parameters are those of a shape: "*" is any function, and the types are
	// written without spaces. Function is "" of all others.
	Function   string
	Parameters []string
	// Arg is the index of the parameter of a shape.
	Arg int
	// Near are packages of which one must be imported, or none.
	Near []string
	// Implements: a type that implements this interface is the source too.
	Implements bool
	// Unless are functions and fields: what they give is of this type, and is the
	// program's own.
	Unless []string
	// Stream: whoever writes to it writes as much as they like.
	Stream bool
	// Origin is the kind of place that it comes from, Called what messages call it.
	Origin Origin
	Called string
	// Reason is the source of the fact.
	Reason string
}

// Network reports a source that whoever can connect may write to.
func (s *GoSource) Network() bool { return s.Origin == FromRequest || s.Origin == FromNetwork }

// GoSource looks up a source by its full name.
func (c *Catalog) GoSource(fullName string) (*GoSource, bool) {
	s, ok := c.goSources[fullName]
	return s, ok
}

// GoSources lists all sources, sorted by name.
func (c *Catalog) GoSources() []*GoSource { return sortedValues(c.goSources) }

func (c *Catalog) addGoSource(f fact) error {
	if err := f.only("origin", "called", "to", "arg", "near", "implements", "unless", "stream"); err != nil {
		return err
	}
	s := &GoSource{
		Name: f.subject, Origin: Origin(f.attrs["origin"]), Called: f.attrs["called"], Near: settingWords(f.attrs["near"]),
		Unless: settingWords(f.attrs["unless"]), Implements: f.attrs["implements"] == "true", Stream: f.attrs["stream"] == "true", Reason: f.reason,
	}
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("go-source %s: "+format, append([]any{f.subject}, args...)...)
	}
	if !slices.Contains(Origins, s.Origin) {
		return wrong("origin %q is not one of %v", s.Origin, Origins)
	}
	if s.Called == "" {
		return wrong("called is required: it completes \"the bytes come from …\"")
	}
	if v := f.attrs["implements"]; v != "" && v != "true" {
		return wrong("implements is true, or left out")
	}
	if v := f.attrs["stream"]; v != "" && v != "true" {
		return wrong("stream is true, or left out")
	}
	if err := s.shape(f.attrs["arg"]); err != nil {
		return wrong("%w", err)
	}
	s.To = strings.Split(cmp.Or(f.attrs["to"], "result"), ",")
	for _, to := range s.To {
		if to != "result" && !goArgument(to) {
			return wrong("to %q is not result, recv or the index of a parameter", to)
		}
	}
	if s.Function != "" && (f.attrs["to"] != "" || s.Implements || len(s.Unless) > 0) {
		return wrong("the parameter of a shape takes arg and near only")
	}
	c.goSources[s.Name] = s
	return nil
}

// shape takes "NotifyMsg([]byte)" apart. In a full name a parenthesis stands at the
// beginning.
func (s *GoSource) shape(arg string) error {
	open := strings.IndexByte(s.Name, '(')
	if open <= 0 {
		if arg != "" || len(s.Near) > 0 {
			return fmt.Errorf("arg and near are of the shape of a function: NAME(TYPE,...)")
		}
		if !goFullName(s.Name) {
			return fmt.Errorf("not a full name: PATH.NAME, (PATH.TYPE).NAME or (*PATH.TYPE).NAME")
		}
		return nil
	}
	list, ok := strings.CutSuffix(s.Name[open+1:], ")")
	if !ok || list == "" {
		return fmt.Errorf("not the shape of a function: NAME(TYPE,...)")
	}
	s.Function, s.Parameters = s.Name[:open], strings.Split(list, ",")
	if arg == "" {
		return nil
	}
	i, err := strconv.Atoi(arg)
	if err != nil || i < 0 || i >= len(s.Parameters) {
		return fmt.Errorf("arg %q is not the index of one of its parameters", arg)
	}
	s.Arg = i
	return nil
}

// goFullName reports a name as go/types prints it of a function, a method or an object
// of a package.
func goFullName(name string) bool {
	if rest, ok := strings.CutPrefix(name, "("); ok {
		typ, member, ok := strings.Cut(strings.TrimPrefix(rest, "*"), ").")
		return ok && goFullName(typ) && member != "" && !strings.ContainsAny(member, "./()")
	}
	if strings.ContainsAny(name, "()* ") {
		return false
	}
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && dot < len(name)-1 && !strings.Contains(name[dot:], "/")
}
