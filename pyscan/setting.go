package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// settings finds the places where a setting gets an unsafe value.
func (f *file) findSettings() []found {
	var out []found
	var inside covered // the value that was found last
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if start := f.tree.Nodes[i].Start; inside.start <= start && start < inside.end {
			continue
		}
		var s found
		var ok bool
		switch f.tree.Kind(i) {
		case syntax.Assignment, syntax.AugmentedAssignment:
			left, right := f.tree.Child(i, syntax.Left), f.tree.Child(i, syntax.Right)
			if left == syntax.None || right == syntax.None {
				continue
			}
			if s, ok = f.patched(left, right); !ok {
				s, ok = f.assignedSetting(left, right)
			}
		case syntax.KeywordArgument:
			name, value := f.tree.Child(i, syntax.Name), f.tree.Child(i, syntax.Value)
			if name == syntax.None || value == syntax.None {
				continue
			}
			all := f.gate.settings.byWord[string(f.tree.Text(name))]
			if s, ok = f.settingOf(all, catalog.ByKeyword, i, value); !ok && len(all) > 0 && f.makesKeys(i) {
				s, ok = f.settingOf(all, catalog.ByKey, i, value)
			}
		case syntax.Pair:
			key := f.tree.First(i)
			if key == syntax.None || f.tree.Next(key) == syntax.None {
				continue
			}
			s, ok = f.settingOf(f.settingKey(key), catalog.ByKey, i, f.tree.Next(key))
		case syntax.Tuple:
			s, ok = f.pairedSetting(i)
		case syntax.Call:
			if s, ok = f.calledSetting(i); !ok {
				s, ok = f.patchedCall(i)
			}
		}
		if ok && !f.onlyCompared(i) {
			s.node, inside = i, covered{start: f.tree.Nodes[s.reference].Start, end: f.tree.Nodes[s.reference].End}
			out = append(out, s)
		}
	}
	return out
}

// settingOf returns the site of the first of some settings that may be set to a value
// in a form at node i.
func (f *file) settingOf(all []*setting, form catalog.SettingForm, i, value syntax.Index) (found, bool) {
	for _, s := range all {
		f.set.steps = 0
		if form == catalog.ByKeyword && f.isKeywordOf(i, s.NotTo) {
			continue
		}
		if s.In(form) && f.mentions(s.Near) && f.unsafeValue(value, s.PythonSetting, 0) && !f.harmlessBeside(s, form, i) {
			return found{node: i, reference: value, sink: s.sink, argument: f.excerpt(value, maxArgument), set: true}, true
		}
	}
	return found{}, false
}

// isKeywordOf reports a keyword argument of a call of some names.
func (f *file) isKeywordOf(keyword syntax.Index, names []string) bool {
	if len(names) == 0 {
		return false
	}
	call := f.tree.Parent(f.tree.Parent(keyword))
	return f.tree.Kind(call) == syntax.Call && slices.Contains(names, f.lastWord(f.tree.Child(call, syntax.Function)))
}

// makesKeys reports a keyword argument that becomes a key: dict(allow_pickle=True).
func (f *file) makesKeys(keyword syntax.Index) bool {
	call := f.tree.Parent(f.tree.Parent(keyword))
	if f.tree.Kind(call) != syntax.Call {
		return false
	}
	name := f.lastWord(f.tree.Child(call, syntax.Function))
	return name == "dict" || name == "update"
}

// settingKey returns the settings that a key may be meant for.
func (f *file) settingKey(key syntax.Index) []*setting {
	byWord := f.gate.settings.byWord
	switch f.tree.Kind(key) {
	case syntax.String:
		text := f.tree.Text(key)
		if n := len(text); n > 2 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] {
			if all, ok := byWord[string(text[1:n-1])]; ok {
				return all
			}
			if !slices.Contains(text, '\\') {
				return nil
			}
		}
	case syntax.Identifier, syntax.Attribute, syntax.ConcatenatedString, syntax.BinaryOperator:
	default:
		return nil
	}
	for _, text := range f.texts(key) {
		if all, ok := byWord[text]; ok {
			return all
		}
	}
	return nil
}

