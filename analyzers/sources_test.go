package analyzers_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// memberName takes a name with a receiver apart, of which the type may be generic.
var memberName = regexp.MustCompile(`^\((\*?)(.+)\.([A-Za-z_]\w*)(\[\w+\])?\)\.([A-Za-z_]\w*)$`)

// What go-source and go-flow lines say of the standard library is there: a line that
// names nothing never fires.
func TestNamesOfTheStandardLibrary(t *testing.T) {
	std := importer.ForCompiler(token.NewFileSet(), "source", nil)
	var names []string
	for _, s := range catalog.Builtin().GoSources() {
		if s.Function == "" {
			names = append(names, s.Name)
			names = append(names, s.Unless...)
		}
	}
	for _, f := range catalog.Builtin().AllGoFlows() {
		names = append(names, f.Name)
	}
	looked := make(map[string]bool)
	for _, name := range names {
		var path, object, member string
		if m := memberName.FindStringSubmatch(name); m != nil {
			path, object, member = m[2], m[3], m[5]
		} else {
			dot := strings.LastIndexByte(name, '.')
			path, object = name[:dot], name[dot+1:]
		}
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") || looked[name] {
			continue
		}
		looked[name] = true
		pkg, err := std.Import(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if path == "unsafe" {
			continue
		}
		obj := pkg.Scope().Lookup(object)
		if obj == nil {
			t.Errorf("%s: package %s has no %s", name, path, object)
			continue
		}
		if member == "" {
			continue
		}
		found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, member)
		switch found := found.(type) {
		case *types.Var:
			if !found.IsField() {
				t.Errorf("%s is no field", name)
			}
		case *types.Func:
			if found.FullName() != name {
				t.Errorf("%s is called %s", name, found.FullName())
			}
		default:
			t.Errorf("%s: %s has no %s", name, object, member)
		}
	}
	if len(looked) < 250 {
		t.Errorf("only %d names", len(looked))
	}
}
