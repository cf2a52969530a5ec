package blob

import (
	"regexp"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// getattr does what its arguments say, and honest pickles need it. What it is
// told is read from Call.Lead, never from the rendering of arguments, which is
// for people. Whatever is not known there is not honest.

// attributeName is a name as pickle writes it for getattr, which takes one
// attribute and walks no dots.
var attributeName = regexp.MustCompile(`^[\pL_][\pL\pN_]*$`)

// attribute reports whether c only takes a named attribute of a global: that is
// how pickle writes nested classes below protocol 4 (save_global in pickle.py)
// and bound methods of classes. It returns the walk, to be judged as a name.
func (b *bench) attribute(c *pickle.Call, g *pickle.Global) (*pickle.Global, bool) {
	if c.Kind != pickle.KindCall || g.Module != "builtins" || g.Name() != "getattr" || g.Untrusted {
		return nil, false
	}
	if c.NArgs != 2 || len(c.Lead) != 2 || c.Lead[1].Kind != pickle.StrArg || !attributeName.MatchString(c.Lead[1].Text) {
		return nil, false
	}
	of := b.argument(&c.Lead[0])
	if of == nil || of.Untrusted {
		return nil, false
	}
	walked := *of
	walked.Path = append(slices.Clone(of.Path), c.Lead[1].Text)
	walked.RawModule, walked.RawName = walked.Module, walked.Name()
	return &walked, true
}

// argument returns the global that a is, if that is known by name.
func (b *bench) argument(a *pickle.Arg) *pickle.Global {
	if a.Kind != pickle.GlobalArg {
		return nil
	}
	if g := &b.s.Trace.Globals[a.Global]; g.Resolved {
		return g
	}
	return nil
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
		if o.library != "" {
			b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "takes %s by getattr, which no allowed pickle names", name)
			return
		}
		b.charge(UnknownClass, name, c.Args, c.From, c.Offset, "takes %s by getattr, which the catalogue does not %s", name, verbFor(o))
	}
}