// targetSettings returns the settings that something is meant for that is assigned to
// or changed, and the form.
func (f *file) targetSettings(left syntax.Index) ([]*setting, catalog.SettingForm) {
	left = f.unwrap(left)
	switch f.tree.Kind(left) {
	case syntax.Identifier:
		all := f.gate.settings.byWord[string(f.tree.Text(left))]
		if all == nil {
			return nil, ""
		}
		switch f.definedIn(left) {
		case syntax.FunctionDefinition:
			return nil, ""
		case syntax.ClassDefinition:
			return all, catalog.ByClass
		}
		return all, catalog.ByName
	case syntax.Attribute:
		if name := f.tree.Child(left, syntax.AttributeName); name != syntax.None {
			return f.gate.settings.byWord[string(f.tree.Text(name))], catalog.ByAttribute
		}
	case syntax.Subscript:
		of := f.tree.First(left)
		if of == syntax.None {
			return nil, ""
		}
		key := f.tree.Next(of)
		if key == syntax.None || f.tree.Next(key) != syntax.None {
			return nil, ""
		}
		if all := f.settingKey(key); all != nil {
			return all, catalog.ByKey
		}
		// accept_content[:] = ["pickle"]
		if strings.Contains(string(f.tree.Text(key)), ":") && f.tree.Kind(of) != syntax.Subscript {
			return f.targetSettings(of)
		}
	}
	return nil, ""
}

// assignedSetting looks at an assignment, part by part where things stand side by
// side.
func (f *file) assignedSetting(left, right syntax.Index) (found, bool) {
	if all, form := f.targetSettings(left); all != nil {
		for f.tree.Kind(right) == syntax.Assignment { // a = b = value
			if right = f.tree.Child(right, syntax.Right); right == syntax.None {
				return found{}, false
			}
		}
		return f.settingOf(all, form, right, right)
	}
	switch f.tree.Kind(left) {
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern:
	default:
		return found{}, false
	}
	switch f.tree.Kind(right) {
	case syntax.ExpressionList, syntax.Tuple, syntax.List:
	default:
		return found{}, false
	}
	l, r := f.tree.First(left), f.tree.First(right)
	for l != syntax.None && r != syntax.None {
		if all, form := f.targetSettings(l); all != nil {
			if s, ok := f.settingOf(all, form, r, r); ok {
				return s, true
			}
		}
		l, r = f.tree.Next(l), f.tree.Next(r)
	}
	return found{}, false
}

// setters are methods and functions that are given a name before the value that it
// gets.
var setters = map[string]bool{
	"set": true, "setdefault": true, "putenv": true, "setattr": true, "__setattr__": true, "__setitem__": true, "config": true, "put": true,
	"set_option": true, "set_config": true, "set_key": true, "add_setting": true, "set_value": true,
}

// fillers are methods that add to a list or a set.
var fillers = map[string]bool{"append": true, "extend": true, "add": true, "insert": true, "update": true}

