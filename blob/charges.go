package blob

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// use says how a listed global is used by calls.
type use struct {
	harmless bool // some call of it is a plain attribute look-up
	harmful  bool // some call of it is not
}

// calls judges the dispatch points, and returns how the globals in them are used.
func (b *bench) calls() map[int]use {
	uses := make(map[int]use)
	t := b.s.Trace
	for i := range t.Calls {
		if b.late(i) {
			return uses
		}
		c := &t.Calls[i]
		for j := range c.Lead {
			if a := &c.Lead[j]; a.Kind == pickle.GlobalArg {
				b.handed[a.Global] = true
				b.planted[a.Global] = b.planted[a.Global] || !b.takes(c)
			}
		}
		if c.Rebinds {
			b.charge(UnlistedCall, c.Target, c.Args, c.From, c.Offset, "gives a %s another class or __setstate__, which no pickler writes: the next op that sets its state runs that", c.Target)
		}
		root := int32(i)
		if c.Global < 0 && c.Via >= 0 && int(c.Via) < i {
			root = b.roots[c.Via]
		}
		b.roots = append(b.roots, root)
		if b.misreadCall(int32(i)) {
			continue
		}
		switch {
		case c.Global >= 0:
			b.direct(int32(i), &t.Globals[c.Global], uses)
		case runs(c):
			b.indirect(c, root)
		case c.Via >= 0 && int(c.Via) < i:
			b.result(c)
		}
	}
	return uses
}

// direct judges what is done to a global, or to an instance of one.
func (b *bench) direct(i int32, g *pickle.Global, uses map[int]use) {
	c := &b.s.Trace.Calls[i]
	if !g.Resolved {
		if g.Extension {
			return // told as such
		}
		name, why := unresolved(g)
		b.charge(UnresolvedGlobal, name, c.Args, c.From, c.Offset, "%s, and %s", says(c, name), why)
		return
	}
	u := uses[int(c.Global)]
	if walked, ok := b.attribute(c, g); ok {
		u.harmless = true
		uses[int(c.Global)] = u
		b.walks[i] = walked
		b.walked(c, walked)
		return
	}
	if b.retyped(c, g) {
		u.harmless = true
		uses[int(c.Global)] = u
		return
	}
	if named, ok := b.imported(c, g); ok {
		u.harmless = true
		uses[int(c.Global)] = u
		b.walks[i] = named
		return
	}
	if b.subscripted(c, g) {
		u.harmless = true
		uses[int(c.Global)] = u
		return
	}
	o := b.opinion(g)
	if b.loadsClean(i, g, o) {
		u.harmless = true
		uses[int(c.Global)] = u
		return
	}
	if !u.harmful {
		u.harmful = true
		uses[int(c.Global)] = u
	}
	if o.class == catalog.Allowed && !g.Untrusted {
		if o.source != nil && b.raised(c, g, o, says(c, c.Target)+written(g)) {
			return
		}
		b.arguments(c, g, o)
		if c.Via >= 0 {
			b.acted(c, g, o)
		}
		return
	}
	name := b.nameOf(c, g)
	what := says(c, name) + written(g)
	switch {
	case o.class == catalog.Dangerous:
		b.charge(DangerousGlobal, name, c.Args, c.From, c.Offset, "%s: %s", what, o.reason)
	case o.class == catalog.Suspicious:
		b.charge(suspected(c, o), name, c.Args, c.From, c.Offset, "%s: %s", what, o.reason)
		b.arguments(c, g, o)
	case b.raised(c, g, o, what) || b.harmless(c, g, o):
	default:
		b.unlisted(c, g, o, what)
	}
}

// nameOf is g as messages write it. The trace has the name of what a call calls.
func (b *bench) nameOf(c *pickle.Call, g *pickle.Global) string {
	if c.Global >= 0 && g == &b.s.Trace.Globals[c.Global] {
		return c.Target
	}
	return g.String()
}

// suspected is the rule about what is done to a suspicious global: a library's
// is not among its allowed ones, and to call it with arguments is to use it.
func suspected(c *pickle.Call, o opinion) *lint.Rule {
	if isCall(c) && c.NArgs != 0 && o.library != "" {
		return UnlistedCall
	}
	return SuspiciousGlobal
}

