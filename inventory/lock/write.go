package lock

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// version is that of the form of the file.
const version = 1

// magic is how the first line begins.
const magic = "# pickle.lock "

// headline is the first line of what is written.
var headline = magic + strconv.Itoa(version)

var preface = headline + "\n" +
	"# The stored pickles of this tree that somebody has reviewed: what each loads and calls.\n" +
	"# \"pickle-lint lock\" writes this file. Read its changes like those of a program.\n"

// last is the last line. It is the same in every lock, so that a part of one is no lock,
// and two changes of one do not meet there.
const last = "end"

// Bytes is the text of the file. Normalize has been called of its blobs.
//
// A line of an entry begins with blanks, and its first line does not: then git writes the
// path above every hunk of a diff. Between entries is an empty line, so that changes to
// two of them do not touch.
func (f *File) Bytes() []byte {
	blobs := slices.Clone(f.Blobs)
	slices.SortStableFunc(blobs, func(a, b *Blob) int { return cmp.Compare(a.Path, b.Path) })
	var out bytes.Buffer
	out.WriteString(preface)
	for _, b := range blobs {
		out.WriteString("\n")
		b.write(&out)
	}
	out.WriteString("\n" + last + "\n")
	return out.Bytes()
}

func (b *Blob) write(w io.Writer) {
	line(w, "", "blob", b.Path)
	line(w, "  ", "sha256", b.SHA256)
	line(w, "  ", "size", strconv.FormatInt(b.Size, 10))
	line(w, "  ", "first-seen", b.FirstSeen)
	for _, kind := range b.Containers {
		line(w, "  ", "container", kind)
	}
	for _, p := range b.Pickles {
		if p.More > 0 {
			line(w, "  ", "further", strconv.Itoa(p.More))
		} else {
			line(w, "  ", "pickle", p.Member...)
		}
		for _, n := range p.Protocols {
			line(w, "    ", "protocol", strconv.Itoa(n))
		}
		for _, g := range p.Globals {
			line(w, "    ", "global", g)
		}
		for _, c := range p.Calls {
			line(w, "    ", "call", c)
		}
	}
}

func line(w io.Writer, indent, key string, values ...string) {
	var b strings.Builder
	b.WriteString(indent + key)
	for _, v := range values {
		b.WriteString(" " + word(v))
	}
	// A buffer takes everything.
	_, _ = fmt.Fprintln(w, b.String())
}
