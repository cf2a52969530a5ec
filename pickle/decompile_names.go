package pickle

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// names keeps the names that the text uses apart.
type names struct {
	numbers map[string]uint32 // names that were given, by prefix
	owners  map[string]string // what a name is bound to
	again   map[string]int    // how often a name was wanted
	imports map[string]string // expressions of the look-ups that were written
	byIndex []string          // the same by index in Trace.Globals
}

func newNames() names {
	return names{numbers: map[string]uint32{}, owners: map[string]string{}, again: map[string]int{}, imports: map[string]string{}}
}

// next returns the next number among the names of the kind of r.
func (d *decompiler) next(r ref) uint32 {
	p := prefixes[d.m.kind(r)]
	d.names.numbers[p]++
	return d.names.numbers[p]
}

// declare gives r a name and writes what it is.
func (d *decompiler) declare(r ref, u *usage) {
	n := d.next(r)
	if d.begin() {
		d.variable(r, n)
		d.puts(" = ")
		d.content(r)
		d.end("")
	}
	u.name = n
}

func (d *decompiler) variable(r ref, n uint32) {
	d.puts(prefixes[d.m.kind(r)])
	d.out = strconv.AppendUint(d.out, uint64(n), 10)
}

// assign gives r a name and begins its statement. It reports whether the
// statement is wanted.
func (d *decompiler) assign(r ref) bool {
	u := d.usage(r)
	if u == nil || !d.writing {
		return false
	}
	u.name = d.next(r)
	if !d.begin() {
		return false
	}
	d.variable(r, u.name)
	d.puts(" = ")
	return true
}

// globalName returns the expression for what came from a look-up.
func (d *decompiler) globalName(r ref) string {
	if n := d.name(r); n != 0 {
		return fmt.Sprintf("global%d", n)
	}
	if i := int(d.m.nodes[r].n); i < len(d.names.byIndex) && d.names.byIndex[i] != "" {
		return d.names.byIndex[i]
	}
	return "..."
}

// global writes a look-up, unless an equal one was written.
func (d *decompiler) global(op *Op, r ref, i int, g *Global) {
	if !g.Resolved {
		d.findClass(op, r, g)
		return
	}
	ns := &d.names
	if i >= len(ns.byIndex) {
		ns.byIndex = append(ns.byIndex, make([]string, i+1-len(ns.byIndex))...)
	}
	if ns.byIndex[i] != "" {
		return
	}
	// The pieces cannot hold the separator where it matters: a path of several
	// is split at dots.
	key := fmt.Sprintf("%q %q %d %t", g.Module, g.Name(), len(g.Path), g.Untrusted)
	if e, ok := ns.imports[key]; ok {
		ns.byIndex[i] = e
		return
	}
	var e string
	switch {
	case !importable(g.Module) || len(g.Name()) > longestName || slices.ContainsFunc(g.Path, func(s string) bool { return !identifier(s) }):
		d.findClass(op, r, g)
		e = d.globalName(r)
	case len(g.Path) == 1:
		e = d.importFrom(key, g)
	default:
		e = d.importModule(g)
	}
	ns.imports[key], ns.byIndex[i] = e, e
}

func (d *decompiler) importFrom(key string, g *Global) string {
	name := g.Path[0]
	e := d.own(name, key, g.Module == "builtins")
	if d.begin() {
		d.puts("from " + g.Module + " import " + name)
		if e != name {
			d.puts(" as " + e)
		}
		d.end(d.lookNote(g))
	}
	return e
}

func (d *decompiler) importModule(g *Global) string {
	root, _, dotted := strings.Cut(g.Module, ".")
	module := d.own(root, "module "+root, false)
	if dotted && module == root {
		module = g.Module
	} else if dotted {
		module = d.own(strings.ReplaceAll(g.Module, ".", "_"), "module "+g.Module, false)
	}
	e := module + "." + g.Name()
	if d.begin() {
		d.puts("import " + g.Module)
		if module != g.Module {
			d.puts(" as " + module)
		}
		note := "for " + e
		if w := d.lookNote(g); w != "" {
			note += ", " + w
		}
		d.end(note)
	}
	return e
}

// lookNote is what a comment says about a look-up.
func (d *decompiler) lookNote(g *Global) string {
	note := ""
	if raw := g.RawModule + "." + g.RawName; raw != g.String() {
		note = "written " + asciiText(raw, maxShown)
	}
	if g.Untrusted {
		if note != "" {
			note += ", "
		}
		note += "what the name means may have been changed above"
	}
	return note
}

// findClass writes a look-up of what no import statement can name.
func (d *decompiler) findClass(op *Op, r ref, g *Global) {
	if !d.assign(r) {
		return
	}
	note := d.lookNote(g)
	switch op.Code {
	case OpExt1, OpExt2, OpExt4:
		d.puts(fmt.Sprintf("get_extension(%d)", op.Int))
		note = "what is registered under this number in copyreg"
	default:
		d.puts("find_class(")
		if op.Code == OpStackGlobal && !g.Resolved && len(d.taken.items) == 2 {
			d.expr(d.taken.items[0])
			d.puts(", ")
			d.expr(d.taken.items[1])
			note = strings.TrimPrefix(note, "written "+asciiText(g.RawModule+"."+g.RawName, maxShown))
			note = strings.TrimPrefix(note, ", ")
		} else {
			name := g.RawName
			module := g.Module
			if g.Resolved {
				name = g.Name()
			}
			d.out = appendRepr(d.out, module, d.lim.Line/4)
			d.puts(", ")
			d.out = appendRepr(d.out, name, d.lim.Line/4)
			if len(g.RawModule) >= d.m.lim.Name || len(g.RawName) >= d.m.lim.Name || !g.Resolved {
				d.cuts.line = true
			}
		}
		d.puts(")")
	}
	d.end(note)
}

// maxShown is how much of a name a comment repeats.
const maxShown = 200

// own returns a name that is bound to key alone: name itself if it is free.
func (d *decompiler) own(name, key string, builtin bool) string {
	ns := &d.names
	free := func(s string) bool {
		if owner, ok := ns.owners[s]; ok {
			return owner == key
		}
		return !ours(s) && (!helpers[s] || builtin)
	}
	e := name
	for !free(e) {
		ns.again[name]++
		e = fmt.Sprintf("%s_%d", name, ns.again[name]+1)
	}
	ns.owners[e] = key
	return e
}

// helpers are the names that the text itself uses, or that cannot be bound.
var helpers = map[string]bool{
	"find_class": true, "persistent_load": true, "get_extension": true, "buffers": true, "encoding": true, "mark": true, "result": true,
	"next": true, "memoryview": true, "set": true, "frozenset": true, "bytearray": true, "float": true, "int": true, "__debug__": true,
}

// ours reports whether s could be a name of [decompiler.next].
func ours(s string) bool {
	word := strings.TrimRight(s, "0123456789")
	return word != s && slices.Contains(prefixes[:], word)
}

// longestName is the longest name that an import statement shows.
const longestName = 100

func importable(module string) bool {
	if module == "__future__" || len(module) > longestName {
		return false
	}
	for part := range strings.SplitSeq(module, ".") {
		if !identifier(part) {
			return false
		}
	}
	return true
}

// identifier reports whether s is a plain name in Python. Letters that are not
// ASCII are left out: two of them can look alike, or be folded into one.
func identifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= longestName && !keywords[s]
}

var keywords = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`False None True and as assert async await break class continue def del elif else
		except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield`) {
		out[w] = true
	}
	return out
}()