// unlisted judges what is done to a global that no line of the catalogue allows.
func (b *bench) unlisted(c *pickle.Call, g *pickle.Global, o opinion, what string) {
	if c.Again && c.Kind != pickle.KindSetState {
		b.restocked(c, g.String())
		return
	}
	rule, why := UnknownClass, "which the catalogue does not "+verbFor(o)
	switch {
	case isCall(c) && o.library != "":
		rule, why = UnlistedCall, "which is not among the allowed globals of "+libraryWord(o.library)
	case isCall(c) && c.NArgs != 0:
		rule, why = UnknownCall, "which the catalogue does not know"
	case runs(c) && c.NArgs != 0 && o.library != "":
		// cls.__new__ runs with what the stream gives it.
		rule, why = SuspiciousGlobal, "with arguments, which no allowed pickle does"
	}
	if o.class == catalog.Allowed {
		why = "which is allowed, but an earlier op may have changed what names mean"
	}
	b.charge(rule, g.String(), c.Args, c.From, c.Offset, "%s, %s", what, why)
}

func verbFor(o opinion) string {
	if o.library != "" {
		return "allow"
	}
	return "know"
}

func libraryWord(library string) string {
	if library == "stdlib" {
		return "the standard library"
	}
	return library
}

// isCall reports whether c runs a callable, rather than making an instance of a
// class or changing one. INST and OBJ without arguments call what is no class.
func isCall(c *pickle.Call) bool {
	return c.Kind == pickle.KindCall || c.Op == pickle.OpInst || c.Op == pickle.OpObj
}

// indirect judges the call of something that is no global: the result of another
// call, a persistent object. The chain of callees leads to a global, or nowhere.
func (b *bench) indirect(c *pickle.Call, root int32) {
	t := b.s.Trace
	by := &t.Calls[root]
	what := says(c, c.Target)
	if by.Global < 0 || !t.Globals[by.Global].Resolved {
		if !isCall(c) && c.NArgs == 0 && c.Via < 0 {
			// torch.save names the classes of modules by persistent id.
			b.charge(UnknownClass, c.Target, c.Args, c.From, c.Offset, "%s, and the stream does not say what that is", what)
			return
		}
		b.charge(UnknownCall, c.Target, c.Args, c.From, c.Offset, "%s, and the stream does not say what that is", what)
		return
	}
	g := &t.Globals[by.Global]
	walked := b.walks[root]
	switch {
	case walked != nil && c.Via == root:
		b.taken(c, walked)
		return
	case walked != nil:
		g = walked
	case c.Via == root && (b.keyworded(c, by) || b.calledInstance(c, by)):
		return
	}
	switch o := b.opinion(g); {
	case o.class == catalog.Dangerous:
		b.charge(DangerousGlobal, c.Target, c.Args, c.From, c.Offset, "%s, the result of %s: %s", what, g, o.reason)
	case o.library != "":
		b.charge(UnlistedCall, c.Target, c.Args, c.From, c.Offset, "%s, the result of %s", what, g)
	default:
		b.charge(UnknownCall, c.Target, c.Args, c.From, c.Offset, "%s, and what a call returned is not known", what)
	}
}

// taken judges the call of an attribute that getattr took.
func (b *bench) taken(c *pickle.Call, g *pickle.Global) {
	o := b.opinion(g)
	what := says(c, g.String())
	switch o.class {
	case catalog.Dangerous:
		b.charge(DangerousGlobal, g.String(), c.Args, c.From, c.Offset, "%s: %s", what, o.reason)
	case catalog.Suspicious:
		b.charge(suspected(c, o), g.String(), c.Args, c.From, c.Offset, "%s: %s", what, o.reason)
		b.arguments(c, g, o)
	case catalog.Allowed:
		if !b.raised(c, g, o, what) {
			b.arguments(c, g, o)
		}
	default:
		if !b.raised(c, g, o, what) && !b.harmless(c, g, o) {
			b.unlisted(c, g, o, what)
		}
	}
}

