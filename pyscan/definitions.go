package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
)

const (
	// maxHops bounds how often a name is imported from elsewhere, how deep
	// classes stand on each other, and how deep functions are followed.
	maxHops = 6
	// maxCalled bounds how deep the calls of a method are followed: what is further
	// away says little about it.
	maxCalled = 4
	// maxChain bounds the classes that one stands on.
	maxChain = 64
	// maxSteps bounds the definitions that are looked at to answer one question.
	maxSteps = 500
)

// walk is one question.
type walk struct {
	*Modules
	steps int
	// proving: a proof asks, and not a pickle.
	proving bool
}

// Define says what a module of the sources in reach binds to a walk of attributes.
func (m *Modules) Define(module string, attrs []string) *blob.Definition {
	w := &walk{Modules: m, steps: maxSteps}
	at, name, sure, names := w.seek(module, attrs, maxHops)
	if at == nil {
		if len(names) == 0 {
			return nil
		}
		// An import that leads out of the sources.
		path, line := w.origin(module, attrs)
		return &blob.Definition{Path: path, Line: line, Kind: blob.Imported, Names: names, Sure: sure}
	}
	d := at.defs[name]
	out := &blob.Definition{Path: at.path, Line: d.line, Kind: d.kind, Sure: sure}
	switch d.kind {
	case blob.Class:
		w.class(out, d)
	case blob.Function:
		f := blob.Method{Path: at.path, Line: d.line}
		w.body(&f, d.body, nil)
		out.Methods = []blob.Method{f}
	}
	out.Sure = out.Sure && w.steps > 0
	return out
}

// origin is where the module that was asked, or one below it, binds the first name
// that is none of a module.
func (w *walk) origin(module string, attrs []string) (path string, line int) {
	for len(attrs) > 0 {
		facts := w.load(module)
		if facts == nil {
			break
		}
		if d := facts.defs[attrs[0]]; d != nil {
			return facts.path, d.line
		}
		module, attrs = module+"."+attrs[0], attrs[1:]
	}
	return "", 0
}

// seek follows a walk through the modules in reach, to a definition in one of them
// or to the names outside for which it may stand.
func (w *walk) seek(module string, attrs []string, hops int) (at *moduleFacts, name string, sure bool, names []string) {
	facts := w.load(module)
	w.steps--
	if facts == nil || hops == 0 || w.steps < 0 || len(attrs) == 0 {
		return nil, "", false, nil
	}
	if d := facts.defs[strings.Join(attrs, ".")]; d != nil && d.kind != blob.Imported {
		first := facts.defs[attrs[0]]
		return facts, strings.Join(attrs, "."), w.certain(facts, d) && w.certain(facts, first) && len(d.names) == 0, d.names
	}
	if path, ok := w.object(facts, attrs); ok {
		return facts, path, true, nil
	}
	d := facts.defs[attrs[0]]
	if d == nil && len(facts.stars) > 0 {
		if at, name, sure = w.throughStars(facts, attrs, hops); at != nil {
			return at, name, sure, nil
		}
	}
	if d == nil && len(attrs) > 1 && w.load(module+"."+attrs[0]) != nil {
		// A module of the package, if somebody has imported it.
		at, name, _, names = w.seek(module+"."+attrs[0], attrs[1:], hops-1)
		return at, name, false, names
	}
	if d == nil || d.kind != blob.Imported {
		return nil, "", false, nil
	}
	sure = w.certain(facts, d)
	for _, n := range d.names {
		full := strings.Join(append([]string{n}, attrs[1:]...), ".")
		in, inner, innerSure, further := w.resolve(full, hops-1)
		if in != nil && len(d.names) == 1 {
			return in, inner, sure && innerSure, nil
		}
		if in == nil && len(further) == 0 {
			further = []string{full}
		}
		sure = sure && (in != nil || len(further) == 1)
		names = append(names, further...)
	}
	return nil, "", sure && len(names) == 1, names
}

// resolve looks a dotted name up in the modules in reach.
func (w *walk) resolve(full string, hops int) (at *moduleFacts, name string, sure bool, names []string) {
	for i := strings.LastIndexByte(full, '.'); i > 0; i = strings.LastIndexByte(full[:i], '.') {
		if w.load(full[:i]) != nil {
			return w.seek(full[:i], strings.Split(full[i+1:], "."), hops)
		}
	}
	return nil, "", false, nil
}

