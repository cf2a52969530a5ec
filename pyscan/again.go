package pyscan

import (
	"bytes"
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

// Again is to be called when all files were scanned. It returns nil without Modules.
func (s *Scanner) Again() *Again {
	if s.Modules == nil {
		return nil
	}
	c := s.Catalog
	if c == nil {
		c = catalog.Builtin()
	}
	a := &Again{scanner: s, gate: gateFor(c), gates: make(map[string]*gate), alike: make(map[string]*gate)}
	m := s.Modules
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	m.climb(a.gate)
	shared := m.index()
	far := len(shared.shown) <= farFiles
	for show, bits := range shared.met {
		file := shared.shown[show]
		if file == "" {
			continue
		}
		base, _, _ := shared.place(file)
		g := a.gateOf(base)
		if shared.waiting[show] || g != nil && g.given.mayUse(shared, file, bits, far) {
			a.paths = append(a.paths, show)
		}
	}
	for show := range shared.waiting {
		if _, met := shared.met[show]; !met {
			a.paths = append(a.paths, show)
		}
	}
	slices.Sort(a.paths)
	return a
}

// farFiles is how many files a run may have for names that are no words of sinks to
// be looked for in all of them, and not only in the package that gives them.
const farFiles = 20_000

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
			g.given = givenBy(visible, a.gate.ids)
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
	// last are the numbers of the words that such names end with, as far as they
	// are words of sinks; others are the packages that give other words.
	last   []int
	others map[string]bool
	// modules holds what each module gives; around are those and the packages
	// around them.
	modules map[string][]string
	around  map[string]bool
}

// givenBy sorts further names, by the words of the gate without them.
func givenBy(further map[string]string, known map[string]int) *gifts {
	out := &gifts{others: make(map[string]bool), modules: make(map[string][]string), around: make(map[string]bool)}
	for _, name := range slices.Sorted(maps.Keys(further)) {
		dot := strings.LastIndexByte(name, '.')
		module, last := name[:dot], name[dot+1:]
		if id, ok := known[last]; !ok {
			top, _, _ := strings.Cut(name, ".")
			out.others[top] = true
		} else if !slices.Contains(out.last, id) {
			out.last = append(out.last, id)
		}
		out.modules[module] = append(out.modules[module], last)
		for out.around[module] = true; strings.Contains(module, "."); out.around[module] = true {
			module = module[:strings.LastIndexByte(module, '.')]
		}
	}
	return out
}

// imported reports whether a source begins to import a module that gives something,
// and spells a name that it gives.
func (n *gifts) imported(src []byte, module string, pkg bool) bool {
	for rest := src; len(rest) > 0; {
		line := rest
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimLeft(line, " \t>")
		if len(line) < 8 || line[0] != 'f' && line[0] != 'i' {
			continue
		}
		from := bytes.HasPrefix(line, []byte("from"))
		if !from && !bytes.HasPrefix(line, []byte("import")) {
			continue
		}
		if len(line) > maxLine {
			return true
		}
		if !n.leads(line, from) {
			continue
		}
		words := strings.FieldsFunc(string(line), func(r rune) bool { return strings.ContainsRune(" \t,()\\;\r", r) })
		// What does not end on the line may go on with anything.
		goesOn := len(words) < 2 || bytes.IndexByte(line, '(') >= 0 || bytes.IndexByte(line, '\\') >= 0
		if !from {
			if slices.ContainsFunc(words[1:], func(w string) bool { return spells(src, n.modules[w]) }) {
				return true
			}
			continue
		}
		if len(words) < 2 {
			return true
		}
		of := words[1]
		if rest := strings.TrimLeft(of, "."); rest != of {
			full, ok := names.Relative(module, pkg, len(of)-len(rest), rest)
			if !ok {
				continue
			}
			of = full
		}
		gives := n.modules[of]
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
	}
	return false
}

// leads reports whether the first module on a line that imports is one that gives
// something, or around one; others stand on few lines.
func (n *gifts) leads(line []byte, from bool) bool {
	_, rest, _ := bytes.Cut(line, []byte(" "))
	rest = bytes.TrimLeft(rest, " \t")
	end := bytes.IndexAny(rest, " \t,;\r\\(")
	if end < 0 {
		end = len(rest)
	}
	if from && end > 0 && rest[0] != '.' || !from && bytes.IndexByte(rest, ',') < 0 {
		return n.around[string(rest[:end])]
	}
	return true
}

// spells reports whether one of some names stands in a source, wherever.
func spells(src []byte, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return bytes.Contains(src, []byte(name)) })
}

// maxLine bounds how much of a line is read for its import, in bytes.
const maxLine = 1 << 10

// mayUse reports whether a file may use a given name, by its words that are words
// of sinks.
func (n *gifts) mayUse(shared *shared, file string, bits []uint64, far bool) bool {
	if len(bits) == 0 || slices.ContainsFunc(n.last, func(id int) bool { return bits[id/64]>>(id%64)&1 != 0 }) {
		return true
	}
	if len(n.others) == 0 || far {
		return len(n.others) > 0
	}
	_, module, _ := shared.place(file)
	top, _, _ := strings.Cut(module, ".")
	return n.others[top]
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
	text, _ := decode.Decode(raw, decode.Declared(raw))
	normal := prelex.Normalise(text.Bytes, nil)
	if !waiting && !g.boundBeyond(a.gate, normal.Text, module, pkg) {
		return
	}
	f := a.scanner.parse(ctx, g, res, show, text, normal)
	if f == nil {
		return
	}
	f.sites(res, a.scanner.Policy)
	f.syntaxErrors(res)
	if !waiting {
		res.without(known)
	}
}

// without leaves out what was told of a file without directives.
func (r *Result) without(known map[int64]bool) {
	told := make(map[int]bool)
	r.Sites = slices.DeleteFunc(r.Sites, func(s *lint.Site) bool { return known[s.Offset] })
	for _, s := range r.Sites {
		told[int(s.Offset)] = true
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f *lint.Finding) bool { return !told[int(f.Offset)] })
	if known != nil {
		r.Skips = nil
	}
}

// boundBeyond is bound for what the gate knows beyond another.
func (g *gate) boundBeyond(less *gate, text []byte, module string, pkg bool) bool {
	t, before := newTokens(g.words, text), newTokens(less.words, text)
	for _, t := range []*tokens{t, before} {
		t.module, t.pkg = module, pkg
		t.imports()
	}
	if len(t.stars) > len(before.stars) {
		return true
	}
	return len(t.bound) > 0 && t.uses(func(name string) bool {
		first, _, _ := strings.Cut(name, ".")
		return g.leads(t, name) && (len(t.bound[first]) > len(before.bound[first]) || !less.leads(before, name))
	})
}
