package pyscan

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

// wrapper is what a project loads pickles through: a module, or functions of one.
type wrapper struct {
	// name is how messages call it: its dotted name.
	name string
	// function is the qualified name of the one function or class that is the wrapper,
	// or "" for all of the module.
	function string
	// file is the path of its module, and dir, where it was detected, is the directory
	// from which that is imported.
	file, dir string
	// within is the directory of the package that is the wrapper as a whole, or "".
	within string
	// used: another module imports it, or somebody names it.
	used bool
	// unseen: nothing is known of what it does.
	unseen bool
	wrapperFacts
}

// wrapping is what wrappers are to one file.
type wrapping struct {
	// own is the wrapper that the file holds, or nil.
	own []*wrapper
	// past is the wrapper that the file should go through, or nil.
	past *wrapper
}

// holds reports whether a function of the file belongs to a wrapper.
func (w *wrapping) holds(function string) bool {
	return slices.ContainsFunc(w.own, func(own *wrapper) bool {
		return own.function == "" || function == own.function || strings.HasPrefix(function, own.function+".")
	})
}

// any reports whether the file has to do with a wrapper.
func (w *wrapping) any() bool { return len(w.own) > 0 || w.past != nil }

// asked returns what is asked of a file with these names besides where its sites are.
// Where no wrapper is, nobody asks what is dumped past one.
func (s *Scanner) asked(g *gate, e *exact, show string) aside {
	if s.SitesOnly {
		return 0
	}
	out := g.asked(show, e)
	if out&wraps != 0 {
		if w := s.wrapping(g, show); !w.any() {
			out &^= wraps
		}
	}
	return out
}

// wrapping says what wrappers are to a file. It hangs on the configuration and on the
// files in reach, and not on the order in which these are scanned.
func (s *Scanner) wrapping(g *gate, show string) wrapping {
	if s.Wrappers != nil {
		return s.Modules.configured(g, s.Wrappers, show)
	}
	if s.Modules == nil {
		return wrapping{}
	}
	return s.Modules.wrapping(g, show)
}

// configured is wrapping for wrappers that somebody names.
func (m *Modules) configured(g *gate, names []string, show string) (out wrapping) {
	stem := "/" + strings.TrimSuffix(strings.TrimSuffix(show, path.Ext(show)), "/__init__")
	// Who runs in a package sees less of the path than of the name.
	if module, _ := m.nameOf(show); strings.Count(module, ".") >= strings.Count(stem, "/") {
		stem = "/" + strings.ReplaceAll(module, ".", "/")
	}
	for _, name := range names {
		w := m.named(g, name)
		parts := strings.Split(name, ".")
		for n := len(parts); n > 0; n-- {
			module := "/" + strings.Join(parts[:n], "/")
			// A package holds the modules below it, if all of it is the wrapper.
			if strings.HasSuffix(stem, module) || n == len(parts) && strings.Contains(stem, module+"/") {
				own := *w
				own.function = strings.Join(parts[n:], ".")
				out.own = append(out.own, &own)
				break
			}
		}
		if out.past == nil {
			out.past = w
		}
	}
	return out
}

// named returns a wrapper that somebody names, with what its module does, if that is in
// reach. What is not in reach is believed to do all that a wrapper should.
func (m *Modules) named(g *gate, name string) *wrapper {
	w := &wrapper{name: name, used: true, unseen: true, wrapperFacts: wrapperFacts{dumps: true, protects: true, signs: true}}
	if m == nil {
		return w
	}
	if known, ok := m.wrapperNames.Load(name); ok {
		return known.(*wrapper) //nolint:forcetypeassert // nothing else is stored
	}
	for module, found := name, true; found; module, _, found = cutLast(module) {
		file, raw, _ := m.find(module)
		if file == "" {
			continue
		}
		if facts, ok := readWrapper(g, m.Show(file), raw, module, path.Base(file) == "__init__.py"); ok {
			w.wrapperFacts, w.unseen = facts, false
		}
		break
	}
	m.wrapperNames.Store(name, w)
	return w
}

