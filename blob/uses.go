package blob

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// An allowed callable is harmless in the use that picklers make of it. A stream
// can also write __dict__ of what it returned, so that the next op finds a method
// there; hand it a callable that it calls; or change what the process shares.

// runs reports whether c calls something, and does not act on an object.
func runs(c *pickle.Call) bool { return c.Kind == pickle.KindCall || c.Kind == pickle.KindNew }

// manyTerms is how many arguments the decoder surely remembers of a call.
const manyTerms = 50

// arguments judges what is given to g, of which the catalogue says o.
func (b *bench) arguments(c *pickle.Call, g *pickle.Global, o opinion) {
	if !runs(c) || c.NArgs == 0 {
		return
	}
	name := b.nameOf(c, g)
	switch {
	case o.use.Value:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s, which no pickler calls with arguments", says(c, name))
	case o.use.Most > 0 && (int(c.NArgs) > o.use.Most || c.NArgs < 0):
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s with more arguments than any pickler writes", says(c, name))
	case o.use.NoneFirst && !c.NoneFirst:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s, whose first argument every pickler leaves out: it would be opened", says(c, name))
	case o.use.Flat && !c.Flat:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s with a container of plain values, which no pickler writes: it evaluates text", says(c, name))
	case o.use.Literal && b.unspelled(c, o.use.Free):
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s with an object that brings methods of its own, which no pickler writes", says(c, name))
	case o.use.Results && !c.Results && c.NArgs > manyTerms:
		b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "%s with %d arguments, of which not all were looked at: it evaluates text", says(c, name), c.NArgs)
	case o.use.Results && !c.Results:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s with something that no call of its own library returned, which no pickler writes: it evaluates text", says(c, name))
	}
	if c.Kind != pickle.KindCall {
		return // a class that calls one does so in __init__
	}
	made, called := o.use.Makes, o.use.Calls
	if made == called && made > 0 {
		// It calls the classes of its own package, and what else it is given.
		if b.ownClass(c, g, made) {
			called = 0
		} else {
			made = 0
		}
	}
	if made > 0 {
		b.passed(c, g, made, makes)
	}
	if called > 0 {
		b.passed(c, g, called, calls)
	}
	if n := o.use.Keeps; n > 0 {
		b.passed(c, g, n, keeps)
	}
}

// takes reports whether it is known what c does with a callable that it is given:
// that is judged where it is called, made an instance of, or asked for an attribute.
func (b *bench) takes(c *pickle.Call) bool {
	if c.Global < 0 || !b.s.Trace.Globals[c.Global].Resolved {
		return false
	}
	g := &b.s.Trace.Globals[c.Global]
	use := b.opinion(g).use
	return use.Makes+use.Calls+use.Keeps > 0 || g.Module == "builtins" && g.Name() == "getattr"
}

// ownClass reports whether argument n of a call of g is allowed, and of the package
// of g.
func (b *bench) ownClass(c *pickle.Call, g *pickle.Global, n int) bool {
	if n > len(c.Lead) {
		return false
	}
	of := b.argument(&c.Lead[n-1])
	if of == nil || of.Untrusted || b.opinion(of).class != catalog.Allowed {
		return false
	}
	own, _, _ := strings.Cut(g.Module, ".")
	root, _, _ := strings.Cut(of.Module, ".")
	return own == root
}

// handing is what a callable does with a callable that it is given.
type handing uint8

const (
	makes handing = iota // an instance of it, as NEWOBJ does
	calls                // calls it at once
	keeps                // keeps it for a call
)

func (h handing) String() string {
	if h == makes {
		return "makes an instance of"
	}
	return "calls"
}

// unspelled reports whether one of the first arguments, but for argument free,
// is neither a value that the stream spells out nor a name, or is not known.
func (b *bench) unspelled(c *pickle.Call, free int) bool {
	for i := range c.Lead {
		if c.Lead[i].Kind == pickle.OtherArg && i+1 != free && b.argument(&c.Lead[i]) == nil {
			return true
		}
	}
	return c.NArgs < 0
}

// strays reports whether an allowed callable, or class, is handed to g in a way in
// which no pickler hands it on: its own line says what it may be given, and g
// gives it what the stream likes.
func (b *bench) strays(c *pickle.Call, g, of *pickle.Global, use catalog.Use, how handing) bool {
	picky := use.Results || use.Flat && !c.Flat || use.NoneFirst
	switch how {
	case makes:
		// copyreg hands on what NEWOBJ would be given.
		return picky && (c.NArgs != 1 || g.Module != "copyreg") && !bare(c, g) || len(use.StateKeys()) > 0 && g.Module != "copyreg"
	case calls:
		// The bases of copyreg._reconstructor are types of the interpreter.
		if use.Value && of.Module != "builtins" {
			return true
		}
	}
	return picky || use.Most > 0 || use != (catalog.Use{}) && b.unspelled(c, 0)
}

// bare reports whether c is copyreg._reconstructor(cls, object, None), which gives
// the class nothing.
func bare(c *pickle.Call, g *pickle.Global) bool {
	return g.Module == "copyreg" && g.Name() == "_reconstructor" && c.NArgs == 3
}

