package taint

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Sources are the sources of a catalogue, made ready to be looked up.
type Sources struct {
	// Words is the vocabulary of their names.
	Words *names.Vocabulary

	values, attributes, decorators map[string]*catalog.PythonSource
	parameters                     map[string][]*catalog.PythonSource // by function
	texts                          []*catalog.PythonSource
}

// NewSources makes the sources of a catalogue ready.
func NewSources(c *catalog.Catalog) *Sources {
	s := &Sources{
		values: make(map[string]*catalog.PythonSource), attributes: make(map[string]*catalog.PythonSource),
		decorators: make(map[string]*catalog.PythonSource), parameters: make(map[string][]*catalog.PythonSource),
	}
	var dotted []string
	for _, source := range c.PythonSources() {
		switch source.Form {
		case catalog.SourceValue:
			dotted = append(dotted, source.Name)
		case catalog.SourceAttribute:
			s.attributes[source.Name[1:]] = source
		case catalog.SourceDecorator:
			name := source.Name[1:]
			s.decorators[name] = source
			if name[0] != '.' {
				dotted = append(dotted, name)
			}
		case catalog.SourceParameter:
			s.parameters[source.Function] = append(s.parameters[source.Function], source)
		case catalog.SourceText:
			s.texts = append(s.texts, source)
		}
	}
	s.Words = names.NewSourceVocabulary(c, dotted)
	for _, name := range dotted {
		if source, ok := c.PythonSource(name); ok {
			canonical, _ := s.Words.Canonical(name)
			s.values[canonical] = source
		}
	}
	return s
}

// counts reports whether a source is one in this file.
func (f *File) counts(source *catalog.PythonSource) bool {
	if known, ok := f.near[source]; ok {
		return known
	}
	ok := len(source.Near) == 0 || slices.ContainsFunc(source.Near, func(name string) bool {
		return !slices.ContainsFunc(catalog.Words(name), func(word string) bool { return !f.spells(word) })
	})
	f.near[source] = ok
	return ok
}

// take notes a source unless the configuration trusts it, and then what it gives is of
// no further interest.
func (w *walk) take(source *catalog.PythonSource, node syntax.Index, kind Kind) bool {
	if source == nil || !w.counts(source) {
		return false
	}
	w.hit(source, node, kind, w.trusted != nil && w.trusted(source))
	return true
}

// isSource looks whether an expression is a source, or certainly none.
func (w *walk) isSource(i syntax.Index, kind Kind) bool {
	if kind.isPath() && w.isHome(i) {
		if w.tree.Kind(i) == syntax.Call {
			w.on(w.names.Argument(i, 1, "default"), kind)
		}
		return true
	}
	switch w.tree.Kind(i) {
	case syntax.Identifier, syntax.Attribute, syntax.Call, syntax.Subscript:
		r := w.names.Expression(i)
		for _, target := range r.Targets {
			if source := w.sources.value(target.Name); source != nil && w.take(source, i, kind) {
				return true
			}
		}
	case syntax.String:
		if kind.isPath() {
			return w.isText(i, kind)
		}
		return false
	}
	switch w.tree.Kind(i) {
	case syntax.Attribute:
		name := w.word(w.tree.Child(i, syntax.AttributeName))
		source := w.sources.attributes[name]
		return source != nil && !w.own(i, name) && !w.ofSource(i) && w.take(source, i, kind)
	case syntax.Identifier:
		// A constant, or a directory that is called so.
		source := w.sources.attributes[w.word(i)]
		return source != nil && (isConstant(w.word(i)) || source.IsFile() || source.Origin == catalog.FromStore && w.fromOutside(i)) && w.take(source, i, kind)
	case syntax.Subscript:
		if key := w.tree.Next(w.tree.First(i)); w.tree.Kind(key) == syntax.String {
			text := strings.Trim(w.word(key), `"'`)
			source := w.sources.attributes[text]
			return source != nil && isConstant(text) && w.take(source, i, kind)
		}
	}
	return false
}

// isHome reports a variable of the environment that says where a user has their
// files: it chooses none of them.
func (w *walk) isHome(i syntax.Index) bool {
	key := syntax.None
	switch w.tree.Kind(i) {
	case syntax.Subscript:
		if of := w.tree.First(i); strings.HasSuffix(w.word(of), "environ") {
			key = w.tree.Next(of)
		}
	case syntax.Call:
		if f := w.word(w.tree.Child(i, syntax.Function)); strings.HasSuffix(f, "getenv") || strings.HasSuffix(f, "environ.get") {
			key = w.names.Argument(i, 0, "key")
		}
	}
	if w.tree.Kind(key) != syntax.String {
		return false
	}
	name := strings.Trim(w.word(key), `"'`)
	return strings.HasPrefix(name, "XDG_") || homes[name]
}

// value finds the source that a dotted name is or lies in.
func (s *Sources) value(name string) *catalog.PythonSource {
	for more := true; more; name, more = catalog.Shorter(name) {
		if source := s.values[name]; source != nil {
			return source
		}
	}
	return nil
}

// isText looks whether a constant path is a source.
func (w *walk) isText(i syntax.Index, kind Kind) bool {
	for _, text := range w.names.Strings(i) {
		for _, source := range w.sources.texts {
			if source.Matches(text) && w.take(source, i, kind) {
				return true
			}
		}
	}
	return false
}

// ofSource reports an attribute of what is a source itself, and knows more of it.
func (w *walk) ofSource(i syntax.Index) bool {
	r := w.names.Expression(w.tree.Child(i, syntax.Object))
	return slices.ContainsFunc(r.Targets, func(t names.Target) bool { return w.sources.value(t.Name) != nil })
}

// fromOutside reports a name that only imports or parameters bind: what it is called is
// all that is known of it.
func (w *walk) fromOutside(i syntax.Index) bool {
	for _, b := range w.names.Binders(i) {
		p := w.tree.Parent(b)
		if w.tree.Kind(p) == syntax.DottedName {
			p = w.tree.Parent(p)
		}
		switch w.tree.Kind(p) {
		case syntax.Parameters, syntax.DefaultParameter, syntax.TypedParameter, syntax.TypedDefaultParameter, syntax.ImportFromStatement, syntax.AliasedImport:
		default:
			return false // the library of that name, say
		}
	}
	return true
}

// own reports an attribute that the class around it defines: another thing of the same
// name. What it is set to is followed.
func (w *walk) own(i syntax.Index, name string) bool {
	of := w.tree.Child(i, syntax.Object)
	if of == syntax.None || isConstant(name) {
		return false
	}
	own, _ := w.names.Defines(of, name)
	return own
}

// maxUp bounds the climb from a name to what binds it.
const maxUp = 12

func isConstant(name string) bool {
	return strings.ToUpper(name) == name && strings.ToLower(name) != name
}

// word returns the text of a node, or "" if it is long: nobody looks for one.
func (f *File) word(i syntax.Index) string {
	if i == syntax.None || f.tree.Nodes[i].End-f.tree.Nodes[i].Start > maxWord {
		return ""
	}
	return string(f.tree.Text(i))
}
