package blob

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// opinion is what is thought of one global.
type opinion struct {
	class   catalog.Class
	reason  string
	library string
	use     catalog.Use
	// source is what the source of the project says of it, if anything.
	source *knowledge
	// foreign: the source says that it is what a package of somebody else has
	// under another name.
	foreign bool
}

// nameKey is a global as it is judged.
type nameKey struct {
	rawModule, rawName, module, name string
}

// opinion judges g by both its names: the one written and the one it resolves
// to, which loaders without fix_imports do not use. The worse one counts.
func (j *judge) opinion(g *pickle.Global) opinion {
	key := nameKey{g.RawModule, g.RawName, g.Module, g.Name()}
	if o, ok := j.known[key]; ok {
		return o
	}
	o := j.name(g.Module, g.Path)
	if g.RawModule != g.Module || g.RawName != key.name {
		if raw := j.name(g.RawModule, []string{g.RawName}); raw.class == catalog.Dangerous ||
			raw.class == catalog.Suspicious && o.class != catalog.Dangerous {
			o.class, o.reason = raw.class, raw.reason
		}
	}
	o = j.informed(g, o)
	j.known[key] = o
	return o
}

// maxWalk bounds the parts of a module and of a name: each part of a walk is
// looked up in every module it might be in, and the stream chooses how many
// there are. Classes in classes are a few deep.
const maxWalk = 16

// name judges one reading of a name: module and the attributes that are walked
// from there.
func (j *judge) name(module string, walk []string) opinion {
	name := strings.Join(walk, ".")
	if strings.Count(module, ".") >= maxWalk || strings.Count(name, ".") >= maxWalk {
		return opinion{class: catalog.Dangerous, reason: "the name has more parts than any honest name"}
	}
	g := j.cat.Global(module, name)
	o := opinion{class: g.Class, reason: g.Reason, library: g.Library, use: g.Use}
	if o.class == catalog.Allowed || o.class == catalog.Dangerous {
		return o
	}
	if reason := j.walk(module, walk); reason != "" {
		o.class, o.reason = catalog.Dangerous, reason
	}
	return o
}

// walk says what is dangerous about the way from a module to an attribute, or
// nothing. A class in a class is an honest walk; one into the interpreter's own
// tables, or from a module into one that it imports, is none: with glob:os.system
// any name reaches anything.
func (j *judge) walk(module string, walk []string) string {
	sub := module
	for i, attr := range walk {
		if dunder(attr) {
			return "the name goes through " + attr + ", which leads to the interpreter's own tables"
		}
		if i == len(walk)-1 {
			break
		}
		rest := strings.Join(walk[i+1:], ".")
		sub += "." + attr
		// The attribute may be a submodule.
		if g := j.cat.Global(sub, rest); g.Class == catalog.Dangerous {
			return g.Reason
		}
		// Or a module that this one imports, perhaps by a private name
		// (random._os).
		other := strings.TrimLeft(attr, "_")
		for _, m := range []string{attr, other} {
			if g := j.cat.Global(m, rest); g.Class == catalog.Dangerous {
				return "the name goes through the module " + m + ": " + g.Reason
			}
		}
		// datetime:datetime.strptime is a class of the module's own name.
		own := module[strings.LastIndexByte(module, '.')+1:]
		if other != own && j.cat.Global(other, rest).Library == "stdlib" {
			return "the name goes through the module " + other
		}
	}
	return ""
}

// dunder reports whether attr is one of Python's reserved names.
func dunder(attr string) bool {
	return len(attr) > 4 && strings.HasPrefix(attr, "__") && strings.HasSuffix(attr, "__")
}
