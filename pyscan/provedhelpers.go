package pyscan

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Most files with an unsafe load import something of their project, and hardly any import
// something that verifies. Following values is dear: it is done only where a word of the
// module that defines what is imported, or of one that this imports from, can check
// something.

// maxHelpers bounds the imported names of a file, or of a module, that are looked at.
const maxHelpers = 64

// maxReexports bounds how often modules pass a helper on.
const maxReexports = 4

// outline is what the statements at the top of a file bind and import.
type outline struct {
	// tops are the statements, in order; binds are those that bind a name.
	tops  []syntax.Index
	binds map[string][]syntax.Index
	// imports are the dotted names of what is imported anywhere, by the local name.
	imports map[string][]string
	// helped tells of a statement whether something that it leads to may verify.
	helped map[syntax.Index]bool
	looked map[string]bool
}

func (f *file) outline() *outline {
	if f.proving.outline != nil {
		return f.proving.outline
	}
	t := f.tree
	o := &outline{binds: make(map[string][]syntax.Index), imports: make(map[string][]string), helped: make(map[syntax.Index]bool), looked: make(map[string]bool)}
	f.proving.outline = o
	for top := t.First(0); top != syntax.None; top = t.Next(top) {
		o.tops = append(o.tops, top)
		def := top
		if t.Kind(top) == syntax.DecoratedDefinition {
			for c := t.First(top); c != syntax.None; c = t.Next(c) {
				def = c
			}
		}
		if k := t.Kind(def); k == syntax.FunctionDefinition || k == syntax.ClassDefinition {
			if id := t.Child(def, syntax.Name); id != syntax.None {
				name := string(t.Text(id))
				o.binds[name] = append(o.binds[name], top)
			}
			continue
		}
		for i := top; i < t.Nodes[top].After; i++ {
			if t.Kind(i) == syntax.Assignment {
				if left := t.Child(i, syntax.Left); t.Kind(left) == syntax.Identifier {
					name := string(t.Text(left))
					o.binds[name] = append(o.binds[name], top)
				}
			}
		}
	}
	for i := range t.Nodes {
		i := syntax.Index(i)
		if k := t.Kind(i); k == syntax.ImportFromStatement || k == syntax.ImportStatement {
			f.outlineImport(o, i)
		}
	}
	return o
}

func (f *file) outlineImport(o *outline, i syntax.Index) {
	t := f.tree
	from := t.Child(i, syntax.ModuleName)
	if from == syntax.None && t.Kind(i) == syntax.ImportFromStatement {
		return
	}
	for c := t.First(i); c != syntax.None; c = t.Next(c) {
		full := ""
		if c != from {
			full = f.importedAs(from, c)
		}
		if full == "" {
			continue
		}
		local := full[strings.LastIndexByte(full, '.')+1:]
		if t.Kind(c) == syntax.AliasedImport {
			if as := t.Child(c, syntax.Alias); as != syntax.None {
				local = string(t.Text(as))
			}
		} else if from == syntax.None {
			local, _, _ = strings.Cut(full, ".")
		}
		o.imports[local] = append(o.imports[local], full)
	}
}

// helped reports a node near which something is called that is imported from a module in
// reach, and may verify: in the definition at the top of the file in which it stands, in
// those that this names, or in one that may call it.
func (f *file) helped(node syntax.Index) bool {
	if f.modules == nil || f.module == "" {
		return false
	}
	o := f.outline()
	if len(o.imports) == 0 {
		return false
	}
	at := syntax.None
	for _, top := range o.tops {
		if f.tree.Contains(top, node) {
			at = top
		}
	}
	if at == syntax.None {
		return false
	}
	can, known := o.helped[at]
	if !known {
		p := &f.modules.proofs
		p.mu.Lock()
		defer p.mu.Unlock()
		p.prepare()
		can = f.leadsToHelper(o, at)
		o.helped[at] = can
	}
	return can
}

func (f *file) leadsToHelper(o *outline, at syntax.Index) bool {
	t := f.tree
	queue, seen := []syntax.Index{at}, map[syntax.Index]bool{at: true}
	if id := t.Child(at, syntax.Name); t.Kind(at) == syntax.FunctionDefinition && (id == syntax.None || t.Text(id)[0] == '_') || t.Kind(at) == syntax.DecoratedDefinition {
		queue = o.tops // what calls it may have checked
	}
	read, called := make(map[string]bool), make(map[string]bool)
	for k := 0; k < len(queue); k++ {
		for i := queue[k]; i < t.Nodes[queue[k]].After; i++ {
			if t.Kind(i) != syntax.Identifier {
				continue
			}
			if name := t.Text(i); !read[string(name)] {
				read[string(name)] = true
				for _, top := range o.binds[string(name)] {
					if !seen[top] {
						seen[top] = true
						queue = append(queue[:len(queue):len(queue)], top)
					}
				}
			}
			if name := t.Text(i); len(o.imports[string(name)]) > 0 && !called[string(name)] && f.beginsCallee(i) {
				called[string(name)] = true
				if f.someHelps(o, o.imports[string(name)]) {
					return true
				}
			}
		}
	}
	return false
}

// someHelps reports that one of these imported names may verify.
func (f *file) someHelps(o *outline, names []string) bool {
	for _, full := range names {
		can, known := o.looked[full]
		if !known && len(o.looked) < maxHelpers {
			can = f.mayHelp(full, maxReexports)
			o.looked[full] = can
		}
		if can {
			return true
		}
	}
	return false
}

