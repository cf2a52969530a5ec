package blob

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// getattr does what its arguments say, and honest pickles need it. What it is
// told is read from Call.Lead, never from the rendering of arguments, which is
// for people. Whatever is not known there is not honest.

// attributeName is a name as pickle writes it for getattr, which takes one
// attribute and walks no dots.
var attributeName = regexp.MustCompile(`^[\pL_][\pL\pN_]*$`)

// attribute reports whether c only takes a named attribute of a global, or of an
// instance of a class: that is how pickle writes nested classes below protocol 4
// (save_global in pickle.py), members of enums and bound methods. It returns the
// walk, to be judged as a name; an instance counts as its class.
func (b *bench) attribute(c *pickle.Call, g *pickle.Global) (*pickle.Global, bool) {
	if c.Kind != pickle.KindCall || g.Module != "builtins" || g.Name() != "getattr" || g.Untrusted {
		return nil, false
	}
	if c.NArgs != 2 || len(c.Lead) != 2 || c.Lead[1].Kind != pickle.StrArg || !attributeName.MatchString(c.Lead[1].Text) {
		return nil, false
	}
	of := b.argument(&c.Lead[0])
	if of == nil {
		of = b.instance(&c.Lead[0])
	}
	if of == nil {
		return b.method(c, g)
	}
	if of.Untrusted || len(of.Path) > maxWalk {
		return nil, false
	}
	return attributeOf(of, c.Lead[1].Text), true
}

// attributeOf is the global that a walk leads to from g.
func attributeOf(g *pickle.Global, name string) *pickle.Global {
	walked := *g
	walked.Path = append(slices.Clone(g.Path), name)
	walked.RawModule, walked.RawName = walked.Module, walked.Name()
	return &walked
}

// method is attribute for a literal, as in [].remove, and for what the call of a
// global returned: matplotlib and users keep such methods (method_reduce in
// Objects/methodobject.c). What a call returns is of no known class, so that only
// those that the catalogue has as callable.method count.
func (b *bench) method(c *pickle.Call, g *pickle.Global) (*pickle.Global, bool) {
	var walked *pickle.Global
	switch a := &c.Lead[0]; {
	case a.Type != "":
		walked = &pickle.Global{Module: "builtins", Path: []string{a.Type}, Resolved: true, Offset: g.Offset}
	case a.Kind == pickle.OtherArg && a.Call >= 0:
		by := &b.s.Trace.Calls[a.Call]
		if by.Kind != pickle.KindCall || by.Global < 0 {
			return nil, false
		}
		if walked = &b.s.Trace.Globals[by.Global]; !walked.Resolved || walked.Untrusted || len(walked.Path) > maxWalk {
			return nil, false
		}
	default:
		return nil, false
	}
	walked = attributeOf(walked, c.Lead[1].Text)
	o := b.opinion(walked)
	return walked, o.class == catalog.Allowed && o.use.Value
}

// moduleName is a module as pickle writes it.
var moduleName = regexp.MustCompile(`^[\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*$`)

// imported reports whether c is the call of a callable that imports what its
// arguments name, and those name what the catalogue allows as a value: that is
// how numpy below 1.20 writes its functions. It returns what is named.
func (b *bench) imported(c *pickle.Call, g *pickle.Global) (*pickle.Global, bool) {
	if c.Kind != pickle.KindCall || g.Untrusted || !b.opinion(g).use.Names || c.NArgs < 2 || len(c.Lead) < 2 {
		return nil, false
	}
	module, name := &c.Lead[0], &c.Lead[1]
	if module.Kind != pickle.StrArg || name.Kind != pickle.StrArg || !moduleName.MatchString(module.Text) || !moduleName.MatchString(name.Text) {
		return nil, false
	}
	for i := 2; i < len(c.Lead); i++ {
		if c.Lead[i].Kind != pickle.LiteralArg {
			return nil, false // it is bound to that
		}
	}
	named := &pickle.Global{
		RawModule: module.Text, RawName: name.Text, Module: module.Text, Path: strings.Split(name.Text, "."),
		Resolved: true, Offset: g.Offset,
	}
	o := b.opinion(named)
	return named, o.class == catalog.Allowed && o.use.Value
}

