package lock

import (
	"cmp"
	"slices"
)

// Changes are what [File.Update] did, in the order of paths.
type Changes struct {
	Added, Removed []*Blob
	Changed        []Change
	// Refused are blobs that did not come in, or not as they are now.
	Refused []*Blob
}

// Change is an entry that says something else than before.
type Change struct {
	Before, After *Blob
	*Difference
}

// None reports that nothing has changed.
func (c *Changes) None() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) == 0 }

// Update brings the file up to date with what is there, on a day. gone says of the entry of
// a blob that is not there whether it is known to be away: what nobody has looked at stays.
// refused says of a new or changed blob that it must not come in: then its entry, if there
// is one, stays as it is.
func (f *File) Update(is []*Blob, day string, gone func(*Blob) bool, refused func(*Blob) bool) *Changes {
	c := new(Changes)
	there := make(map[string]*Blob)
	for _, b := range is {
		there[b.Path] = b
	}
	var kept []*Blob
	for _, entry := range f.Blobs {
		b := there[entry.Path]
		delete(there, entry.Path)
		switch {
		case b == nil && gone(entry):
			c.Removed = append(c.Removed, entry)
		case b == nil:
			kept = append(kept, entry)
		default:
			d := Compare(entry, b)
			switch {
			case d.None():
				kept = append(kept, entry)
			case refused(b):
				c.Refused, kept = append(c.Refused, b), append(kept, entry)
			default:
				b.FirstSeen = entry.FirstSeen
				c.Changed, kept = append(c.Changed, Change{entry, b, d}), append(kept, b)
			}
		}
	}
	for _, b := range is {
		if there[b.Path] != b {
			continue
		}
		if refused(b) {
			c.Refused = append(c.Refused, b)
			continue
		}
		b.FirstSeen = day
		c.Added, kept = append(c.Added, b), append(kept, b)
	}
	byPath := func(a, b *Blob) int { return cmp.Compare(a.Path, b.Path) }
	slices.SortFunc(kept, byPath)
	slices.SortFunc(c.Added, byPath)
	slices.SortFunc(c.Refused, byPath)
	f.Blobs = kept
	return c
}
