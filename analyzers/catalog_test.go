package analyzers_test

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// fullName takes "(*path.Type).Name", "(path.Type).Name" or "path.Name" apart.
var fullName = regexp.MustCompile(`^(?:\((\*?)(.+)\.([A-Za-z_]\w*)\)|(.+))\.([A-Za-z_]\w*)$`)

type sinkName struct{ star, pkg, recv, name string }

func split(t *testing.T, s *catalog.GoSink) sinkName {
	t.Helper()
	m := fullName.FindStringSubmatch(s.Name)
	if m == nil {
		t.Fatalf("%s is not a full name", s.Name)
	}
	return sinkName{m[1], m[2] + m[4], m[3], m[5]}
}

// Every go-sink of the catalogue fires. The test of a line is made of the line:
// a call, of the real thing in the standard library and of a stub elsewhere.
// Stubs return, because a function that only panics makes what follows its call
// unreachable.
func TestCatalogue(t *testing.T) {
	configure(t, analyzers.Options{OptionalSinks: true})
	dir := t.TempDir()
	std := importer.ForCompiler(token.NewFileSet(), "source", nil)
	stubs := make(map[string][]string)
	var users []string
	for i, sink := range catalog.Builtin().GoSinks() {
		n := split(t, sink)
		if got := library.Path(sink.Name); got != n.pkg {
			t.Errorf("%s is taken to be of package %s", sink.Name, got)
		}
		user := fmt.Sprintf("users/u%d", i)
		users = append(users, user)
		call := "pkg." + n.name + "(" + stubArguments(sink) + ")"
		imports := []string{fmt.Sprintf("pkg %q", n.pkg)}
		var params []string
		if n.recv != "" {
			params = append(params, "recv "+n.star+"pkg."+n.recv)
			call = "recv." + n.name + "(" + stubArguments(sink) + ")"
		}
		if first, _, _ := strings.Cut(n.pkg, "/"); strings.Contains(first, ".") {
			stubs[n.pkg] = append(stubs[n.pkg], stub(n))
			params = append(params, "in any")
		} else {
			pkg, err := std.Import(n.pkg)
			if err != nil {
				t.Fatal(err)
			}
			var more []string
			var args []string
			for i, v := range parameters(t, pkg, n) {
				text := types.TypeString(v, func(p *types.Package) string {
					if p.Path() == n.pkg {
						return "pkg"
					}
					more = append(more, fmt.Sprintf("%q", p.Path()))
					return p.Name()
				})
				params = append(params, fmt.Sprintf("a%d %s", i, text))
				args = append(args, fmt.Sprintf("a%d", i))
			}
			slices.Sort(more)
			imports = append(imports, slices.Compact(more)...)
			call = call[:strings.IndexByte(call, '(')] + "(" + strings.Join(args, ", ") + ")"
		}
		want := " // want `" + regexp.QuoteMeta(sink.Format+" data is decoded here without a justification: "+sink.Danger) + "`"
		if sink.Untainted == "silent" {
			want = "" // where nothing is known against the bytes
		}
		write(t, filepath.Join(dir, "src", user, "user.go"), fmt.Sprintf(
			"package user\n\nimport (\n\t%s\n)\n\nfunc use(%s) {\n\t%s%s\n}\n",
			strings.Join(imports, "\n\t"), strings.Join(params, ", "), call, want))
	}
	for pkg, decls := range stubs {
		text := "package stub\n\n" + strings.Join(slices.Compact(slices.Sorted(strings.SplitSeq(strings.Join(decls, "\n"), "\n"))), "\n") + "\n"
		write(t, filepath.Join(dir, "src", filepath.FromSlash(pkg), "stub.go"), text)
	}
	analysistest.Run(t, dir, everything, users...)
}

// stubArguments are the arguments up to the one that is decoded into: the parameter in
// where the bytes are.
func stubArguments(sink *catalog.GoSink) string {
	at := func(arg string) int {
		if arg == "" || arg == "recv" {
			return -1
		}
		return int(arg[0] - '0')
	}
	var args []string
	for i := range max(at(sink.Arg), at(sink.Dest)) + 1 {
		switch i {
		case at(sink.Arg):
			args = append(args, "in")
		case at(sink.Dest):
			args = append(args, "new(any)")
		default:
			args = append(args, "nil")
		}
	}
	return strings.Join(args, ", ")
}

func stub(n sinkName) string {
	if n.recv == "" {
		return fmt.Sprintf("func %s(...any) error { return nil }", n.name)
	}
	return fmt.Sprintf("type %s struct{}\nfunc (%s%s) %s(...any) error { return nil }", n.recv, n.star, n.recv, n.name)
}

// parameters looks a sink of the standard library up; a line that names nothing
// there would never fire.
func parameters(t *testing.T, pkg *types.Package, n sinkName) []types.Type {
	t.Helper()
	var obj types.Object
	if n.recv == "" {
		obj = pkg.Scope().Lookup(n.name)
	} else if typ := pkg.Scope().Lookup(n.recv); typ != nil {
		obj, _, _ = types.LookupFieldOrMethod(typ.Type(), true, pkg, n.name)
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		t.Fatalf("package %s has no %s %s", n.pkg, n.recv, n.name)
	}
	var out []types.Type
	for i := range fn.Signature().Params().Len() {
		out = append(out, fn.Signature().Params().At(i).Type())
	}
	return out
}
