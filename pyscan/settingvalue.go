package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxValueDepth bounds how deep the value of a setting is looked into, and
	// maxValueSteps how many expressions are looked at for one value.
	maxValueDepth = 32
	maxValueSteps = 5_000
	// maxBeside bounds the nodes of a display or a call that are looked at for a
	// setting that makes another harmless.
	maxBeside = 5_000
	// maxValueText bounds a string that is taken for a list of values, in bytes.
	maxValueText = 512
)

// unsafeValue reports whether an expression may be an unsafe value of a setting, as far
// as constants and names tell.
func (f *file) unsafeValue(i syntax.Index, s *catalog.PythonSetting, depth int) bool {
	if i == syntax.None {
		return false
	}
	depth++
	if f.set.steps++; depth > maxValueDepth || f.set.steps > maxValueSteps {
		f.set.cut = true
		return false
	}
	i = f.unwrap(i)
	switch kind := f.tree.Kind(i); kind {
	case syntax.True, syntax.False, syntax.Integer:
		return s.Values[0].Switch && falsy[string(f.tree.Text(i))] == (s.Values[0].Text == "False")
	case syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList, syntax.BooleanOperator, syntax.ConditionalExpression, syntax.ListSplat:
		return f.anyItem(i, s, depth)
	case syntax.NamedExpression:
		return f.unsafeValue(f.tree.Child(i, syntax.Value), s, depth)
	case syntax.String, syntax.ConcatenatedString:
		return f.unsafeText(i, s)
	case syntax.BinaryOperator:
		return f.unsafeText(i, s) || f.anyItem(i, s, depth)
	case syntax.Call:
		return f.unsafeCall(i, s, depth)
	case syntax.Identifier, syntax.Attribute, syntax.Subscript:
		return f.unsafeName(i, s, depth)
	}
	return false
}

func (f *file) anyItem(i syntax.Index, s *catalog.PythonSetting, depth int) bool {
	n := 0
	for c := f.tree.First(i); c != syntax.None && f.set.steps <= maxValueSteps; c = f.tree.Next(c) {
		// "a if condition else b"
		if n++; n == 2 && f.tree.Kind(i) == syntax.ConditionalExpression {
			continue
		}
		if f.unsafeValue(c, s, depth) {
			return true
		}
	}
	return false
}

func (f *file) unsafeText(i syntax.Index, s *catalog.PythonSetting) bool {
	for _, text := range f.texts(i) {
		if s.Unsafe(text) {
			return true
		}
		if len(text) > maxValueText || !strings.ContainsAny(text, ", \n") {
			continue
		}
		// "json,pickle", as environments write lists
		words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\n[](){}'\"", r) })
		if slices.ContainsFunc(words, s.Unsafe) {
			return true
		}
	}
	return false
}

// texts returns the strings that an expression may be, or the text of bytes: the
// environment has both.
func (f *file) texts(i syntax.Index) []string {
	if text := string(f.tree.Text(i)); f.tree.Kind(i) == syntax.String && len(text) <= maxValueText && strings.ContainsAny(text[:1], "bB") {
		if text = constantText(text); strings.HasPrefix(text, `"`) {
			return []string{strings.Trim(text, `"`)}
		}
	}
	return f.names.Strings(i)
}

// unsafeName looks at what a name stands for: a module or a class of that name, or a
// constant.
func (f *file) unsafeName(i syntax.Index, s *catalog.PythonSetting, depth int) bool {
	text := string(bytes.Join(bytes.Fields(f.tree.Text(i)), nil))
	r := f.names.Expression(i)
	for _, value := range s.Values {
		switch {
		case value.Switch:
		case !value.String:
			canonical, _ := f.gate.words.Canonical(value.Text)
			for _, target := range r.Targets {
				if target.Name == canonical {
					return true
				}
			}
		case strings.HasPrefix(value.Text, "*"):
			if f.tree.Kind(i) != syntax.Subscript && (value.Matches(text) || slices.ContainsFunc(f.imported(text), value.Matches)) {
				return true
			}
			for _, target := range r.Targets {
				if value.Matches(target.Name) {
					return true
				}
			}
		default:
			// A class that is given as itself instead of by its name.
			for _, target := range r.Targets {
				if strings.Contains(target.Name, ".") && value.Matches(target.Name) {
					return true
				}
			}
		}
	}
	for _, object := range f.names.Objects(i) {
		if object != i && f.unsafeValue(object, s, depth) {
			return true
		}
	}
	return false
}

// unsafeCall looks at a value that a call makes of others: a default, a list, an
// instance of a class.
func (f *file) unsafeCall(i syntax.Index, s *catalog.PythonSetting, depth int) bool {
	function := f.tree.Child(i, syntax.Function)
	args := f.arguments(i, 0)
	switch f.lastWord(function) {
	case "list", "tuple", "set", "frozenset", "sorted", "str", "bool", "int", "union", "lower", "strip":
		if f.tree.Kind(function) == syntax.Attribute && f.unsafeValue(f.tree.Child(function, syntax.Object), s, depth) {
			return true
		}
		return len(args.positional) > 0 && f.unsafeValue(args.positional[0], s, depth)
	case "split":
		return f.tree.Kind(function) == syntax.Attribute && f.unsafeValue(f.tree.Child(function, syntax.Object), s, depth)
	case "get", "getenv", "pop", "setdefault", "config", "env", "getattr", "Field", "field", "cast", "bool_env", "str_env":
		for _, k := range args.keywords {
			if k.name == "default" && f.unsafeValue(k.value, s, depth) {
				return true
			}
		}
		n := 1
		if f.lastWord(function) == "getattr" {
			n = 2
		}
		if f.lastWord(function) == "Field" {
			n = 0
		}
		return len(args.positional) > n && f.unsafeValue(args.positional[n], s, depth)
	}
	return f.unsafeText(i, s) || f.unsafeName(function, s, depth)
}

