package analyzers_test

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// payloads are what an argument with a part is given so that the rule speaks up.
var payloads = map[string]map[string]string{
	catalog.GoExec: {
		"first": `"python3", "-c", "import pickle; pickle.load(f)"`,
		"argv":  `[]string{"python3", "-c", "import pickle; pickle.load(f)"}`,
		"line":  `"python3 -c 'import pickle; pickle.load(f)'"`,
	},
	catalog.GoPlugin:   {"path": "unknown"},
	catalog.GoTemplate: {"path": `request.FormValue("a")`, "text": `request.FormValue("a")`},
	catalog.GoPickler:  {"writer": "response"},
	catalog.GoServes:   {"name": `"model.pkl"`, "type": `"application/x-pickle"`, "key": `"Content-Type"`},
}

var rulesOf = map[string]string{
	catalog.GoExec: "PKL307", catalog.GoPlugin: "PKL310", catalog.GoPickler: "PKL308", catalog.GoServes: "PKL308",
	catalog.GoTemplate: "PKL311",
}

// Every go-exec, go-plugin, go-pickler, go-serves and go-template of the catalogue fires: the test of
// a line is made of the line, as in TestCatalogue.
func TestCatalogueCalls(t *testing.T) {
	configure(t, analyzers.Options{Rules: map[string]string{"PKL311": "on"}})
	dir := t.TempDir()
	std := importer.ForCompiler(token.NewFileSet(), "source", nil)
	stubs := make(map[string][]string)
	var users []string
	for keyword, parts := range payloads {
		facts := catalog.Builtin().GoCalls(keyword)
		if len(facts) == 0 {
			t.Errorf("there is no %s", keyword)
		}
		for _, fact := range facts {
			n := split(t, &catalog.GoSink{Name: fact.Name})
			if n.pkg == "syscall" || n.pkg == "golang.org/x/sys/unix" {
				continue // what there is hangs on the system
			}
			user := fmt.Sprintf("users/%s%d", strings.ReplaceAll(keyword, "-", ""), len(users))
			users = append(users, user)
			args, more := arguments(t, std, n, fact, parts)
			if more == nil {
				stubs[n.pkg] = append(stubs[n.pkg], stub(n))
			}
			call := "pkg." + n.name
			receiver := ""
			if n.recv != "" {
				receiver = "recv " + n.star + "pkg." + n.recv + ", "
				call = "recv." + n.name
			}
			imports := slices.Compact(slices.Sorted(slices.Values(append(more, `"net/http"`))))
			imports = slices.DeleteFunc(imports, func(s string) bool { return strings.HasSuffix(s, `"`+n.pkg+`"`) && n.pkg != "net/http" })
			write(t, filepath.Join(dir, "src", user, "user.go"), fmt.Sprintf(
				"package user\n\nimport (\n\tpkg %q\n\t%s\n)\n\nfunc use(%sunknown string, response http.ResponseWriter, request *http.Request) {\n\t%s(%s) // want `%s`\n}\n",
				n.pkg, strings.Join(imports, "\n\t"), receiver, call, strings.Join(args, ", "), rulesOf[keyword]))
		}
	}
	for pkg, decls := range stubs {
		text := "package " + path.Base(pkg) + "\n\n"
		var types, funcs []string
		for _, decl := range decls {
			first, second, is := strings.Cut(decl, "\n")
			if is {
				types, funcs = append(types, first), append(funcs, second)
			} else {
				funcs = append(funcs, first)
			}
		}
		slices.Sort(types)
		slices.Sort(funcs)
		text += strings.Join(slices.Concat(slices.Compact(types), slices.Compact(funcs)), "\n") + "\n"
		text = strings.Replace(text, "package v4", "package echo", 1)
		text = strings.Replace(text, "package og-rek", "package ogórek", 1)
		text = strings.Replace(text, "package go-sh", "package sh", 1)
		write(t, filepath.Join(dir, "src", filepath.FromSlash(pkg), "stub.go"), text)
	}
	slices.Sort(users)
	analysistest.Run(t, dir, everything, users...)
}

// arguments are those of a call of the real thing in the standard library, with what its
// package needs to spell them, or of a stub, with nil.
func arguments(t *testing.T, std types.Importer, n sinkName, fact *catalog.GoCall, parts map[string]string) (args, imports []string) {
	t.Helper()
	given := make(map[int]string)
	last := 0
	for part, i := range fact.Args {
		given[i] = parts[part]
		last = max(last, i)
	}
	if first, _, _ := strings.Cut(n.pkg, "/"); strings.Contains(first, ".") {
		for i := range last + 1 {
			if given[i] == "" {
				given[i] = "nil"
			}
			args = append(args, given[i])
		}
		return args, nil
	}
	pkg, err := std.Import(n.pkg)
	if err != nil {
		t.Fatal(err)
	}
	imports = []string{}
	for i, typ := range parameters(t, pkg, n) {
		switch {
		case given[i] != "":
			args = append(args, given[i])
			if fact.Keyword == catalog.GoTemplate {
				return args, imports // what follows may be left out
			}
			if strings.Contains(given[i], `", "`) && fact.Args["first"] == i && fact.Keyword == catalog.GoExec {
				return args, imports
			}
		default:
			text := types.TypeString(typ, func(p *types.Package) string {
				if p.Path() == n.pkg {
					return "pkg"
				}
				imports = append(imports, fmt.Sprintf("%q", p.Path()))
				return p.Name()
			})
			args = append(args, "*new("+text+")")
		}
	}
	return args, imports
}
