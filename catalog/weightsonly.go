package catalog

import (
	"fmt"
	"strings"
)

// weightsFact is one line of the list of torch.load(weights_only=True).
type weightsFact struct{ stateless bool }

// WeightsOnly reports whether the unpickler of torch.load(weights_only=True) takes
// a global: it has a list of its own, which torch.serialization.add_safe_globals
// makes longer, and compares module and name joined by a dot. state says whether
// it sets the state of what the global returns: not if that is of no type of the
// list.
func (c *Catalog) WeightsOnly(module, name string) (listed, state bool) {
	if _, never := c.weightsOnly[module+".*"]; never {
		return false, false
	}
	f, ok := c.weightsOnly[module+"."+name]
	return ok, ok && !f.stateless
}

// addWeightsOnly takes "weights-only MODULE:NAME [state=none]", and "weights-only
// MODULE:* never=true" for a module of which nothing can be added.
func (c *Catalog) addWeightsOnly(f fact) error {
	if err := f.only("never", "state"); err != nil {
		return err
	}
	module, name, ok := strings.Cut(f.subject, ":")
	if !ok || module == "" || name == "" || strings.Contains(module, "*") {
		return fmt.Errorf("%q is not module:name", f.subject)
	}
	never, err := f.flag("never", "true")
	if err != nil {
		return err
	}
	stateless, err := f.flag("state", "none")
	if err != nil {
		return err
	}
	if never != (name == "*") || name != "*" && strings.Contains(name, "*") || never && stateless {
		return fmt.Errorf("weights-only %s: a wildcard has never=true alone, and nothing else has it", f.subject)
	}
	c.weightsOnly[module+"."+name] = weightsFact{stateless}
	return nil
}
