package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// arguments are those of one call.
type arguments struct {
	positional []syntax.Index
	keywords   []keyword
	// starred: positions from this one on are unknown because of *args; -1
	// for none.
	starred int
	// more: **kwargs may hold any keyword; splats are those.
	more   bool
	splats []syntax.Index
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
			words, values, ok := f.names.Keywords(f.tree.First(c))
			for k := range words {
				a.keywords = append(a.keywords, keyword{words[k], values[k]})
			}
			if !ok {
				a.more, a.splats = true, append(a.splats, f.tree.First(c))
			}
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
		splats:   slices.Concat(a.splats, b.splats),
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

// safeForm returns why the form of a call is safe in itself, or "", and then what is
// to be noted of it, or "".
func (f *file) safeForm(sink *catalog.PythonSink, a *arguments) (safe, note string) {
	for _, form := range sink.SafeIf {
		value, hidden := a.find(form.Argument)
		if hidden {
			value = f.setBefore(a.splats, form.Name)
		}
		if value == syntax.None {
			continue
		}
		if strings.HasPrefix(form.Value, "*") && form.Suffix() == "" && f.isOf(value, form.Value) || f.certainly(value, form, sink.SafeIf) {
			return form.Name + "=" + f.excerpt(f.unwrap(value), 40), ""
		}
	}
	if len(sink.UnsafeIf) == 0 {
		return "", ""
	}
	if sink.Setting {
		return f.settingForm(sink, a), ""
	}
	var absent []string
	maybe := ""
	for _, form := range sink.UnsafeIf {
		value, hidden := a.find(form.Argument)
		if form.Suffix() != "" && value == syntax.None {
			continue
		}
		if hidden {
			value = f.setBefore(a.splats, form.Name)
			hidden = value == syntax.None
		}
		if hidden && !form.Sure {
			return "", ""
		}
		if value == syntax.None {
			absent = append(absent, "no "+form.String())
			continue
		}
		switch may, sure := f.possibly(value, form.Value); {
		case may && sure:
			return "", ""
		case may && form.Sure:
			absent = append(absent, form.Name+" is not known to be "+form.Value)
		case may && maybe == "":
			maybe = form.Name + " may be " + form.Value
		case !may && form.Suffix() == "":
			absent = append(absent, form.Name+"="+f.excerpt(f.unwrap(value), 40))
		}
	}
	if maybe != "" {
		return "", maybe
	}
	return strings.Join(slices.Compact(absent), ", "), ""
}

func (f *file) unwrap(i syntax.Index) syntax.Index { return f.tree.Unwrap(i) }

// certainly reports whether an argument is a literal of the form's value, or a
// name that stands for nothing but it or for nothing but values which the forms
// allow. Any other expression might be anything.
func (f *file) certainly(value syntax.Index, form catalog.ArgForm, forms []catalog.ArgForm) bool {
	value = f.unwrap(value)
	if ends, suffix := f.endsLike(value, form.Value); suffix {
		return ends
	}
	if all, ok := f.values(value, 0); ok {
		return !slices.ContainsFunc(all, func(v constant) bool {
			return !slices.ContainsFunc(forms, func(other catalog.ArgForm) bool {
				return other.Name == form.Name && v.text == constantText(other.Value)
			})
		})
	}
	r, made := f.names.Expression(value), ""
	if f.tree.Kind(value) == syntax.Call && slices.ContainsFunc(r.Targets, func(t names.Target) bool { return strings.HasSuffix(t.Name, "()") }) {
		// What the call of a class gives is known if the class is.
		r, made = f.names.Expression(f.tree.Child(value, syntax.Function)), "()"
	}
	if !r.Complete || len(r.Targets) == 0 {
		return f.elsewhere(value, form, forms)
	}
	for _, target := range r.Targets {
		if f.isLoosened(target) {
			return false
		}
		allowed := false
		for _, other := range forms {
			canonical, _ := f.gate.words.Canonical(other.Value)
			allowed = allowed || other.Name == form.Name && canonical == target.Name+made
		}
		if !allowed {
			return false
		}
	}
	return true
}

// possibly reports whether an argument may have the value, or count as it: 1
// counts as True. It is sure if the argument is known. What a string ends with must be
// known.
func (f *file) possibly(value syntax.Index, want string) (may, sure bool) {
	if ends, suffix := f.endsLike(value, want); suffix {
		return ends, true
	}
	value = f.unwrap(value)
	if text := constantText(want); text[0] == '"' {
		if keys, values, ok := f.names.Keywords(value); ok {
			// {"allow_pickle": True} has what is set to something true.
			if k := slices.Index(keys, strings.Trim(text, `"`)); k >= 0 {
				return f.possibly(values[k], "True")
			}
			return false, true
		}
	}
	all, ok := f.values(value, 0)
	if !ok {
		canonical, _ := f.gate.words.Canonical(want)
		sure = slices.ContainsFunc(f.names.Expression(value).Targets, func(t names.Target) bool { return t.Name == canonical })
		return true, sure
	}
	for _, v := range all {
		switch {
		case want == "True":
			may = may || !falsy[v.text] && v.text != display
		case want == "False":
			may = may || falsy[v.text]
		case v.text == display && constantText(want)[0] == '"':
			has, known := f.holds(v.node, constantText(want))
			if has && !known {
				return true, false
			}
			may = may || has
		default:
			may = may || v.text == constantText(want)
		}
	}
	return may, true
}

// holds reports whether a display may have a constant among its items.
func (f *file) holds(node syntax.Index, want string) (has, known bool) {
	switch f.tree.Kind(node) {
	case syntax.List, syntax.Tuple, syntax.Set:
	default:
		return true, false
	}
	unknown := false
	for c := f.tree.First(node); c != syntax.None; c = f.tree.Next(c) {
		all, ok := f.values(c, maxOperators/2)
		unknown = unknown || !ok
		if slices.ContainsFunc(all, func(v constant) bool { return v.text == want }) {
			return true, true
		}
	}
	return unknown, !unknown
}

// falsy are the constants that count as False.
var falsy = map[string]bool{"False": true, "None": true, "0": true, "0.0": true, `""`: true}

// constant is something that an argument may be.
type constant struct {
	// text is the canonical text of a literal, or display.
	text string
	node syntax.Index
}

// display is the text of a list or the like, which is nothing but that.
const display = "[]"

// maxOperators bounds operators that stand in each other, and maxWork the
// expressions that are looked at for one argument.
const (
	maxOperators = 8
	maxWork      = 256
)

// values lists what an expression may be, if that is constants and displays only.
func (f *file) values(i syntax.Index, depth int) (out []constant, ok bool) {
	if depth == 0 {
		f.worked = 0
	}
	if f.worked++; depth > maxOperators || f.worked > maxWork {
		return nil, false
	}
	nodes, ok := f.names.Values(i)
	for _, node := range nodes {
		switch f.tree.Kind(node) {
		case syntax.NotOperator, syntax.BooleanOperator:
			more, known := f.operate(node, depth)
			ok = ok && known
			out = append(out, more...)
		case syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary, syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.Call:
			out = append(out, constant{display, node})
		default:
			text, known := f.constant(node)
			ok = ok && known
			out = append(out, constant{text, node})
		}
	}
	return out, ok && len(out) <= maxConstants
}

// maxConstants bounds what one argument may be.
const maxConstants = 16

// operate works out not, and, or.
func (f *file) operate(i syntax.Index, depth int) (out []constant, ok bool) {
	first := f.tree.First(i)
	if first == syntax.None {
		return nil, false
	}
	left, ok := f.values(first, depth+1)
	if !ok {
		return nil, false
	}
	if f.tree.Kind(i) == syntax.NotOperator {
		for _, v := range left {
			text := "False"
			if falsy[v.text] {
				text = "True"
			}
			out = append(out, constant{text, i})
		}
		return out, true
	}
	second := f.tree.Next(first)
	if second == syntax.None {
		return nil, false
	}
	right, ok := f.values(second, depth+1)
	and := string(bytes.TrimSpace(f.tree.Source[f.tree.Nodes[first].End:f.tree.Nodes[second].Start])) == "and"
	for _, v := range left {
		if falsy[v.text] == and {
			out = append(out, v)
		} else {
			out = append(out, right...)
		}
	}
	return out, ok
}

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
