package container

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// starter starts the compressed stream that br is at. It may use again what it
// made for the stream before.
type starter func(br *bufio.Reader) (io.Reader, error)

// series reads compressed streams that stand one behind another as one, as
// Python's gzip, lzma and lz4.frame do. Zeros may stand between them (gzip.py
// and xz pad with them). What follows and is no stream is an error: it was not
// looked at.
type series struct {
	position
	start starter
	last  int64     // where the last stream and zeros behind it ended, and what is no stream begins
	cur   io.Reader // nil: between streams
	later error     // told at the end
}

func openSeries(starters func() starter) opener {
	return func(raw io.Reader) (io.Reader, error) {
		s := &series{position: positionOf(bufio.NewReaderSize(raw, spoolChunk), raw), start: starters()}
		var err error
		if s.cur, err = s.start(s.br); err != nil {
			return nil, noEOF(err)
		}
		return s, nil
	}
}

// Read implements [io.Reader].
func (s *series) Read(b []byte) (int, error) {
	for {
		if s.cur == nil {
			more, err := s.another()
			if err != nil {
				return 0, err
			}
			if !more {
				return 0, s.end()
			}
		}
		n, err := s.cur.Read(b)
		var lesser *lesserError
		if errors.As(err, &lesser) {
			s.later = errors.Join(s.later, lesser.error)
			err = io.EOF
		}
		if ended(err) {
			s.cur, err = nil, nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// another starts the next stream, if there is one.
func (s *series) another() (bool, error) {
	for {
		c, err := s.br.ReadByte()
		if ended(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if c != 0 {
			break
		}
	}
	if err := s.br.UnreadByte(); err != nil {
		return false, err
	}
	at := s.at()
	var err error
	if s.cur, err = s.start(s.br); err != nil {
		s.last = at
		return false, fmt.Errorf("what follows the end of a stream: %w", noEOF(err))
	}
	return true, nil
}

func (s *series) stop() int64 { return s.last }

func (s *series) end() error {
	if s.later != nil {
		return s.later
	}
	return io.EOF
}

// lesserError stands for the end of a stream that was read, though not as it is
// meant: what follows is read too, and the error is told at the end of all.
type lesserError struct{ error }

// ended reports the end of an input, and not one that came too early.
func ended(err error) bool {
	return errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
}

// noEOF is for reads in the middle of something.
func noEOF(err error) error {
	if ended(err) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// discard skips n bytes.
func discard(br *bufio.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, br, n)
	return noEOF(err)
}

// varint reads a number as xz writes it: seven bits a byte, lowest first, and at
// most nine bytes.
func varint(br io.ByteReader) (v uint64, n int64, err error) {
	for i := range 9 {
		c, err := br.ReadByte()
		if err != nil {
			return 0, n, noEOF(err)
		}
		n++
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return v, n, nil
		}
	}
	return 0, n, errors.New("a number has more than nine bytes")
}
