package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// arguments are those of one call.
type arguments struct {
	positional []syntax.Index
	keywords   []keyword
	// starred: positions from this one on are unknown because of *args; -1
	// for none.
	starred int
	// more: **kwargs may hold any keyword.
	more bool
}

type keyword struct {
	name  string
	value syntax.Index
}

// arguments reads the arguments of a call, without the first skip positional
// ones.
func (f *file) arguments(call syntax.Index, skip int) arguments {
	a := arguments{starred: -1}
	list := f.tree.Child(call, syntax.Arguments)
	switch f.tree.Kind(list) {
	case syntax.ArgumentList:
	case syntax.GeneratorExpression:
		a.positional = []syntax.Index{list}
		return a
	default:
		return a
	}
	for c := f.tree.First(list); c != syntax.None; c = f.tree.Next(c) {
		switch f.tree.Kind(c) {
		case syntax.KeywordArgument:
			name, value := f.tree.Child(c, syntax.Name), f.tree.Child(c, syntax.Value)
			if name != syntax.None && value != syntax.None {
				a.keywords = append(a.keywords, keyword{string(f.tree.Text(name)), value})
			}
		case syntax.DictionarySplat:
			a.more = true
		case syntax.ListSplat:
			if a.starred < 0 {
				a.starred = max(0, len(a.positional)-skip)
			}
		default:
			a.positional = append(a.positional, c)
		}
	}
	a.positional = a.positional[min(skip, len(a.positional)):]
	return a
}

// then returns the arguments of a call that follow others, bound ahead of it.
func (a arguments) then(b arguments) arguments {
	out := arguments{
		positional: slices.Concat(a.positional, b.positional),
		// Those of the call win.
		keywords: slices.Concat(b.keywords, a.keywords),
		starred:  a.starred,
		more:     a.more || b.more,
	}
	if out.starred < 0 && b.starred >= 0 {
		out.starred = len(a.positional) + b.starred
	}
	return out
}

// find returns the value of an argument. hidden means that it may have been
// passed where the source does not show it.
func (a *arguments) find(arg catalog.Argument) (value syntax.Index, hidden bool) {
	if arg.Name != "" {
		for _, k := range a.keywords {
			if k.name == arg.Name {
				return k.value, false
			}
		}
	}
	if arg.Position >= 0 {
		if a.starred >= 0 && arg.Position >= a.starred {
			return syntax.None, true
		}
		if arg.Position < len(a.positional) {
			return a.positional[arg.Position], false
		}
	}
	return syntax.None, a.more && arg.Name != ""
}

// safeForm returns why the form of a call is safe in itself, or "".
func (f *file) safeForm(sink *catalog.PythonSink, a *arguments) string {
	for _, form := range sink.SafeIf {
		value, _ := a.find(form.Argument)
		if value == syntax.None {
			continue
		}
		if strings.HasPrefix(form.Value, "*") && f.holds(value, form.Value) || f.certainly(value, form, sink.SafeIf) {
			return form.Name + "=" + f.excerpt(f.unwrap(value), 40)
		}
	}
	if len(sink.UnsafeIf) == 0 {
		return ""
	}
	if sink.Setting {
		return f.settingForm(sink, a)
	}
	var absent []string
	for _, form := range sink.UnsafeIf {
		value, hidden := a.find(form.Argument)
		if hidden || value != syntax.None && f.possibly(value, form.Value) {
			return ""
		}
		if value == syntax.None {
			absent = append(absent, "no "+form.String())
		} else {
			absent = append(absent, form.Name+"="+f.excerpt(f.unwrap(value), 40))
		}
	}
	return strings.Join(absent, ", ")
}

func (f *file) unwrap(i syntax.Index) syntax.Index {
	for f.tree.Kind(i) == syntax.ParenthesizedExpression {
		inner := f.tree.First(i)
		if inner == syntax.None {
			break
		}
		i = inner
	}
	return i
}

// certainly reports whether an argument is a literal of the form's value, or a
// name that stands for nothing but values which the forms allow. Any other
// expression might be anything.
func (f *file) certainly(value syntax.Index, form catalog.ArgForm, forms []catalog.ArgForm) bool {
	value = f.unwrap(value)
	if text, ok := f.constant(value); ok {
		return text == constantText(form.Value)
	}
	r := f.names.Expression(value)
	if !r.Complete || len(r.Targets) == 0 {
		return false
	}
	for _, target := range r.Targets {
		if f.isLoosened(target) {
			return false
		}
		allowed := false
		for _, other := range forms {
			canonical, _ := f.gate.words.Canonical(other.Value)
			allowed = allowed || other.Name == form.Name && canonical == target.Name
		}
		if !allowed {
			return false
		}
	}
	return true
}

// possibly reports whether an argument may have the value, or count as it: 1
// counts as True.
func (f *file) possibly(value syntax.Index, want string) bool {
	text, ok := f.constant(f.unwrap(value))
	switch {
	case !ok:
		return true
	case want == "True":
		return !falsy[text]
	case want == "False":
		return falsy[text]
	}
	return text == constantText(want)
}

// falsy are the constants that count as False.
var falsy = map[string]bool{"False": true, "None": true, "0": true, "0.0": true, `""`: true}

// constant returns the canonical text of a literal: a word, a number, or a
// string in double quotes.
func (f *file) constant(i syntax.Index) (string, bool) {
	switch f.tree.Kind(i) {
	case syntax.True, syntax.False, syntax.NoneLiteral, syntax.Integer, syntax.Float:
		return string(f.tree.Text(i)), true
	case syntax.String:
		// A string with a field or an escape is not judged.
		text := string(f.tree.Text(i))
		if f.hasInterpolation(i) || strings.ContainsRune(text, '\\') {
			return "", false
		}
		return constantText(text), true
	}
	return "", false
}

func (f *file) hasInterpolation(i syntax.Index) bool {
	for c := f.tree.First(i); c != syntax.None; c = f.tree.Next(c) {
		if f.tree.Kind(c) == syntax.Interpolation {
			return true
		}
	}
	return false
}

// constantText writes a string literal in double quotes without its prefix, and
// leaves any other literal as it is.
func constantText(s string) string {
	body := strings.TrimLeft(s, "rRbBuUfF")
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if len(body) >= 2*len(quote) && strings.HasPrefix(body, quote) && strings.HasSuffix(body, quote) {
			return `"` + body[len(quote):len(body)-len(quote)] + `"`
		}
	}
	return s
}
