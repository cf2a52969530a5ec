package container

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"iter"
)

// Gzip is RFC 1952, with all members of a file read as one stream, as Python's
// gzip.open and joblib do.
type Gzip struct{}

// Name implements [Format].
func (Gzip) Name() string { return "gzip" }

// Traits implements [Format].
func (Gzip) Traits() Traits { return Traits{Single: true, Coding: true, Suffixes: []string{".gz"}} }

const gzipMagic = "\x1f\x8b"

// Recognise implements [Format]. The third byte is the only method there is.
func (Gzip) Recognise(head []byte, _ Data) bool {
	return bytes.HasPrefix(head, []byte(gzipMagic+"\x08"))
}

// Members implements [Format].
func (Gzip) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("gzip", data, 0, openSeries(gzipStarter), b)
}

const (
	gzipHeaderSum = 1 << (1 + iota)
	gzipExtra
	gzipName
	gzipComment

	gzipTrailer = 8
)

func gzipStarter() starter {
	var z io.ReadCloser
	return func(br *bufio.Reader) (io.Reader, error) {
		if err := gzipHeader(br); err != nil {
			return nil, err
		}
		if z == nil {
			z = flate.NewReader(br)
		} else if err := z.(flate.Resetter).Reset(br, nil); err != nil {
			return nil, err
		}
		return &gzipMember{br, z}, nil
	}
}

// gzipHeader steps over the header as gzip.py does: it does not check the sum of
// the header, and a name may have any length. compress/gzip is stricter, and so
// would not read what a loader reads.
func gzipHeader(br *bufio.Reader) error {
	var h [10]byte
	if _, err := io.ReadFull(br, h[:]); err != nil {
		return err
	}
	if string(h[:2]) != gzipMagic || h[2] != 8 {
		return errors.New("no gzip header")
	}
	if h[3]&gzipExtra != 0 {
		var size [2]byte
		if _, err := io.ReadFull(br, size[:]); err != nil {
			return err
		}
		if err := discard(br, int64(size[0])|int64(size[1])<<8); err != nil {
			return err
		}
	}
	for _, flag := range []byte{gzipName, gzipComment} {
		for c := h[3] & flag; c != 0; {
			var err error
			if c, err = br.ReadByte(); err != nil {
				return err
			}
		}
	}
	if h[3]&gzipHeaderSum != 0 {
		return discard(br, 2)
	}
	return nil
}

// gzipMember steps over the checksum and the size behind the data: all bytes
// have been handed out by then, and not every loader looks at them.
type gzipMember struct {
	br *bufio.Reader
	io.Reader
}

// Read implements [io.Reader].
func (m *gzipMember) Read(b []byte) (int, error) {
	n, err := m.Reader.Read(b)
	if ended(err) {
		if cut := discard(m.br, gzipTrailer); cut != nil {
			err = cut
		}
	}
	return n, err
}
