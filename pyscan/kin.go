package pyscan

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxKinHops bounds how often a class of another module is imported from elsewhere, or
	// stands on one of a further module.
	maxKinHops = 6
	// maxKin bounds the classes of other modules that are looked at for one class.
	maxKin = 32
	// maxKinBytes bounds the sources of the modules whose classes are kept, but for the last
	// one, and maxKinAsked the modules that one file asks about.
	maxKinBytes, maxKinAsked = 1 << 20, 64
)

// kin is a class of another module on which one stands. Its nodes are those of its own file,
// and only its own pickled may be asked about them.
type kin struct {
	*pickled
	class *classes.Class
}

// ancestry is what a class of the file stands on in other modules.
type ancestry struct {
	// far are its classes there, the nearest first.
	far []kin
	// complete: nothing else that it stands on has a say in how it is pickled.
	complete bool
}

// kinship holds the classes of modules, for all files that ask. Whoever uses them has mu.
type kinship struct {
	mu    sync.Mutex
	known map[string]*pickled // nil for a module that is not understood
	kept  int                 // the bytes of their sources
	// hooked holds the answers of mayHook.
	hooked map[string]bool
}

// ancestry returns what the class stands on in other modules.
func (j *pickled) ancestry(c *classes.Class) *ancestry {
	if a := j.ancestors[c]; a != nil {
		return a
	}
	a := j.trace(c)
	j.ancestors[c] = a
	return a
}

func (j *pickled) trace(c *classes.Class) *ancestry {
	type level struct {
		kin
		hops int
	}
	a := &ancestry{complete: true}
	seen := map[*classes.Class]bool{c: true}
	var todo []level
	add := func(k kin, hops int) {
		all, _ := k.class.Linear()
		for _, at := range all {
			if at != k.class && seen[at] {
				continue
			}
			seen[at] = true
			todo = append(todo, level{kin{k.pickled, at}, hops})
		}
	}
	add(kin{j, c}, maxKinHops)
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if at.pickled != j {
			a.far = append(a.far, at.kin)
			// A decorator may give it any method. That of dataclasses gives it none that matters.
			is, _ := at.class.Dataclass()
			a.complete = a.complete && (len(at.class.Decorators) == 0 || is && len(at.class.Decorators) == 1 && !at.class.Slotted)
		}
		a.complete = a.complete && !at.class.Open
		for _, b := range at.class.Bases {
			if b.Class != nil {
				continue
			}
			leaves, known := at.leavesAlone(b.Name)
			if known {
				a.complete = a.complete && leaves
				continue
			}
			k, ok := at.kinOf(b.Name, at.hops, j)
			switch {
			case !ok, len(a.far)+len(todo) >= maxKin:
				a.complete = false
			case !seen[k.class]:
				seen[k.class] = true
				add(k, at.hops-1)
			}
		}
	}
	return a
}

// leavesAlone reports what a base that is in no file of the project says of how objects are
// pickled: nothing, if leaves; known is false if it may be in one.
func (j *pickled) leavesAlone(name string) (leaves, known bool) {
	if class, ok := strings.CutPrefix(name, "builtins."); ok {
		return class != "type" && class != "super", true
	}
	if strings.HasPrefix(name, "collections.abc.") || strings.HasPrefix(name, "typing.") || name == "abc.ABC" {
		return name != "typing.NamedTuple", true
	}
	if _, ok := j.f.gate.catalog.PythonUnpicklable(name + "()"); ok {
		return true, true
	}
	return false, j.f.modules == nil || name == ""
}

// kinOf finds a class of another module by its dotted name, through the modules that pass it
// on. It is the one that asks for whom the modules are locked.
func (j *pickled) kinOf(name string, hops int, asks *pickled) (k kin, ok bool) {
	module, rest := name, ""
	for range 2 { // Outer.Inner
		shorter, more := catalog.Shorter(module)
		if !more || hops <= 0 || len(name) > maxFunction {
			return kin{}, false
		}
		rest, module = strings.TrimSuffix(module[len(shorter)+1:]+"."+rest, "."), shorter
		other := asks.opened(module)
		if other == nil {
			continue
		}
		top, _, _ := strings.Cut(rest, ".")
		bound, found := other.f.names.Module(top)
		if !found || !bound.Sure {
			return kin{}, false
		}
		for _, c := range other.m.Classes {
			if c.Name == rest && !c.Local && (rest != top || c.Node == bound.Definition) {
				return kin{other, c}, true
			}
		}
		if bound.Definition == syntax.None && bound.Value == syntax.None && len(bound.Targets) == 1 && bound.Targets[0].Name != name {
			return other.kinOf(bound.Targets[0].Name+rest[len(top):], hops-1, asks)
		}
		return kin{}, false
	}
	return kin{}, false
}

