// Package embedded finds the files that //go:embed directives of a package embed. It
// resolves patterns as the go command does (cmd/go/internal/load, resolveEmbed), from
// the files that lie beside the package: a go/analysis driver hands neither patterns nor
// files on.
package embedded

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/overlaid"
)

// Variable is a variable with directives.
type Variable struct {
	Name *ast.Ident
	// Files are sorted by name.
	Files []*File
	// Problems are what could not be looked at.
	Problems []Problem
}

// File is an embedded file.
type File struct {
	// Name is the slash-separated path from the directory of the package.
	Name string
	// Path is the path in the file system.
	Path string
	// Pos and End are those of the pattern that embeds it.
	Pos, End token.Pos
}

// Problem is a pattern of which something was not looked at, and why.
type Problem struct {
	Pos, End token.Pos
	Text     string
}

// Read reads a file, which may have so many bytes at most.
func (f *File) Read(most int64) ([]byte, error) {
	instead, err := overlaid.Current()
	if err != nil {
		return nil, err
	}
	path, there := instead.Actual(f.Path)
	if !there {
		return nil, fmt.Errorf("reading %s: %w", f.Name, os.ErrNotExist)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, fmt.Errorf("reading %s: it has %d bytes, more than %d", f.Name, info.Size(), most)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	return b, nil
}

// MaxFiles bounds the files of one pattern.
const MaxFiles = 10_000

const directive = "//go:embed"

// Find returns the variables of a package with directives, in the order of the source.
func Find(pass *analysis.Pass) []*Variable {
	var out []*Variable
	instead, err := overlaid.Current()
	if err != nil {
		return nil // the one that sends says so
	}
	for _, file := range pass.Files {
		if !slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"embed"` }) {
			continue
		}
		dir := filepath.Dir(instead.Logical(pass.Fset.PositionFor(file.FileStart, false).Filename))
		comments := directives(file)
		from := file.Name.End()
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.VAR {
				if gen.Lparen.IsValid() {
					from = gen.Lparen
				}
				for _, spec := range gen.Specs {
					spec := spec.(*ast.ValueSpec)
					if v := variable(spec, between(comments, from, spec.Pos()), dir); v != nil {
						out = append(out, v)
					}
					from = spec.End()
				}
			}
			from = decl.End()
		}
	}
	return out
}

// directives returns the directives of a file. Blank lines and comments may stand
// between one and the variable that it is about.
func directives(file *ast.File) (out []*ast.Comment) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if rest, ok := strings.CutPrefix(c.Text, directive); ok && rest != "" && (rest[0] == ' ' || rest[0] == '\t') {
				out = append(out, c)
			}
		}
	}
	return out
}

func between(comments []*ast.Comment, from, to token.Pos) (out []*ast.Comment) {
	for _, c := range comments {
		if from <= c.Pos() && c.Pos() < to {
			out = append(out, c)
		}
	}
	return out
}

func variable(spec *ast.ValueSpec, directives []*ast.Comment, dir string) *Variable {
	if len(directives) == 0 || len(spec.Names) != 1 {
		return nil
	}
	v := &Variable{Name: spec.Names[0]}
	for _, c := range directives {
		v.patterns(c.Text[len(directive):], c.Pos()+token.Pos(len(directive)), dir)
	}
	slices.SortStableFunc(v.Files, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	v.Files = slices.CompactFunc(v.Files, func(a, b *File) bool { return a.Name == b.Name })
	return v
}

// patterns reads the patterns of a directive: words, or Go strings.
func (v *Variable) patterns(text string, pos token.Pos, dir string) {
	for {
		trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
		pos += token.Pos(len(text) - len(trimmed))
		if text = trimmed; text == "" {
			return
		}
		pattern := text
		n := len(text)
		if q, err := strconv.QuotedPrefix(text); err == nil {
			n = len(q)
			if pattern, err = strconv.Unquote(q); err != nil {
				return
			}
		} else if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
			pattern, n = text[:i], i
		}
		r := &resolver{variable: v, dir: dir, pos: pos, end: pos + token.Pos(n)}
		r.resolve(pattern)
		text, pos = text[n:], pos+token.Pos(n)
	}
}

// resolver finds the files of one pattern.
type resolver struct {
	variable *Variable
	dir      string
	pos, end token.Pos
	files    int
	full     bool
}

func (r *resolver) problem(format string, args ...any) {
	r.variable.Problems = append(r.variable.Problems, Problem{r.pos, r.end, fmt.Sprintf(format, args...)})
}

func (r *resolver) resolve(pattern string) {
	glob, all := strings.CutPrefix(pattern, "all:")
	if !validPattern(glob) {
		return // the go command refuses it
	}
	matches, err := filepath.Glob(quoteGlob(r.dir) + string(filepath.Separator) + filepath.FromSlash(glob))
	if err != nil || len(matches) == 0 {
		return
	}
	slices.Sort(matches)
	for _, m := range matches {
		info, err := os.Lstat(m)
		switch {
		case err != nil:
			r.problem("%v", err)
		case info.Mode().IsRegular():
			r.add(m)
		case info.IsDir():
			r.tree(m, all)
		}
	}
}

func validPattern(glob string) bool {
	if _, err := path.Match(glob, ""); err != nil || !utf8.ValidString(glob) || strings.Contains(glob, `\`) {
		return false
	}
	return glob != "" && !strings.HasPrefix(glob, "/") && !slices.ContainsFunc(strings.Split(glob, "/"), func(elem string) bool {
		return elem == "" || elem == ".." || elem == "." && glob != "."
	})
}

// quoteGlob makes a directory match itself alone.
func quoteGlob(dir string) string {
	if filepath.Separator == '\\' {
		return dir // Windows has no escape, and forbids * and ? in names
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// tree adds the files below a directory: those that begin with . or _ only if all are
// wanted, and none of another module.
func (r *resolver) tree(top string, all bool) {
	err := filepath.WalkDir(top, func(p string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			r.problem("%v", err)
			return nil
		case r.full:
			return filepath.SkipAll
		case p != top && !all && (d.Name()[0] == '.' || d.Name()[0] == '_'):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir():
			if _, err := os.Lstat(filepath.Join(p, "go.mod")); err == nil && p != r.dir {
				return filepath.SkipDir
			}
			return nil
		case d.Type().IsRegular():
			r.add(p)
		}
		return nil
	})
	if err != nil {
		r.problem("%v", err)
	}
}

func (r *resolver) add(file string) {
	if r.files++; r.files > MaxFiles {
		if !r.full {
			r.problem("the pattern embeds more than %d files, and the others were not looked at", MaxFiles)
		}
		r.full = true
		return
	}
	rel, err := filepath.Rel(r.dir, file)
	if err != nil {
		r.problem("%v", err)
		return
	}
	r.variable.Files = append(r.variable.Files, &File{Name: filepath.ToSlash(rel), Path: file, Pos: r.pos, End: r.end})
}
