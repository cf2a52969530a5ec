package pyscan

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/notebook"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// Again is the second look at some of the files that a Scanner with Modules has
// seen: those that may import from another what that imports or binds, and those
// with directives, which may excuse such a use.
type Again struct {
	scanner *Scanner
	gate    *gate
	// gates holds those that know what is given, by the directory from which the
	// scanned file is imported.
	gates map[string]*gate
	// alike holds the same by what is given.
	alike map[string]*gate
	paths []string
}

// Meet reads a file for what it gives to others among Modules, and finds nothing: it takes a
// fraction of the time of Scan where [Scanner.Again] is wanted for some files only.
func (s *Scanner) Meet(ctx context.Context, path string, src []byte) {
	met := *s
	met.meets = true
	met.scan(ctx, path, src, new(Result))
}

// Again is to be called when all files were scanned. It returns nil without Modules.
func (s *Scanner) Again() *Again {
	if s.Modules == nil {
		return nil
	}
	c := s.Catalog
	if c == nil {
		c = catalog.Builtin()
	}
	a := &Again{scanner: s, gate: s.gateFor(c), gates: make(map[string]*gate), alike: make(map[string]*gate)}
	m := s.Modules
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	m.climb(a.gate)
	shared := m.index()
	for show, imports := range shared.imports {
		file := shared.shown[show]
		if file == "" {
			continue
		}
		base, _, _ := shared.place(file)
		g := a.gateOf(base)
		if shared.waiting[show] || g != nil && g.given.mayUse(shared.met[show], imports) {
			a.paths = append(a.paths, show)
		}
	}
	for show := range shared.waiting {
		if _, met := shared.imports[show]; !met {
			a.paths = append(a.paths, show)
		}
	}
	slices.Sort(a.paths)
	return a
}

// Paths lists the files to be looked at, as messages name them, sorted.
func (a *Again) Paths() []string { return a.paths }

// gateOf makes the gate for files that are imported from a directory, or returns
// nil if nothing is given to them.
func (a *Again) gateOf(base string) *gate {
	g, ok := a.gates[base]
	if ok {
		return g
	}
	shared := &a.scanner.Modules.shared
	var from, hidden []string
	for dir, gives := range shared.given {
		if dir != base && !strings.HasPrefix(base, strings.TrimSuffix(dir, "/")+"/") {
			// Tests stand beside src, as a rule.
			parent := path.Dir(dir)
			if last := path.Base(dir); last != "src" && last != "lib" || base != parent && !strings.HasPrefix(base, strings.TrimSuffix(parent, "/")+"/") {
				continue
			}
		}
		from = append(from, dir)
		for name := range gives {
			top, _, _ := strings.Cut(name, ".")
			if dir != base && !slices.Contains(hidden, dir+":"+top) && a.scanner.Modules.has(base, top) {
				hidden = append(hidden, dir+":"+top) // a nearer module of that name
			}
		}
	}
	slices.Sort(from)
	slices.Sort(hidden)
	// Most directories see the same.
	key := strings.Join(from, "\x00") + "\x00\x00" + strings.Join(hidden, "\x00")
	if g, ok = a.alike[key]; !ok {
		visible := make(map[string]string)
		for _, dir := range from {
			for name, target := range shared.given[dir] {
				if top, _, _ := strings.Cut(name, "."); !slices.Contains(hidden, dir+":"+top) {
					visible[name] = target
				}
			}
		}
		if len(visible) > 0 {
			g = a.gate.with(visible)
			g.given = givenBy(visible, a.gate)
		}
		a.alike[key] = g
	}
	a.gates[base] = g
	return g
}

// has reports whether a directory holds a module or a package of a name.
func (m *Modules) has(dir, name string) bool {
	return m.shared.packages[path.Join(dir, name)] || slices.Contains(m.files[name], path.Join(dir, name+".py"))
}

// gifts is what a gate knows of further names.
type gifts struct {
	// from holds, by the hashes of the modules that give something and of any
	// module in the packages around them, the numbers of the words that the names end with; -1
	// stands for those that a rough look does not see.
	from map[uint32][]int
	// modules holds what each module gives; around are those and the packages
	// around them.
	modules map[string][]string
	around  map[string]bool
}

// givenBy sorts further names, by the words of the gate without them.
func givenBy(further map[string]string, without *gate) *gifts {
	out := &gifts{from: make(map[uint32][]int), modules: make(map[string][]string), around: make(map[string]bool)}
	for _, name := range slices.Sorted(maps.Keys(further)) {
		dot := strings.LastIndexByte(name, '.')
		module, last := name[:dot], name[dot+1:]
		id := -1
		if without.looksFor(last) {
			id = without.ids[last]
		}
		out.reach(module, id)
		out.modules[module] = append(out.modules[module], last)
		for out.around[module] = true; strings.Contains(module, "."); out.around[module] = true {
			module = module[:strings.LastIndexByte(module, '.')]
		}
	}
	return out
}

// imported reports whether a source begins to import a module that gives something,
// and spells a name that it gives.
func (n *gifts) imported(src []byte, module string, pkg bool) (found bool) {
	eachImport(src, importPlaces(src), func(line []byte, open bool) bool {
		found = open || n.importedOn(src, string(line), module, pkg)
		return !found
	})
	return found
}

