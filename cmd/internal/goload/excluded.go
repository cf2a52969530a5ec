package goload

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// skipExcluded records the Go files that are there and that no build here
// compiles. Of a listed package go list names them; a directory in which build
// constraints leave out every file it does not list for a pattern with "...",
// so those are looked for on disk.
func (l *loader) skipExcluded(packages []*listedPackage) error {
	if l.listFailed {
		return nil
	}
	known := make(map[string]bool)
	refused := make(map[string]bool)
	for _, p := range packages {
		for _, name := range p.IgnoredGoFiles {
			l.skipExcludedFile(filepath.Join(p.Dir, name))
		}
		known[filepath.Clean(p.Dir)] = true
		// A pattern that cannot be expanded is listed under its own name.
		refused[p.ImportPath] = p.Error != nil
	}
	for _, pattern := range l.Patterns {
		prefix, wild := strings.CutSuffix(filepath.ToSlash(pattern), "/...")
		if refused[pattern] || !wild || !isRelative(prefix) {
			continue
		}
		if err := l.skipUnlisted(filepath.Join(l.Dir, filepath.FromSlash(prefix)), known); err != nil {
			return err
		}
	}
	return nil
}

// isRelative reports a pattern that names directories, as the go command sees it.
func isRelative(prefix string) bool {
	first, _, _ := strings.Cut(prefix, "/")
	return first == "." || first == ".."
}

// IgnoredDir reports the name of a directory that a pattern ending in "..."
// passes over.
func IgnoredDir(name string) bool {
	return name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_'
}

// skipUnlisted walks the directories that "..." stands for: none that is ignored,
// and no other module.
func (l *loader) skipUnlisted(top string, known map[string]bool) error {
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && entry != nil && entry.IsDir():
			l.skip(lint.Location{Path: path}, false, "reading the directory: %v", err)
			return fs.SkipDir
		case err != nil:
			return err
		case entry.IsDir() && path != top:
			if IgnoredDir(entry.Name()) {
				return fs.SkipDir
			}
			if _, err := os.Lstat(filepath.Join(path, "go.mod")); err == nil {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && filepath.Ext(path) == ".go":
			hidden := entry.Name()[0] == '_' || entry.Name()[0] == '.'
			if hidden || !known[filepath.Dir(path)] {
				l.skipExcludedFile(path)
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("looking for Go files: %w", err)
	}
	return nil
}

func (l *loader) skipExcludedFile(path string) {
	if at, ok := l.Overlay[path]; ok && at == "" {
		return
	}
	reason := "build constraints leave this file out"
	switch name := filepath.Base(path); {
	case name[0] == '_' || name[0] == '.':
		reason = "the go command ignores files whose name begins with _ or ."
	case importsC(path):
		reason = "build constraints leave this file out, or it needs cgo and cgo is off"
	}
	l.skip(lint.Location{Path: path}, true, "%s", reason)
}

// importsC reports whether a file needs cgo, as far as it can be read; it is
// only for the wording of a skip.
func importsC(path string) bool {
	f, _ := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	return f != nil && slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
		return spec.Path.Value == `"C"`
	})
}
