// Package retention owns what happens to stored bytes at the end of their time: which blobs are
// past the retention of their channel, and their removal, with a record in the audit log
// before each. Which channel a blob belongs to is package inventory's to say.
package retention

import (
	"cmp"
	"slices"
	"time"

	"github.com/pickle-lint/pickle-lint/inventory"
)

// Stale is a blob that is kept for longer than its channel says.
type Stale struct {
	// Path is from the top of the repository.
	Path string `json:"path"`
	Size int64  `json:"size"`
	// Modified is the day on which it was written, and Since the first on which it should
	// not have been there.
	Modified string `json:"modified"`
	Since    string `json:"since"`
	// Channel is the ID of the channel; the others are what the inventory says of it.
	Channel     string   `json:"channel"`
	Retention   string   `json:"retention"`
	Owners      []string `json:"owners"`
	Sensitivity string   `json:"sensitivity,omitempty"`
}

// List returns what is stale on a day, the longest overdue first.
func List(inv *inventory.Inventory, today time.Time) []*Stale {
	out := []*Stale{}
	for _, c := range inv.Channels {
		if c.Retention == "" {
			continue
		}
		for _, b := range c.Blobs {
			since, late := c.Late(b, today)
			if !late {
				continue
			}
			s := &Stale{
				Path: b.Path, Size: b.Size, Modified: b.Modified, Since: since.Format(time.DateOnly),
				Channel: c.ID, Retention: c.RetentionOf(b), Owners: c.Owners, Sensitivity: c.Sensitivity,
			}
			if s.Owners == nil {
				s.Owners = []string{}
			}
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b *Stale) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Path, b.Path))
	})
	return out
}