// opened returns what is known of the classes of a module in reach, or nil.
func (j *pickled) opened(module string) *pickled {
	m := j.f.modules
	if m == nil || len(module) > maxFunction || j.known(module) {
		return nil
	}
	s := j.kinship()
	if other, ok := s.known[module]; ok {
		return other
	}
	if j.opens++; j.opens > maxKinAsked {
		return nil
	}
	other := m.classesOf(j.f, module)
	if s.known == nil || len(s.known) >= maxAsked || other != nil && s.kept >= maxKinBytes {
		s.known, s.kept = make(map[string]*pickled), 0
	}
	if s.known[module] = other; other != nil {
		s.kept += len(other.f.plain)
	}
	return other
}

// known reports a module of a library that the catalogue knows. It is not looked into, even if it
// is the library itself that is linted: a file of that name in some directory need not be it.
func (j *pickled) known(module string) bool {
	return j.f.gate.catalog.Global(module, "*").Library != ""
}

// kinship returns what is known of the classes of modules, which is held until the file is
// done: see states.
func (j *pickled) kinship() *kinship {
	s := &j.f.modules.kinship
	if !j.locked {
		s.mu.Lock()
		j.locked = true
	}
	return s
}

// mayHook reports whether a base may say how objects are pickled, from the text of its module
// alone: it has the name of a hook, or it does not define the class and passes it on. Most
// bases do neither, and to parse their modules would cost more than the file itself.
func (j *pickled) mayHook(name string) bool {
	module, ok := catalog.Shorter(name)
	if !ok || len(name) > maxFunction || j.known(module) {
		return false
	}
	s := j.kinship()
	may, known := s.hooked[name]
	if !known {
		_, raw, sure := j.f.modules.find(module)
		defines := bytes.Contains(raw, []byte("class "+name[len(module)+1:]))
		may = sure && (!defines || slices.ContainsFunc(rebuild.Hooks, func(hook string) bool { return bytes.Contains(raw, []byte(hook)) }))
		if s.hooked == nil || len(s.hooked) >= maxAsked {
			s.hooked = make(map[string]bool)
		}
		s.hooked[name] = may
	}
	return may
}

// release gives the classes of other modules back.
func (j *pickled) release() {
	if j.locked {
		j.locked = false
		j.f.modules.kinship.mu.Unlock()
	}
}

// classesOf parses a module for its classes. It returns nil if it is not certain which it is,
// or not all of it is understood.
func (m *Modules) classesOf(from *file, module string) (out *pickled) {
	defer func() {
		if recover() != nil {
			out = nil // nothing is known of it, and nothing is said
		}
	}()
	name, raw, sure := m.find(module)
	if !sure || !bytes.Contains(raw, []byte("class")) && !bytes.Contains(raw, []byte("import")) {
		return nil
	}
	src, asWritten := moduleSource(m.Show(name), raw)
	if !asWritten {
		return nil
	}
	tree := src.parse()
	if tree == nil || len(tree.Broken) > 0 {
		return nil
	}
	f := &file{source: src, gate: from.gate, tree: tree, module: module, pkg: path.Base(name) == "__init__.py", headers: make(map[syntax.Index]span), modules: m, versions: from.versions}
	f.names = f.moduleNames()
	if r := (&reader{src: src, tree: tree, names: f.names}); r.dynamic() {
		return nil
	}
	out = newPickled(f, f.names, &Result{})
	out.locked = true // by whoever asks it
	out.imports()
	return out
}

// foreign reports whether what a class stands on outside of the file is known to leave its
// objects to be pickled as any other: builtins do, and the classes of modules in reach that
// define nothing about it.
func (j *pickled) foreign(c *classes.Class) bool {
	a := j.ancestry(c)
	return a.complete && !slices.ContainsFunc(a.far, func(k kin) bool {
		return slices.ContainsFunc(slices.Concat(rebuild.Hooks, []string{"__getattr__", "__getattribute__"}), k.defines)
	})
}

// defines reports a name that the body of the class binds.
func (k kin) defines(name string) bool { return k.class.Methods[name] != nil || hasAttr(k.class, name) }

// inherits returns the method of a name that a class has from another module, if it is
// certain which: nothing of the file defines it.
func (j *pickled) inherits(c *classes.Class, name string) (k kin, f *classes.Method) {
	if f, _ := c.Find(name); f != nil {
		return kin{}, nil
	}
	local, _ := c.Linear()
	if slices.ContainsFunc(local, func(at *classes.Class) bool { return hasAttr(at, name) }) {
		return kin{}, nil
	}
	a := j.ancestry(c)
	if !a.complete {
		return kin{}, nil
	}
	for _, k := range a.far {
		if k.defines(name) {
			return k, k.class.Methods[name]
		}
	}
	return kin{}, nil
}