// argument returns the global that a is, if that is known by name. What getattr
// took has one.
func (b *bench) argument(a *pickle.Arg) *pickle.Global {
	if a.Kind == pickle.GlobalArg {
		if g := &b.s.Trace.Globals[a.Global]; g.Resolved {
			return g
		}
		return nil
	}
	if a.Call >= 0 {
		return b.walks[int32(a.Call)]
	}
	return nil
}

// instance returns the class that a is an instance of, if that is known by name.
func (b *bench) instance(a *pickle.Arg) *pickle.Global {
	if a.Kind != pickle.OtherArg || a.Call < 0 {
		return nil
	}
	t := b.s.Trace
	by := &t.Calls[a.Call]
	switch {
	case by.Kind == pickle.KindNew && by.Via >= 0:
		return b.walks[by.Via]
	case by.Global < 0 || !t.Globals[by.Global].Resolved:
		return nil
	case by.Kind == pickle.KindNew && !isCall(by):
		return &t.Globals[by.Global]
	case by.Kind == pickle.KindCall:
		// copyreg._reconstructor makes an instance of its argument.
		if n := b.opinion(&t.Globals[by.Global]).use.Makes; n > 0 && n <= len(by.Lead) {
			return b.argument(&by.Lead[n-1])
		}
	}
	return nil
}

// made returns the class whose __new__ g is. Protocols 2 and 3 have no op for
// keywords of __new__, and write functools.partial(cls.__new__, cls, key=…)()
// (save_reduce in pickle.py).
func made(g *pickle.Global) (*pickle.Global, bool) {
	last := len(g.Path) - 1
	if last < 1 || g.Path[last] != "__new__" {
		return nil, false
	}
	class := *g
	class.Path = g.Path[:last]
	class.RawModule, class.RawName = class.Module, class.Name()
	return &class, true
}

func partial(g *pickle.Global) bool {
	return g.Module == "functools" && g.Name() == "partial" && !g.Untrusted
}

// restated judges the state of a partial, which says anew what it calls: a
// pickler says the same twice.
func (b *bench) restated(c, by *pickle.Call) {
	if len(by.Lead) > 0 && !c.Flat {
		if of := b.argument(&by.Lead[0]); of != nil {
			if class, ok := made(of); ok && b.opinion(class).use.Flat {
				b.charge(UnlistedCall, class.String(), c.Args, c.From, c.Offset, "creates an instance of %s with a container of plain values, which no pickler writes: it evaluates text", class)
				return
			}
		}
	}
	if len(c.Lead) > 0 && len(by.Lead) > 0 {
		was, is := b.argument(&by.Lead[0]), b.argument(&c.Lead[0])
		if was != nil && is != nil && was.String() == is.String() {
			return
		}
	}
	b.charge(UnlistedCall, "functools.partial", c.Args, c.From, c.Offset, "%s to another function, which no pickler writes", says(c, "a functools.partial"))
}

// keyworded judges the call of a partial of cls.__new__, as an instance that is
// made with arguments.
func (b *bench) keyworded(c, by *pickle.Call) bool {
	g := &b.s.Trace.Globals[by.Global]
	if !partial(g) || c.NArgs != 0 || len(by.Lead) == 0 {
		return false
	}
	of := b.argument(&by.Lead[0])
	if of == nil {
		return false
	}
	class, ok := made(of)
	if !ok {
		return false
	}
	o := b.opinion(class)
	name := class.String()
	switch {
	case o.class == catalog.Dangerous || o.class == catalog.Suspicious:
		// The look-up is told as such.
	case b.madeBy(c, class, o, "creates an instance of "+name):
	case o.class == catalog.Allowed && o.use.Flat && by.Flat:
		// So far; its state says anew what it keeps.
	case o.class == catalog.Allowed && !o.use.Value && !o.use.Literal && !o.use.Results:
	case o.plain(class) && !o.source.narrow:
	case o.library != "":
		b.charge(SuspiciousGlobal, name, c.Args, c.From, c.Offset, "creates an instance of %s with arguments, which no allowed pickle does", name)
	default:
		b.charge(UnknownClass, name, c.Args, c.From, c.Offset, "creates an instance of %s, which the catalogue does not %s", name, verbFor(o))
	}
	return true
}

