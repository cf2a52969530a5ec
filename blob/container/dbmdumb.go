package container

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
)

// DumbIndex is the .dir file of dbm.dumb: a line 'key', (position, size) for
// each value in the .dat file beside it (Lib/dbm/dumb.py). It has no members.
// The values are looked for where dbm.dumb writes them, so an index that says
// that some are elsewhere is told.
type DumbIndex struct{}

const (
	dumbBlock = 512
	// dumbLine is the longest line that is read, in bytes.
	dumbLine = 64 << 10
)

// dumbEntry is a line; literal_eval reads the key, whose quotes may be of
// either kind.
var dumbEntry = regexp.MustCompile(`^(?:'.*'|".*"), \((\d{1,18}), (\d{1,18})\)\s*$`)

// Name implements [Format].
func (DumbIndex) Name() string { return "dbm.dumb index" }

// Traits implements [Format].
func (DumbIndex) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (DumbIndex) Recognise(head []byte, _ Data) bool {
	if len(head) == 0 || head[0] != '\'' && head[0] != '"' {
		return false
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	return (whole || len(head) < HeadSize) && dumbEntry.Match(line)
}

// Members implements [Format].
func (DumbIndex) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("dbm.dumb: %w", err)) {
			return
		}
		var spans []span
		r := bufio.NewReaderSize(io.NewSectionReader(data, 0, size), dumbLine)
		for n := 1; ; n++ {
			line, err := r.ReadSlice('\n')
			if errors.Is(err, io.EOF) && len(line) == 0 {
				break
			}
			if err != nil && !errors.Is(err, io.EOF) {
				yield(problem("dbm.dumb: line %d: %w", n, err))
				return
			}
			if err := b.value(); err != nil {
				yield(problem("dbm.dumb: %w", err))
				return
			}
			m := dumbEntry.FindSubmatch(line)
			if m == nil {
				if !yield(problem("dbm.dumb: line %d is no entry", n)) {
					return
				}
				continue
			}
			// Numbers of 18 digits fit.
			at, _ := strconv.ParseInt(string(m[1]), 10, 64)
			length, _ := strconv.ParseInt(string(m[2]), 10, 64)
			if at%dumbBlock != 0 && !yield(problem("dbm.dumb: line %d: a value at %d, where dbm.dumb writes none, is not looked at", n, at)) {
				return
			}
			spans = append(spans, span{at, at + length})
		}
		slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
		for i := 1; i < len(spans); i++ {
			if spans[i].from < spans[i-1].to {
				yield(Member{}, fmt.Errorf("dbm.dumb: the value at %d is inside another, and is not looked at by itself", spans[i].from))
				return
			}
		}
	}
}
