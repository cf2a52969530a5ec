package container

import (
	"fmt"
	"strings"
)

// Kinds of [Doubt], for zips.
const (
	DoubtView      = "view"       // one reader lists the entry, another does not
	DoubtHidden    = "hidden"     // no directory lists the entry
	DoubtDuplicate = "duplicate"  // another entry has the same name
	DoubtCase      = "case"       // names that are one name where case does not count
	DoubtLocalName = "local-name" // its own header has another name
	DoubtNUL       = "nul"        // some readers end the name at a NUL
	DoubtPath      = "path"       // a further name stands in an extra field
	DoubtEncrypted = "encrypted"  // the encrypted flag is not true, or not everywhere
	DoubtStated    = "stated"     // its data is not as long as is stated, or has another checksum
)

// doubts says on what the readers disagree about each entry. miniz and python say
// who of them opens the file at all.
func (z *zipReader) doubts(miniz, python bool) {
	within := z.within()
	for i := range z.entries {
		e := &z.entries[i]
		if e.directory() {
			continue
		}
		z.viewed(e, miniz, python, within)
		if e.listing >= 0 && e.localName != e.name {
			e.doubt(DoubtLocalName, false, "the entry %s is named %s in its own header; PyTorch's reader does not mind, Python's zipfile refuses it", short(e.name), short(e.localName))
		}
		if before, _, ok := strings.Cut(e.name, "\x00"); ok {
			e.doubt(DoubtNUL, false, "the entry %s has a NUL in its name; for Python's zipfile it is %s", short(e.name), short(before))
		}
		if e.path != "" && e.path != e.name {
			e.doubt(DoubtPath, true, "the entry %s is named %s in an extra field, which Python's zipfile goes by from 3.12 on", short(e.name), short(e.path))
		}
		switch {
		case e.listing >= 0 && (e.flags^e.localFlags)&flagEncrypted != 0:
			e.doubt(DoubtEncrypted, false, "the entry %s is marked as encrypted in only one of its two headers", short(e.name))
		case e.flags&flagEncrypted != 0:
			e.doubt(DoubtEncrypted, true, "the entry %s is marked as encrypted and is not; some readers refuse it, others read it", short(e.name))
		}
	}
	z.names()
}

// viewed compares who lists e.
func (z *zipReader) viewed(e *entry, miniz, python bool, within func(int64) bool) {
	switch {
	case e.seen == 0 && !within(e.header):
		e.doubt(DoubtHidden, false, "the entry %s is in no directory that a reader follows", short(e.name))
	case e.seen == byMiniz && python:
		e.doubt(DoubtView, false, "the entry %s is in the directory that PyTorch's reader follows, and not in that of Python's zipfile", short(e.name))
	case e.seen == byMiniz:
		e.doubt(DoubtView, false, "PyTorch's reader finds the entry %s, and for Python's zipfile this is no zip", short(e.name))
	case e.seen == byPython && miniz:
		e.doubt(DoubtView, false, "the entry %s is in the directory that Python's zipfile follows, and not in that of PyTorch's reader", short(e.name))
	case e.seen == byPython && z.first:
		// Where the file begins with something else, PyTorch does not take it
		// for a zip at all: a program in front of a zip, a tar with one in it.
		e.doubt(DoubtView, true, "Python's zipfile finds the entry %s, and PyTorch's reader refuses this zip", short(e.name))
	}
}

// names looks for entries that one reader or another takes for the same. Of
// equal names zipfile has the last; miniz searches the sorted directory, without
// regard to case, and has whichever it meets first.
func (z *zipReader) names() {
	exact, folded := make(map[string]int), make(map[string]int)
	for i := range z.entries {
		e := &z.entries[i]
		if e.directory() || e.seen == 0 {
			continue
		}
		name, _, _ := strings.Cut(e.name, "\x00")
		if j, ok := exact[name]; !ok {
			exact[name] = i
		} else if o := &z.entries[j]; o.header != e.header && o.seen&e.seen != 0 {
			for _, x := range []*entry{o, e} {
				x.doubt(DoubtDuplicate, false, "there is more than one entry %s; Python's zipfile takes the last, PyTorch's reader one in the middle", short(name))
			}
			continue
		}
		low := lower(name)
		if j, ok := folded[low]; !ok {
			folded[low] = i
		} else if o := &z.entries[j]; o.name != e.name && o.header != e.header {
			for _, x := range []*entry{o, e} {
				x.doubt(DoubtCase, true, "the entries %s and %s are one for PyTorch's reader, which does not regard case", short(o.name), short(e.name))
			}
		}
		base := name[strings.LastIndexByte(name, '/')+1:]
		if l := lower(base); l != base && (l == "data.pkl" || l == "constants.pkl") {
			e.doubt(DoubtCase, true, "the entry %s is %s for PyTorch's reader, which does not regard case", short(e.name), l)
		}
	}
}

// doubt adds a doubt, once a kind.
func (e *entry) doubt(kind string, pickles bool, format string, args ...any) {
	for _, d := range e.doubts {
		if d.Kind == kind {
			return
		}
	}
	e.doubts = append(e.doubts, Doubt{Kind: kind, Offset: max(0, e.header), Pickles: pickles, Text: fmt.Sprintf(format, args...)})
}

// unicodePath returns the name in a field of Info-ZIP, version 1. Whether its
// checksum is that of the other name is not asked: not every reader does.
func unicodePath(extra []byte) string {
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return ""
		}
		if id == 0x7075 && n >= 5 && extra[0] == 1 {
			return string(extra[5:n])
		}
		extra = extra[n:]
	}
	return ""
}

// lower is what miniz does to names: ASCII only.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// short quotes a name, or what fits of it into a line.
func short(name string) string {
	const most = 100
	if len(name) > most {
		return fmt.Sprintf("%.100q…", name)
	}
	return fmt.Sprintf("%q", name)
}
