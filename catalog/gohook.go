package catalog

import "fmt"

// GoHook is a field of a Go struct that holds a function which a decoder asks what to
// build.
type GoHook struct {
	// Name is "(path.Type).Field".
	Name string
	// Asked is what it is asked for, as in "the bytes choose …".
	Asked string
	// Reason is the source of the fact.
	Reason string
}

// GoHook looks up a field.
func (c *Catalog) GoHook(name string) (*GoHook, bool) {
	h, ok := c.goHooks[name]
	return h, ok
}

// GoHooks lists all hooks, sorted by name.
func (c *Catalog) GoHooks() []*GoHook { return sortedValues(c.goHooks) }

func (c *Catalog) addGoHook(f fact) error {
	if err := f.only("asked"); err != nil {
		return err
	}
	h := &GoHook{Name: f.subject, Asked: f.attrs["asked"], Reason: f.reason}
	if h.Asked == "" {
		return fmt.Errorf("go-hook %s: asked is required", f.subject)
	}
	c.goHooks[h.Name] = h
	return nil
}
