//go:build cgo

package pyscan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// unsafeSettings are calls with each unsafe form of a constructor that sets something
// up.
func unsafeSettings(sink *catalog.PythonSink) (out []string) {
	for _, form := range sink.UnsafeIf {
		for _, value := range map[string][]string{
			catalog.ArgLiteral:   {"b'key'", "'key'.encode()", "bytes('key', 'ascii')"},
			catalog.ArgWide:      {"('', 1)", "('0.0.0.0', port)", "['::', 1]"},
			catalog.ArgDangerous: {"[eval]", "[Harmless, getattr]", "[(exec, 'name')]"},
			catalog.ArgAbsent:    nil,
			"None":               {"None"},
		}[form.Value] {
			out = append(out, given(form.Argument, value)...)
		}
		if strings.HasPrefix(form.Value, "'") {
			out = append(out, given(form.Argument, form.Value)...)
		}
		if isModule(form.Value) {
			out = append(out, given(form.Argument, form.Value+"_module")...)
		}
		if form.Value == catalog.ArgAbsent {
			out = append(out, "data", "data, other=1")
		}
	}
	return out
}

func isModule(value string) bool { return strings.Trim(value, "abcdefghijklmnopqrstuvwxyz") == "" }

func safeSettings(sink *catalog.PythonSink) (out []string) {
	out = append(out, "", "**options", "data, **options")
	for _, form := range sink.UnsafeIf {
		if strings.HasPrefix(form.Value, "'") {
			out = append(out, given(form.Argument, "'application/json'")...)
			out = append(out, given(form.Argument, "unknown()")...)
			continue
		}
		if isModule(form.Value) {
			out = append(out, given(form.Argument, "json")...)
			out = append(out, given(form.Argument, "unknown()")...)
		}
		switch form.Value {
		case catalog.ArgLiteral:
			out = append(out, given(form.Argument, "unknown()")...)
			out = append(out, given(form.Argument, "environ['KEY'].encode()")...)
		case catalog.ArgDangerous:
			out = append(out, given(form.Argument, "[Harmless, OrderedDict]")...)
			out = append(out, given(form.Argument, "unknown()")...)
		case catalog.ArgWide:
			out = append(out, "address=('127.0.0.1', 1), authkey=unknown()")
		}
	}
	if len(out) < 5 {
		panic("no safe form of " + sink.Name)
	}
	return out
}

// Every setting of the catalogue fires in each form of being set to each of its
// values, and is silent where it is read, compared, unknown, or set to another.
func TestSettings(t *testing.T) {
	settings := catalog.Builtin().PythonSettings()
	if len(settings) < 40 {
		t.Fatalf("only %d settings", len(settings))
	}
	for _, s := range settings {
		t.Run(s.Name, func(t *testing.T) {
			for _, word := range s.Words {
				for _, value := range s.Values {
					for _, text := range valueTexts(value) {
						for _, src := range settingForms(s, word, text) {
							expectSetting(t, word, src, true)
						}
					}
				}
				for _, text := range []string{"unknown", "unknown()", "'json'", "['json', other]", "None"} {
					for _, src := range settingForms(s, word, text) {
						expectSetting(t, word, src, false)
					}
				}
				for _, src := range settingReads(word, valueTexts(s.Values[0])[0]) {
					expectSetting(t, word, src, false)
				}
				if len(s.Near) == 0 {
					continue
				}
				for _, src := range settingForms(s, word, valueTexts(s.Values[0])[0]) {
					src = src[strings.IndexByte(src, '\n')+1:]
					if slices.ContainsFunc(s.Near, func(near string) bool { return hasWord([]byte(src), near) }) {
						continue // the value names its library
					}
					if res := scan("far.py", src); far(res, s.Name) {
						t.Errorf("%q: fires far from its library", src)
					}
				}
			}
		})
	}
}

func far(res *Result, name string) bool {
	for _, site := range res.Sites {
		if site.API == name {
			return true
		}
	}
	return false
}

// valueTexts writes a value in some ways.
func valueTexts(v catalog.SettingValue) []string {
	switch {
	case v.Switch && v.Text == "True":
		return []string{"True", "'true'", "'1'", "1"}
	case v.Switch:
		return []string{"False", "'False'", "'0'", "0"}
	case !v.String:
		return []string{v.Text + "_for_test"}
	}
	text := v.Text
	if strings.HasPrefix(text, "*") {
		text = "my.serializers." + text[1:]
	}
	if strings.HasSuffix(text, "*") {
		text = text[:len(text)-1] + "Some"
	}
	return []string{
		"'" + text + "'", "('json', u'" + text + "')", "('" + text + "' if fast else 'json')", "environ.get('X', '" + text + "')",
		"(x or '" + text + "')", "['json'] + ['" + text + "']", "constant",
	}
}

