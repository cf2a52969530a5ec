package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Verb is what becomes of values and functions where something of a certain last word is
// called, whoever has it.
type Verb string

// The deeds of verbs; see verifiers.cat.
const (
	Registers Verb = "registers"
	Fills     Verb = "fills"
	Grows     Verb = "grows"
	Moves     Verb = "moves"
	Views     Verb = "views"
	Forms     Verb = "forms"
	Derives   Verb = "derives"
	Loses     Verb = "loses"
	Defaults  Verb = "defaults"
	OpensPath Verb = "opens"
	Runs      Verb = "runs"
	Waits     Verb = "waits"
	Gathers   Verb = "gathers"
	Swallows  Verb = "swallows"
	HandsOn   Verb = "handson"
)

var verbs = []Verb{Registers, Fills, Grows, Moves, Views, Forms, Derives, Loses, Defaults, OpensPath, Runs, Waits, Gathers, Swallows, HandsOn}

// PythonVerb reports whether what is called by a word does something.
func (c *Catalog) PythonVerb(word string, does Verb) bool {
	return slices.Contains(c.verbs[word], does)
}

// PythonVerbIn reports whether a name does something by a part of it: suppress_errors has that
// of "suppress*".
func (c *Catalog) PythonVerbIn(name string, does Verb) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(c.verbParts, func(star string) bool {
		return slices.Contains(c.verbs[star], does) && strings.Contains(name, strings.TrimSuffix(star, "*"))
	})
}

// addVerb takes "python-verb readinto does=fills".
func (c *Catalog) addVerb(f fact) error {
	if err := f.only("does"); err != nil {
		return err
	}
	word, star := strings.CutSuffix(f.subject, "*")
	if !dotted(word) || strings.ContainsAny(word, ".(") {
		return fmt.Errorf("python-verb %s: not a word, or a part of one with a star", f.subject)
	}
	var does []Verb
	for item := range strings.SplitSeq(f.attrs["does"], ",") {
		if !slices.Contains(verbs, Verb(item)) {
			return fmt.Errorf("python-verb %s: does: %q is none of %v", f.subject, item, verbs)
		}
		does = append(does, Verb(item))
	}
	if star && !slices.Contains(c.verbParts, f.subject) {
		c.verbParts = append(slices.Clip(c.verbParts), f.subject)
	}
	c.verbs[f.subject] = does
	return nil
}
