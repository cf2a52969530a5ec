package flow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// load type-checks one file and returns it as a package to ask.
func load(t *testing.T, src string) *Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Implicits: make(map[ast.Node]types.Object),
		Scopes: make(map[ast.Node]*types.Scope), Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := config.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return New(&analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, catalog.Builtin())
}

func TestAllows(t *testing.T) {
	p := load(t, `package p

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

var table = map[string]func() any{"a.B": nil}
var set = map[string]bool{"a.B": true}
var refused = errors.New("refused")

func goodIf(module, name string) (any, error) {
	if module == "a" && name == "B" {
		return 1, nil
	}
	return nil, refused
}

func goodSwitch(module, name string) (any, error) {
	switch module + "." + name {
	case "a.B", "a.C":
		return 1, nil
	case "a.D":
		return 2, nil
	default:
		return nil, fmt.Errorf("no class %s", name)
	}
}

func goodTable(module, name string) (any, error) {
	f, ok := table[module+"."+name]
	if !ok {
		return nil, refused
	}
	return f, nil
}

func goodNil(module, name string) (any, error) {
	if f := table[module+"."+name]; f != nil {
		return f(), nil
	}
	return nil, refused
}

func goodSet(module, name string) (any, error) {
	if !set[module+"."+name] {
		return nil, refused
	}
	return name, nil
}

func goodList(module, name string) (any, error) {
	if slices.Contains([]string{"B", "C"}, name) {
		return name, nil
	}
	return nil, refused
}

func goodNever(module, name string) (any, error) { return nil, refused }

func goodNamed(module, name string) (v any, err error) {
	if module != "a" || name != "B" {
		err = refused
		return
	}
	v = 1
	return
}

func open(name string) (any, error) { return name, nil }

func goodChecked(module, name string) (any, error) {
	v, err := open(name)
	if err != nil {
		return nil, err
	}
	if name == "B" {
		return v, nil
	}
	return nil, refused
}

func badCall(module, name string) (any, error) { return open(name) }

func badAll(module, name string) (any, error) { return module + name, nil }

func badDeny(module, name string) (any, error) {
	if module == "os" {
		return nil, refused
	}
	return module + name, nil
}

func badPrefix(module, name string) (any, error) {
	if strings.HasPrefix(module, "a.") {
		return name, nil
	}
	return nil, refused
}

func badDefault(module, name string) (any, error) {
	if f, ok := table[module]; ok {
		return f, nil
	}
	return name, nil
}

func badOther(module, name string) (any, error) {
	if len(table) == 1 {
		return name, nil
	}
	return nil, refused
}

func badEmpty(module, name string) (any, error) {
	if name == "" {
		return nil, refused
	}
	return name, nil
}
`)
	asked := 0
	for _, fn := range p.Functions() {
		name := fn.Name()
		if good := strings.HasPrefix(name, "good"); good || strings.HasPrefix(name, "bad") {
			asked++
			if got := p.Allows(fn); got != good {
				t.Errorf("%s: %v", name, got)
			}
		}
	}
	if asked != 16 {
		t.Errorf("asked of %d functions", asked)
	}
}