// settingForms sets a word to a value in each form that the setting has.
func settingForms(s *catalog.PythonSetting, word, value string) []string {
	head := "import first"
	if len(s.Near) > 0 {
		head = "import " + s.Near[0]
	}
	if module, ok := strings.CutSuffix(value, "_for_test"); ok {
		head += "; import " + module + " as " + strings.ReplaceAll(module, ".", "_") + "_for_test"
	}
	if value == "constant" {
		i := slices.IndexFunc(s.Values, func(v catalog.SettingValue) bool { return v.String })
		head += "; constant = " + valueTexts(s.Values[i])[0]
	}
	head += "\n"
	var out []string
	add := func(format string) {
		out = append(out, head+strings.NewReplacer("W", word, "V", value).Replace(format))
	}
	if s.In(catalog.ByKeyword) && !strings.Contains(word, ".") {
		add("f(W=V)\n")
		add("f(**dict(a, W=V))\n")
	}
	if s.In(catalog.ByAttribute) && !strings.Contains(word, ".") {
		add("a.b.W = V\n")
		add("setattr(a.b, 'W', V)\n")
		add("def f(self):\n    self.W = x = V\n")
		add("a.W, a.c = V, 1\n")
	}
	if s.In(catalog.ByName) && !strings.Contains(word, ".") {
		add("W = V\n")
		add("if x:\n    W: str = V\n")
	}
	if s.In(catalog.ByClass) && !strings.Contains(word, ".") {
		add("class C(B):\n    a = 1\n    W = V\n")
	}
	if s.In(catalog.ByKey) {
		add("a['W'] = V\n")
		add("key = 'W'\na.b[key] = V\n")
		add("x = {'a': {'b': 1, 'W': V}}\n")
		add("f(**{'W': V})\n")
		add("a.setdefault('W', V)\n")
		add("a.set('section', 'W', V)\n")
		add("a.set(option='W', value=V)\n")
		add("x = dict([('W', V)])\n")
	}
	if s.In(catalog.ByCall) {
		add("a.W(V)\n")
		add("a.W(b, V)\n")
	}
	return out
}

// settingReads are places that set nothing.
func settingReads(word, value string) (out []string) {
	for _, format := range []string{
		"x = a['W']\n", "if a['W'] == V: pass\n", "assert a == {'W': V}\n", "if a == {'W': V}: pass\n", "x = a.get('W', V)\n", "self.assertEqual({'W': V}, a)\n", "del a['W']\n",
		"'''a['W'] = V '''\n", "x = 'W'\ny = V\n", "parser.add_argument('W', choices=[V])\n", "with mock.patch.dict(environ, {'W': V}): pass\n",
		"f(a['W'], V)\n", "x = [a.get('W'), V]\n",
	} {
		out = append(out, "import first\n"+strings.NewReplacer("W", word, "V", value).Replace(format))
	}
	if !strings.Contains(word, ".") && word != "class" {
		out = append(out, fmt.Sprintf("import first\nif a.%[1]s == %[2]s: x = a.%[1]s\n", word, value), fmt.Sprintf("import first\n@override_settings(%s=%s)\ndef f(): pass\n", word, value))
	}
	return out
}

func expectSetting(t *testing.T, word, src string, fires bool) {
	t.Helper()
	res := scan("setting.py", src)
	for _, skip := range res.Skips {
		t.Errorf("%q: skip %q", src, skip.Reason)
	}
	if !fires {
		if len(res.Findings) > 0 {
			t.Errorf("%q: %s", src, describe(res.Findings[0]))
		}
		return
	}
	if len(res.Findings) != 1 || res.Findings[0].Rule != "PKL202" {
		t.Errorf("%q: findings %+v", src, res.Findings)
		return
	}
	// Some words are settings of several libraries.
	meant := slices.ContainsFunc(catalog.Builtin().PythonSettings(), func(other *catalog.PythonSetting) bool {
		return other.Name == res.Findings[0].Callable && slices.Contains(other.Words, word)
	})
	if !meant {
		t.Errorf("%q: %s", src, describe(res.Findings[0]))
	}
}
