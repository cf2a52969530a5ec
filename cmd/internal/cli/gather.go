package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/starter"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
)

// claimed finds the boundaries of directives. What is no directive after all is told by
// lint/justify; here it is a guess for a comment.
var claimed = regexp.MustCompile(`picklelint:\s*trust\b[^\n]*?\bboundary=([a-z][a-z0-9-]*)`)

var (
	importsTorch = regexp.MustCompile(`(?m)^[ \t]*(?:import|from)[ \t]+torch\b`)
	goModuleLine = regexp.MustCompile(`(?m)^module[ \t]+"?([^\s"]+)`)
	identifier   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// sidelines are the names of packages that no project means when it speaks of its own.
var sidelines = []string{"test", "tests", "testing", "doc", "docs", "example", "examples", "benchmark", "benchmarks"}

// mostGathered bounds what is read of one source.
const mostGathered = 1 << 20

// gather looks for what a configuration may say of a repository. It sees the files that a
// run would, and runs nothing.
func gather(ctx context.Context, root string) (*starter.Facts, []*lint.Skip) {
	set := &settings{root: root, config: new(config.Config), catalog: catalog.Builtin(), gitignore: true, jobs: 1}
	targets := []target{{arg: "./...", path: root, isDir: true}}
	p := makePlan(ctx, set, targets, func(int) {})
	defer p.close()
	skips := set.know(ctx, pythonWing, targets, p)
	declarations := set.declare(targets)
	defer declarations.close()

	f := &starter.Facts{CI: presentCI(root)}
	places := make(map[string]string)
	builtin := justify.BuiltinBoundaries()
	var python string // some source, for which versions are asked
	for _, file := range p.files {
		if ctx.Err() != nil {
			break
		}
		switch path.Ext(file.show) {
		case ".py", ".go":
		case ".mod":
			if path.Base(file.show) == "go.mod" {
				f.GoModules = append(f.GoModules, goModule(file)...)
			}
			continue
		default:
			continue
		}
		text := gathered(file)
		for _, m := range claimed.FindAllSubmatchIndex(text, -1) {
			f.Claims++
			name := string(text[m[2]:m[3]])
			if _, known := builtin[name]; !known && places[name] == "" {
				line := 1 + bytes.Count(text[:m[0]], []byte("\n"))
				places[name] = fmt.Sprintf("%s:%d", file.show, line)
			}
		}
		if path.Ext(file.show) == ".py" {
			f.UsesPython = true
			f.UsesTorch = f.UsesTorch || importsTorch.Match(text)
			if python == "" || strings.Count(file.show, "/") < strings.Count(python, "/") {
				python = file.show
			}
		}
	}
	f.Packages = packages(root, p.files)
	for _, name := range slices.Sorted(maps.Keys(places)) {
		f.Boundaries = append(f.Boundaries, starter.Boundary{Name: name, Place: places[name]})
	}
	if python != "" {
		f.Python = declaredOf(set.versions, python, declared.Python)
		f.Torch = declaredOf(set.versions, python, "torch")
	}
	if set.modules != nil {
		named := regexp.MustCompile(config.KeyAt("wrapper").Form)
		f.Wrappers = slices.DeleteFunc(set.modules.WrapperNames(), func(name string) bool { return !named.MatchString(name) })
	}
	return f, append(skips, declarations.skips()...)
}

// declaredOf says which version of a library is declared, and where, or "".
func declaredOf(p *declared.Project, file, library string) string {
	v, ok := p.Of(file, library)
	if !ok {
		return ""
	}
	return v.Text + " in " + v.Where
}

// gathered returns the beginning of a file, or nothing if it cannot be read, which is for a
// run to tell.
func gathered(f file) []byte {
	r, _, err := openRegular(f.path)
	if err != nil {
		return nil
	}
	defer func() { _ = r.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(r, mostGathered))
	if err != nil {
		return nil
	}
	return text
}

func goModule(f file) []string {
	m := goModuleLine.FindSubmatch(gathered(f))
	if m == nil {
		return nil
	}
	return []string{string(m[1])}
}

// packages are the directories with an __init__.py below none that has one.
func packages(root string, files []file) (names []string) {
	dirs := make(map[string]bool)
	for _, f := range files {
		if path.Base(f.show) == "__init__.py" {
			dirs[filepath.ToSlash(filepath.Dir(f.path))] = true
		}
	}
	for dir := range dirs {
		name := path.Base(dir)
		if _, inside := relpath.Below(root, filepath.FromSlash(dir)); inside && !dirs[path.Dir(dir)] && identifier.MatchString(name) && !slices.Contains(sidelines, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