// calledInstance reports whether c calls an instance of a class whose instances
// picklers call, by made it.
func (b *bench) calledInstance(c, by *pickle.Call) bool {
	g := &b.s.Trace.Globals[by.Global]
	if n := b.opinion(g).use.Makes; by.Kind == pickle.KindCall && n > 0 && n <= len(by.Lead) {
		if g = b.argument(&by.Lead[n-1]); g == nil {
			return false
		}
	} else if by.Kind != pickle.KindNew || isCall(by) {
		return false
	}
	o := b.opinion(g)
	return o.class == catalog.Allowed && o.use.Called && !g.Untrusted &&
		c.Kind == pickle.KindCall && c.NArgs == 1 && len(c.Lead) == 1 && b.argument(&c.Lead[0]) != nil
}

// walked judges an attribute that getattr took.
func (b *bench) walked(c *pickle.Call, g *pickle.Global) {
	if _, ok := made(g); ok {
		return // the class is told; nothing is made before it is called
	}
	if b.member(g) {
		return
	}
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
		if o.plain(g) {
			return
		}
		b.charge(UnknownClass, name, c.Args, c.From, c.Offset, "takes %s by getattr, which the catalogue does not %s", name, verbFor(o))
	}
}

// memberName is how members of the enums of the standard library are written.
var memberName = regexp.MustCompile(`^[A-Z][\pL\pN_]*$`)

// member reports whether g is a member of an allowed enum (Enum.__reduce_ex__ of
// Python 3.11 takes it by getattr).
func (b *bench) member(g *pickle.Global) bool {
	last := len(g.Path) - 1
	if last < 1 || !memberName.MatchString(g.Path[last]) {
		return false
	}
	enum := *g
	enum.Path = g.Path[:last]
	enum.RawModule, enum.RawName = enum.Module, enum.Name()
	o := b.opinion(&enum)
	if o.plain(&enum) && o.source.enum {
		return true
	}
	return o.class == catalog.Allowed && o.use.Shared && o.use.Literal
}

// subscripted reports whether c makes a type of a form of typing, as in
// Union[int, str] (_UnionGenericAlias.__reduce__ in typing.py).
func (b *bench) subscripted(c *pickle.Call, g *pickle.Global) bool {
	if c.Kind != pickle.KindCall || g.Name() != "getitem" || g.Module != "operator" && g.Module != "_operator" || g.Untrusted {
		return false
	}
	if c.NArgs != 2 || len(c.Lead) != 2 {
		return false
	}
	of := b.argument(&c.Lead[0])
	return of != nil && of.Module == "typing" && len(of.Path) == 1 && !of.Untrusted && b.opinion(of).class == catalog.Allowed
}

// retyped reports whether c makes a tensor of a subclass as torch writes it:
// _rebuild_from_type_v2(_rebuild_tensor_v2, cls, args, state) calls the first with
// the third, takes what that returns as a cls, which only a subclass of Tensor can
// be, and sets its state (torch/_tensor.py). The class is judged as a look-up.
func (b *bench) retyped(c *pickle.Call, g *pickle.Global) bool {
	if c.Kind != pickle.KindCall || g.Module != "torch._tensor" || g.Name() != "_rebuild_from_type_v2" || g.Untrusted || c.NArgs != 4 || len(c.Lead) < 3 {
		return false
	}
	by, class := b.argument(&c.Lead[0]), b.argument(&c.Lead[1])
	if by == nil || by.Untrusted || class == nil || class.Untrusted {
		return false
	}
	o := b.opinion(by)
	return by.Module == "torch._utils" && strings.HasPrefix(by.Name(), "_rebuild_") && o.class == catalog.Allowed && o.use == (catalog.Use{})
}
