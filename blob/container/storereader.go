package container

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// storeReader reads data from front to back; strings are left where they stand.
type storeReader struct {
	data Data
	size int64
	off  int64
	r    *bufio.Reader
}

func newStoreReader(data Data, size, off int64) storeReader {
	left := max(0, size-off)
	return storeReader{data, size, off, bufio.NewReaderSize(io.NewSectionReader(data, off, left), int(min(left, 4096)))}
}

func (r *storeReader) u8() (byte, error) {
	c, err := r.r.ReadByte()
	if err != nil {
		return 0, r.cut(err)
	}
	r.off++
	return c, nil
}

func (r *storeReader) cut(err error) error {
	if err == io.EOF { //nolint:errorlint // as a reader returns it
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("at offset %d: %w", r.off, err)
}

// number reads n bytes, the lowest first.
func (r *storeReader) number(n int) (uint64, error) {
	var b [8]byte
	if _, err := io.ReadFull(r.r, b[:n]); err != nil {
		return 0, r.cut(err)
	}
	r.off += int64(n)
	return binary.LittleEndian.Uint64(b[:]), nil
}

// big reads n bytes, the highest first.
func (r *storeReader) big(n int) (uint64, error) {
	var b [8]byte
	if _, err := io.ReadFull(r.r, b[8-n:]); err != nil {
		return 0, r.cut(err)
	}
	r.off += int64(n)
	return binary.BigEndian.Uint64(b[:]), nil
}

// bytes returns the next n bytes, and steps over them.
func (r *storeReader) bytes(n uint64) (Data, error) {
	if left := r.size - r.off; n > uint64(left) {
		return nil, fmt.Errorf("at offset %d: %d bytes are announced, %d are there", r.off, n, left)
	}
	d := section(r.data, r.size, r.off, int64(n))
	return d, r.skip(int64(n))
}

func (r *storeReader) skip(n int64) error {
	if n > r.size-r.off {
		return r.cut(io.EOF)
	}
	r.off += n
	if n <= int64(r.r.Buffered()) {
		_, err := r.r.Discard(int(n))
		return err
	}
	r.r.Reset(io.NewSectionReader(r.data, r.off, r.size-r.off))
	return nil
}
