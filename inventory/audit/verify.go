package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// maxLine bounds a line of the log, in bytes.
const maxLine = 1 << 20

// Chain is what a log comes to.
type Chain struct {
	// Records counts them, and Head is the hash of the last one, or "" for an empty log.
	Records int64
	Head    string
	// Last is the time of the last record.
	Last time.Time
	// Open are the intents without an outcome, in their order.
	Open []*Record
	// Size is how many bytes of the log the chain takes.
	Size int64
}

// BrokenError says where the chain does not hold.
type BrokenError struct {
	// Line counts from 1.
	Line   int64
	Reason string
}

func (e *BrokenError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// Verify reads a log, and checks each record and the chain. What comes back with a
// [BrokenError] is the chain up to the record that does not hold. tell, if not nil, is given
// each record.
func Verify(r io.Reader, tell func(*Record)) (*Chain, error) {
	c := new(Chain)
	open := make(map[int64]*Record)
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := readLine(in)
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		broken := func(format string, args ...any) (*Chain, error) {
			return c.with(open), &BrokenError{c.Records + 1, fmt.Sprintf(format, args...)}
		}
		var told *BrokenError
		switch {
		case errors.As(err, &told):
			return broken("%s", told.Reason)
		case errors.Is(err, io.EOF):
			return broken("the line is cut off: the last record was not written to its end")
		case err != nil:
			return c.with(open), fmt.Errorf("reading the log: %w", err)
		}
		record, reason := c.next(line)
		if reason != "" {
			return broken("%s", reason)
		}
		switch record.Action {
		case Remove:
			open[record.Seq] = record
		case Removed, Kept, Gone:
			if open[record.Of] == nil {
				return broken("the outcome of record %d, which is no intent without one", record.Of)
			}
			delete(open, record.Of)
		}
		c.Records, c.Head, c.Last, c.Size = record.Seq, record.Hash, record.Time, c.Size+int64(len(line))
		if tell != nil {
			tell(record)
		}
	}
	return c.with(open), nil
}

// next checks the next record of the chain.
func (c *Chain) next(line []byte) (record *Record, reason string) {
	record = new(Record)
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(record); err != nil {
		return nil, "no record: " + err.Error()
	}
	hash := record.Hash
	again, err := record.seal()
	switch {
	case err != nil:
		return nil, err.Error()
	case record.Hash != hash:
		return nil, "the record was changed: its hash is not that of its words"
	case !bytes.Equal(again, line):
		// Equal words in another form: somebody has written the file who is not this program.
		return nil, "the record was rewritten: it is not in the form in which it was written"
	case record.Seq != c.Records+1:
		return nil, fmt.Sprintf("record %d stands where %d belongs", record.Seq, c.Records+1)
	case record.Prev != c.prev():
		return nil, "the chain is broken: the record before is not the one that it was written behind"
	case record.Time.Before(c.Last):
		return nil, "the record is older than the one before"
	}
	return record, ""
}

func (c *Chain) prev() string {
	if c.Head == "" {
		return genesis
	}
	return c.Head
}

// with notes what is open, in its order.
func (c *Chain) with(open map[int64]*Record) *Chain {
	for seq := int64(1); seq <= c.Records && len(open) > 0; seq++ {
		if r := open[seq]; r != nil {
			c.Open = append(c.Open, r)
			delete(open, seq)
		}
	}
	return c
}

// readLine reads one line with its end.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return nil, &BrokenError{Reason: fmt.Sprintf("the line has more than %d bytes", maxLine)}
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		}
	}
}
