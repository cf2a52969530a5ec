package pyscan

import (
	"bytes"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// maxFollowed bounds the functions of other modules that one file asks about, and
// maxFollowedModules the trees that are kept to answer who asks next.
const (
	maxFollowed        = 16
	maxFollowedModules = 8
)

// answer is where what a function of a module gives comes from.
type answer struct {
	origin taint.Origin
	ok     bool
}

// comesFrom tells where what a function of another module in reach gives comes from. That
// module is followed by itself.
func (f *file) comesFrom(module, function string, kind taint.Kind) (taint.Origin, bool) {
	top, _, _ := strings.Cut(module, ".")
	project, _, _ := strings.Cut(f.module, ".")
	if f.followed++; f.followed > maxFollowed || len(module) > maxFunction || top != project && f.gate.catalog.Global(module, "*").Library != "" {
		return taint.Origin{}, false
	}
	m := f.modules
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prepare()
	key := module + ":" + function + ":" + string(rune('0'+kind))
	if known, ok := m.origins[key]; ok {
		return known.origin, known.ok
	}
	if m.reading >= maxModules || len(m.origins) >= maxAsked {
		return taint.Origin{}, false
	}
	var got answer
	if other := m.toFollow(f, module, function); other != nil {
		got.origin, got.ok = other.origins().Gives(function, kind)
		got.origin.Steps = nil // of another tree
	}
	m.origins[key] = got
	return got.origin, got.ok
}

// toFollow parses a module in reach so that bytes can be followed in it to what a function
// gives. It returns nil if there is no such module, if it is not certain which it is, or if it
// defines no function of that name: most names that are called are those of classes, or are
// passed on.
func (m *Modules) toFollow(from *file, module, function string) (f *file) {
	defer func() {
		if recover() != nil {
			f = nil // what is not followed stays an unjustified load
		}
	}()
	if known := m.followed[module]; known != nil {
		if !maySpellDef(known.plain, function) {
			return nil
		}
		return known
	}
	name, raw, sure := m.find(module)
	if !sure {
		return nil
	}
	m.reading++
	src, _ := moduleSource(m.Show(name), raw)
	if !maySpellDef(src.plain, function) {
		return nil
	}
	tree := src.parse()
	if tree == nil {
		return nil
	}
	f = &file{source: src, gate: from.gate, tree: tree, module: module, pkg: path.Base(name) == "__init__.py", inside: from.inside}
	if m.followed == nil || len(m.followed) >= maxFollowedModules {
		m.followed = make(map[string]*file)
	}
	m.followed[module] = f
	return f
}

// maySpellDef reports a source in which a definition of that name may stand.
func maySpellDef(src []byte, function string) bool {
	for rest := src; ; {
		at := bytes.Index(rest, []byte(function))
		if at < 0 {
			return false
		}
		if bytes.HasSuffix(bytes.TrimRight(rest[:at], " \t\f\r\n\\"), []byte("def")) {
			return true
		}
		rest = rest[at+len(function):]
	}
}
