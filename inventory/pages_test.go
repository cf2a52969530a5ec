package inventory

import (
	"strings"
	"testing"
)

// The examples of the pages are facts: the rule says of the lines with a want what it
// wants, and of the others nothing.
func TestPages(t *testing.T) {
	for _, rule := range Rules {
		for _, section := range rule.Page.Sections {
			for _, e := range section.Examples {
				if e.Lang != "inventory" {
					continue
				}
				facts, wants := example(t, e.Code)
				if (section.Title == "Example") != (len(wants) > 0) {
					t.Errorf("%s: %s: %d wants", rule.Name, section.Title, len(wants))
				}
				for _, f := range Build(facts).Findings {
					if f.Rule != rule.ID {
						continue
					}
					found := false
					for i, w := range wants {
						if w.at == place(f) && strings.Contains(f.Message, w.text) {
							wants = append(wants[:i], wants[i+1:]...)
							found = true
							break
						}
					}
					if !found {
						t.Errorf("%s: %s: %s: %s", rule.Name, section.Title, place(f), f.Message)
					}
				}
				for _, w := range wants {
					t.Errorf("%s: %s: nothing says %q of %s", rule.Name, section.Title, w.text, w.at)
				}
			}
		}
	}
}