// mentions reports whether the file has one of some words, or there are none.
func (f *file) mentions(words []string) bool {
	if len(words) == 0 {
		return true
	}
	for _, word := range words {
		there, known := f.set.mentioned[word]
		if !known {
			there = hasWord(f.whole, word)
			f.set.mentioned[word] = there
		}
		if there {
			return true
		}
	}
	return false
}

// harmlessBeside reports whether another setting that stands beside one makes it
// harmless: in the same display or call, else anywhere in the file.
func (f *file) harmlessBeside(s *setting, form catalog.SettingForm, i syntax.Index) bool {
	if len(s.Beside) == 0 {
		return false
	}
	if form == catalog.ByCall {
		return f.harmlessReceiver(s, i)
	}
	scope := syntax.Index(0)
	if form == catalog.ByKeyword || form == catalog.ByKey {
		switch p := f.tree.Parent(i); f.tree.Kind(p) {
		case syntax.Dictionary, syntax.ArgumentList:
			scope = p
		}
	}
	key := besideKey{s.Name, scope}
	known, ok := f.set.beside[key]
	if !ok {
		known = f.setsHarmless(s.Beside, scope) || scope != 0 && f.isOpen(scope) && f.setsHarmless(s.Beside, 0)
		f.set.beside[key] = known
	}
	return known
}

// isOpen reports a display or a call of which a part stands elsewhere.
func (f *file) isOpen(scope syntax.Index) bool {
	n := 0
	for c := f.tree.First(scope); c != syntax.None && n < maxBeside; c = f.tree.Next(c) {
		n++
		switch f.tree.Kind(c) {
		case syntax.DictionarySplat:
			return true
		case syntax.Pair:
			key := f.tree.First(c)
			if key == syntax.None || f.tree.Next(key) == syntax.None {
				continue
			}
			switch f.tree.Kind(f.tree.Next(key)) {
			case syntax.Identifier, syntax.Attribute, syntax.Call:
				return true
			}
		}
	}
	return false
}

// harmlessReceiver looks for such a setting in a call, in the calls that it goes on with,
// and where what it is a method of was made.
func (f *file) harmlessReceiver(s *setting, call syntax.Index) bool {
	if f.setsHarmless(s.Beside, call) {
		return true
	}
	of := f.tree.Child(f.tree.Child(call, syntax.Function), syntax.Object)
	if of == syntax.None || f.tree.Kind(of) != syntax.Identifier && f.tree.Kind(of) != syntax.Attribute {
		return false
	}
	made := f.defined(string(f.tree.Text(of)), call)
	return made != syntax.None && f.setsHarmless(s.Beside, made)
}

// setsHarmless reports whether one of some settings gets a value below a node that does not
// speak of pickles.
func (f *file) setsHarmless(words []string, scope syntax.Index) bool {
	if len(f.tree.Nodes) == 0 {
		return false
	}
	end := f.tree.Nodes[scope].After
	if scope != 0 {
		end = min(end, scope+maxBeside)
	}
	for i := scope; i < end; i++ {
		var name string
		var value syntax.Index
		switch f.tree.Kind(i) {
		case syntax.KeywordArgument, syntax.Pair:
			name, value = f.named(i)
		case syntax.Assignment:
			left := f.tree.Child(i, syntax.Left)
			if left == syntax.None {
				continue
			}
			if name = f.lastWord(left); f.tree.Kind(left) == syntax.Subscript {
				if of := f.tree.First(left); of != syntax.None && f.tree.Next(of) != syntax.None {
					name = strings.Trim(string(f.tree.Text(f.tree.Next(of))), `"'`)
				}
			}
			value = f.tree.Child(i, syntax.Right)
		default:
			continue
		}
		if value == syntax.None || !slices.Contains(words, name) || f.tree.Kind(value) == syntax.NoneLiteral {
			continue
		}
		if text := strings.ToLower(string(f.tree.Text(value))); !strings.Contains(text, "pickle") && !strings.Contains(text, "dill") {
			return true
		}
	}
	return false
}

// named returns the name and the value of an argument by keyword or of a pair of a
// display; of what is broken, "" or None.
func (f *file) named(i syntax.Index) (name string, value syntax.Index) {
	if f.tree.Kind(i) == syntax.Pair {
		key := f.tree.First(i)
		if key == syntax.None {
			return "", syntax.None
		}
		return strings.Trim(string(f.tree.Text(key)), `"'`), f.tree.Next(key)
	}
	id := f.tree.Child(i, syntax.Name)
	if id == syntax.None {
		return "", syntax.None
	}
	return string(f.tree.Text(id)), f.tree.Child(i, syntax.Value)
}
