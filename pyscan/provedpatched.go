package pyscan

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// A proof speaks of what modules define. A third one may put something else in its place:
// "checks.verify = lambda *a: True". Where a load seems to be verified, the files of the
// same package are searched for that, if they are few, but not those of tests.

// patch is a place where a file does so.
type patch struct {
	// full is the dotted name of what is replaced. Of a bare function that is only read it
	// ends in __wrapped__.
	full, show string
	line       int
}

// maxPatches bounds those of a package that are kept.
const maxPatches = 256

// bareName is the attribute by which a function is known that stands below a decorator.
const bareName = "__wrapped__"

// replacedBy returns a place where another file replaces something on which a proof about a
// node may rest, or nil.
func (f *file) replacedBy(node syntax.Index) *patch {
	if f.modules == nil || f.module == "" {
		return nil
	}
	all := f.patchesNear()
	for k := range all {
		if p := &all[k]; p.show != f.path && f.replaces(p.full, node) {
			return p
		}
	}
	return nil
}

// patchesNear lists what the files of the package replace.
func (f *file) patchesNear() []patch {
	m := f.modules
	m.shared.mu.Lock()
	own := m.index().shown[f.path]
	m.shared.mu.Unlock()
	if own == "" {
		return nil
	}
	m.callers.Lock()
	defer m.callers.Unlock()
	m.nearTo(own, f.module)
	n := &m.near
	if !n.searched {
		n.searched = true
		for k, raw := range n.texts {
			if !m.isSideline(n.files[k]) {
				n.patches = m.patchesIn(n.patches, n.files[k], raw)
			}
		}
	}
	return n.patches
}

// patchesIn lists those of one text: the names of what it imports.
func (m *Modules) patchesIn(out []patch, file string, raw []byte) []patch {
	var imports []sketched
	show := m.Show(file)
	add := func(at int, name string) {
		if imports == nil {
			module, pkg := m.nameOf(show)
			imports = append(sketchImports(raw, module, pkg && path.Base(file) == "__init__.py"), sketched{})
		}
		first, rest, _ := strings.Cut(name, ".")
		for _, i := range imports {
			local := i.local
			if local != first && (!strings.HasPrefix(local, first+".") || i.full != local) {
				continue
			}
			full := i.full
			if local != first {
				full = first
			}
			if len(out) < maxPatches {
				out = append(out, patch{full + "." + rest, show, 1 + bytes.Count(raw[:at], []byte("\n"))})
			}
			return
		}
	}
	for at := range placesOf(raw, "=") {
		if end := len(bytes.TrimRight(raw[:at], " \t")); !bytes.HasPrefix(raw[at+1:], []byte("=")) {
			if name := dottedBefore(raw, end); name != "" && startsStatement(raw, end-len(name)) {
				add(at, name)
			}
		}
	}
	for at := range placesOf(raw, "setattr(") {
		of, rest, _ := bytes.Cut(raw[at+len("setattr("):min(len(raw), at+maxFunction)], []byte(","))
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if len(rest) < 3 || rest[0] != '"' && rest[0] != '\'' {
			continue
		}
		if end := bytes.IndexByte(rest[1:], rest[0]); end > 0 {
			add(at, string(bytes.TrimSpace(of))+"."+string(rest[1:end+1]))
		}
	}
	for at := range placesOf(raw, "."+bareName) {
		if name := dottedBefore(raw, at); name != "" {
			add(at, name+"."+bareName)
		}
	}
	return out
}

// placesOf are the offsets of a word in a text.
func placesOf(raw []byte, word string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for at := 0; ; at++ {
			k := bytes.Index(raw[at:], []byte(word))
			if k < 0 {
				return
			}
			if at += k; !yield(at) {
				return
			}
		}
	}
}

// dottedBefore is the name with dots that ends at an offset, or "".
func dottedBefore(raw []byte, end int) string {
	start := end
	for start > 0 && (inWord[raw[start-1]] || raw[start-1] == '.') {
		start--
	}
	name := string(raw[start:end])
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "self.") {
		return ""
	}
	return name
}

// startsStatement reports a name with a dot at the beginning of a line, or behind a semicolon.
func startsStatement(raw []byte, at int) bool {
	before := bytes.TrimRight(raw[:at], " \t")
	if len(before) > 0 && before[len(before)-1] != '\n' && before[len(before)-1] != '\r' && before[len(before)-1] != ';' {
		return false
	}
	end := at
	for end < len(raw) && inWord[raw[end]] {
		end++
	}
	return end < len(raw) && raw[end] == '.'
}

// replaces reports a dotted name of something on which a proof in the file may rest: a
// function or an object of a module that it uses, or one of a library that checks.
func (f *file) replaces(full string, node syntax.Index) bool {
	full = f.gate.catalog.PythonAlias(full)
	if _, checks := f.gate.catalog.PythonVerifier(full); checks {
		return true
	}
	for at := strings.LastIndexByte(full, '.'); at > 0; at = strings.LastIndexByte(full[:at], '.') {
		facts := f.modules.load(full[:at])
		if facts == nil {
			continue
		}
		first, rest, _ := strings.Cut(full[at+1:], ".")
		if rest == bareName {
			return full[:at] == f.module && f.standsIn(first, node)
		}
		d := facts.defs[first]
		if (d == nil || d.kind == blob.Imported) && (!facts.made[first] || rest == "") {
			return false
		}
		return f.restsOn(facts, first)
	}
	return false
}

// maxRests bounds the functions that are looked at for one patch.
const maxRests = 64

// restsOn reports that something which the file uses is, or calls, what a module defines by a
// name. What the methods of a class call is not known.
func (f *file) restsOn(in *moduleFacts, name string) bool {
	spelled := hasWord(f.text, name)
	if in.module == f.module {
		return spelled
	}
	o := f.outline()
	if spelled && slices.Contains(o.stars, in.module) {
		return true
	}
	var queue []string
	for _, all := range o.imports {
		queue = append(queue, all...)
	}
	if spelled && slices.Contains(queue, in.module) {
		return true
	}
	slices.Sort(queue)
	w := &walk{Modules: f.modules, steps: maxSteps, proving: true}
	for k := 0; k < len(queue) && k < maxRests; k++ {
		if queue[k] == in.module+"."+name {
			return true
		}
		at, path, _, _ := w.resolve(queue[k], maxHops)
		if at == nil {
			continue
		}
		d := at.defs[path]
		switch {
		case d == nil || d.class != nil:
			if at == in && in.defs[name] != nil {
				return true
			}
		case d.body != nil:
			queue = append(queue, d.body.calls...)
		}
	}
	return false
}

// standsIn reports a node in the function of a name at the top of the file.
func (f *file) standsIn(name string, node syntax.Index) bool {
	for i := node; i != 0; i = f.tree.Parent(i) {
		if f.tree.Kind(i) == syntax.FunctionDefinition && f.tree.Kind(f.tree.Parent(i)) == syntax.DecoratedDefinition {
			if id := f.tree.Child(i, syntax.Name); id != syntax.None && string(f.tree.Text(id)) == name {
				return true
			}
		}
	}
	return false
}
