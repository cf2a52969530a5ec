package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// shells are functions that run a command.
var shells = map[string]bool{
	"run": true, "Popen": true, "call": true, "check_call": true, "check_output": true, "system": true, "popen": true, "getoutput": true,
	"getstatusoutput": true, "create_subprocess_shell": true, "create_subprocess_exec": true,
}

// shellSetting looks at a command that sets a variable: "TORCH_… =1 python train.py".
func (f *file) shellSetting(i syntax.Index) (found, bool) {
	args := f.arguments(i, 0)
	for _, arg := range args.positional {
		for _, object := range f.names.Objects(arg) {
			parts := []syntax.Index{object}
			if kind := f.tree.Kind(object); kind == syntax.List || kind == syntax.Tuple {
				parts = nil
				for c := f.tree.First(object); c != syntax.None && len(parts) < maxValueSteps; c = f.tree.Next(c) {
					parts = append(parts, c)
				}
			}
			for _, part := range parts {
				if s := f.shellText(part); s != nil {
					return found{node: i, reference: arg, sink: s.sink, argument: f.excerpt(part, maxArgument), set: true}, true
				}
			}
		}
	}
	return found{}, false
}

func (f *file) shellText(i syntax.Index) *setting {
	if kind := f.tree.Kind(i); kind != syntax.String && kind != syntax.ConcatenatedString {
		return nil
	}
	for _, text := range f.names.Strings(i) {
		for field := range strings.FieldsSeq(text) {
			name, value, ok := strings.Cut(field, "=")
			// Variables are written in capitals.
			if !ok || name == "" || strings.ToUpper(name) != name {
				continue
			}
			for _, s := range f.gate.settings.byWord[name] {
				if s.In(catalog.ByKey) && s.Unsafe(strings.Trim(value, `"';`)) && f.mentions(s.Near) {
					return s
				}
			}
		}
	}
	return nil
}
