package container

import (
	"errors"
	"fmt"
	"io"
	"iter"
)

// HeadSize is how many bytes [Format.Recognise] gets to see, or all there are.
// A tar header is the longest thing that any format needs.
const HeadSize = 512

// Format is one kind of container.
type Format interface {
	// Name is the word for the format in reports: "zip", "gzip", …
	Name() string
	// Recognise reports whether data may be of this format. It looks at the
	// head, and elsewhere only where that costs no decompression.
	Recognise(head []byte, data Data) bool
	// Traits say what else there is to know about files of the format.
	Traits() Traits
	// Members yields the members in the order of their place in the file.
	// A pair without data is a problem of the container; a pair with data and
	// an error is a member that can be read only in part, or not as declared.
	Members(data Data, b *Budget) iter.Seq2[Member, error]
}

// Traits are what distinguishes formats for those who open files with them.
type Traits struct {
	// Single: there is one member, and what the name of the file promises it
	// promises of the member.
	Single bool
	// Coding: this is a way to write one value, such as text or a light
	// compression. Values are written in several, one around the other, so they
	// have limits of their own. Decoders that take much memory are none.
	Coding bool
	// Suffixes are the extensions that a file of such a format has behind
	// that of its member (".gz"), in lower case.
	Suffixes []string
}

// Member is one thing in a container: an entry of a zip or a tar, the data of an
// array, what a compressed stream decompresses to.
type Member struct {
	// Name is the name as stored, or a word for the only member of a format
	// that has no names. It is chosen by whoever wrote the file.
	Name string
	Data Data
	// Promised: the container itself says that the data is one pickle, or begins
	// with one.
	Promised bool
	// Rest: these are bytes of the container that belong to none of its members.
	// They begin at At.
	Rest bool
	At   int64
	// Again: they are the end of the Rest before, from there on: another place
	// where somebody may begin to read. Else it is 0.
	Again int64
	// Interleaved: there are several pickles, with other data between them.
	Interleaved bool
	// Doubts are the points on which readers of the container disagree about
	// the member.
	Doubts []Doubt
	// Stated is what the container says about the data, or nil.
	Stated *Stated
	// Value: this is one of the many values of a store, among which numbers
	// and hashes look like anything now and then.
	Value bool
}

// Doubt is one point on which the readers of a container disagree. It is a fact;
// that a member is in doubt is no reason not to look at it.
type Doubt struct {
	// Kind is a word for reports: "view", "hidden", …
	Kind string
	// Offset is where in the container the member's header stands.
	Offset int64
	Text   string
	// Pickles: it is a doubt only if the member holds a pickle. Honest files
	// have such members otherwise.
	Pickles bool
}

// Stated is what a container says about the data of a member. Nobody has checked
// it: that would mean to read all of the data.
type Stated struct {
	Header int64 // where in the container that stands
	Size   int64
	CRC32  uint32 // 0: not stated; PyTorch writes that on purpose
}

// Formats are all formats, in the order in which they are tried. A file may be
// of several at once, and is then opened as each.
var Formats = []Format{Zip{}, Tar{}, Npy{}, Gzip{}, Zlib{}, Bzip2{}, Xz{}, Lzma{}, Lz4{}, Zstd{}, SevenZip{}, SQLite{}, SQLiteLog{}, RDB{}, RedisLog{}, BerkeleyDB{}, DumbIndex{}, Base64{}, Kombu{}, Unsupported{}}

// Data is what a member holds.
type Data interface {
	io.ReaderAt
	// Size returns the number of bytes. Compressed data is read to its end
	// to tell; the error then says why the end was not reached, and the size
	// is how many bytes there are until there.
	Size() (int64, error)
	// Random reports whether reading anywhere costs no more than reading
	// there: compressed data is read from its start.
	Random() bool
	// Release drops what this member itself has cached, and not what the
	// containers around it have, which are still in use. The data can still be
	// read, at the price of decompressing again.
	Release()
}

// ReleaseAll drops what data and the containers around it have cached.
func ReleaseAll(data Data) {
	for data != nil {
		data.Release()
		data = within(data)
	}
}

// within returns the data that data is a part of or is read from, or nil.
func within(data Data) Data {
	switch d := data.(type) {
	case region:
		return d.whole
	case *sevenFile:
		return d.all
	case *spool:
		return d.raw
	case interface{ under() Data }:
		return d.under()
	}
	return nil
}

// Plain returns the data of a file or of a member that is stored as it is.
func Plain(r io.ReaderAt, size int64) Data { return plain{r, size} }

type plain struct {
	io.ReaderAt
	size int64
}

func (p plain) Size() (int64, error) { return p.size, nil }
func (p plain) Random() bool         { return true }
func (p plain) Release()             {}

// section returns n bytes of data from off, clipped to size. It keeps the cost
// of reading that data has.
func section(data Data, size, off, n int64) Data {
	off = min(max(off, 0), size)
	n = min(max(n, 0), size-off)
	return region{io.NewSectionReader(data, off, n), data}
}

type region struct {
	*io.SectionReader
	whole Data
}

func (r region) Size() (int64, error) { return r.SectionReader.Size(), nil }
func (r region) Random() bool         { return r.whole.Random() }
func (r region) Release()             {}

// readAt fills b from off. What the input does not hold is an error.
func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading %d bytes at offset %d: %w", len(b), off, err)
}

// problem is a pair without data.
func problem(format string, args ...any) (Member, error) {
	return Member{}, fmt.Errorf(format, args...)
}
