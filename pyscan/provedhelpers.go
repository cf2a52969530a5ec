package pyscan

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Most files with an unsafe load import something of their project, and hardly any import
// something that verifies. Following values is dear: it is done only where a word of the
// module that defines what is imported, or of one that this imports from, can check
// something.

// maxHelpers bounds the imported names of a file, or of a module, that are looked at.
const maxHelpers = 64

// importsHelper reports an import of something of a module in reach that may verify.
func (f *file) importsHelper() bool {
	if f.modules == nil || f.module == "" {
		return false
	}
	p := &f.modules.proofs
	p.mu.Lock()
	defer p.mu.Unlock()
	p.prepare()
	return f.hasHelpers()
}

// hasHelpers is importsHelper of who holds the lock.
func (f *file) hasHelpers() bool {
	looked := make(map[string]bool)
	helps := func(full string) bool {
		if full == "" || looked[full] || len(looked) >= maxHelpers {
			return false
		}
		looked[full] = true
		return f.mayHelp(full)
	}
	t := f.tree
	for i := range t.Nodes {
		i := syntax.Index(i)
		switch k := t.Kind(i); k {
		case syntax.ImportFromStatement, syntax.ImportStatement:
			from := t.Child(i, syntax.ModuleName)
			if from == syntax.None && k == syntax.ImportFromStatement {
				continue
			}
			for c := t.First(i); c != syntax.None; c = t.Next(c) {
				if c == from {
					continue
				}
				if full := f.importedAs(from, c); helps(full) {
					return true
				}
			}
		}
	}
	return false
}

// importedAs is the dotted name of an item of an import statement, or "".
func (f *file) importedAs(from, item syntax.Index) string {
	t := f.tree
	if t.Kind(item) == syntax.AliasedImport {
		item = t.Child(item, syntax.Name)
	}
	if item == syntax.None || t.Kind(item) != syntax.DottedName && t.Kind(item) != syntax.Identifier {
		return ""
	}
	name := string(t.Text(item))
	if from != syntax.None {
		module := string(t.Text(from))
		if rest := strings.TrimLeft(module, "."); rest != module {
			module = f.relative(len(module)-len(rest), rest)
		}
		if module == "" {
			return ""
		}
		name = module + "." + name
	}
	top, _, _ := strings.Cut(name, ".")
	if f.library(name) || len(f.modules.files[top]) == 0 && len(name) == len(top) {
		return ""
	}
	return name
}

// relative is the name of a module that is this many dots away.
func (f *file) relative(dots int, rest string) string {
	parts := strings.Split(f.module, ".")
	if !f.pkg {
		dots++
	}
	if dots--; dots > len(parts) {
		return ""
	}
	parts = parts[:len(parts)-dots]
	if rest = strings.TrimSpace(rest); rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, ".")
}

// mayHelp reports a module, or something that one defines or passes on, that may verify.
func (f *file) mayHelp(full string) bool {
	if facts := f.modules.load(full); facts != nil {
		if f.able(full, true) {
			return true
		}
		n := 0
		for name, d := range facts.defs {
			if d.kind != blob.Imported || !f.spells(name) {
				continue
			}
			if n++; n > maxHelpers {
				return true // more than are looked at: the proof will tell
			}
			for _, of := range d.names {
				if in := f.modules.definer(of); in != nil && f.able(in.module, true) {
					return true
				}
			}
		}
		return false
	}
	w := &walk{Modules: f.modules, steps: maxSteps}
	in, path, _, _ := w.resolve(full, maxHops)
	if in == nil {
		return false
	}
	if d := in.defs[path]; d == nil || d.kind != blob.Function && d.kind != blob.Class {
		return false
	}
	return f.able(in.module, true)
}

// definer returns the module that defines what a dotted name leads to, or nil.
func (m *Modules) definer(full string) *moduleFacts {
	in, _, _, _ := (&walk{Modules: m, steps: maxSteps}).resolve(full, maxHops)
	return in
}

// able reports a module of which a word can check something, or one that imports from such
// a module.
func (f *file) able(module string, onward bool) bool {
	p := &f.modules.proofs
	key := module
	if onward {
		key = ">" + module
	}
	can, known := p.able[key]
	if known {
		return can
	}
	if len(p.able) >= maxAsked {
		return false
	}
	if _, raw, sure := f.modules.find(module); sure {
		can = ableText(raw, proofWordsFor(f.gate.catalog))
	}
	p.able[key] = can
	if facts := f.modules.load(module); !can && onward && facts != nil {
		n := 0
		project, _, _ := strings.Cut(module, ".")
		for _, d := range facts.defs {
			if d.kind != blob.Imported || can {
				continue
			}
			for _, of := range d.names {
				if n++; n > 2*maxHelpers {
					can = true
					break
				}
				if top, _, _ := strings.Cut(of, "."); top != project && f.gate.catalog.Global(of, "*").Library != "" {
					continue
				}
				at := strings.LastIndexByte(of, '.')
				can = can || f.able(of, false) || at > 0 && f.able(of[:at], false)
			}
		}
		p.able[key] = can
	}
	return can
}

// ableText reports a source of which a word can check something.
func ableText(raw []byte, w *proofWords) bool {
	if bytes.Contains(raw, []byte("picklelint:"+justify.Verifier)) {
		return true
	}
	words := make(map[string]bool)
	var last []string
	for rest := raw; len(rest) > 0; {
		n := 0
		for n < len(rest) && wordByte(rest[n]) {
			n++
		}
		if n > 0 && !words[string(rest[:n])] {
			word := string(rest[:n])
			words[word] = true
			if w.pairs[word] != nil {
				last = append(last, word)
			}
		}
		rest = rest[max(n, 1):]
	}
	return w.anyPair(last, words)
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
