package blob

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// What source says of a global lowers a verdict only where it says all: what the
// name is bound to, and that nothing runs when it is rebuilt or called that does
// more than to keep what it is given. It raises one where a method that the stream
// makes run does what the catalogue calls dangerous.

// knowledge is what source says of one global, as far as it counts here.
type knowledge struct {
	def *Definition
	// rebuilt and called: nothing happens when it is made from its state, or
	// called with plain values.
	rebuilt, called bool
	// narrow: a base that the catalogue allows takes some arguments only.
	narrow bool
	enum   bool
	items  catalog.Items
}

// sourced adds what def says to an opinion.
func (j *judge) sourced(def *Definition, o opinion) opinion {
	if def.Kind == Imported {
		return j.imported(def, o)
	}
	k := &knowledge{def: def}
	o.source = k
	if j.policy == Strict || !def.Sure || def.Kind != Class || def.Open {
		return o
	}
	for _, d := range def.Decorators {
		if !plainDecorators[d] {
			return o
		}
	}
	k.called = true
	for _, base := range def.Bases {
		use, ok := j.base(base)
		if !ok {
			k.called = false
			return o
		}
		k.items |= use.Items
		k.enum = k.enum || use.Shared
		k.narrow = k.narrow || use.Literal || use.Value || use.Most > 0
		k.called = k.called && !use.Value && use.Most == 0
	}
	k.rebuilt = true
	for i := range def.Methods {
		m := &def.Methods[i]
		if quiet(m) {
			continue
		}
		if atCall[m.Name] {
			k.called = false
		}
		if atRebuild[m.Name] {
			k.rebuilt = false
		}
	}
	k.called = k.called && k.rebuilt
	return o
}

// imported is the opinion of a name that stands for something outside of the
// sources: the worst of what is thought of that. It lowers nothing, since picklers
// write a class by the name that it has where it is defined.
func (j *judge) imported(def *Definition, o opinion) opinion {
	for _, name := range def.Names {
		is, ok := j.dotted(name)
		o.foreign = o.foreign || ok || !j.ownPackage(name)
		bad := is.class == catalog.Dangerous || is.class == catalog.Suspicious && o.class != catalog.Dangerous
		if bad || is.class == catalog.Unknown && o.class == catalog.Unknown && o.library == "" {
			o.class, o.library = is.class, is.library
			o.reason = fmt.Sprintf("it is %s (%s:%d), which %s", name, def.Path, def.Line, is.reason)
		}
	}
	return o
}

// dotted is what the catalogue says of a dotted name, each part of which may be a
// module. A name that stands for a module is none that a stream calls.
func (j *judge) dotted(full string) (found opinion, ok bool) {
	if strings.Count(full, ".") >= maxWalk {
		return opinion{}, false
	}
	for i := strings.LastIndexByte(full, '.'); i > 0; i = strings.LastIndexByte(full[:i], '.') {
		o := j.name(full[:i], strings.Split(full[i+1:], "."))
		switch {
		case o.class == catalog.Dangerous:
			return o, true
		case !ok && (o.class != catalog.Unknown || o.library != ""):
			found, ok = o, true
		}
	}
	return found, ok
}

// base is how instances of a class behave that stands on a class outside of the
// sources, if that is known to run nothing.
func (j *judge) base(name string) (catalog.Use, bool) {
	if use, ok := plainBases[name]; ok {
		return use, true
	}
	o, ok := j.dotted(name)
	u := o.use
	acts := u.Calls+u.Makes+u.Keeps > 0 || u.Results || u.Flat || u.NoneFirst || u.Called || len(u.StateKeys()) > 0 || u.Loads != ""
	return u, ok && o.class == catalog.Allowed && !acts
}

// triggers are the methods that a dispatch point makes run.
func triggers(c *pickle.Call) []string {
	switch c.Kind {
	case pickle.KindCall:
		return []string{"__new__", "__init__", "__post_init__", "__attrs_post_init__", "__attrs_pre_init__", "_missing_", "__del__"}
	case pickle.KindNew:
		if isCall(c) {
			return []string{"__new__", "__init__", "__del__"}
		}
		return []string{"__new__", "__del__"}
	case pickle.KindSetState:
		return []string{"__setstate__", "__getattr__", "__getattribute__"}
	case pickle.KindSetAttr:
		return []string{"__setattr__"}
	case pickle.KindSetItem:
		return []string{"__setitem__"}
	case pickle.KindAppend, pickle.KindExtend:
		return []string{"append", "extend", "__getattr__", "__getattribute__"}
	case pickle.KindAdd, pickle.KindUpdate:
		return []string{"add", "update", "__getattr__", "__getattribute__"}
	}
	return nil
}

// madeBy charges an instance of g that another callable makes by its __new__, as
// raised does.
func (b *bench) madeBy(c *pickle.Call, g *pickle.Global, o opinion, what string) bool {
	as := *c
	as.Kind, as.Op = pickle.KindNew, pickle.OpNewObj
	return b.raised(&as, g, o, what)
}

