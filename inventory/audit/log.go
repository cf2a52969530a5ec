package audit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Log is a log that is written to. It is for one goroutine.
type Log struct {
	file  *os.File
	chain *Chain
	clock func() time.Time
}

// Open opens a log, or begins one, and verifies all of it: nothing is appended to a chain
// that does not hold. A link is refused, and so is a log that another run is writing.
func Open(name string, clock func() time.Time) (log *Log, err error) {
	if clock == nil {
		clock = time.Now
	}
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: the log is no regular file", name)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	if err := lock(file); err != nil {
		return nil, fmt.Errorf("%s: another run is writing the log: %w", name, err)
	}
	chain, err := Verify(file, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if now := clock(); now.Before(chain.Last) {
		return nil, fmt.Errorf("%s: the clock says %s, and the last record is of %s: set the clock", name, now.UTC().Format(time.RFC3339), chain.Last.Format(time.RFC3339))
	}
	return &Log{file, chain, clock}, nil
}

// Chain is what the log comes to now.
func (l *Log) Chain() Chain { return *l.chain }

// Append adds a record, of which the caller has set what it is about, and has it on disk when
// it returns. The record gets its number, time and hashes.
func (l *Log) Append(r *Record) error {
	// A log that has grown or shrunk meanwhile is not the one that was verified.
	if size, err := l.file.Seek(0, io.SeekEnd); err != nil {
		return fmt.Errorf("writing the log: %w", err)
	} else if size != l.chain.Size {
		return fmt.Errorf("%s: somebody else has written to the log", l.file.Name())
	}
	r.Seq, r.Prev, r.Time = l.chain.Records+1, l.chain.prev(), l.clock().UTC().Truncate(time.Millisecond)
	if r.Time.Before(l.chain.Last) {
		return fmt.Errorf("%s: the clock went back from %s to %s", l.file.Name(), l.chain.Last.Format(time.RFC3339), r.Time.Format(time.RFC3339))
	}
	r.clean()
	line, err := r.seal()
	if err != nil {
		return err
	}
	// JSON has no place for bytes that are no text: such a record would not be read again.
	if _, reason := l.chain.next(line); reason != "" {
		return fmt.Errorf("%s: a record that could not be verified is not written: %s", l.file.Name(), reason)
	}
	if len(line) > maxLine {
		return fmt.Errorf("%s: a record has %d bytes, the most is %d", l.file.Name(), len(line), maxLine)
	}
	n, err := l.file.Write(line)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		// Half a record would break the chain for good.
		if n > 0 {
			err = errors.Join(err, l.file.Truncate(l.chain.Size))
		}
		return fmt.Errorf("writing the log: %w", err)
	}
	l.chain.Records, l.chain.Head, l.chain.Last = r.Seq, r.Hash, r.Time
	l.chain.Size += int64(len(line))
	return nil
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }
