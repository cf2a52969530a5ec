package facts

import (
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// mostMembers is how many places of one file are told one by one: somebody is to
// read them. Those that hold more than what the catalogue allows come first.
const mostMembers = 100

// unresolved stands for the class of a global that the stream computes.
const unresolved = "unresolved"

// Blobs sums up each place of a file in which something was recognised, in their
// order; past mostMembers one more stands for the rest.
func Blobs(rep *blob.Report, cat *catalog.Catalog) []*lint.Blob {
	s := &summing{rep: rep, class: blob.Classes(cat), places: make(map[string]*summed)}
	for _, c := range rep.Containers {
		p := s.place(c.Member)
		p.Containers = append(p.Containers, c.Format)
	}
	for _, st := range rep.Streams {
		s.stream(st)
	}
	var out, rest []*lint.Blob
	left := mostMembers
	take := func(odd bool) {
		for _, p := range s.order {
			if p.odd() == odd && left > 0 {
				left--
				p.taken = true
			}
		}
	}
	take(true)
	take(false)
	for _, p := range s.order {
		p.Loaders = p.loaders.Names()
		if p.taken {
			out = append(out, &p.Blob)
		} else {
			rest = append(rest, &p.Blob)
		}
	}
	if len(rest) > 0 {
		out = append(out, s.together(rest))
	}
	slices.SortStableFunc(out, lint.CompareBlobs)
	return out
}

type summing struct {
	rep    *blob.Report
	class  func(*pickle.Global) catalog.Class
	places map[string]*summed
	order  []*summed
}

// summed is the sum of one place.
type summed struct {
	lint.Blob
	globals map[string]bool
	loaders pickle.LoaderSet
	taken   bool
}

// odd reports a place that holds what the catalogue does not allow, or a broken
// stream.
func (p *summed) odd() bool {
	return p.Broken > 0 || len(p.Globals) > 1 || len(p.Globals) == 1 && p.Globals[catalog.Allowed.String()] == 0
}

func (s *summing) place(member []string) *summed {
	key := fmt.Sprintf("%q", member) // names hold any byte
	p := s.places[key]
	if p == nil {
		p = &summed{globals: make(map[string]bool)}
		p.Path, p.Member = s.rep.Path, slices.Clone(member)
		if len(member) == 0 {
			p.Size = s.rep.Size
		}
		s.places[key] = p
		s.order = append(s.order, p)
	}
	return p
}

func (s *summing) stream(st *blob.Stream) {
	p := s.place(st.Member)
	t := st.Trace
	if len(st.Member) > 0 {
		_, p.Size = st.Data()
	}
	for i := range t.Globals {
		g := &t.Globals[i]
		class := unresolved
		if g.Resolved {
			class = s.class(g).String()
		}
		if name := g.String(); !p.globals[name] {
			p.globals[name] = true
			if p.Globals == nil {
				p.Globals = make(map[string]int)
			}
			p.Globals[class]++
		}
	}
	if st.Carved {
		return // its ops are those of another stream
	}
	p.Calls += int64(len(t.Calls))
	if p.Pickles == 0 {
		p.loaders = pickle.AllLoaders
	}
	p.loaders &= t.Loaders
	p.Pickles++
	if !t.Complete {
		p.Broken++
	}
	p.Ops += t.Ops
	if i, there := slices.BinarySearch(p.Protocols, t.Protocol); !there {
		p.Protocols = slices.Insert(p.Protocols, i, t.Protocol)
	}
}

// together is what is said of further places.
func (s *summing) together(rest []*lint.Blob) *lint.Blob {
	all := &lint.Blob{Path: s.rep.Path, More: len(rest)}
	first := true
	for _, b := range rest {
		all.Pickles += b.Pickles
		all.Broken += b.Broken
		all.Ops += b.Ops
		all.Calls += b.Calls
		all.Containers = union(all.Containers, b.Containers)
		all.Protocols = union(all.Protocols, b.Protocols)
		for class, n := range b.Globals {
			if all.Globals == nil {
				all.Globals = make(map[string]int)
			}
			all.Globals[class] += n
		}
		if b.Pickles == 0 {
			continue
		}
		if first {
			all.Loaders = slices.Clone(b.Loaders)
		}
		first = false
		all.Loaders = slices.DeleteFunc(all.Loaders, func(l string) bool { return !slices.Contains(b.Loaders, l) })
	}
	return all
}

func union[T int | string](all, more []T) []T {
	for _, m := range more {
		if i, there := slices.BinarySearch(all, m); !there {
			all = slices.Insert(all, i, m)
		}
	}
	return all
}
