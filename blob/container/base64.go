package container

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"iter"
)

// Base64 is text that holds a pickle or compressed data: values of Django's db
// cache, sessions and signed cookies (".eJ…:time:signature"), fields of dumps.
//
// Python's b64decode passes over what is not in the alphabet, and Django uses
// the one for URLs. So both alphabets are read here, and nothing but the end of
// the padding ends the text. What a signature decodes to stands behind the end
// of the pickle, where no loader looks.
type Base64 struct{}

// shortBase64 is how many characters there are at least: eight hold six bytes.
const shortBase64 = 8

// Name implements [Format].
func (Base64) Name() string { return "base64" }

// Traits implements [Format].
func (Base64) Traits() Traits { return Traits{Single: true, Coding: true} }

// Recognise implements [Format]. Any word is base64, so what it decodes to must
// begin as a binary pickle, zlib or gzip data does.
func (Base64) Recognise(head []byte, _ Data) bool {
	// Most files end here: what they begin with decodes to something else.
	first := base64Reader{r: bytes.NewReader(head)}
	var b [3]byte
	if n, _ := io.ReadFull(&first, b[:]); n < len(b) {
		return false
	}
	switch {
	case b[0] == 0x80 && b[1] >= 2 && b[1] <= 5:
	case b[0] == 0x78 && binary.BigEndian.Uint16(b[:])%31 == 0:
	case b[0] == 0x1f && b[1] == 0x8b && b[2] == 8:
	default:
		return false
	}
	var rest [shortBase64/4*3 - len(b)]byte
	_, err := io.ReadFull(&first, rest[:1])
	return err == nil || first.taken >= shortBase64
}

// Members implements [Format].
func (Base64) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		raw, size, err := forwards(data, 0)
		if err != nil && !yield(problem("base64: %w", err)) {
			return
		}
		if err := b.value(); err != nil {
			yield(problem("base64: %w", err))
			return
		}
		yield(Member{Name: "base64", Data: newSpool(raw, size, openBase64, b)}, nil)
	}
}

func openBase64(raw io.Reader) (io.Reader, error) {
	return &base64Reader{r: bufio.NewReader(raw)}, nil
}

// base64Reader decodes as binascii.a2b_base64 does where it is not strict
// (Modules/binascii.c): padding that completes a group ends the text, other
// padding and unknown characters do not count.
type base64Reader struct {
	r     io.ByteReader
	bits  uint32
	quad  int // characters of the group
	pads  int
	taken int
	err   error
}

// base64Values has the value of a character and one more; 0 is none.
var base64Values = func() (t [256]byte) {
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i + 1)
	}
	t['-'], t['_'] = t['+'], t['/']
	return t
}()

func (d *base64Reader) Read(b []byte) (n int, err error) {
	for n < len(b) && d.err == nil {
		c, err := d.r.ReadByte()
		if err != nil {
			d.err = err
			break
		}
		if c == '=' {
			if d.pads++; d.quad >= 2 && d.quad+d.pads >= 4 {
				d.err = io.EOF
			} else if d.quad < 2 {
				d.pads = 0
			}
			continue
		}
		v := base64Values[c]
		if v == 0 {
			continue
		}
		d.pads = 0
		d.taken++
		d.bits = d.bits<<6 | uint32(v-1)
		if d.quad = (d.quad + 1) % 4; d.quad != 1 {
			b[n] = byte(d.bits >> (2 * uint(3-(d.quad+3)%4)))
			n++
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, d.err
}
