//go:build cgo

package pyscan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Every line of the catalogue is a test of itself: the sink fires through each
// form of import, and is silent in each of its safe forms.
func TestCatalogue(t *testing.T) {
	sinks := catalog.Builtin().PythonSinks()
	if len(sinks) < 40 {
		t.Fatalf("only %d sinks", len(sinks))
	}
	for _, sink := range sinks {
		t.Run(sink.Name, func(t *testing.T) {
			for _, form := range importForms(sink.Name) {
				for _, args := range unsafeCalls(sink) {
					synthesize(t, form, args, sink.Name, true)
				}
				for _, args := range safeCalls(sink) {
					synthesize(t, form, args, sink.Name, false)
				}
			}
		})
	}
}

// The other names of a module lead to the same sinks.
func TestCatalogueAliases(t *testing.T) {
	c := catalog.Builtin()
	for alias, canonical := range c.PythonAliases() {
		used := false
		for _, sink := range c.PythonSinks() {
			rest, ok := strings.CutPrefix(sink.Name, canonical+".")
			if !ok {
				continue
			}
			used = true
			for _, form := range importForms(alias + "." + rest) {
				synthesize(t, form, unsafeCalls(sink)[0], sink.Name, true)
			}
		}
		if !used {
			t.Errorf("%s: no sink is named below %s", alias, canonical)
		}
	}
}

// importForm is an import and how the sink is called behind it.
type importForm struct{ statement, callee string }

func importForms(name string) []importForm {
	i := strings.LastIndexByte(name, '.')
	module, function := name[:i], name[i+1:]
	return []importForm{
		{"import " + module, name},
		{"import " + module + " as renamed", "renamed." + function},
		{"from " + module + " import " + function + " as renamed", "renamed"},
	}
}

// given writes an argument, and the positional ones before it.
func given(a catalog.Argument, value string) []string {
	var out []string
	switch {
	case a.Position == 0 && a.Name != "":
		return []string{value, a.Name + "=" + value}
	case a.Name != "":
		out = append(out, "data, "+a.Name+"="+value)
	}
	if a.Position > 0 {
		out = append(out, "data, "+strings.Repeat("None, ", a.Position-1)+value)
	}
	return out
}

func unsafeCalls(sink *catalog.PythonSink) []string {
	if sink.Setting && len(sink.UnsafeIf) > 0 {
		return unsafeSettings(sink)
	}
	if len(sink.UnsafeIf) == 0 {
		return []string{"data", "data, **options"}
	}
	var out []string
	for _, form := range sink.UnsafeIf {
		out = append(out, given(form.Argument, form.Value)...)
		out = append(out, given(form.Argument, "unknown()")...)
	}
	return append(out, "data, **options")
}

func safeCalls(sink *catalog.PythonSink) []string {
	if sink.Setting && len(sink.UnsafeIf) > 0 {
		return safeSettings(sink)
	}
	var out []string
	for _, form := range sink.SafeIf {
		value := strings.ReplaceAll(form.Value, catalog.ArgGiven, "check()")
		if i := strings.LastIndexByte(value, '.'); i > 0 {
			value = value[:i] + "_for_test." + value[i+1:]
		}
		out = append(out, given(form.Argument, value)...)
	}
	if len(sink.UnsafeIf) > 0 {
		out = append(out, "data")
		for _, form := range sink.UnsafeIf {
			out = append(out, given(form.Argument, opposite(form.Value))...)
		}
	}
	return out
}

func opposite(value string) string {
	switch value {
	case "True":
		return "False"
	case "False":
		return "True"
	}
	return "'something else'"
}

func synthesize(t *testing.T, form importForm, args, api string, fires bool) {
	t.Helper()
	var src strings.Builder
	src.WriteString(form.statement + "\n")
	// The values of safe forms are modules of their own import.
	for word := range strings.FieldsFuncSeq(args, func(r rune) bool { return strings.ContainsRune(", =", r) }) {
		if module, ok := strings.CutSuffix(word, "_module"); ok {
			fmt.Fprintf(&src, "import %s as %s\n", module, word)
		}
		if strings.HasSuffix(word, "json") {
			fmt.Fprintf(&src, "import %s\n", word)
		}
		if i := strings.Index(word, "_for_test."); i > 0 {
			fmt.Fprintf(&src, "import %s as %s_for_test\n", word[:i], strings.ReplaceAll(word[:i], ".", "_"))
			args = strings.ReplaceAll(args, word, strings.ReplaceAll(word[:i], ".", "_")+word[i:])
		}
	}
	fmt.Fprintf(&src, "result = %s(%s)\n", form.callee, args)
	res := scan("synthetic.py", src.String())
	if len(res.Sites) != 1 || res.Sites[0].API != api {
		t.Errorf("%q: sites %+v", src.String(), res.Sites)
		return
	}
	if got := len(res.Findings) == 1; got != fires {
		t.Errorf("%q: findings %d, want any: %v", src.String(), len(res.Findings), fires)
	}
	if safe := res.Sites[0].Safe != ""; safe == fires {
		t.Errorf("%q: safe is %q", src.String(), res.Sites[0].Safe)
	}
	if len(res.Skips) > 0 {
		t.Errorf("%q: skip %q", src.String(), res.Skips[0].Reason)
	}
}
