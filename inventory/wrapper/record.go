package wrapper

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/inventory"
)

// record is what is read of the JSON form of an inventory.
type record struct {
	Form     *int `json:"form"`
	Channels []struct {
		ID      string   `json:"id"`
		Name    string   `json:"name"`
		Title   string   `json:"title"`
		Formats []string `json:"formats"`
		Classes []string `json:"classes"`
	} `json:"channels"`
}

// FromInventory makes a table of the classes that the channels of an inventory carry as
// pickles. A channel that has a name which the wrapper takes gets a list of its own. left
// says, one line each, what does not come into the table, and why.
func FromInventory(text []byte, known *catalog.Catalog) (t *Table, left []string, err error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, nil, fmt.Errorf("is no inventory in JSON: %w", err)
	}
	switch {
	case r.Form == nil || r.Channels == nil:
		return nil, nil, fmt.Errorf(`is no inventory: it has no "form" or no "channels"`)
	case *r.Form > inventory.Form || *r.Form < 1:
		return nil, nil, fmt.Errorf("is an inventory of form %d, and this program reads form %d", *r.Form, inventory.Form)
	}
	t = &Table{Only: make(map[string][]Class)}
	for _, c := range r.Channels {
		if len(c.Formats) > 0 && !slices.Contains(c.Formats, "pickle") {
			continue
		}
		name := c.Title
		if name == "" {
			name = c.Name
		}
		for _, text := range c.Classes {
			class, err := ParseClass(text)
			if err != nil {
				left = append(left, fmt.Sprintf("%s: %v", c.ID, err))
				continue
			}
			refused, doubt := class.Verdict(known)
			if refused == "" {
				refused = doubt // nobody has said that this one is wanted
			}
			if refused != "" {
				left = append(left, fmt.Sprintf("%s: %s is %s", c.ID, class, refused))
				continue
			}
			t.Allowed = append(t.Allowed, class)
			if IsChannel(name) {
				t.Only[name] = append(t.Only[name], class)
			}
		}
		if name != "" && !IsChannel(name) && len(c.Classes) > 0 {
			left = append(left, fmt.Sprintf("%s: has a name that the wrapper does not take: its classes are allowed in channels without a list", c.ID))
		}
	}
	t.tidy()
	slices.Sort(left)
	return t, slices.Compact(left), nil
}
