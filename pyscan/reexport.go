package pyscan

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// shared is what the scanned files among the modules give to each other: names for
// sinks that one of them binds, and another imports.
type shared struct {
	mu sync.Mutex
	// shown maps the paths that messages name to those of the files; packages are
	// the directories with an __init__.py.
	shown    map[string]string
	packages map[string]bool
	// given holds what modules bind, by the directory from which programs import
	// them: names such as "mypkg.compat.load", and what those are.
	given map[string]map[string]string
	// met holds the words that each scanned file has, as bits; all of them where
	// that was not asked.
	met map[string][]uint64
	// imports holds hashes of the modules in reach that each scanned file imports.
	imports map[string][]uint32
	// waiting are files that wait for the second look; known the sites of those
	// that were told, by their offsets.
	waiting map[string]bool
	known   map[string]map[int64]bool
}

// maxGiven bounds the names that are remembered below one directory.
const maxGiven = 5_000

// index names the files by what messages call them, once.
func (m *Modules) index() *shared {
	s := &m.shared
	if s.shown != nil {
		return s
	}
	s.shown, s.packages = make(map[string]string), make(map[string]bool)
	s.given, s.met, s.imports = make(map[string]map[string]string), make(map[string][]uint64), make(map[string][]uint32)
	s.waiting, s.known = make(map[string]bool), make(map[string]map[int64]bool)
	for _, files := range m.files {
		for _, f := range files {
			s.shown[m.Show(f)] = f
			if path.Base(f) == "__init__.py" {
				s.packages[path.Dir(f)] = true
			}
		}
	}
	return s
}

// place returns the directory from which a file is imported, and its module name.
func (s *shared) place(file string) (base, module string, pkg bool) {
	dir, name := path.Dir(file), strings.TrimSuffix(path.Base(file), ".py")
	if name == "__init__" {
		dir, name, pkg = path.Dir(dir), path.Base(dir), true
	}
	for s.packages[dir] && path.Dir(dir) != dir {
		dir, name = path.Dir(dir), path.Base(dir)+"."+name
	}
	return dir, name, pkg
}

