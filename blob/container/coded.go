package container

import (
	"bytes"
	"fmt"
	"io"
)

// Appender turns text into the bytes that it stands for: it appends to out what b
// stands for. ok is false where the text ends.
type Appender interface {
	Append(out, b []byte) (_ []byte, ok bool)
}

// Part returns n bytes of data from off, as a member of its own, which is no entry
// of a container. It keeps the cost of reading that data has.
func Part(data Data, off, n int64, b *Budget) (Data, error) {
	size, err := part(data, b)
	if err != nil {
		return nil, err
	}
	return section(data, size, off, n), nil
}

// Coded returns what n bytes of data from off stand for, where text is how they
// are written. Each call of open begins from the start.
func Coded(data Data, off, n int64, open func() Appender, b *Budget) (Data, error) {
	size, err := part(data, b)
	if err != nil {
		return nil, err
	}
	raw := section(data, size, off, n)
	length, err := raw.Size()
	if err != nil {
		return nil, err
	}
	return newSpool(raw, length, func(r io.Reader) (io.Reader, error) { return &coded{r: r, text: open()}, nil }, b), nil
}

func part(data Data, b *Budget) (int64, error) {
	if err := b.Err(); err != nil {
		return 0, err
	}
	size, err := data.Size()
	if err != nil && size == 0 {
		return 0, fmt.Errorf("reading a part: %w", err)
	}
	return size, nil
}

// coded reads what text stands for.
type coded struct {
	r    io.Reader
	text Appender
	in   [4 << 10]byte
	out  []byte // not yet handed out
	err  error
}

func (c *coded) Read(b []byte) (int, error) {
	for len(c.out) == 0 {
		if c.err != nil {
			return 0, c.err
		}
		n, err := c.r.Read(c.in[:])
		c.err = err
		var ok bool
		if c.out, ok = c.text.Append(c.out[:0], c.in[:n]); !ok {
			c.err = io.EOF
		}
	}
	n := copy(b, c.out)
	c.out = c.out[n:]
	return n, nil
}

// Peek decompresses as much of head as there is, of the formats that can do so
// from a few bytes, into out. It returns how much that is.
func Peek(f Format, head, out []byte) int {
	var open opener
	switch f.(type) {
	case Gzip:
		open = openSeries(gzipStarter)
	case Zlib:
		open = openZlib
		head = head[max(0, zlibStart(head)):]
	default:
		return 0
	}
	r, err := open(bytes.NewReader(head))
	if err != nil {
		return 0
	}
	// Where it ends does not matter: what there is has been read.
	n, _ := io.ReadFull(r, out)
	return n
}