// wrapping is what the wrappers are to a file that plainly are some.
func (m *Modules) wrapping(g *gate, show string) (out wrapping) {
	found := m.wrappers(g)
	if len(found) == 0 {
		return out
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	file, ok := m.index().shown[show]
	if !ok {
		return out
	}
	base, module, _ := m.shared.place(file)
	for _, w := range found {
		switch {
		case w.file == file || w.within != "" && strings.HasPrefix(file, w.within+"/"):
			out.own = append(out.own, w)
		case w.protects && m.reaches(w, base, module) && (out.past == nil || len(w.dir) > len(out.past.dir)):
			out.past = w
		}
	}
	if len(out.own) > 0 {
		out.past = nil
	}
	return out
}

// manyTops is how many packages may stand side by side for one to be thought to know
// the wrappers of another. More are libraries that happen to be in one directory.
const manyTops = 8

// reaches reports whether a file belongs to the project of a wrapper: it is imported from
// the same directory or one below, or stands beside the sources.
func (m *Modules) reaches(w *wrapper, base, module string) bool {
	within := func(dir string) bool { return base == dir || strings.HasPrefix(base, strings.TrimSuffix(dir, "/")+"/") }
	if last := path.Base(w.dir); !within(w.dir) && (last != "src" && last != "lib" || !within(path.Dir(w.dir))) {
		return false
	}
	top, _, packaged := strings.Cut(w.name, ".")
	other, _, _ := strings.Cut(module, ".")
	if !packaged || top == other {
		return true
	}
	tops := 0
	for dir := range m.shared.packages {
		if path.Dir(dir) == w.dir {
			tops++
		}
	}
	return tops <= manyTops
}

var (
	// plainWrapper matches modules that are named for nothing but safe pickling.
	plainWrapper = regexp.MustCompile(`(?:^|_)(?:safer?|secured?|signed|signing|restricted|trusted|verified|authenticated|hardened|hmac|sandboxed|guarded)_?` +
		`(?:un)?pickl(?:e|es|er|ers|ing)(?:_|$)|^_?(?:(?:safer?|secured?|signed|signing|restricted|trusted|verified|authenticated|hardened|hmac|sandboxed|guarded)_?` +
		`(?:loads?|loader|loading|(?:de)?seriali[sz](?:e|er|ers|ation)|serde)|(?:un)?pickler?_?(?:safe|secure|signed|restricted|guard|wrapper))$`)
	// likeWrapper matches modules that may hold a wrapper besides other things.
	likeWrapper = regexp.MustCompile(`pickl|serial|serde|sign|secur|safe|hmac|crypt|codec|trust`)
)

// wrappers finds the modules in reach that plainly are wrappers, once. Only files are
// read of which the name says that they may be one: what is found does not hang on what
// was scanned before.
func (m *Modules) wrappers(g *gate) []*wrapper {
	m.wrapped.Do(func() {
		var files []string
		for stem, of := range m.files {
			named := likeWrapper.MatchString(strings.ToLower(stem)) || plainWrapper.MatchString(strings.ToLower(stem))
			for _, f := range of {
				if path.Ext(f) == ".py" && (named || isPlain(path.Base(path.Dir(f)))) && !m.isSideline(f) {
					files = append(files, f)
				}
			}
		}
		slices.Sort(files)
		for _, f := range slices.Compact(files) {
			if w := m.wrapperIn(g, f); w != nil {
				m.wrapperList = append(m.wrapperList, w)
			}
		}
		slices.SortStableFunc(m.wrapperList, func(a, b *wrapper) int { return cmp.Compare(a.file, b.file) })
	})
	return m.wrapperList
}

// wrapperIn reads a file that may be a wrapper by its name.
func (m *Modules) wrapperIn(g *gate, file string) *wrapper {
	raw, err := m.Read(file)
	if err != nil || len(raw) > MaxModule || !bytes.Contains(raw, []byte("load")) || !g.plain.spelled(raw) {
		return nil
	}
	m.shared.mu.Lock()
	dir, module, pkg := m.index().place(file)
	m.shared.mu.Unlock()
	within, name := "", module
	if around, last, found := cutLast(module); found && !isPlain(last) {
		if _, parent, _ := cutLast(around); isPlain(parent) {
			within, name = path.Dir(file), around
		}
	} else if pkg && isPlain(last) {
		within = path.Dir(file)
	}
	_, last, _ := cutLast(name)
	plain := isPlain(last)
	if !plain && !mayProtect(raw) {
		return nil
	}
	facts, ok := readWrapper(g, m.Show(file), raw, module, pkg)
	if !ok || !facts.qualifies(plain) {
		return nil
	}
	w := &wrapper{name: name, file: file, dir: dir, within: within, used: m.imported(file, within, last), wrapperFacts: facts}
	if !plain && !w.used {
		return nil
	}
	return w
}

// mostImporters bounds the files that are asked whether they import a wrapper. Where more
// do not, it counts as one that nobody uses.
const mostImporters = 5_000

// imported reports whether a line of some other file begins to import a module by the last
// part of its name.
func (m *Modules) imported(file, within, last string) bool {
	form := regexp.MustCompile(`(?m)^[ \t]*(?:from|import)[ \t][^\n#]*\b` + regexp.QuoteMeta(last) + `\b`)
	asked := 0
	for _, stem := range slices.Sorted(maps.Keys(m.files)) {
		for _, f := range m.files[stem] {
			if path.Ext(f) != ".py" || f == file || within != "" && strings.HasPrefix(f, within+"/") {
				continue
			}
			if asked++; asked > mostImporters {
				return false
			}
			if raw, err := m.Read(f); err == nil && bytes.Contains(raw, []byte(last)) && form.Match(raw) {
				return true
			}
		}
	}
	return false
}

// isPlain reports the name of a module that is named for nothing but safe pickling.
func isPlain(name string) bool { return plainWrapper.MatchString(strings.ToLower(name)) }

// cutLast cuts a dotted name before its last part.
func cutLast(name string) (before, last string, found bool) {
	dot := strings.LastIndexByte(name, '.')
	return name[:max(dot, 0)], name[dot+1:], dot >= 0
}

// isSideline reports a file in reach of tests, examples or documentation: where what is
// linted lies does not count.
func (m *Modules) isSideline(file string) bool {
	below := file
	for _, top := range m.Tops {
		if rest, ok := strings.CutPrefix(file, strings.TrimSuffix(top, "/")+"/"); ok && len(rest) < len(below) {
			below = rest
		}
	}
	return isSideline(below)
}

// isSideline reports a file of tests, examples or documentation by its path.
func isSideline(file string) bool {
	return lint.IsTest(file) || slices.ContainsFunc(strings.Split(path.Dir(file), "/"), func(dir string) bool { return sidelines[dir] })
}

var sidelines = map[string]bool{"test": true, "tests": true, "testing": true, "examples": true, "docs": true, "benchmarks": true}

// plainWords are the functions and classes that load and dump pickles, checking nothing, and
// that wrappers stand before: those of pickle and what takes its place. What else loads
// pickles (torch.load, pandas.read_pickle) has files of its own.
type plainWords struct {
	// loads and dumps are their names, and lasts those without their modules.
	loads, dumps         map[string]bool
	lastLoads, lastDumps map[string]bool
	// modules are where they are.
	modules map[string]bool
}

// newPlainWords reads them from the catalogue.
func newPlainWords(c *catalog.Catalog) plainWords {
	p := plainWords{make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[string]bool)}
	for _, dump := range c.PythonDumps() {
		if !dump.Plain {
			continue
		}
		dot := strings.LastIndexByte(dump.Name, '.')
		p.modules[dump.Name[:dot]], p.dumps[dump.Name], p.lastDumps[dump.Name[dot+1:]] = true, true, true
		if _, ok := c.PythonSink(dump.Load()); ok {
			p.loads[dump.Load()], p.lastLoads[dump.Load()[dot+1:]] = true, true
		}
	}
	return p
}

// spelled reports that a source spells one of the modules.
func (p *plainWords) spelled(raw []byte) bool {
	for module := range p.modules {
		if bytes.Contains(raw, []byte(module)) {
			return true
		}
	}
	return false
}

// wrapWords are the sets of words with which a file may dump past a wrapper.
func (g *gate) wrapWords() (out [][]int) {
	g.plain = newPlainWords(g.catalog)
	for _, dump := range slices.Sorted(maps.Keys(g.plain.lastDumps)) {
		for _, top := range slices.Sorted(maps.Keys(g.plain.modules)) {
			words := append(catalog.Words(top), dump)
			out = append(out, g.numbers(words))
			g.addSeed(wraps, words, nil)
		}
	}
	unnamed := []string{"channel", unnamedChannel}
	out = append(out, g.numbers(unnamed))
	g.addSeed(wraps, unnamed, nil)
	return out
}
