package pyscan

import (
	"strings"

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
	// stars are the modules of which everything is imported.
	stars []string
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
	if from != syntax.None && t.Kind(t.Next(from)) == syntax.WildcardImport {
		if full := f.importedModule(from); full != "" && !f.library(full) {
			o.stars = append(o.stars, full)
		}
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
	if len(o.imports)+len(o.stars) == 0 {
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
			} else if len(o.stars) > 0 && len(o.binds[string(name)]) == 0 && f.beginsCallee(i) && f.someHelps(o, o.stars) {
				return true
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
		case syntax.Decorator:
			return true
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
