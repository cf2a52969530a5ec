package cache

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	// temporary begins the names of entries that are being written.
	temporary = "writing-"
	// marker is the file whose time says when the directory was last pruned.
	marker = "pruned"

	pruneAfter = 24 * time.Hour
	pruneEvery = 4096 // entries of one run
	touchAfter = 24 * time.Hour
	// mostAge is how long an entry is kept that nobody asks for, mostBytes what
	// all may take, and block what a file takes at least.
	mostAge   = 30 * 24 * time.Hour
	mostBytes = 256 << 20
	block     = 4096
	// abandoned is how old a file is that nobody writes any more.
	abandoned = time.Hour
)

// kept is one entry in the eyes of prune.
type kept struct {
	name string
	size int64
	used time.Time
}

// prune removes old entries, and the oldest if there are too many, once a day and
// once in many entries. What cannot be removed stays.
func (c *Cache) prune() {
	now := c.now()
	if info, err := c.root.Stat(marker); err == nil && now.Sub(info.ModTime()) < pruneAfter && c.puts.Load() < pruneEvery {
		return
	}
	if f, err := c.root.OpenFile(marker, os.O_WRONLY|os.O_CREATE, 0o600); err == nil {
		_ = f.Close()
		_ = c.root.Chtimes(marker, now, now)
	}
	var entries []kept
	total := int64(0)
	for _, e := range c.list() {
		age := now.Sub(e.used)
		if age > mostAge || strings.HasPrefix(e.name, temporary) && age > abandoned {
			_ = c.root.Remove(e.name)
			continue
		}
		entries = append(entries, e)
		total += e.size
	}
	slices.SortFunc(entries, func(a, b kept) int { return a.used.Compare(b.used) })
	if total <= c.mostBytes {
		return
	}
	// Some room is made, or the next entry would begin anew.
	for _, e := range entries {
		if total <= c.mostBytes/4*3 {
			return
		}
		if c.root.Remove(e.name) == nil {
			total -= e.size
		}
	}
}

// list returns the files that have names of this package.
func (c *Cache) list() []kept {
	dir, err := c.root.Open(".")
	if err != nil {
		return nil
	}
	defer func() { _ = dir.Close() }() // it was only read
	all, _ := dir.ReadDir(-1)          // what there is up to an error
	var entries []kept
	for _, d := range all {
		name := d.Name()
		if d.Type() != fs.FileMode(0) || len(name) != 2*len(Key{}) && !strings.HasPrefix(name, temporary) {
			continue
		}
		if info, err := d.Info(); err == nil {
			entries = append(entries, kept{name, cmp.Or((info.Size()+block-1)/block, 1) * block, info.ModTime()})
		}
	}
	return entries
}