// beginsCallee reports a name with which what a call calls begins: only such a call is
// followed into another module.
func (f *file) beginsCallee(i syntax.Index) bool {
	t := f.tree
	for range maxCallee {
		p := t.Parent(i)
		switch field := t.Nodes[i].Field; t.Kind(p) {
		case syntax.ParenthesizedExpression:
		case syntax.Attribute:
			if field != syntax.Object {
				return false
			}
		case syntax.Call:
			return field == syntax.Function
		default:
			return false
		}
		i = p
	}
	return false
}

// maxCallee bounds the attributes of what is called that are looked at: a proof follows
// fewer.
const maxCallee = 16

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
			module = relativeTo(f.module, f.pkg, len(module)-len(rest), rest)
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

// relativeTo is the name of a module that is this many dots away from another.
func relativeTo(module string, pkg bool, dots int, rest string) string {
	parts := strings.Split(module, ".")
	if pkg {
		dots--
	}
	if dots > len(parts) {
		return ""
	}
	parts = parts[:len(parts)-dots]
	if rest = strings.TrimSpace(rest); rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, ".")
}

// sketch is what the text of a module shows without a parse. A parse is dear, and most
// modules help nobody.
type sketch struct {
	able    bool
	imports []sketched
}

// sketched is an imported name: local is what it is called, full its dotted name.
type sketched struct{ local, full string }

// sketch returns that of a module, or nil if it is not in reach.
func (f *file) sketch(module string) *sketch {
	p := &f.modules.proofs
	s, known := p.sketches[module]
	if known || len(p.sketches) >= maxAsked {
		return s
	}
	if name, raw, sure := f.modules.find(module); sure {
		s = &sketch{able: ableText(raw, proofWordsFor(f.gate.catalog))}
		s.imports = sketchImports(raw, module, strings.HasSuffix(name, "/__init__.py"))
	}
	p.sketches[module] = s
	return s
}

// mayHelp reports a module, or something that one defines or passes on, that may verify.
func (f *file) mayHelp(full string, hops int) bool {
	if hops == 0 || f.library(full) {
		return false
	}
	if s := f.sketch(full); s != nil {
		if f.able(s) {
			return true
		}
		for _, i := range s.imports {
			if f.spells(i.local) && f.mayHelp(i.full, hops-1) {
				return true
			}
		}
		return false
	}
	at := strings.LastIndexByte(full, '.')
	if at < 0 {
		return false
	}
	s := f.sketch(full[:at])
	if s == nil {
		return false
	}
	passed := false
	for _, i := range s.imports {
		if i.local == full[at+1:] {
			passed = true
			if f.mayHelp(i.full, hops-1) {
				return true
			}
		}
	}
	return !passed && f.able(s)
}

// able reports a module of which a word can check something, or one that imports from such
// a module.
func (f *file) able(s *sketch) bool {
	if s.able {
		return true
	}
	for _, i := range s.imports {
		if f.library(i.full) {
			continue
		}
		of := f.sketch(i.full)
		if at := strings.LastIndexByte(i.full, '.'); of == nil && at > 0 {
			of = f.sketch(i.full[:at])
		}
		if of != nil && of.able {
			return true
		}
	}
	return false
}

// sketchImports lists what the lines of a source import that look like statements.
func sketchImports(raw []byte, module string, pkg bool) (out []sketched) {
	for rest := raw; len(rest) > 0 && len(out) < maxSketched; {
		line := rest
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimSpace(line)
		if from, ok := bytes.CutPrefix(line, []byte("from ")); ok {
			of, names, ok := bytes.Cut(from, []byte(" import"))
			if !ok {
				continue
			}
			if names = bytes.TrimSpace(names); bytes.HasPrefix(names, []byte("(")) && !bytes.Contains(names, []byte(")")) {
				end := bytes.IndexByte(rest, ')')
				if end < 0 || end > maxSketchedText {
					continue
				}
				names = append(append(names[:len(names):len(names)], ' '), rest[:end]...)
				rest = rest[end:]
			}
			source := string(bytes.TrimSpace(of))
			if far := strings.TrimLeft(source, "."); far != source {
				source = relativeTo(module, pkg, len(source)-len(far), far)
			}
			if source != "" {
				out = sketchNames(out, source+".", string(bytes.Trim(names, "()")))
			}
		} else if names, ok := bytes.CutPrefix(line, []byte("import ")); ok {
			out = sketchNames(out, "", string(names))
		}
	}
	return out
}

// maxSketched bounds the imports of a module that are looked at, and maxSketchedText the
// bytes of one.
const (
	maxSketched     = 256
	maxSketchedText = 4096
)

func sketchNames(out []sketched, prefix, names string) []sketched {
	for _, line := range strings.Split(names, "\n") {
		line, _, _ = strings.Cut(line, "#")
		for _, name := range strings.Split(line, ",") {
			words := strings.Fields(name)
			switch {
			case len(words) == 0 || len(out) >= maxSketched:
			case len(words) == 3 && words[1] == "as":
				out = append(out, sketched{words[2], prefix + words[0]})
			default:
				out = append(out, sketched{words[0], prefix + words[0]})
			}
		}
	}
	return out
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
