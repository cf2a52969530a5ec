package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// ofOrigin are the boundaries that origins speak for. Where it is open who is at the other
// end, the guess is the least trusted: a claim is then asked to show more, not less.
var ofOrigin = map[catalog.Origin]string{
	catalog.FromRequest: "public", catalog.FromNetwork: "public", catalog.FromMail: "public", catalog.FromFile: "public",
	catalog.FromStore: "internal", catalog.FromQueue: "internal", catalog.FromDatabase: "internal",
	catalog.FromOperator: "operator",
}

// opening are the last words of what opens or reads a file on this host.
var opening = []string{"open", "read_bytes", "read_text", "FileIO", "mmap"}

// boundary guesses behind which boundary the bytes of a site were written, or returns "".
func (f *file) boundary(s *found, known *evidence) string {
	if o := known.origin; o != nil {
		if inside := f.sourceBoundary(o.Source); o.Inside && inside != TrustedSource {
			return inside
		}
		if o.Source.Gives == catalog.GivesShared {
			return "host"
		}
		return ofOrigin[o.Source.Origin]
	}
	at := s.value
	if at == syntax.None || at == 0 {
		at = s.reference
		if !s.sink.Receiver {
			return ""
		}
	}
	g := &guess{f: f, seen: make(map[syntax.Index]bool)}
	word := g.of(at, deepestGuess)
	if word == "build" && takesPath(s.sink) {
		return "host" // a literal is the name of a file
	}
	return word
}

// deepestGuess bounds the steps backwards from what is decoded.
const deepestGuess = 12

// guess looks for where a value comes from, in the file.
type guess struct {
	f    *file
	seen map[syntax.Index]bool
}

func (g *guess) of(i syntax.Index, left int) string {
	t := g.f.tree
	if i = g.f.unwrap(i); i == syntax.None || left == 0 || g.seen[i] {
		return ""
	}
	g.seen[i] = true
	switch t.Kind(i) {
	case syntax.String, syntax.ConcatenatedString:
		return "build"
	case syntax.Identifier:
		return g.name(i, left)
	case syntax.Attribute:
		return g.of(t.Child(i, syntax.Object), left-1)
	case syntax.Call:
		return g.call(i, left)
	case syntax.Subscript, syntax.Await, syntax.NamedExpression:
		if value := t.Child(i, syntax.Value); value != syntax.None {
			return g.of(value, left-1)
		}
		return g.of(t.First(i), left-1)
	}
	return ""
}

// call asks the receiver, then the arguments. That one of them came in as a parameter
// says less than what another one is, and what a literal says is a name or a size.
func (g *guess) call(i syntax.Index, left int) string {
	t := g.f.tree
	function := g.f.unwrap(t.Child(i, syntax.Function))
	last := function
	if t.Kind(function) == syntax.Attribute {
		last = t.Child(function, syntax.AttributeName)
	}
	if last != syntax.None && slices.Contains(opening, string(t.Text(last))) {
		return "host"
	}
	var from []syntax.Index
	if t.Kind(function) == syntax.Attribute {
		from = append(from, t.Child(function, syntax.Object))
	}
	a := g.f.arguments(i, 0)
	from = append(from, a.positional...)
	for _, k := range a.keywords {
		from = append(from, k.value)
	}
	found := ""
	for n, arg := range from {
		if word := g.of(arg, left-1); word != "" && (word != "build" || n == 0) && (found == "" || found == justify.CallerBoundary) {
			found = word
		}
	}
	return found
}

// name asks what binds a name: a parameter, or what gives it a value.
func (g *guess) name(i syntax.Index, left int) string {
	t := g.f.tree
	found := ""
	for _, b := range g.f.names.Binders(i) {
		word := ""
		switch p := t.Parent(b); {
		case g.isParameter(b):
			word = justify.CallerBoundary
		case t.Kind(p) == syntax.Assignment || t.Kind(p) == syntax.NamedExpression:
			if value := g.f.tree.Next(b); value != syntax.None {
				for next := t.Next(value); next != syntax.None; next = t.Next(value) {
					value = next // behind the annotation
				}
				word = g.of(value, left-1)
			}
		case t.Kind(p) == syntax.AsPatternTarget:
			word = g.of(t.First(t.Parent(p)), left-1)
		}
		if found == "" || found == justify.CallerBoundary && word != "" {
			found = word
		}
	}
	return found
}

// isParameter reports a name that stands among the parameters of a function.
func (g *guess) isParameter(i syntax.Index) bool {
	t := g.f.tree
	for range 4 {
		if i = t.Parent(i); i == syntax.None {
			return false
		}
		switch t.Kind(i) {
		case syntax.Parameters, syntax.LambdaParameters:
			return true
		case syntax.Assignment, syntax.Block, syntax.Call:
			return false
		}
	}
	return false
}
