package pyscan

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// The bytes of a load are often a parameter of a public function, and the request that they
// come from is read in another module. Who calls is looked for among the files of the same
// package, if they are few: a program, and no library.

const (
	// maxCallerHops bounds the modules between a source and the function with the load.
	maxCallerHops = 2
	// MaxNear and maxNearText bound the files of a package that are searched for calls, and
	// their text together, in bytes; maxCallers those that are parsed for one parameter.
	MaxNear     = 64
	maxNearText = 1 << 20
	maxCallers  = 4
)

// farWay is the way through other modules.
type farWay struct {
	steps []lint.Step
	// text is the source of where it begins, and where that is.
	text string
}

// near are the texts of the files of a package, as long as they are asked for.
type near struct {
	dir   string
	files []string
	texts [][]byte
	// patches are what the files replace in modules, once searched.
	patches  []patch
	searched bool
}

// calledFrom tells where what other modules pass to a function comes from.
func (f *file) calledFrom(function string, position int, name string, kind taint.Kind, hops int) (taint.Origin, bool) {
	m := f.modules
	m.shared.mu.Lock()
	own := m.index().shown[f.path]
	m.shared.mu.Unlock()
	if own == "" || len(function) > maxFunction {
		return taint.Origin{}, false
	}
	if hops == maxCallerHops {
		m.callers.Lock()
		defer m.callers.Unlock()
	}
	module := []byte(f.module[strings.LastIndexByte(f.module, '.')+1:])
	m.nearTo(own, f.module)
	files, texts := m.near.files, m.near.texts
	parsed := 0
	for k, raw := range texts {
		if files[k] == own || parsed >= maxCallers || !hasWord(raw, function) || !bytes.Contains(raw, module) || !m.mayImport(m.Show(files[k]), raw, f.module) {
			continue
		}
		parsed++
		if o, ok := f.callsFrom(files[k], raw, function, position, name, kind, hops); ok {
			return o, true
		}
	}
	return taint.Origin{}, false
}

// callsFrom looks at the calls in one file.
func (f *file) callsFrom(from string, raw []byte, function string, position int, name string, kind taint.Kind, hops int) (o taint.Origin, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // what is not followed stays an unjustified load
		}
	}()
	show := f.modules.Show(from)
	module, pkg := f.modules.nameOf(show)
	if module == "" {
		return o, false
	}
	src, _ := moduleSource(show, raw)
	tree := src.parse()
	if tree == nil {
		return o, false
	}
	other := &file{source: src, gate: f.gate, tree: tree, module: module, pkg: pkg, inside: f.inside}
	origins := other.origins()
	if hops > 1 {
		other.modules = f.modules
		origins.Callers = func(function string, position int, name string, kind taint.Kind) (taint.Origin, bool) {
			return other.calledFrom(function, position, name, kind, hops-1)
		}
	}
	calls, values := origins.Calls(f.module, function, position, name)
	for k, value := range values {
		if o, ok = origins.Of(value, kind); !ok {
			continue
		}
		way := &farWay{}
		if before, far := o.Far.(*farWay); far {
			*way = farWay{slices.Clone(before.steps), before.text}
		} else {
			at := &tree.Nodes[o.Node]
			way.text = fmt.Sprintf("%s in %s, line %d", other.hop(&o), show, other.line(at.Start))
		}
		for _, step := range o.Steps {
			n := &tree.Nodes[step.Node]
			way.steps = append(way.steps, lint.Step{Location: other.location(n.Start, n.End), Text: step.Text})
		}
		n := &tree.Nodes[calls[k]]
		way.steps = append(way.steps, lint.Step{Location: other.location(n.Start, n.End), Text: "passed to `" + lint.Printable(other.excerpt(calls[k], maxHop)) + "`"})
		o.Far = way
		return o, true
	}
	return o, false
}

// mayImport reports a source that may import a module, or something of it: only by such a name
// is a call of its functions known.
func (m *Modules) mayImport(show string, raw []byte, module string) (may bool) {
	own, pkg := m.nameOf(show)
	ways := []uint32{hashOf(module)}
	if around, ok := catalog.Shorter(module); ok {
		ways = append(ways, hashOf(around+below))
	}
	var imported []uint32
	eachImport(raw, importPlaces(raw), func(line []byte, open bool) bool {
		imported = m.importsOf(imported[:0], string(line), own, pkg)
		may = open || slices.ContainsFunc(imported, func(h uint32) bool { return slices.Contains(ways, h) })
		return !may
	})
	return may
}

// nearTo reads the files of the package of a module, or of the directory of one that is in
// none.
func (m *Modules) nearTo(own, module string) {
	dir := path.Dir(own)
	for n := strings.Count(module, "."); n > 1 || n == 1 && path.Base(own) == "__init__.py"; n-- {
		dir = path.Dir(dir)
	}
	if m.near.dir == dir {
		return
	}
	m.near = near{dir: dir}
	if m.sorted == nil {
		m.shared.mu.Lock()
		for _, file := range m.index().shown {
			m.sorted = append(m.sorted, file)
		}
		m.shared.mu.Unlock()
		slices.Sort(m.sorted)
	}
	from, _ := slices.BinarySearch(m.sorted, dir+"/")
	var files []string
	for _, file := range m.sorted[from:] {
		if !strings.HasPrefix(file, dir+"/") {
			break
		}
		if path.Ext(file) == ".py" {
			files = append(files, file)
		}
		if len(files) > MaxNear {
			return
		}
	}
	size := 0
	var texts [][]byte
	for _, file := range files {
		raw, err := m.Read(file)
		if err != nil {
			raw = nil // it is told where the file is linted
		}
		if size += len(raw); size > maxNearText {
			return
		}
		texts = append(texts, raw)
	}
	m.near.files, m.near.texts = files, texts
}
