package pyscan

import (
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxTextHops bounds the modules that give a constant to each other.
const maxTextHops = 3

// textElsewhere works out a constant of another module in reach: settings.SPOOL_DIR.
func (w *ways) textElsewhere(i syntax.Index) phrase {
	nothing := phrase{text: hole}
	if w.far || w.modules == nil || w.module == "" {
		return nothing
	}
	name, _ := w.m.Name(i)
	if name == "" || strings.Contains(name, "(") || strings.HasPrefix(name, "builtins.") {
		return nothing
	}
	m := w.modules
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prepare()
	project, _, _ := strings.Cut(w.module, ".")
	return m.text(w.gate, project, name, maxTextHops)
}

// text works out a constant of a module. Answers are kept, and no trees.
func (m *Modules) text(g *gate, project, full string, hops int) phrase {
	nothing := phrase{text: hole}
	if known, ok := m.texts[full]; ok {
		return known
	}
	dot := strings.LastIndexByte(full, '.')
	if dot < 0 || hops == 0 || len(full) > maxFunction || m.reading >= maxModules || len(m.texts) >= maxAsked {
		return nothing
	}
	module, name := full[:dot], full[dot+1:]
	// What everybody means by the name of a known library is not in reach, unless it
	// is this library that is looked at.
	if top, _, _ := strings.Cut(module, "."); top != project && m.Catalog.Global(module, "*").Library != "" {
		return nothing
	}
	if m.texts == nil {
		m.texts = make(map[string]phrase)
	}
	m.texts[full] = nothing
	file, raw, sure := m.find(module)
	if !sure || !strings.Contains(string(raw), name) {
		return nothing
	}
	out := m.constantOf(g, m.Show(file), module, name, path.Base(file) == "__init__.py", raw, project, hops)
	m.texts[full] = out
	return out
}

// constantOf reads a module for one of its constants.
func (m *Modules) constantOf(g *gate, show, module, name string, pkg bool, raw []byte, project string, hops int) (out phrase) {
	out = phrase{text: hole}
	defer func() {
		if recover() != nil {
			out = phrase{text: hole} // nothing is known of it
		}
	}()
	w, ok := m.holders[module]
	if !ok {
		if len(m.holders) >= maxFollowedModules || m.holders == nil {
			m.holders = make(map[string]*ways)
		}
		m.reading++
		src, _ := moduleSource(show, raw)
		if tree := src.parse(); tree != nil {
			f := newFile(src, tree, g, module, pkg, false)
			f.blobs = &inlineBlobs{reader: valueReader(f)}
			w = newWays(f)
			w.far = true
		}
		m.holders[module] = w
	}
	if w == nil {
		return out
	}
	w.begin()
	bound, ok := w.moduleNames().Module(name)
	switch {
	case !ok:
		return out
	case bound.Value != syntax.None && bound.Sure:
		return constantly(w.text(bound.Value, 0))
	case bound.Value == syntax.None && len(bound.Targets) == 1 && bound.Targets[0].Name != module+"."+name:
		return m.text(g, project, bound.Targets[0].Name, hops-1)
	}
	return out
}
