package lock

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Judging turns a lock and what is there into findings.
type Judging struct {
	// Lock is the file, and Path how findings name it.
	Lock *File
	Path string
	// Show names a blob as findings do.
	Show func(path string) string

	keys  lint.Fingerprints
	found []*lint.Finding
}

// Judge judges what was looked at: the blobs, and those files without a pickle of which the
// lock has an entry. missing are the entries whose files are not there.
func (j *Judging) Judge(is, missing []*Blob) []*lint.Finding {
	for _, b := range is {
		entry := j.Lock.Find(b.Path)
		if entry == nil {
			if len(b.Pickles) > 0 {
				j.unlocked(b)
			}
			continue
		}
		j.compare(entry, b)
	}
	for _, entry := range missing {
		j.stale(entry, "%s has an entry here, and is not there any more: run \"pickle-lint lock\"", lint.Printable(j.Show(entry.Path)))
	}
	return j.found
}

func (j *Judging) unlocked(b *Blob) {
	loads := "it loads nothing but plain data"
	if names := b.Globals(); len(names) > 0 {
		loads = "it loads " + some(names)
	}
	j.tell(UnlockedBlob, b, nil, lint.Key{}, "nobody has reviewed this blob: it is not in %s; %s", j.Path, loads)
}

func (j *Judging) compare(entry, b *Blob) {
	d := Compare(entry, b)
	// A blob of the same size that nobody has hashed has changed if its facts have.
	if d.Bytes || b.SHA256 == "" && d.Facts {
		j.changed(entry, b, d)
	}
	for _, name := range d.NewGlobals {
		member := place(b, func(p *Pickle) []string { return p.Globals }, name)
		j.tell(NewGlobal, b, member, lint.Key{API: name, More: []string{"global"}}, "%s is loaded, and was not when the blob was reviewed: %s has it nowhere in this file", word(name), j.Path)
	}
	for _, name := range d.NewCalls {
		member := place(b, func(p *Pickle) []string { return p.Calls }, name)
		j.tell(NewGlobal, b, member, lint.Key{API: name, More: []string{"call"}}, "%s is called, and was not when the blob was reviewed: %s has it nowhere in this file as a call", word(name), j.Path)
	}
	if d.Facts && !d.Bytes && b.SHA256 != "" && len(d.NewGlobals)+len(d.NewCalls) == 0 {
		why := "it was written by hand, or by another release"
		if len(d.Gone) > 0 {
			why = "it also has " + some(d.Gone)
		}
		j.stale(entry, "the entry does not say what is in %s, whose bytes are the same: %s; run \"pickle-lint lock\"", lint.Printable(j.Show(b.Path)), why)
	}
}

func (j *Judging) changed(entry, b *Blob, d *Difference) {
	var what string
	switch {
	case len(b.Pickles) == 0:
		what = "it holds no pickle any more"
	case entry.Size != b.Size:
		what = fmt.Sprintf("it had %d bytes, and has %d", entry.Size, b.Size)
	case b.SHA256 == "":
		what = "its pickles are others"
	default:
		what = "it has as many bytes, and others"
	}
	var facts []string
	for _, f := range []struct {
		words string
		names []string
	}{{"loads for the first time ", d.NewGlobals}, {"calls for the first time ", d.NewCalls}, {"no longer loads ", d.Gone}} {
		if len(f.names) > 0 && len(b.Pickles) > 0 {
			facts = append(facts, f.words+some(f.names))
		}
	}
	if len(facts) == 0 && len(b.Pickles) > 0 {
		facts = append(facts, "loads and calls nothing new")
	}
	// A baseline that accepts one change accepts no other.
	key := lint.Key{More: []string{first(b.SHA256, fmt.Sprint(b.Size, b.Globals(), b.Calls()))}}
	j.tell(ChangedBlob, b, nil, key, "this is not the blob that was reviewed: %s", strings.Join(append([]string{what}, facts...), "; "))
}

// mostNames is how many names a message spells.
const mostNames = 4

func some(names []string) string {
	var shown []string
	for _, name := range names[:min(len(names), mostNames)] {
		shown = append(shown, word(lint.Shorten(name, 80)))
	}
	text := strings.Join(shown, ", ")
	if more := len(names) - mostNames; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// place is the first place of a blob in which a name stands.
func place(b *Blob, of func(*Pickle) []string, name string) []string {
	for _, p := range b.Pickles {
		if slices.Contains(of(p), name) {
			return p.Member
		}
	}
	return nil
}

func (j *Judging) tell(rule *lint.Rule, b *Blob, member []string, key lint.Key, format string, args ...any) {
	f := rule.Finding(lint.Location{Path: j.Show(b.Path), Member: member}, format, args...)
	f.Callable = lint.Printable(key.API)
	key.Place = lint.PlaceOf(f.Path, member)
	f.Fingerprint = j.keys.Of(key.Of(rule.ID))
	j.found = append(j.found, f)
}

// stale says something of a line of the lock.
func (j *Judging) stale(entry *Blob, format string, args ...any) {
	f := StaleLock.Finding(lint.Location{Path: j.Path, Line: entry.Line, Column: 1, EndLine: entry.Line, EndColumn: 1}, format, args...)
	f.Fingerprint = j.keys.Of(lint.Key{Rule: StaleLock.ID, Place: j.Path, API: entry.Path})
	j.found = append(j.found, f)
}