// passed judges argument n of a call, which g calls, keeps or makes an instance of.
func (b *bench) passed(c *pickle.Call, g *pickle.Global, n int, how handing) {
	if c.NArgs >= 0 && (int(c.NArgs) < n || len(c.Lead) == 0) {
		return // left out, or a literal: that cannot be called
	}
	var of *pickle.Global
	if n <= len(c.Lead) {
		if k := c.Lead[n-1].Kind; k == pickle.StrArg || k == pickle.LiteralArg {
			return
		}
		of = b.argument(&c.Lead[n-1])
	}
	if of == nil {
		b.charge(UnknownCall, g.String(), c.Args, c.From, c.Offset, "%s, and %s an argument that is not named", says(c, g.String()), how)
		return
	}
	if class, ok := made(of); ok && how != makes {
		of, how = class, makes
	}
	name := of.String()
	if how == makes {
		b.made[name] = true
	}
	switch o := b.opinion(of); {
	case o.class == catalog.Dangerous:
		if _, ok := made(of); ok {
			return // no class; it was judged where it was taken
		}
		// The look-up alone may be silent: getattr, where another op has it
		// take an attribute.
		b.charge(DangerousGlobal, name, c.Args, c.From, c.Offset, "%s %s through %s(%s): %s", how, name, g, c.Args, o.reason)
	case o.class == catalog.Suspicious:
		b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "%s %s through %s(%s): %s", how, name, g, c.Args, o.reason)
	case o.source != nil && (how == makes && g.Name() != "_reconstructor" && b.madeBy(c, of, o, "makes an instance of "+name+" through "+g.String()) ||
		how != makes && b.raised(c, of, o, "calls "+name+" through "+g.String())):
	case o.class == catalog.Allowed && !of.Untrusted:
		if b.strays(c, g, of, o.use, how) {
			b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s %s through %s(%s), with arguments that no pickler hands on to it", how, name, g, c.Args)
		}
	case o.plain(of) && (how != makes && o.source.called && !b.unspelled(c, 0) || how == makes && !o.source.narrow):
	case how == makes && o.library != "" && g.Module == "copyreg" && c.NArgs != 1 && !bare(c, g):
		b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "makes an instance of %s through %s with arguments, which no allowed pickle does", name, g)
	case how == makes:
		b.charge(UnknownClass, name, c.Args, c.From, c.Offset, "makes an instance of %s through %s, which the catalogue does not %s", name, g, verbFor(o))
	case o.library != "":
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "calls %s through %s, which is not among the allowed globals of %s", name, g, libraryWord(o.library))
	default:
		b.charge(UnknownCall, name, c.Args, c.From, c.Offset, "calls %s through %s, which the catalogue does not know", name, g)
	}
}

// result judges what is done to the result of a call. A callable that is not
// allowed has been charged, and so has the call of what another call returned,
// unless getattr took it.
func (b *bench) result(c *pickle.Call) {
	t := b.s.Trace
	by := &t.Calls[c.Via]
	if !runs(by) {
		return
	}
	if walked := b.walks[c.Via]; walked != nil {
		b.charge(MutatedGlobal, walked.String(), c.Args, c.From, c.Offset, "%s, which the whole process shares", says(c, walked.String()))
		return
	}
	if b.loads[c.Via] {
		b.charge(UnlistedCall, by.Target, c.Args, c.From, c.Offset, "%s, which no pickler writes", says(c, "what "+by.Target+" returned"))
		return
	}
	var g *pickle.Global
	switch {
	case by.Global >= 0:
		g = &t.Globals[by.Global]
	case by.Via >= 0:
		g = b.walks[by.Via]
	}
	if g == nil || !g.Resolved {
		return
	}
	if partial(g) && c.Kind == pickle.KindSetState {
		b.restated(c, by)
	}
	o := b.opinion(g)
	if n := o.use.Makes; n > 0 && n <= len(by.Lead) {
		of := b.argument(&by.Lead[n-1])
		if of == nil {
			return
		}
		g, o = of, b.opinion(of)
	}
	if o.class == catalog.Allowed {
		if o.source != nil && b.raised(c, g, o, says(c, g.String())) {
			return
		}
		b.acted(c, g, o)
		return
	}
	b.sourcedResult(c, g, o)
}

// acted judges what is done to an object that an allowed callable made.
func (b *bench) acted(c *pickle.Call, g *pickle.Global, o opinion) {
	var way catalog.Items
	switch c.Kind {
	case pickle.KindAppend, pickle.KindExtend:
		way = catalog.ListItems
	case pickle.KindAdd, pickle.KindUpdate:
		way = catalog.SetItems
	case pickle.KindSetItem:
		way = catalog.DictItems
	}
	name := g.String()
	if c.Kind == pickle.KindSetState {
		b.stated(c, name, o.use)
	}
	switch {
	case o.use.Shared:
		b.charge(MutatedGlobal, name, c.Args, c.From, c.Offset, "%s, which the whole process shares", says(c, "what "+name+" returned"))
	case way != 0 && o.use.Items&way == 0:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "calls the %s of a %s, which no pickler writes", c.Kind, name)
	case c.Again && way != 0:
		b.restocked(c, name)
	case c.Again:
		b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "sets the state of one %s a second time, which no pickler writes: the first can bring a __setstate__", name)
	}
}

// restocked charges items that are added to an object whose state the stream has
// set before: the methods that add them are taken from the object. Picklers write
// items first (save_reduce in pickle.py).
func (b *bench) restocked(c *pickle.Call, name string) {
	b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "calls the %s of a %s whose state it has set, which no pickler writes: the state can bring a method of that name", c.Kind, name)
}
