package blob

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Report is what is in a file: facts, no verdict.
type Report struct {
	// Path is as given to Scan; Size is in bytes.
	Path string
	Size int64
	// Named is as given to Scan.
	Named bool
	// Streams are the pickles, container by container, in the order of their
	// place.
	Streams []*Stream
	// Containers are the containers that were opened, outermost first.
	Containers []Container
	// Ambiguities are what readers of the containers disagree about, one a
	// container and kind.
	Ambiguities []Ambiguity
	// Problems are what could not be looked at, or not fully.
	Problems []Problem
	// MoreProblems counts those that are not listed.
	MoreProblems int

	// doubtful are look-ups at the start of what is probably no pickle.
	doubtful []*Stream
	// limit is the time that judging may take.
	limit time.Duration
}

// Stream is one pickle.
type Stream struct {
	// Member names the way into nested containers; empty for the file itself.
	Member []string
	// Trace says what the stream does. Offsets are in the innermost member.
	Trace *pickle.Trace
	// Err is why the stream ended before its STOP, or nil.
	Err *pickle.Error
	// Trailing is how many bytes of the member stand behind its last stream;
	// 0 for every other stream.
	Trailing int64
	// Carved: this is the rest of another stream, followed without what came
	// before it. How it ends means nothing.
	Carved bool
	// Literal: the stream stands in a literal of another one, or in what such a
	// literal holds.
	Literal bool
	// Unlikely: nothing speaks for a pickle here. It is in the report because
	// Options.Forced was set.
	Unlikely bool

	// data is read again for the excerpt that a finding shows.
	data container.Data
	size int64

	// nested are the literals that were looked into whole, by where they begin.
	nested  map[int64]*nested
	misread misread
	// tensors: this is the fifth stream of PyTorch's old format, and the storages
	// behind it end where the member does.
	tensors bool
}

// Container is one container that was opened.
type Container struct {
	// Format is the word for its kind: "zip", "gzip", …
	Format string
	// Member is the way to it; empty for the file itself.
	Member []string
}

// Ambiguity is one way in which readers of a container disagree about what is in
// it.
type Ambiguity struct {
	// Member is the way to the container; empty for the file itself.
	Member []string
	// Kind is one of the words of package container.
	Kind string
	// Offset is where in the container the first member in doubt is described,
	// Text says what is in doubt about it, and Pickle that it holds a pickle. A
	// member that does comes first.
	Offset int64
	Text   string
	Pickle bool
	// More counts the further members of the container of which the same is true.
	More int
}

// Problem is something that was not looked at, or not fully.
type Problem struct {
	Member []string
	Offset int64
	Reason string
}

// Recognised reports whether the file holds a pickle or is a container.
func (r *Report) Recognised() bool { return len(r.Streams) > 0 || len(r.Containers) > 0 }

// location is a place in the file.
func (r *Report) location(member []string, off int64) lint.Location {
	return lint.Location{Path: r.Path, Member: slices.Clone(member), Offset: off}
}

// Data returns the bytes in which s stands, the file or a member of it, and how
// many there are. They are read again, at the price of decompressing again.
func (s *Stream) Data() (r io.ReaderAt, size int64) { return s.data, s.size }

// Release drops what reading s has cached, in the containers around it too. It
// can still be read.
func (s *Stream) Release() { container.ReleaseAll(s.data) }

// Ops writes the ops of s between two offsets, at most limit bytes of each
// argument. It is for showing a stream; an error ends it.
func (s *Stream) Ops(from, to int64, limit int, yield func(op pickle.Op, text string) bool) error {
	lex := pickle.NewLexer(s.data, s.size, from, pickle.Limits{})
	for lex.Offset() <= to {
		op, err := lex.Next()
		if err != nil {
			return fmt.Errorf("reading ops again: %w", err)
		}
		text, err := pickle.Format(s.data, op, limit)
		if err != nil {
			return fmt.Errorf("reading ops again: %w", err)
		}
		if !yield(op, text) {
			return nil
		}
	}
	return nil
}

// asError returns err as an error of the decoder.
func asError(err error, off int64) *pickle.Error {
	if err == nil {
		return nil
	}
	var perr *pickle.Error
	if errors.As(err, &perr) {
		return perr
	}
	return &pickle.Error{Kind: pickle.ReadFailed, Offset: off, Text: err.Error(), Err: err}
}

// readSome fills as much of b as the data holds.
func readSome(r io.ReaderAt, b []byte, off int64) (int, error) {
	n, err := r.ReadAt(b, off)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
