package lock

import (
	"slices"
)

// Difference is what a blob is and its entry does not say, or the other way round.
type Difference struct {
	// Bytes: the bytes are others, as far as digests or sizes tell.
	Bytes bool
	// Facts: something else than bytes is not as the entry says.
	Facts bool
	// NewGlobals and NewCalls are what no pickle of the entry has, Gone what none of
	// the blob has any more: globals, and calls of what is still a global.
	NewGlobals, NewCalls, Gone []string
}

// None reports that nothing differs.
func (d *Difference) None() bool { return !d.Bytes && !d.Facts }

// Compare compares an entry with what is there. Globals and calls are compared for the
// file as a whole: which member they stand in changes when somebody renames one, and adds
// nothing to what loading the file may do.
func Compare(entry, is *Blob) *Difference {
	d := &Difference{
		Bytes:      entry.Size != is.Size || is.SHA256 != "" && entry.SHA256 != is.SHA256,
		NewGlobals: without(is.Globals(), entry.Globals()),
		Gone:       without(entry.Globals(), is.Globals()),
	}
	// What is called was looked up; a new global is told once.
	d.NewCalls = slices.DeleteFunc(without(is.Calls(), entry.Calls()), func(call string) bool { return slices.Contains(d.NewGlobals, call) })
	d.Facts = !sameFacts(entry, is)
	return d
}

func sameFacts(a, b *Blob) bool {
	return slices.Equal(a.Containers, b.Containers) && slices.EqualFunc(a.Pickles, b.Pickles, func(a, b *Pickle) bool {
		return a.More == b.More && slices.Equal(a.Member, b.Member) && slices.Equal(a.Protocols, b.Protocols) &&
			slices.Equal(a.Globals, b.Globals) && slices.Equal(a.Calls, b.Calls)
	})
}

// without returns what of a is not in b; both are ascending.
func without(a, b []string) (out []string) {
	for _, s := range a {
		if _, found := slices.BinarySearch(b, s); !found {
			out = append(out, s)
		}
	}
	return out
}
