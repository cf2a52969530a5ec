package cli

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pyscan"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
)

// scope is what of a project a change can reach: the results of everything else are those
// of before.
type scope struct {
	changed []string // absolute, sorted
}

// forGo are the changed files as package goload takes them, never nil.
func (s *scope) forGo() []string {
	if s == nil {
		return nil
	}
	return append([]string{}, s.changed...)
}

// keeps reports that nothing about a file itself is another than before.
func (s *scope) keeps(path string) bool { return s != nil && !s.has(path) }

func (s *scope) has(path string) bool {
	_, ok := slices.BinarySearch(s.changed, path)
	return ok
}

// reach is the part of a plan that is looked at again.
type reach struct {
	// scan are the files that are looked at, tell those of them whose results count: the
	// others are looked at for what they give to these.
	scan []file
	tell map[string]bool // as messages name them
}

// mayImport reports a file that imports may stand in, or lead to.
func mayImport(show string) bool {
	switch strings.ToLower(path.Ext(show)) {
	case ".py", ".pyi", ".pyw", ".ipynb", "":
		return true
	}
	return pyscan.KindOf(show, nil) == pyscan.Source
}

// of finds it in a plan. The results of a Python file depend on the files that it may
// import, and on those near it; those of a pickle on the classes that it names, and some of Python files on
// what stored pickles hold.
func (s *scope) of(set *settings, p *plan) *reach {
	r := &reach{tell: make(map[string]bool)}
	slash := filepath.ToSlash
	python, every := false, false
	var modules []string
	paths := make([]string, 0, len(p.files))
	stored := &states{set: set}
	// What a lock says of a blob changes with either of the two.
	name, _ := lockName(set)
	relocked := name != "" && s.has(name)
	for _, c := range s.changed {
		every = every || declared.Declares(filepath.Base(c)) || stored.wants(&file{path: c})
		if mayImport(c) {
			python = true
			modules = append(modules, suffixes(slash(c))[0])
			paths = append(paths, slash(c)) // it may be no more, and is imported all the same
		}
	}
	for _, f := range p.files {
		if mayImport(f.show) && !s.has(f.path) {
			paths = append(paths, slash(f.path))
		}
	}
	tell, scan := make(map[string]bool), make(map[string]bool)
	if python && !every {
		g := newImportGraph(paths)
		imports := make([][]pyscan.Import, len(p.files))
		eachOf(set.jobs, len(p.files), func(i int, w *reader) {
			f := p.files[i]
			if !mayImport(f.show) {
				return
			}
			if src, err := wholeOf(&f, w); err == nil { // or the scan says why not
				imports[i] = pyscan.Imports(src)
			}
		})
		for i, f := range p.files {
			if len(imports[i]) > 0 {
				g.add(slash(f.path), imports[i])
			}
		}
		var from []string
		for _, c := range s.changed {
			from = append(from, slash(c))
		}
		tell = closure(append(from, g.any...), g.importers)
		tell = nearby(tell, paths, func(f string) bool { return s.has(filepath.FromSlash(f)) })
		tell = closure(slices.Collect(maps.Keys(tell)), g.importers)
		scan = closure(slices.Collect(maps.Keys(tell)), g.imports)
	}
	named := make([]bool, len(p.files))
	if python {
		eachOf(set.jobs, len(p.files), func(i int, _ *reader) { named[i] = mentions(&p.files[i], modules) })
	}
	for i, f := range p.files {
		at := slash(f.path)
		switch {
		case s.has(f.path), tell[at], every && mayImport(f.show), named[i], relocked && !mayImport(f.show):
			r.tell[f.show] = true
			r.scan = append(r.scan, f)
		case scan[at]:
			r.scan = append(r.scan, f)
		}
	}
	return r
}

// eachOf does something for each of so many, by as many workers as the run has.
func eachOf(jobs, count int, do func(i int, w *reader)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(jobs, count) {
		wait.Go(func() {
			w := newReader()
			defer w.close()
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				do(i, w)
			}
		})
	}
	wait.Wait()
}

// wholeOf reads a source. What it returns lasts until the reader reads another.
func wholeOf(f *file, w *reader) (src []byte, err error) {
	r, info, err := w.open(f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if filepath.Ext(f.path) == "" {
		// Most files without an ending are no Python.
		head := make([]byte, min(headSize, info.Size()))
		if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if pyscan.KindOf(f.show, head) != pyscan.Source {
			return nil, nil
		}
	}
	return w.source(r, info.Size())
}

// packed are how files begin whose bytes say nothing of what is in them.
var packed = [][]byte{[]byte("PK"), {0x1f, 0x8b}, []byte("BZh"), {0xfd, '7', 'z'}, {0x28, 0xb5, 0x2f, 0xfd}, {0x04, 0x22, 0x4d, 0x18}, []byte("7z\xbc\xaf"), {0x78}}

// maxMentions bounds how much of a file is read for the names in it; behind that, it may
// name anything.
const maxMentions = 64 << 20

// mentions reports stored bytes that may hold a name of one of some modules.
func mentions(f *file, modules []string) bool {
	if mayImport(f.show) && filepath.Ext(f.show) != "" || isGo(f.path) {
		return false
	}
	r, info, err := f.open()
	if err != nil {
		return true // the scan says what is wrong
	}
	defer func() { _ = r.Close() }() // it was only read
	head := make([]byte, min(headSize, info.Size()))
	if n, err := r.ReadAt(head, 0); err != nil && n < len(head) {
		return true
	}
	plain := utf8.Valid(head[:max(0, len(head)-utf8.UTFMax)]) && bytes.IndexByte(head, 0) < 0
	switch {
	case plain && !blob.PromisesPickle(f.show):
		return false
	case slices.ContainsFunc(packed, func(magic []byte) bool { return bytes.HasPrefix(head, magic) }), info.Size() > maxMentions:
		return true
	}
	data, err := io.ReadAll(io.LimitReader(r, maxMentions))
	return err != nil || slices.ContainsFunc(modules, func(name string) bool { return bytes.Contains(data, []byte(name)) })
}