// globals judges the look-ups that no call has spoken of. To look a global up is
// to import its module, and what was looked up can be handed to a callable.
func (b *bench) globals(uses map[int]use) {
	t := b.s.Trace
	for i := range t.Globals {
		if b.late(i) {
			return
		}
		if b.misreadGlobal(int32(i)) {
			continue
		}
		g := &t.Globals[i]
		if !g.Resolved {
			if !g.Extension {
				name, why := unresolved(g)
				b.charge(UnresolvedGlobal, name, "", g.Offset, g.Offset, "looks up %s, and %s", name, why)
			}
			continue
		}
		o := b.opinion(g)
		if o.class == catalog.Allowed && plantable(o.use) == "" {
			continue
		}
		name := g.String()
		switch {
		case o.class == catalog.Dangerous:
			// getattr that only ever took an attribute of a class.
			if u := uses[i]; u.harmless && !u.harmful && !b.handed[i] && !g.Kept && !b.evaluates {
				continue
			}
			if !b.charged(DangerousGlobal, name) {
				b.charge(DangerousGlobal, name, "", g.Offset, g.Offset, "imports %s%s: %s", name, written(g), o.reason)
			}
		case o.class == catalog.Suspicious:
			if u := uses[i]; u.harmless && !u.harmful && !b.handed[i] && !g.Kept && !b.evaluates {
				continue
			}
			if !b.charged(SuspiciousGlobal, name) && !b.charged(UnlistedCall, name) {
				b.charge(SuspiciousGlobal, name, "", g.Offset, g.Offset, "imports %s%s: %s", name, written(g), o.reason)
			}
		case o.class == catalog.Allowed:
			// Planted where an object will call it.
			if why := plantable(o.use); why != "" && len(t.Calls) > 0 && !b.charged(UnlistedCall, name) && (g.Kept || b.planted[i] || !uses[i].harmful && !b.made[name]) {
				b.charge(SuspiciousGlobal, name, "", g.Offset, g.Offset, "imports %s%s where an object may call it: it %s", name, written(g), why)
			}
		case b.charged(UnlistedCall, name) || b.charged(UnknownCall, name) || b.charged(UnknownClass, name):
		case b.charged(DangerousGlobal, name) || o.plain(g):
		case o.library != "":
			// A function of a library is planted where an honest object
			// will call it. Classes that are rebuilt are charged by now.
			if !b.charged(SuspiciousGlobal, name) {
				b.charge(SuspiciousGlobal, name, "", g.Offset, g.Offset, "imports %s%s, which no allowed pickle names", name, written(g))
			}
		default:
			b.charge(UnknownClass, name, "", g.Offset, g.Offset, "imports %s%s, which the catalogue does not %s", name, written(g), verbFor(o))
		}
	}
}

// plantable says what a callable that is allowed in one use only does in another.
func plantable(u catalog.Use) string {
	switch {
	case u.Results:
		return "evaluates text"
	case u.NoneFirst:
		return "opens what it is given"
	}
	return ""
}

func (b *bench) charged(r *lint.Rule, callable string) bool {
	_, ok := b.seen[caseKey{r, callable}]
	return ok
}

// unresolved names a global as far as that is known, and says why that is no more.
func unresolved(g *pickle.Global) (name, why string) {
	switch {
	case g.RawModule == "" && g.RawName == "":
		return "?", "the stream computes its name"
	case g.RawModule == "" || g.RawName == "":
		return cmp.Or(clip(g.RawModule), "?") + "." + cmp.Or(clip(g.RawName), "?"), "the stream computes its name"
	}
	return clip(g.RawModule + "." + g.RawName), "its name is longer than any honest name"
}

// says puts a dispatch point into words.
func says(c *pickle.Call, name string) string {
	switch c.Kind {
	case pickle.KindCall:
		return "calls " + does(c, name)
	case pickle.KindNew:
		if isCall(c) {
			return "creates or calls " + does(c, name)
		}
		return "creates an instance of " + name
	case pickle.KindSetState:
		return "sets the state of " + name
	case pickle.KindSetAttr, pickle.KindDictSet:
		return "sets attributes of " + name
	case pickle.KindSetItem:
		return "sets items of " + name
	default:
		return fmt.Sprintf("calls %s of %s", c.Kind, name)
	}
}

func does(c *pickle.Call, name string) string { return name + "(" + c.Args + ")" }

// written says how the stream spells a global, where that differs.
func written(g *pickle.Global) string {
	if raw := g.RawModule + "." + g.RawName; raw != g.String() {
		return " (written " + strings.TrimPrefix(raw, ".") + ")"
	}
	return ""
}