// outside reports whether no module of the sources can be meant by a dotted name.
func (w *walk) outside(full string) bool {
	for i := strings.LastIndexByte(full, '.'); i > 0; i = strings.LastIndexByte(full[:i], '.') {
		if w.load(full[:i]) != nil {
			return false
		}
	}
	return true
}

// class gathers what a class and those that it stands on say, the most derived
// first.
func (w *walk) class(out *blob.Definition, d *defFacts) {
	type level struct {
		*classFacts
		path string
		hops int
	}
	chain := []level{{d.class, out.Path, maxHops}}
	seen := map[*classFacts]bool{d.class: true}
	for i := 0; i < len(chain); i++ {
		c := chain[i]
		out.Open = out.Open || c.open
		out.Decorators = append(out.Decorators, c.decorators...)
		for _, base := range c.bases {
			at, name, sure, names := w.resolve(base, c.hops)
			switch {
			case at != nil && at.defs[name].class != nil && sure:
				if in := at.defs[name].class; c.hops > 0 && !seen[in] && len(chain) < maxChain {
					seen[in] = true
					chain = append(chain, level{in, at.path, c.hops - 1})
				} else {
					out.Open = true
				}
			case at == nil && len(names) == 1 && sure:
				out.Bases = append(out.Bases, names[0])
			case at == nil && len(names) == 0 && w.outside(base):
				out.Bases = append(out.Bases, base)
			default:
				out.Open = true
			}
		}
	}
	methods := func(name string) (all []*funcFacts, path string) {
		for _, c := range chain {
			if f := c.methods[name]; f != nil {
				if all = append(all, f); path == "" {
					path = c.path
				}
				if !f.super {
					break
				}
			}
		}
		return all, path
	}
	told := make(map[string]bool)
	for _, c := range chain {
		for name := range c.methods {
			if told[name] || !automatic(name) {
				continue
			}
			told[name] = true
			all, path := methods(name)
			f := blob.Method{Name: name, Path: path, Line: all[0].line}
			for _, body := range all {
				w.body(&f, body, methods)
			}
			out.Methods = append(out.Methods, f)
		}
	}
	slices.SortFunc(out.Methods, func(a, b blob.Method) int { return strings.Compare(a.Name, b.Name) })
}

// body adds what a function calls, by way of functions of the sources too.
func (w *walk) body(f *blob.Method, start *funcFacts, methods func(string) ([]*funcFacts, string)) {
	type todo struct {
		*funcFacts
		hops int
		own  bool // a method of the class
	}
	seen := map[*funcFacts]bool{start: true}
	for queue := []todo{{start, maxCalled, true}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if w.steps--; w.steps < 0 || at.hops == 0 {
			f.Opaque = true
			continue
		}
		f.Opaque = f.Opaque || at.opaque
		next := func(in *funcFacts, own bool) {
			if in != nil && !seen[in] {
				seen[in] = true
				queue = append(queue, todo{in, at.hops - 1, own})
			}
		}
		for _, name := range at.selves {
			if methods == nil || !at.own {
				f.Opaque = true
				continue
			}
			all, _ := methods(name)
			if len(all) == 0 {
				f.Opaque = true
			}
			for _, in := range all {
				next(in, true)
			}
		}
		for _, call := range at.calls {
			in, name, sure, names := w.resolve(call, maxHops)
			switch {
			case in != nil:
				d := in.defs[name]
				f.Opaque = f.Opaque || !sure || d.kind == blob.Class
				next(d.body, false)
				if d.class != nil {
					next(d.class.methods["__init__"], false)
					next(d.class.methods["__new__"], false)
				}
			case len(names) > 0:
				f.Opaque = f.Opaque || !sure
				addCalls(f, names...)
			case w.outside(call):
				addCalls(f, call)
			default:
				f.Opaque = true
			}
		}
	}
}

func addCalls(f *blob.Method, names ...string) {
	for _, n := range names {
		switch {
		case slices.Contains(f.Calls, n):
		case len(f.Calls) >= maxCalls:
			f.Opaque = true
		default:
			f.Calls = append(f.Calls, n)
		}
	}
}
