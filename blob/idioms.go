package blob

import (
	"regexp"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Two callables do what their arguments say, and honest pickles need both. The
// arguments are read from the decoder's rendering: a str in it is quoted, so
// that a bare dotted word is a global. What does not match is not honest.

// attributeArgs are the arguments of getattr(cls, 'name'), as the decoder writes
// them. A str would be quoted, so that the first word is a global.
var attributeArgs = regexp.MustCompile(`^([\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)+), '([\pL_][\pL\pN_]*)'$`)

// attribute reports whether c only takes a named attribute of a global: that is
// how pickle writes nested classes below protocol 4 (save_global in pickle.py)
// and bound methods of classes. It returns the walk, to be judged as a name.
func (b *bench) attribute(c *pickle.Call, g *pickle.Global) (*pickle.Global, bool) {
	if c.Kind != pickle.KindCall || g.Module != "builtins" || g.Name() != "getattr" {
		return nil, false
	}
	m := attributeArgs.FindStringSubmatch(c.Args)
	if m == nil {
		return nil, false
	}
	of := b.lookedUp(m[1], c.Offset)
	if of == nil {
		return nil, false
	}
	walked := *of
	walked.Path = append(append([]string(nil), of.Path...), m[2])
	walked.RawModule, walked.RawName = walked.Module, walked.Name()
	return &walked, true
}

// walked judges an attribute that getattr took.
func (b *bench) walked(c *pickle.Call, g *pickle.Global) {
	o := b.opinion(g)
	name := g.String()
	switch o.class {
	case catalog.Dangerous:
		b.charge(DangerousGlobal, name, c.Args, c.From, c.Offset, "takes %s by getattr: %s", name, o.reason)
	case catalog.Suspicious:
		b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "takes %s by getattr: %s", name, o.reason)
	case catalog.Allowed:
	default:
		b.charge(UnknownClass, name, c.Args, c.From, c.Offset, "takes %s by getattr, which the catalogue does not %s", name, verbFor(o))
	}
}

// reconstructArgs are the class and the base in copyreg._reconstructor(cls, base, state).
var reconstructArgs = regexp.MustCompile(`^([\pL_][\pL\pN_.]*), ([\pL_][\pL\pN_.]*), `)

// reconstructed judges the base of copyreg._reconstructor, which is allowed. For
// a base other than object it calls base.__new__(cls, state) and
// base.__init__(obj, state) (Lib/copyreg.py), so the base is called with a state
// of the pickle's choice.
func (b *bench) reconstructed(c *pickle.Call, g *pickle.Global) {
	if c.Kind != pickle.KindCall || g.Module != "copyreg" || g.Name() != "_reconstructor" {
		return
	}
	m := reconstructArgs.FindStringSubmatch(c.Args)
	if m == nil {
		b.charge(UnknownCall, g.String(), c.Args, c.From, c.Offset, "%s, with a class or base that is not named", says(c, g.String()))
		return
	}
	base := b.lookedUp(m[2], c.Offset)
	if base == nil {
		b.charge(UnknownCall, m[2], c.Args, c.From, c.Offset, "%s, with a base that is not looked up", says(c, g.String()))
		return
	}
	switch o := b.opinion(base); {
	case o.class == catalog.Allowed:
	case o.class == catalog.Dangerous || o.class == catalog.Suspicious:
		// The look-up is told as such.
	case o.library != "":
		b.charge(UnlistedCall, m[2], c.Args, c.From, c.Offset, "calls %s through copyreg._reconstructor, which is not among the allowed globals of %s", m[2], libraryWord(o.library))
	default:
		b.charge(UnknownCall, m[2], c.Args, c.From, c.Offset, "calls %s through copyreg._reconstructor, which the catalogue does not know", m[2])
	}
}

// lookedUp returns the first look-up of a global of that name, if it stands
// before off.
func (b *bench) lookedUp(name string, off int64) *pickle.Global {
	t := b.s.Trace
	if b.names == nil {
		b.names = make(map[string]int)
		for i := range t.Globals {
			if g := &t.Globals[i]; g.Resolved {
				if _, ok := b.names[g.String()]; !ok {
					b.names[g.String()] = i
				}
			}
		}
	}
	if i, ok := b.names[name]; ok && t.Globals[i].Offset < off {
		return &t.Globals[i]
	}
	return nil
}