// nameOf returns the module name of a file that messages name, or "".
func (m *Modules) nameOf(show string) (module string, pkg bool) {
	if m == nil {
		return "", false
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	file, ok := m.index().shown[show]
	if !ok {
		return "", false
	}
	_, module, pkg = m.shared.place(file)
	return module, pkg
}

// closed notes a file of which the rough look says that it has no site.
func (m *Modules) closed(g *gate, show string, text []byte, seen *glimpse) {
	if m == nil {
		return
	}
	m.imports(show, text, seen.importPlaces())
	if seen.seen == nil {
		seen.grow(g)
	}
	bits := make([]uint64, (len(seen.seen)+63)/64)
	for id, ok := range seen.seen {
		if ok {
			bits[id/64] |= 1 << (id % 64)
		}
	}
	m.shared.mu.Lock()
	m.index().met[show] = bits
	m.shared.mu.Unlock()
	m.mayGive(g, show, text, seen.words)
}

// pickles are the modules that compatibility modules are made for.
var pickles = []string{"pickle", "cPickle", "_pickle", "pickle5", "dill", "cloudpickle", "marshal", "joblib", "shelve", "yaml", "jsonpickle"}

// sharers are those, and modules whose objects one module makes for others.
var sharers = append(slices.Clone(pickles), "mpi4py")

// mayGive notes what a file gives that has no site itself, if it imports one of the
// modules for which others are made. seen are its words.
func (m *Modules) mayGive(g *gate, show string, text []byte, seen words) {
	if m == nil {
		return
	}
	for _, word := range sharers {
		if id, ok := g.ids[word]; !ok || seen.seen == nil || !seen.seen[id] {
			continue
		}
		for rest := text; ; {
			at := bytes.Index(rest, []byte(word))
			if at < 0 {
				break
			}
			line := bytes.TrimLeft(rest[bytes.LastIndexByte(rest[:at], '\n')+1:at], " \t")
			if bytes.HasPrefix(line, []byte("import ")) || bytes.HasPrefix(line, []byte("from ")) {
				module, pkg := m.nameOf(show)
				m.gives(g, show, g.read(text, module, pkg))
				return
			}
			rest = rest[at+len(word):]
		}
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	if s := m.index(); s.met[show] == nil {
		s.met[show] = []uint64{}
	}
}

// gives notes what a module binds: what it imports and what it sets a name to, at
// whatever place. Whoever imports a name that is bound elsewhere only fails.
func (m *Modules) gives(g *gate, show string, t *tokens) {
	if m == nil {
		return
	}
	m.shared.mu.Lock()
	s := m.index()
	file, ok := s.shown[show]
	if _, met := s.met[show]; !met {
		s.met[show] = []uint64{}
	}
	m.shared.mu.Unlock()
	if !ok || path.Ext(file) != ".py" {
		return
	}
	base, module, _ := s.place(file)
	found := g.binds(t)
	if len(found) == 0 {
		return
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	all := s.given[base]
	if all == nil {
		all = make(map[string]string)
		s.given[base] = all
	}
	for name, target := range found {
		if len(all) < maxGiven {
			all[module+"."+name] = target
		}
	}
}

// binds lists the names that a source binds to sinks and modules on the way to one.
func (g *gate) binds(t *tokens) map[string]string {
	out := make(map[string]string)
	note := func(name, target string) {
		// A module of a thousand functions is passed on by everybody who uses it.
		_, sink := g.catalog.PythonSink(target)
		_, object := g.words.Canonical(target + "()")
		object = object && g.ways[target] || strings.HasSuffix(target, "()")
		if (sink || object || slices.Contains(pickles, target)) && target != t.module+"."+name && out[name] == "" {
			out[name] = target
		}
	}
	for name, targets := range t.bound {
		for _, target := range targets {
			note(name, target)
		}
	}
	for _, star := range t.stars {
		for alias, target := range g.further {
			if name, ok := strings.CutPrefix(alias, star+"."); ok && !strings.Contains(name, ".") && !strings.HasPrefix(name, "_") {
				note(name, target)
			}
		}
		if !slices.Contains(pickles, star) {
			continue
		}
		for _, sink := range g.catalog.PythonSinks() {
			if name, ok := strings.CutPrefix(sink.Name, star+"."); ok && !strings.HasPrefix(name, "_") {
				name = strings.TrimSuffix(strings.SplitN(name, ".", 2)[0], "()") // of a method its class
				note(name, star+"."+name)
			}
		}
	}
	t.rewind()
	for first := true; t.tok.Kind != prelex.EOF; {
		name := ""
		if first && t.tok.Kind == prelex.Name {
			name = t.word()
		}
		first = t.tok.Kind == prelex.Newline || t.isOp(';') || t.isOp(':')
		t.next()
		if name == "" || !t.assigns() {
			continue
		}
		t.next()
		if value := t.dotted(); value != "" && (t.tok.Kind == prelex.Newline || t.tok.Kind == prelex.EOF) {
			for _, target := range t.standsFor(value) {
				note(name, target)
			}
		}
	}
	return out
}

// waits reports whether a file with directives is looked at later, when it is known
// what all files give.
func (m *Modules) waits(show string) bool {
	if m == nil {
		return false
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	s := m.index()
	if _, ok := s.shown[show]; !ok {
		return false
	}
	s.waiting[show] = true
	return true
}

// told notes the sites of a file that were told.
func (m *Modules) told(show string, res *Result) {
	if m == nil {
		return
	}
	at := make(map[int64]bool)
	for _, site := range res.Sites {
		at[site.Offset] = true
	}
	for _, dump := range res.Dumps {
		at[dump.Offset] = true
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	m.index().known[show] = at
}

// maxClimbs bounds how often a package gives on what another one gives.
const maxClimbs = 3

// climb adds what packages give that import it from their own modules: no word of
// a sink need be in their files.
func (m *Modules) climb(g *gate) {
	s := m.index()
	for base, all := range s.given {
		for range maxClimbs {
			found := make(map[string]string)
			inner := g.with(all)
			for _, pkg := range s.packagesOf(base, all) {
				file := path.Join(base, strings.ReplaceAll(pkg, ".", "/"), "__init__.py")
				if !s.packages[path.Dir(file)] {
					continue
				}
				raw, err := m.Read(file)
				if err != nil || len(raw) > MaxModule || !bytes.Contains(raw, []byte("import")) {
					continue
				}
				text, _ := decode.Decode(raw, decode.Declared(raw))
				for name, target := range inner.binds(inner.read(prelex.Normalise(text.Bytes, nil).Text, pkg, true)) {
					if full := pkg + "." + name; all[full] == "" {
						found[full] = target
					}
				}
			}
			if len(found) == 0 || len(all)+len(found) > maxGiven {
				break
			}
			maps.Copy(all, found)
		}
	}
}

// manyPackages is how many packages a run may have for all of them to be asked what
// they give on.
const manyPackages = 1_000

// packagesOf lists the packages below a directory that may give names on, sorted:
// those around the modules of the names, or all.
func (s *shared) packagesOf(base string, all map[string]string) []string {
	out := make(map[string]bool)
	for name := range all {
		module := name[:strings.LastIndexByte(name, '.')]
		for dot := strings.LastIndexByte(module, '.'); dot > 0; dot = strings.LastIndexByte(module[:dot], '.') {
			out[module[:dot]] = true
		}
	}
	if len(s.packages) <= manyPackages {
		for dir := range s.packages {
			if from, module, _ := s.place(path.Join(dir, "__init__.py")); from == base {
				out[module] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
}