// importedOn is imported for one line.
func (n *gifts) importedOn(src []byte, line, module string, pkg bool) bool {
	words := importWords(line)
	if len(words) < 2 {
		return true
	}
	if words[0] != "from" {
		return slices.ContainsFunc(words[1:], func(w string) bool { return spells(src, n.modules[w]) })
	}
	of := strings.TrimSuffix(words[1], "import")
	if rest := strings.TrimLeft(of, "."); rest != of {
		full, ok := names.Relative(module, pkg, len(of)-len(rest), rest)
		if !ok {
			return false
		}
		of = full
	}
	if !n.around[of] {
		return false
	}
	gives := n.modules[of]
	// What does not end on the line may go on with anything.
	goesOn := strings.IndexByte(line, '(') >= 0
	if goesOn && spells(src, gives) || slices.ContainsFunc(words[2:], func(w string) bool {
		return w == "*" && len(gives) > 0 || slices.Contains(gives, w) || spells(src, n.modules[of+"."+w])
	}) {
		return true
	}
	if goesOn {
		for m, gives := range n.modules {
			if inner, ok := strings.CutPrefix(m, of+"."); ok && spells(src, []string{inner}) && spells(src, gives) {
				return true
			}
		}
	}
	return false
}

// spells reports whether one of some names stands in a source, as a word.
func spells(src []byte, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return hasWord(src, name) })
}

// maxLine bounds a statement that is read for its imports, in bytes.
const maxLine = 16 << 10

// reach notes that a module gives a word.
func (n *gifts) reach(module string, id int) {
	note := func(h uint32) {
		if !slices.Contains(n.from[h], id) {
			n.from[h] = append(n.from[h], id)
		}
	}
	note(anything)
	note(hashOf(module))
	if dot := strings.LastIndexByte(module, '.'); dot >= 0 {
		note(hashOf(module[:dot] + below))
	}
}

// mayUse reports whether a file may use a given name, by the modules that it imports
// and by its words that are words of sinks, as bits; none if that was not asked.
func (n *gifts) mayUse(bits []uint64, imports []uint32) bool {
	return slices.ContainsFunc(imports, func(h uint32) bool {
		return slices.ContainsFunc(n.from[h], func(id int) bool {
			return len(bits) == 0 || id < 0 || bits[id/64]>>(id%64)&1 != 0
		})
	})
}

// Scan looks at one of the files again. The result holds what the first look did
// not tell.
func (a *Again) Scan(ctx context.Context, show string, raw []byte) *Result {
	res := &Result{}
	a.scan(ctx, show, raw, res)
	return res
}

func (a *Again) scan(ctx context.Context, show string, raw []byte, res *Result) {
	defer func() {
		if r := recover(); r != nil {
			res.skip(lint.Location{Path: show}, "the scanner crashed: %v", r)
		}
	}()
	if path.Ext(show) == ".ipynb" {
		book, err := notebook.Parse(raw)
		if err == nil || len(book.Cells) > 0 { // what was wrong with it was told
			e := cellsOf(book, raw)
			e.lines = lineStarts(e.text.Bytes)
			a.module(ctx, show, e.text.Bytes, res)
			res.moveTo(e)
			res.sort()
		}
		return
	}
	a.module(ctx, show, raw, res)
}

// module looks again at what is Python as it stands.
func (a *Again) module(ctx context.Context, show string, raw []byte, res *Result) {
	m := a.scanner.Modules
	m.shared.mu.Lock()
	file := m.shared.shown[show]
	waiting, known := m.shared.waiting[show], m.shared.known[show]
	g := a.gate
	if file != "" {
		base, _, _ := m.shared.place(file)
		if own := a.gateOf(base); own != nil {
			g = own
		}
	}
	m.shared.mu.Unlock()
	module, pkg := m.nameOf(show)
	if !waiting {
		if g.given == nil {
			return
		}
		if !g.given.imported(raw, module, pkg) {
			return
		}
	}
	text, notices := decode.Decode(raw, a.scanner.encodingOf(raw))
	seen := exact{gate: g}
	normal := prelex.Normalise(text.Bytes, seen.visit)
	t := g.read(normal.Text, module, pkg)
	if !waiting && !g.boundBeyond(a.gate, t) {
		return
	}
	l := &look{scanner: a.scanner, gate: g, path: show, raw: raw, text: text, normal: normal, plain: normal.Text}
	if len(notices) > 0 || path.Ext(show) == ".ipynb" {
		l.raw = nil
	}
	if waiting || a.scanner.Inventory {
		if l.asides = a.scanner.asked(g, &seen, show); !waiting {
			l.asides &= writes // the rest was told
		}
	}
	if !a.scanner.whole && !a.scanner.Inventory {
		seen.verdict(normal.Text)
		l.plain, l.cuts, _ = seen.thinned(normal, t, !a.scanner.SitesOnly, l.asides, false)
	}
	if l.at(ctx, res) && !waiting {
		res.without(known)
	}
}

// without leaves out what was told of a file without directives.
func (r *Result) without(known map[int64]bool) {
	told := make(map[int]bool)
	r.Sites = slices.DeleteFunc(r.Sites, func(s *lint.Site) bool { return known[s.Offset] })
	r.Dumps = slices.DeleteFunc(r.Dumps, func(d *lint.Dump) bool { return known[d.Offset] })
	for _, s := range r.Sites {
		told[int(s.Offset)] = true
	}
	for _, l := range r.Literals {
		if !known[l.Site] {
			told[int(l.Start)] = true
		}
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f *lint.Finding) bool { return !told[int(f.Offset)] })
	if known != nil {
		r.Skips = nil
	}
}

// boundBeyond is bound for what the gate knows beyond another.
func (g *gate) boundBeyond(less *gate, t *tokens) bool {
	before := &tokens{words: less.words, text: t.text, bound: make(map[string][]string), all: t.all, module: t.module, pkg: t.pkg}
	before.rewind()
	before.imports()
	if len(t.stars) > len(before.stars) {
		return true
	}
	return len(t.bound) > 0 && t.uses(func(name string) bool {
		first, _, _ := strings.Cut(name, ".")
		return g.leads(t, name) && (len(t.bound[first]) > len(before.bound[first]) || !less.leads(before, name))
	})
}
