//go:build cgo

package pyscan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
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
			for _, form := range forms(sink) {
				api := where(sink, form)
				for _, args := range unsafeCalls(sink) {
					synthesize(t, form, args, api, true)
				}
				for _, args := range safeCalls(sink) {
					synthesize(t, form, args, api, false)
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
			rest, ok := strings.CutPrefix(sink.Name, canonical)
			if !ok || rest == "" || rest[0] != '.' && rest[0] != '(' {
				continue
			}
			used = true
			for _, form := range nameForms(alias, rest) {
				synthesize(t, form, unsafeCalls(sink)[0], where(sink, form), true)
			}
		}
		for other := range c.PythonAliases() {
			used = used || strings.HasPrefix(other, canonical) && other != alias // tested by that
		}
		if !used {
			t.Errorf("%s: no sink is named below %s", alias, canonical)
		}
	}
}

// where returns what the site is: that where the object is made, if there is one.
func where(sink *catalog.PythonSink, form importForm) string {
	maker, _, method := strings.Cut(sink.Name, "().")
	if made, reported := catalog.Builtin().PythonSink(maker); reported && !made.Setting && method && !form.typed {
		return maker
	}
	return sink.API()
}

// importForm is an import and how the sink is called behind it.
type importForm struct {
	statement, callee string
	// typed: only an annotation says what the object is.
	typed bool
}

// forms are the ways to reach a sink.
func forms(sink *catalog.PythonSink) []importForm {
	method, ok := strings.CutPrefix(sink.Name, ".")
	if !ok {
		return nameForms(sink.Name, "")
	}
	var out []importForm
	for _, module := range append(sink.Near, "anything")[:max(1, len(sink.Near))] {
		out = append(out,
			importForm{statement: "import " + module + "\nfrom elsewhere import thing", callee: "thing." + method},
			importForm{statement: "import " + module + " as renamed; renamed." + strings.Join(catalog.Words(module), "."), callee: "make()[0].of." + method},
		)
	}
	return out
}

// nameForms imports what can be imported of a name, and writes out the rest; an
// object is also bound to names.
func nameForms(name, rest string) []importForm {
	returned := strings.HasSuffix(name, "()") // by a function, as like as not
	if i := strings.Index(name, "()"); i >= 0 {
		name, rest = name[:i], name[i:]+rest
	} else if i := strings.Index(rest, "()"); i >= 0 {
		name, rest = name+rest[:i], rest[i:]
	} else if last := name[strings.LastIndexByte(name, '.')+1:]; rest != "" && last == strings.ToUpper(last) && strings.Contains(name, ".") {
		// mpi4py.MPI.COMM_WORLD is an object already.
		out := importForms(name)
		for k := range out {
			out[k].callee += rest
		}
		return out
	} else {
		return importForms(name + rest)
	}
	call := strings.TrimSuffix(rest, "()") // a sink that is a call
	var out []importForm
	for _, form := range importForms(name) {
		form.callee += strings.ReplaceAll(call, "()", "(1)")
		out = append(out, form)
		i := strings.LastIndexByte(form.callee, '.')
		if call == "" {
			continue
		}
		object, method := form.callee[:i], form.callee[i:]
		out = append(out,
			importForm{statement: form.statement + "\nmade = " + object, callee: "made" + method},
			importForm{statement: form.statement + "\nclass C:\n  def __init__(self):\n    self.it = " + object + "\n  def get(self):\n    return self.it", callee: "C().get()" + method},
		)
		if !returned && strings.Count(call, "()") == 1 && strings.HasPrefix(call, "().") && strings.Count(call, ".") == 1 {
			class := strings.TrimSuffix(object, "(1)")
			quoted := class
			if !strings.Contains(class, ".") {
				quoted = "'" + class + "'" // the gate sees no names in strings
			}
			out = append(out,
				importForm{statement: form.statement + "\nmade: " + quoted + " = None", callee: "made" + method, typed: true},
				importForm{statement: form.statement + "\nclass C(" + class + "): pass", callee: "C(2)" + method},
			)
		}
	}
	return out
}

func importForms(name string) []importForm {
	i := strings.LastIndexByte(name, '.')
	module, function := name[:i], name[i+1:]
	return []importForm{
		{statement: "import " + module, callee: name},
		{statement: "import " + module + " as renamed", callee: "renamed." + function},
		{statement: "from " + module + " import " + function + " as renamed", callee: "renamed"},
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
	sure := true
	for _, form := range sink.UnsafeIf {
		if suffix := form.Suffix(); suffix != "" {
			out = append(out, "'data"+suffix+"'", form.Name+"='data"+suffix+"'")
			continue
		}
		out = append(out, given(form.Argument, form.Value)...)
		if !form.Sure {
			out = append(out, given(form.Argument, "unknown()")...)
			sure = false
		}
	}
	if sure {
		return out
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
		if suffix := form.Suffix(); suffix != "" {
			value = "'model" + suffix + "'"
		}
		if i := strings.LastIndexByte(value, '.'); i > 0 && value[0] != '\'' {
			value = value[:i] + "_for_test." + value[i+1:]
		}
		out = append(out, given(form.Argument, value)...)
	}
	if len(sink.UnsafeIf) > 0 {
		out = append(out, "data")
		for k, form := range sink.UnsafeIf {
			if suffix := form.Suffix(); suffix != "" {
				out = append(out, "'data"+suffix+".other'")
				continue
			}
			if form.Sure {
				out = append(out, append(given(form.Argument, "unknown()"), "data, **options")...)
			}
			if k == 0 || sink.UnsafeIf[k-1].Name != form.Name {
				out = append(out, given(form.Argument, opposite(form.Value))...)
			}
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
	// What sets an object up may be a setting as well.
	sets := func(other string) bool {
		made, ok := catalog.Builtin().PythonSink(other)
		return ok && made.Setting && other != api
	}
	sites := slices.DeleteFunc(slices.Clone(res.Sites), func(s *lint.Site) bool { return sets(s.API) })
	findings := slices.DeleteFunc(slices.Clone(res.Findings), func(f *lint.Finding) bool { return sets(f.Callable) })
	if len(sites) != 1 || sites[0].API != api {
		t.Errorf("%q: sites %+v", src.String(), res.Sites)
		return
	}
	if got := len(findings) == 1; got != fires {
		t.Errorf("%q: findings %d, want any: %v", src.String(), len(findings), fires)
	}
	if safe := sites[0].Safe != ""; safe == fires {
		t.Errorf("%q: safe is %q", src.String(), sites[0].Safe)
	}
	if len(res.Skips) > 0 {
		t.Errorf("%q: skip %q", src.String(), res.Skips[0].Reason)
	}
}
