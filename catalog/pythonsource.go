package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// PythonSource is a place of Python source where bytes come from outside of the program,
// or texts by which somebody outside chooses.
type PythonSource struct {
	// Name is as the catalogue writes it; Form says what it means.
	Name string
	Form SourceForm
	// Function and Parameters are those of a form of parameters: "*" is any function,
	// "_" any parameter, and with More others may follow.
	Function   string
	Parameters []string
	More       bool
	// From are the parameters that are the source.
	From []string
	// Near holds words or dotted names of which the file must spell one, or none.
	Near []string
	// Origin is the kind of place that it comes from, Called what messages call it.
	Origin Origin
	Called string
	Gives  SourceGives
	Reason string
}

// SourceForm tells the forms of sources apart by how their names begin.
type SourceForm uint8

// The forms.
const (
	// SourceValue is a dotted name, with brackets for what a call returns, and all
	// that is taken of it: "flask.request".
	SourceValue SourceForm = iota
	// SourceAttribute is an attribute of whatever is not known: ".rfile". One in capitals
	// is an imported constant or a key of that name as well.
	SourceAttribute
	// SourceParameter is a parameter: "*(event,context)", "data_received(data)".
	SourceParameter
	// SourceDecorator are the parameters of what is decorated: "@.route".
	SourceDecorator
	// SourceText is a constant path: "'/tmp/*'".
	SourceText
)

// Origin is a kind of place that bytes come from.
type Origin string

// The kinds of places.
const (
	FromRequest  Origin = "request"
	FromNetwork  Origin = "network"
	FromStore    Origin = "store"
	FromQueue    Origin = "queue"
	FromDatabase Origin = "database"
	FromMail     Origin = "mail"
	FromOperator Origin = "operator"
	FromFile     Origin = "file"
)

// Origins lists them.
var Origins = []Origin{FromRequest, FromNetwork, FromStore, FromQueue, FromDatabase, FromMail, FromOperator, FromFile}

// SourceGives says what a source gives.
type SourceGives string

const (
	// GivesData are bytes, or an object that they are read of.
	GivesData SourceGives = ""
	// GivesText is a name or a path more likely than data.
	GivesText SourceGives = "text"
	// GivesFile is the path of a file that holds the bytes.
	GivesFile SourceGives = "file"
	// GivesShared is the path of a directory where others can put a file whose name they
	// know.
	GivesShared SourceGives = "shared"
)

// PythonSources lists all sources, sorted by name.
func (c *Catalog) PythonSources() []*PythonSource { return sortedValues(c.pythonSources) }

// PythonSource looks up a source by its name as the catalogue writes it.
func (c *Catalog) PythonSource(name string) (*PythonSource, bool) {
	s, ok := c.pythonSources[name]
	return s, ok
}

// Is reports whether a name speaks of the source: the kind of its origin, the first words
// of its dotted name, or a library that its line asks for.
func (s *PythonSource) Is(name string) bool {
	if name == string(s.Origin) || slices.Contains(s.Near, name) {
		return true
	}
	rest, ok := strings.CutPrefix(s.Name, name)
	return ok && s.Form == SourceValue && name != "" && (rest == "" || rest[0] == '.' || rest[0] == '(')
}

// addPythonSource takes "python-source flask.request origin=request called=… # …".
func (c *Catalog) addPythonSource(f fact) error {
	if err := f.only("origin", "called", "gives", "near", "arg"); err != nil {
		return err
	}
	s := &PythonSource{
		Name: f.subject, Origin: Origin(f.attrs["origin"]), Called: f.attrs["called"], Gives: SourceGives(f.attrs["gives"]),
		Near: settingWords(f.attrs["near"]), From: settingWords(f.attrs["arg"]), Reason: f.reason,
	}
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("python-source %s: "+format, append([]any{f.subject}, args...)...)
	}
	if !slices.Contains(Origins, s.Origin) {
		return wrong("origin %q is not one of %v", s.Origin, Origins)
	}
	if s.Called == "" {
		return wrong("called is required: it completes \"the bytes come from …\"")
	}
	if !slices.Contains([]SourceGives{GivesData, GivesText, GivesFile, GivesShared}, s.Gives) {
		return wrong("gives %q is not text, file or shared", s.Gives)
	}
	if slices.ContainsFunc(s.Near, func(m string) bool { return !dotted(m) || strings.Contains(m, "(") }) {
		return wrong("near is a list of words and modules")
	}
	if !s.parse() {
		return wrong("not a dotted name, .ATTRIBUTE, @.DECORATOR, FUNCTION(PARAMETER,...) or 'TEXT'")
	}
	if len(s.From) > 0 && s.Form != SourceParameter {
		return wrong("arg says which parameters are meant, and there are none")
	}
	for _, name := range s.From {
		if !slices.Contains(s.Parameters, name) {
			return wrong("arg: %q is none of its parameters", name)
		}
	}
	c.pythonSources[s.Name] = s
	return nil
}

// parse tells the form of a source from its name.
func (s *PythonSource) parse() bool {
	name := s.Name
	if text, ok := strings.CutPrefix(name, "'"); ok {
		s.Form = SourceText
		text, ok = strings.CutSuffix(text, "'")
		return ok && strings.Trim(text, "*") != ""
	}
	if word, ok := strings.CutPrefix(name, "@"); ok {
		s.Form = SourceDecorator
		return dotted(strings.TrimPrefix(word, ".")) && !strings.Contains(word, "(")
	}
	if word, ok := strings.CutPrefix(name, "."); ok {
		s.Form = SourceAttribute
		return dotted(word) && !strings.ContainsAny(word, ".(")
	}
	if dotted(name) {
		s.Form = SourceValue
		return true
	}
	s.Form = SourceParameter
	function, list, _ := strings.Cut(name, "(")
	list, ok := strings.CutSuffix(list, ")")
	if !ok || list == "" || function != "*" && !dotted(function) {
		return false
	}
	s.Function = function
	list, s.More = strings.CutSuffix(list, ",...")
	s.Parameters = strings.Split(list, ",")
	if len(s.From) == 0 {
		s.From = s.Parameters[:1]
	}
	return !slices.ContainsFunc(s.Parameters, func(p string) bool { return !dotted(p) || strings.ContainsAny(p, ".(") })
}

// IsFile reports a source that gives the path of what others wrote.
func (s *PythonSource) IsFile() bool { return s.Gives == GivesFile || s.Gives == GivesShared }

// Matches reports whether a constant is the text of a source, which may have a star for
// anything at its ends.
func (s *PythonSource) Matches(text string) bool {
	want := strings.Trim(s.Name, "'")
	end, before := strings.CutPrefix(want, "*")
	middle, more := strings.CutSuffix(end, "*")
	switch {
	case before && more:
		return strings.Contains(text, middle)
	case before:
		return strings.HasSuffix(text, end)
	case more:
		return strings.HasPrefix(text, middle)
	}
	return text == want
}
