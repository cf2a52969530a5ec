package pyscan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// settingForm returns why a call that sets something up is safe, or "". Unlike a load,
// it is unsafe only if a value is known to be: one that comes from elsewhere is set
// elsewhere.
func (f *file) settingForm(sink *catalog.PythonSink, a *arguments) string {
	var absent []string
	for _, form := range sink.UnsafeIf {
		value, hidden := a.find(form.Argument)
		switch {
		case form.Value == catalog.ArgAbsent:
			of, _ := a.find(sink.Arg)
			if value == syntax.None && !hidden && of != syntax.None || value != syntax.None && !f.isOf(value, catalog.ArgGiven) {
				return ""
			}
		case value != syntax.None && f.isOf(value, form.Value):
			return ""
		default:
			absent = append(absent, fmt.Sprintf(otherwise(form.Value), form.Name))
		}
	}
	return strings.Join(absent, ", ")
}

// otherwise says that an argument is not what a form says.
func otherwise(value string) string {
	switch value {
	case catalog.ArgLiteral:
		return "no constant as %s"
	case catalog.ArgWide:
		return "%s not of all interfaces"
	case catalog.ArgDangerous:
		return "nothing dangerous in %s"
	}
	return "no %s=" + strings.ReplaceAll(value, "%", "%%")
}

// isOf reports whether an argument is known to be what a form says.
func (f *file) isOf(value syntax.Index, want string) bool {
	value = f.unwrap(value)
	switch want {
	case catalog.ArgGiven:
		return f.tree.Kind(value) != syntax.NoneLiteral
	case catalog.ArgLiteral:
		return f.isLiteral(value)
	case catalog.ArgWide:
		return f.isWide(value)
	case catalog.ArgDangerous:
		return f.dangerousItem(value) != ""
	case "True", "False":
		return f.known(value, want)
	}
	if strings.HasPrefix(want, "'") {
		f.set.steps = 0
		return f.unsafeValue(value, &catalog.PythonSetting{Values: []catalog.SettingValue{{Text: strings.Trim(want, "'"), String: true}}}, 0)
	}
	canonical, _ := f.gate.words.Canonical(want)
	return slices.ContainsFunc(f.names.Expression(value).Targets, func(t names.Target) bool { return t.Name == canonical })
}

// isLiteral reports a constant that stands in the source, as itself, as bytes of it, or
// behind a name.
func (f *file) isLiteral(value syntax.Index) bool {
	switch f.tree.Kind(value) {
	case syntax.String, syntax.ConcatenatedString, syntax.Integer:
		return !f.hasInterpolation(value)
	case syntax.Call:
		function := f.tree.Child(value, syntax.Function)
		switch f.lastWord(function) {
		case "encode", "fromhex":
			if of := f.tree.Child(function, syntax.Object); f.tree.Kind(function) == syntax.Attribute && of != syntax.None && f.isLiteral(f.unwrap(of)) {
				return true
			}
			fallthrough
		case "bytes", "b64decode", "unhexlify":
			args := f.arguments(value, 0)
			return len(args.positional) > 0 && f.lastWord(function) != "encode" && f.isLiteral(f.unwrap(args.positional[0]))
		}
	case syntax.Identifier, syntax.Attribute, syntax.Subscript:
		objects := f.names.Objects(value)
		return len(objects) > 0 && !slices.ContainsFunc(objects, func(o syntax.Index) bool {
			kind := f.tree.Kind(o)
			return kind != syntax.String && kind != syntax.ConcatenatedString
		})
	}
	return false
}

// wide are the hosts that stand for all interfaces.
var wide = []string{"", "0.0.0.0", "::"}

// isWide reports an address whose host is one of those.
func (f *file) isWide(value syntax.Index) bool {
	for _, object := range f.names.Objects(value) {
		switch f.tree.Kind(object) {
		case syntax.Tuple, syntax.List, syntax.ExpressionList:
		default:
			continue
		}
		host := f.tree.First(object)
		if host == syntax.None {
			continue
		}
		if slices.ContainsFunc(f.names.Strings(host), func(text string) bool { return slices.Contains(wide, text) }) {
			return true
		}
	}
	return false
}

// dangerousItem returns the name of something in a display that the catalogue calls
// dangerous, or "".
func (f *file) dangerousItem(value syntax.Index) string {
	for _, object := range f.names.Objects(value) {
		switch f.tree.Kind(object) {
		case syntax.List, syntax.Tuple, syntax.Set:
		default:
			continue
		}
		n := 0
		for c := f.tree.First(object); c != syntax.None; c = f.tree.Next(c) {
			if n++; n > maxValueSteps {
				f.set.cut = true
				break
			}
			item := f.unwrap(c)
			if f.tree.Kind(item) == syntax.Tuple { // a function and the name it goes by
				item = f.tree.First(item)
			}
			if kind := f.tree.Kind(item); kind != syntax.Identifier && kind != syntax.Attribute {
				continue
			}
			text := strings.Join(strings.Fields(string(f.tree.Text(item))), "")
			targets := f.imported(text)
			if len(targets) == 0 && !strings.Contains(text, ".") {
				targets = []string{"builtins." + text}
			}
			for _, target := range targets {
				dot := strings.LastIndexByte(target, '.')
				if dot > 0 && f.gate.catalog.Global(target[:dot], target[dot+1:]).Class == catalog.Dangerous {
					return target
				}
			}
		}
	}
	return ""
}

// imported returns what a dotted name may stand for by the imports of the file, be it
// known to the catalogue or not.
func (f *file) imported(name string) []string {
	if f.set.imports == nil {
		f.set.imports = newTokens(names.Everything(f.gate.catalog), f.whole)
		f.set.imports.imports()
	}
	return f.set.imports.standsFor(name)
}
