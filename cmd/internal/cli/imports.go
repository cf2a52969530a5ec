package cli

import (
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan"
)

// importGraph says which Python files may import which, by their paths: "a.b" may be any
// file whose path ends in a/b.py or a/b/__init__.py. It errs on the side of more.
type importGraph struct {
	// ends holds files by what their paths end with, as in "a.b", and in those of
	// packages, by "a.b." the files in them.
	ends map[string][]string
	// imports leads from a file to those that it may import, importers back.
	imports, importers map[string][]string
	// any are files that may import anything.
	any []string
}

// suffixes are the dotted names that a file may have, the shortest first.
func suffixes(file string) (out []string) {
	dir, base := path.Split(strings.TrimSuffix(file, path.Ext(file)))
	parts := strings.Split(strings.Trim(dir, "/"), "/")
	name := base
	if base == "__init__" && len(parts) > 0 {
		name, parts = parts[len(parts)-1], parts[:len(parts)-1]
	}
	out = append(out, name)
	for k := len(parts) - 1; k >= 0 && len(out) < maxPackages; k-- {
		name = parts[k] + "." + name
		out = append(out, name)
	}
	return out
}

// maxPackages bounds how many packages a module may be in.
const maxPackages = 12

// newImportGraph takes the files, by their absolute paths with slashes.
func newImportGraph(files []string) *importGraph {
	g := &importGraph{ends: make(map[string][]string), imports: make(map[string][]string), importers: make(map[string][]string)}
	for _, f := range files {
		for _, name := range suffixes(f) {
			g.ends[name] = append(g.ends[name], f)
			if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
				g.ends[name[:dot+1]] = append(g.ends[name[:dot+1]], f)
			}
		}
	}
	return g
}

// add enters what a file imports.
func (g *importGraph) add(file string, imports []pyscan.Import) {
	to := make(map[string]bool)
	for _, i := range imports {
		switch {
		case i.Any:
			g.any = append(g.any, file)
			return
		case i.Level > 0:
			g.relative(to, file, i)
		default:
			g.absolute(to, i)
		}
	}
	for f := range to {
		if f != file {
			g.imports[file] = append(g.imports[file], f)
			g.importers[f] = append(g.importers[f], file)
		}
	}
}

func (g *importGraph) absolute(to map[string]bool, i pyscan.Import) {
	all := func(name string) {
		for _, f := range g.ends[name] {
			to[f] = true
		}
	}
	// The packages around a module run, too.
	for at, c := range i.Module {
		if c == '.' {
			all(i.Module[:at])
		}
	}
	all(i.Module)
	for _, name := range i.Names {
		all(i.Module + "." + name)
	}
	if i.More {
		all(i.Module + ".")
	}
}

// relative is absolute where the directory is known.
func (g *importGraph) relative(to map[string]bool, file string, i pyscan.Import) {
	dir := path.Dir(file)
	for range i.Level - 1 {
		dir = path.Dir(dir)
	}
	at := dir
	if i.Module != "" {
		at = path.Join(dir, strings.ReplaceAll(i.Module, ".", "/"))
	}
	in := func(base string) { // a module or a package by its path
		for _, name := range []string{path.Base(base), path.Base(path.Dir(base)) + "." + path.Base(base)} {
			for _, f := range g.ends[name] {
				if stem := strings.TrimSuffix(f, path.Ext(f)); stem == base || stem == base+"/__init__" {
					to[f] = true
				}
			}
		}
	}
	in(at)
	for _, name := range i.Names {
		in(at + "/" + name)
	}
	if i.More {
		for _, f := range g.ends[path.Base(at)+"."] {
			if path.Dir(f) == at || path.Dir(path.Dir(f)) == at {
				to[f] = true
			}
		}
	}
}

// closure returns the files that some lead to, themselves included.
func closure(from []string, edges map[string][]string) map[string]bool {
	seen := make(map[string]bool, len(from))
	todo := append([]string(nil), from...)
	for len(todo) > 0 {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen[f] {
			seen[f] = true
			todo = append(todo, edges[f]...)
		}
	}
	return seen
}
