package analyzers_test

import (
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Every go-verifier of the standard library is there, has the arguments that its line
// names, and tells by its last result what the line says. A line that is wrong about any
// of these would prove nothing, or too much.
func TestVerifiersOfTheStandardLibrary(t *testing.T) {
	var paths []string
	lines := make(map[string]*catalog.GoVerifier)
	for _, v := range catalog.Builtin().GoVerifiers() {
		m := fullName.FindStringSubmatch(v.Name)
		if m == nil {
			t.Errorf("%s is not a full name", v.Name)
			continue
		}
		if path := m[2] + m[4]; !strings.Contains(strings.Split(path, "/")[0], ".") {
			paths = append(paths, path)
			lines[v.Name] = v
		}
	}
	slices.Sort(paths)
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedExportFile}, slices.Compact(paths)...)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, pkg := range pkgs {
		for _, v := range lines {
			m := fullName.FindStringSubmatch(v.Name)
			if m[2]+m[4] != pkg.PkgPath {
				continue
			}
			found++
			fn := function(pkg.Types, m[3], m[5])
			if fn == nil {
				t.Errorf("%s: there is no such function", v.Name)
				continue
			}
			fits(t, v, fn.Signature())
		}
	}
	if found != len(lines) || found < 40 {
		t.Errorf("looked at %d of %d lines", found, len(lines))
	}
}

func function(pkg *types.Package, recv, name string) *types.Func {
	var obj types.Object
	if recv == "" {
		obj = pkg.Scope().Lookup(name)
	} else if typ := pkg.Scope().Lookup(recv); typ != nil {
		obj, _, _ = types.LookupFieldOrMethod(typ.Type(), true, pkg, name)
	}
	fn, _ := obj.(*types.Func)
	return fn
}

func fits(t *testing.T, v *catalog.GoVerifier, sig *types.Signature) {
	t.Helper()
	for _, arg := range slices.Concat(v.Data, []string{v.Key, v.To}) {
		switch {
		case arg == "":
		case arg == "recv":
			if sig.Recv() == nil {
				t.Errorf("%s has no receiver", v.Name)
			}
		case int(arg[0]-'0') >= sig.Params().Len():
			t.Errorf("%s has no parameter %s", v.Name, arg)
		}
	}
	if sig.Results().Len() == 0 {
		t.Errorf("%s has no result", v.Name)
		return
	}
	last := sig.Results().At(sig.Results().Len() - 1).Type().String()
	switch v.Does {
	case catalog.GoCompares, catalog.GoVerifies, catalog.GoOpens:
		if (last == "int") != (v.When != "") || last != "int" && last != "bool" && last != "error" {
			t.Errorf("%s returns %s, which when=%q does not fit", v.Name, last, v.When)
		}
	}
}
