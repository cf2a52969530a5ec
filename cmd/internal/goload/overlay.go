package goload

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
)

const overlayFlag = "-overlay="

// overlay writes down the overlay of the run.
func (l *loader) overlay() (err error) {
	if len(l.Overlay) > 0 {
		l.overlayFile, err = writeOverlay(l.Overlay)
	}
	return err
}

func (l *loader) removeOverlay() {
	if l.overlayFile != "" {
		_ = os.Remove(l.overlayFile) // the results do not depend on it any more
	}
}

// writeOverlay writes an overlay as the go command takes it.
func writeOverlay(replace map[string]string) (name string, err error) {
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", fmt.Errorf("encoding an overlay: %w", err)
	}
	f, err := os.CreateTemp("", "pickle-lint-overlay-*.json")
	if err != nil {
		return "", fmt.Errorf("making an overlay: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("writing an overlay: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

// moduleFiles decide what all packages are made of.
var moduleFiles = []string{"go.mod", "go.sum", "go.work", "go.work.sum", "modules.txt"}

// affected returns the packages of which the changed files may change a result: what is
// known of a function, as that it verifies or decodes, holds for those that import it.
func (l *loader) affected(packages []*listedPackage) []*listedPackage {
	if l.Changed == nil || slices.ContainsFunc(l.Changed, func(file string) bool { return slices.Contains(moduleFiles, filepath.Base(file)) }) {
		return packages
	}
	touched := l.touched(packages)
	listed := make(map[string]*listedPackage, len(packages))
	for _, p := range packages {
		listed[p.ImportPath] = p
	}
	imports := func(p *listedPackage) bool {
		return slices.ContainsFunc(p.Deps, func(dep string) bool { return touched[dep] })
	}
	return slices.DeleteFunc(slices.Clone(packages), func(p *listedPackage) bool {
		return !touched[p.ImportPath] && !imports(p) && !slices.ContainsFunc(slices.Concat(p.TestImports, p.XTestImports), func(name string) bool {
			if q := listed[name]; q != nil {
				return touched[name] || imports(q)
			}
			// Of one that is not listed it is not known what it imports.
			return touched[name] || p.Module != nil && (name == p.Module.Path || strings.HasPrefix(name, p.Module.Path+"/"))
		})
	})
}

// touched are the import paths of packages that the changed files are of.
func (l *loader) touched(packages []*listedPackage) map[string]bool {
	dirs := make(map[string]bool)
	for _, file := range l.Changed {
		dirs[filepath.Dir(file)] = true
	}
	out := make(map[string]bool)
	var module *struct{ Path, Dir string }
	for _, p := range packages {
		if p.Module != nil {
			module = p.Module
		}
		embeds := len(p.EmbedPatterns)+len(p.TestEmbedPatterns)+len(p.XTestEmbedPatterns) > 0
		if dirs[filepath.Clean(p.Dir)] || embeds && slices.ContainsFunc(l.Changed, func(file string) bool {
			_, below := relpath.Below(p.Dir, file)
			return below
		}) {
			out[p.ImportPath] = true
		}
	}
	if module == nil {
		return out
	}
	// Some packages are not listed, and imported all the same.
	for dir := range dirs {
		if rel, ok := relpath.Below(module.Dir, dir); ok {
			out[path.Join(module.Path, rel)] = true
		}
	}
	return out
}