// raised charges a dispatch point on g that makes dangerous code of the project
// run, and reports whether there is any. what says what the stream does.
func (b *bench) raised(c *pickle.Call, g *pickle.Global, o opinion, what string) bool {
	k := o.source
	if k == nil || g.Untrusted && k.def.Kind != Class {
		return false
	}
	for i := range k.def.Methods {
		m := &k.def.Methods[i]
		if k.def.Kind == Function && !isCall(c) || k.def.Kind == Class && !slices.Contains(triggers(c), m.Name) {
			continue
		}
		name, reason := b.harm(m)
		if name == "" {
			continue
		}
		whose := fmt.Sprintf("which (%s:%d) calls", m.Path, m.Line)
		if m.Name != "" {
			whose = fmt.Sprintf("whose %s (%s:%d) calls", m.Name, m.Path, m.Line)
		}
		b.charge(DangerousGlobal, g.String(), c.Args, c.From, c.Offset, "%s, %s %s: %s", what, lint.Printable(whose), lint.Printable(name), reason)
		return true
	}
	return false
}

// impliedMethods are those that ops run without calling them by name.
var impliedMethods = map[pickle.ImplicitKind][]string{
	pickle.ImplicitHash: {"__hash__", "__eq__"}, pickle.ImplicitIter: {"__iter__"}, pickle.ImplicitBool: {"__bool__", "__len__"},
	pickle.ImplicitIndex: {"__index__"}, pickle.ImplicitBuffer: {"__buffer__"}, pickle.ImplicitKeys: {"__getitem__"},
}

// implied charges what ops run of the project's classes without calling it, where
// that is dangerous: the hash of a key.
func (b *bench) implied() {
	t := b.s.Trace
	for i := range t.Implicit {
		if b.Source == nil || b.late(i) {
			return
		}
		in := &t.Implicit[i]
		if in.Via < 0 || t.Calls[in.Via].Global < 0 {
			continue
		}
		by := &t.Calls[in.Via]
		g := &t.Globals[by.Global]
		k := b.opinion(g).source
		if k == nil || k.def.Kind != Class || !runs(by) {
			continue
		}
		for j := range k.def.Methods {
			m := &k.def.Methods[j]
			if !slices.Contains(impliedMethods[in.Kind], m.Name) {
				continue
			}
			if name, reason := b.harm(m); name != "" {
				b.charge(DangerousGlobal, g.String(), "", by.From, in.Offset, "takes the %s of a %s, whose %s (%s:%d) calls %s: %s",
					in.Kind, g, m.Name, lint.Printable(m.Path), m.Line, lint.Printable(name), reason)
			}
		}
	}
}

// harm returns what dangerous function a method calls, and why it is.
func (j *judge) harm(m *Method) (name, reason string) {
	for _, call := range m.Calls {
		// A sink that depends on its arguments is told where it stands, by pyscan.
		if sink, ok := j.cat.PythonSink(call); ok && len(sink.SafeIf)+len(sink.UnsafeIf) == 0 {
			return call, sink.Danger
		}
		// Not by j.name: source may write object.__new__, and walks where it likes.
		for i := strings.LastIndexByte(call, '.'); i > 0; i = strings.LastIndexByte(call[:i], '.') {
			if g := j.cat.Global(call[:i], call[i+1:]); g.Class == catalog.Dangerous && grave(call, g.Library) {
				return call, g.Reason
			}
		}
	}
	return "", ""
}

// harmless reports whether what source says of g settles a dispatch point on it:
// there is nothing to say.
func (b *bench) harmless(c *pickle.Call, g *pickle.Global, o opinion) bool {
	k := o.source
	if k == nil || g.Untrusted || c.Again {
		return false
	}
	switch c.Kind {
	case pickle.KindCall:
		return k.called && c.NArgs >= 0 && !b.unspelled(c, 0) && (!k.enum || c.NArgs == 1)
	case pickle.KindNew:
		plain := k.called && c.NArgs >= 0 && !b.unspelled(c, 0)
		return k.rebuilt && (!isCall(c) || k.called) && (c.NArgs == 0 || !k.narrow || plain)
	case pickle.KindSetState, pickle.KindSetAttr:
		return k.rebuilt
	case pickle.KindAppend, pickle.KindExtend:
		return k.rebuilt && k.items&catalog.ListItems != 0
	case pickle.KindAdd, pickle.KindUpdate:
		return k.rebuilt && k.items&catalog.SetItems != 0
	case pickle.KindSetItem:
		return k.rebuilt && k.items&catalog.DictItems != 0
	}
	return false
}

// sourcedResult judges what is done to what a call of g returned, or to the
// instance that another callable made of it. If the call was no finding, this is
// none only if a pickler writes it.
func (b *bench) sourcedResult(c *pickle.Call, g *pickle.Global, o opinion) {
	if c.Again && c.Kind != pickle.KindSetState {
		b.restocked(c, g.String())
		return
	}
	if b.raised(c, g, o, says(c, g.String())) || o.source == nil || !o.source.called || b.harmless(c, g, o) && !o.source.enum {
		return
	}
	name := g.String()
	if o.source.enum {
		b.charge(MutatedGlobal, name, c.Args, c.From, c.Offset, "%s, which the whole process shares", says(c, "what "+name+" returned"))
		return
	}
	b.charge(UnlistedCall, name, c.Args, c.From, c.Offset, "%s, which no pickler writes of such a class", says(c, "what "+name+" returned"))
}

// plain reports whether g is a class that may be looked up and rebuilt.
func (o *opinion) plain(g *pickle.Global) bool {
	return o.source != nil && o.source.rebuilt && !g.Untrusted
}
