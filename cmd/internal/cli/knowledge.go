package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// resolveKnowledge checks what the project says of its own code.
func (f *lintFlags) resolveKnowledge(s *settings) error {
	for _, name := range s.config.AllowPackages {
		g := s.catalog.Global(name, "*")
		if g.Library == "" && g.Class != catalog.Dangerous {
			continue
		}
		whose := "a library that the catalogue knows"
		if g.Library == "stdlib" {
			whose = "the standard library"
		}
		return s.config.Wrong(fmt.Errorf("allow-packages: %s is no package of the project but of %s; allow single globals in a catalogue file", lint.Printable(name), whose))
	}
	if err := s.checkSources(); err != nil {
		return s.config.Wrong(err)
	}
	for _, dir := range f.sources {
		if dir == "" || dir == "-" {
			return fmt.Errorf("--source: %q is no directory", dir)
		}
		t, err := parseTarget(dir, blobWing)
		if err == nil && t.unreadable == nil && !t.isDir {
			err = fmt.Errorf("%s: not a directory", lint.Printable(dir))
		}
		if err != nil {
			return fmt.Errorf("--source: %w", err)
		}
		s.sources = append(s.sources, t)
	}
	return nil
}

// checkSources reports words of the configuration that speak of no source: a slip in
// them would leave everything as it is.
func (s *settings) checkSources() error {
	for _, name := range slices.Sorted(maps.Keys(s.config.Sources)) {
		if !slices.ContainsFunc(s.catalog.PythonSources(), func(source *catalog.PythonSource) bool { return source.Is(name) }) {
			return fmt.Errorf("sources: %q is neither one of %v nor the first words of a source that the catalogue knows%s", name, catalog.Origins, suggest.DidYouMean(name, s.sourceWords()))
		}
	}
	return nil
}

// sourceWords are the kinds of origin and the libraries that the catalogue has sources of.
func (s *settings) sourceWords() (words []string) {
	for _, o := range catalog.Origins {
		words = append(words, string(o))
	}
	for _, source := range s.catalog.PythonSources() {
		library, _, _ := strings.Cut(source.Name, ".")
		words = append(words, library)
	}
	return words
}

// know settles what verdicts on blobs hang on. In reach are the sources of the
// directories that are linted, as far as Python is linted, and those named by
// --source. The skips say where the latter could not be walked.
func (s *settings) know(ctx context.Context, wings wingSet, targets []target, p *plan) (skips []*lint.Skip) {
	s.verdicts = &blob.Settings{Catalog: s.catalog, Policy: s.policy, Own: s.config.AllowPackages}
	m := s.newModules()
	reach := func(targets []target, files []file) {
		for _, t := range targets {
			if t.isDir {
				m.Tops = append(m.Tops, topOf(t.path))
			}
		}
		for _, f := range files {
			m.Add(filepath.ToSlash(f.path))
		}
	}
	if wings.has(pythonWing) && slices.ContainsFunc(targets, func(t target) bool { return t.isDir }) {
		reach(targets, p.files)
	}
	if len(s.sources) > 0 {
		further := makePlan(ctx, s, s.sources, func(int) {})
		defer further.close()
		for _, skip := range further.skips {
			if !skip.Excluded {
				skips = append(skips, skip)
			}
		}
		reach(s.sources, further.files)
	}
	if len(m.Tops) > 0 {
		s.verdicts.Source = m
		if wings.has(pythonWing) {
			s.modules = m
		}
	}
	return skips
}

// newModules is where sources in reach are asked for; none is in reach as yet.
func (s *settings) newModules() *pyscan.Modules {
	return &pyscan.Modules{
		Catalog: s.catalog,
		Read:    s.view.readSource,
		Exists:  func(p string) bool { return s.view.exists(filepath.FromSlash(p)) },
		Show:    func(p string) string { return relpath.Show(s.root, filepath.FromSlash(p)) },
	}
}

// topOf is where the packages begin in which a directory lies, perhaps itself.
func topOf(dir string) string {
	dir = filepath.ToSlash(dir)
	for path.Dir(dir) != dir && exists(filepath.FromSlash(path.Join(dir, "__init__.py"))) {
		dir = path.Dir(dir)
	}
	return dir
}

// readSource reads a Python source, and one byte more than is looked at.
func readSource(name string) (text []byte, err error) {
	r, info, err := openRegular(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var b bytes.Buffer
	b.Grow(int(min(info.Size(), pyscan.MaxModule)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(r, pyscan.MaxModule+1))
	return b.Bytes(), err
}
