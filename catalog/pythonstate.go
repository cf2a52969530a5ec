package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PythonUnpicklable is something of Python that pickle refuses.
type PythonUnpicklable struct {
	// Name is canonical; brackets stand for what a call returns, and a dot before it
	// for a method of whatever is not known.
	Name string
	// What it is, with its article.
	What string
	// Except are picklers that take it.
	Except []string
	// Spawn: it may be handed to a process that is being started.
	Spawn bool
	// Until is the release of Python from which on it is pickled, or "".
	Until  string
	Reason string
}

// PythonPickles is something of Python to which an object is given that it pickles.
type PythonPickles struct {
	Name string
	// Arg is the argument that is pickled; Also, if it is given, another one of which
	// the items are.
	Arg  Argument
	Also *Argument
	// By is a pickler other than pickle, or PickledForProcess or PickledForSpawn.
	By string
	// Stored: what is pickled stays in a file.
	Stored bool
	Reason string
}

// How something is pickled, besides the names of picklers.
const (
	// PickledForProcess: it goes to a process that runs.
	PickledForProcess = "process"
	// PickledForSpawn: it goes to a process that is being started.
	PickledForSpawn = "spawn"
)

// otherPicklers are those that take more than pickle does.
var otherPicklers = []string{"dill", "cloudpickle"}

// PythonUnpicklable looks up a canonical dotted name.
func (c *Catalog) PythonUnpicklable(name string) (*PythonUnpicklable, bool) {
	u, ok := c.unpicklable[name]
	return u, ok
}

// PythonUnpicklables lists all, sorted by name.
func (c *Catalog) PythonUnpicklables() []*PythonUnpicklable { return sortedValues(c.unpicklable) }

// PythonPickles looks up a canonical dotted name.
func (c *Catalog) PythonPickles(name string) (*PythonPickles, bool) {
	p, ok := c.pickles[name]
	return p, ok
}

// AllPythonPickles lists all, sorted by name.
func (c *Catalog) AllPythonPickles() []*PythonPickles { return sortedValues(c.pickles) }

// PythonKeeps reports whether what a call of that name returns is pickled with what it
// was given, or with its items.
func (c *Catalog) PythonKeeps(name string) (keeps, items bool) {
	items, keeps = c.keeps[name]
	return keeps, items
}

// PythonTravels lists the modules that hand objects to processes which run, of one release,
// sorted by name.
func (c *Catalog) PythonTravels() []string { return slices.Sorted(maps.Keys(c.travels)) }

// addUnpicklable takes `python-unpicklable threading.Lock() except=dill what="a lock"`.
func (c *Catalog) addUnpicklable(f fact) error {
	if err := f.only("what", "except", "spawn", "until"); err != nil {
		return err
	}
	u := &PythonUnpicklable{Name: f.subject, What: f.attrs["what"], Until: f.attrs["until"], Reason: f.reason}
	if !dotted(strings.TrimPrefix(u.Name, ".")) {
		return fmt.Errorf("python-unpicklable %s: not a dotted name, with () for what a call returns", f.subject)
	}
	if u.What == "" {
		return fmt.Errorf("python-unpicklable %s: what is required", f.subject)
	}
	if u.Until != "" && strings.Trim(u.Until, ".0123456789") != "" {
		return fmt.Errorf("until: %q is no release of Python", u.Until)
	}
	switch f.attrs["spawn"] {
	case "":
	case "yes":
		u.Spawn = true
	default:
		return fmt.Errorf("spawn: %q is not yes", f.attrs["spawn"])
	}
	if except, ok := f.attrs["except"]; ok {
		u.Except = strings.Split(except, ",")
		for _, pickler := range u.Except {
			if !slices.Contains(otherPicklers, pickler) {
				return fmt.Errorf("except: %q is none of %s", pickler, strings.Join(otherPicklers, ", "))
			}
		}
	}
	c.unpicklable[u.Name] = u
	return nil
}

// check reports a pickler that is not known.
func (p *PythonPickles) check() error {
	if p.By != "" && p.By != PickledForProcess && p.By != PickledForSpawn && !slices.Contains(otherPicklers, p.By) {
		return fmt.Errorf("by: %q is none of %s, process, spawn", p.By, strings.Join(otherPicklers, ", "))
	}
	return nil
}

// addPickles takes "python-pickles multiprocessing.Queue().put arg=obj@0 by=process". What is told a
// protocol, too, is a python-dump with object=.
func (c *Catalog) addPickles(f fact) error {
	if err := f.only("arg", "also", "by", "to"); err != nil {
		return err
	}
	p := &PythonPickles{Name: f.subject, By: f.attrs["by"], Reason: f.reason}
	if !dotted(strings.TrimSuffix(p.Name, "[]")) {
		return fmt.Errorf("python-pickles %s: not a dotted name", f.subject)
	}
	var err error
	if p.Arg, err = parseArgument(f.attrs["arg"]); err != nil {
		return fmt.Errorf("arg: %w", err)
	}
	if also, ok := f.attrs["also"]; ok {
		arg, err := parseArgument(also)
		if err != nil {
			return fmt.Errorf("also: %w", err)
		}
		p.Also = &arg
	}
	if err := p.check(); err != nil {
		return err
	}
	switch f.attrs["to"] {
	case "":
	case "store":
		p.Stored = true
	default:
		return fmt.Errorf("to: %q is not store", f.attrs["to"])
	}
	c.pickles[p.Name] = p
	return nil
}

// addKeeps takes "python-keeps builtins.list items=yes".
func (c *Catalog) addKeeps(f fact) error {
	if err := f.only("items"); err != nil {
		return err
	}
	if !dotted(f.subject) {
		return fmt.Errorf("python-keeps %s: not a dotted name", f.subject)
	}
	if items := f.attrs["items"]; items != "" && items != "yes" {
		return fmt.Errorf("items: %q is not yes", items)
	}
	c.keeps[f.subject] = f.attrs["items"] == "yes"
	return nil
}

// addTravels takes "python-travels multiprocessing".
func (c *Catalog) addTravels(f fact) error {
	if err := f.only(); err != nil {
		return err
	}
	if !dotted(f.subject) {
		return fmt.Errorf("python-travels %s: not a dotted name", f.subject)
	}
	c.travels[f.subject] = true
	return nil
}
