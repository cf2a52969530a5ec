package lock

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Name is that of the file.
const Name = "pickle.lock"

// MaxSize bounds the file, in bytes: some 150,000 blobs, and the memory that reading them
// takes.
const MaxSize = 32 << 20

// File is a lock. Blobs are in the order of their paths.
type File struct{ Blobs []*Blob }

// Blob is a file that holds pickles.
type Blob struct {
	// Path is relative to the directory of the lock, with slashes.
	Path string
	// SHA256 is the digest of the file in hexadecimal, or "" where nobody has computed it.
	SHA256 string
	Size   int64
	// FirstSeen is the day on which the path came into the lock.
	FirstSeen string
	// Containers are the kinds of container that the file is or holds.
	Containers []string
	// Pickles are the places in the file at which pickles stand.
	Pickles []*Pickle
	// Line is where the entry stands, or 0.
	Line int
}

// Pickle is what stands in one place: one pickle or several, one behind the other.
type Pickle struct {
	// Member is the way into containers; empty for the file itself.
	Member []string
	// More, if not 0, is how many further places this stands for; Member is empty then.
	More int
	// Protocols, Globals and Calls are ascending, without duplicates.
	Protocols []int
	Globals   []string
	Calls     []string
}

// mostPlaces is how many places of one file are told one by one. Who has a database of
// thousands of pickles reads no list of them.
const mostPlaces = 64

// Normalize brings the facts of b into the form in which they are compared and written:
// sorted, equal places together, and what is beyond mostPlaces as one.
func (b *Blob) Normalize() {
	slices.Sort(b.Containers)
	b.Containers = slices.Compact(b.Containers)
	slices.SortStableFunc(b.Pickles, comparePickles)
	var out []*Pickle
	for _, p := range b.Pickles {
		switch n := len(out); {
		case n > 0 && comparePickles(out[n-1], p) == 0:
			out[n-1].take(p)
		case n == mostPlaces:
			out = append(out, &Pickle{More: max(1, p.More)})
			out[n].take(p)
		case n > mostPlaces:
			out[n-1].More += max(1, p.More)
			out[n-1].take(p)
		default:
			own := &Pickle{Member: p.Member, More: p.More}
			own.take(p)
			out = append(out, own)
		}
	}
	b.Pickles = out
}

// comparePickles orders places; what stands for further ones is last.
func comparePickles(a, b *Pickle) int {
	return cmp.Or(cmp.Compare(min(a.More, 1), min(b.More, 1)), slices.Compare(a.Member, b.Member))
}

// take adds the facts of another place.
func (p *Pickle) take(other *Pickle) {
	p.Protocols = union(p.Protocols, other.Protocols)
	p.Globals = union(p.Globals, other.Globals)
	p.Calls = union(p.Calls, other.Calls)
}

func union[T cmp.Ordered](a, b []T) []T {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// Globals are those of all places, and Calls what all places call.
func (b *Blob) Globals() []string { return b.all(func(p *Pickle) []string { return p.Globals }) }

// Calls are the targets of all places.
func (b *Blob) Calls() []string { return b.all(func(p *Pickle) []string { return p.Calls }) }

func (b *Blob) all(of func(*Pickle) []string) []string {
	names := make(map[string]bool)
	for _, p := range b.Pickles {
		for _, name := range of(p) {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Find returns the entry of a path, or nil.
func (f *File) Find(path string) *Blob {
	i, found := slices.BinarySearchFunc(f.Blobs, path, func(b *Blob, path string) int { return cmp.Compare(b.Path, path) })
	if !found {
		return nil
	}
	return f.Blobs[i]
}

// Future returns an error if an entry was first seen after a day: then one of two clocks is
// wrong, and new entries would get a day that is.
func (f *File) Future(today time.Time) error {
	for _, b := range f.Blobs {
		if day := today.Format(time.DateOnly); b.FirstSeen > day {
			return fmt.Errorf("line %d: %s was first seen on %s, and today is %s: set the clock right, or say --today", b.Line, word(b.Path), b.FirstSeen, day)
		}
	}
	return nil
}