// calledSetting looks at a call that sets something.
func (f *file) calledSetting(i syntax.Index) (found, bool) {
	function := f.tree.Child(i, syntax.Function)
	if function == syntax.None {
		return found{}, false
	}
	name := f.lastWord(function)
	method := f.tree.Kind(function) == syntax.Attribute
	switch {
	case method && fillers[name]:
		if all, form := f.targetSettings(f.tree.Child(function, syntax.Object)); all != nil {
			args := f.arguments(i, 0)
			for _, value := range args.positional {
				if s, ok := f.settingOf(all, form, i, value); ok {
					return s, true
				}
			}
		}
	case shells[name]:
		return f.shellSetting(i)
	case setters[name]:
		args := f.arguments(i, 0)
		form := catalog.ByKey
		if strings.Contains(name, "attr") {
			form = catalog.ByAttribute
		}
		for k := 0; k+1 < len(args.positional); k++ {
			if s, ok := f.settingOf(f.settingKey(args.positional[k]), form, i, args.positional[k+1]); ok {
				return s, true
			}
		}
		key, value := syntax.None, syntax.None
		for _, k := range args.keywords {
			switch k.name {
			case "key", "name", "option":
				key = k.value
			case "value":
				value = k.value
			}
		}
		if key == syntax.None && len(args.positional) > 0 {
			key = args.positional[len(args.positional)-1]
		}
		if key != syntax.None && value != syntax.None {
			return f.settingOf(f.settingKey(key), form, i, value)
		}
	case method:
		all := f.gate.settings.byWord[name]
		if all == nil {
			break
		}
		args := f.arguments(i, 0)
		for _, value := range args.positional {
			if s, ok := f.settingOf(all, catalog.ByCall, i, value); ok {
				return s, true
			}
		}
	}
	return found{}, false
}

// pairedSetting looks at dict([("task_serializer", "pickle")]) and the like.
func (f *file) pairedSetting(i syntax.Index) (found, bool) {
	key := f.tree.First(i)
	if key == syntax.None || f.tree.Kind(key) != syntax.String {
		return found{}, false
	}
	value, list := f.tree.Next(key), f.tree.Parent(i)
	if value == syntax.None || f.tree.Next(value) != syntax.None || f.tree.Kind(list) != syntax.List || f.tree.Kind(f.tree.Parent(list)) != syntax.ArgumentList {
		return found{}, false
	}
	switch f.lastWord(f.tree.Child(f.tree.Parent(f.tree.Parent(list)), syntax.Function)) {
	case "dict", "update", "OrderedDict", "setAll":
		return f.settingOf(f.settingKey(key), catalog.ByKey, i, value)
	}
	return found{}, false
}

// lastWord is the name with which an expression ends, or "".
func (f *file) lastWord(i syntax.Index) string {
	if i == syntax.None {
		return ""
	}
	switch f.tree.Kind(i) {
	case syntax.Identifier:
		return string(f.tree.Text(i))
	case syntax.Attribute:
		if name := f.tree.Child(i, syntax.AttributeName); name != syntax.None {
			return string(f.tree.Text(name))
		}
	}
	return ""
}

// definedIn returns the kind of what a name is bound in: a function, a class, or the
// module.
func (f *file) definedIn(i syntax.Index) syntax.Kind {
	for p := f.tree.Parent(i); p != syntax.None; p = f.tree.Parent(p) {
		switch kind := f.tree.Kind(p); kind {
		case syntax.FunctionDefinition, syntax.Lambda:
			return syntax.FunctionDefinition
		case syntax.ClassDefinition:
			return kind
		}
	}
	return syntax.Module
}

// onlyCompared reports an expression that is a part of a comparison, an assertion or
// of what a test replaces for a while: it sets nothing.
func (f *file) onlyCompared(i syntax.Index) bool {
	for range maxComparedIn {
		p := f.tree.Parent(i)
		if p == syntax.None {
			return false
		}
		switch f.tree.Kind(p) {
		case syntax.ComparisonOperator, syntax.AssertStatement:
			return true
		case syntax.Block, syntax.Module, syntax.Lambda:
			return false
		case syntax.Call:
			function := f.tree.Child(p, syntax.Function)
			if function == syntax.None || i == function {
				break
			}
			name := f.lastWord(function)
			if strings.HasPrefix(name, "assert") || replacers[name] || strings.HasSuffix(string(f.tree.Text(function)), "patch.dict") {
				return true
			}
		}
		i = p
	}
	return false
}

// replacers are functions of test frameworks that take a setting back when the test
// ends.
var replacers = map[string]bool{"override_settings": true, "modify_settings": true, "patch": true, "setenv": true, "setitem": true, "call": true}

// maxComparedIn bounds the expressions around a setting that are looked at.
const maxComparedIn = 64
