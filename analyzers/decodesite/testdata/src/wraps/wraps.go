// Package wraps holds functions that decode what they are given.
package wraps

import (
	"bytes"
	"encoding/gob"
	"io"
	"net/http"
	"os"
)

func Direct(r io.Reader, v any) error { // want Direct:`wraps\(gob of 0`
	return gob.NewDecoder(r).Decode(v)
}

func Bytes(n int, b []byte, v any) error { // want Bytes:`wraps\(gob of 1`
	dec := gob.NewDecoder(bytes.NewReader(b))
	return dec.Decode(v)
}

// Outer hands on what it is given.
func Outer(r io.Reader, v any) error { // want Outer:`wraps\(gob of 0`
	return inner(r, v)
}

func inner(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }

func Decoder(d *gob.Decoder, v any) error { // want Decoder:`wraps\(gob of 0`
	return d.Decode(v)
}

type Reader struct{ dec *gob.Decoder }

func New(r io.Reader) *Reader { // want New:`wraps\(gob of 0`
	return &Reader{gob.NewDecoder(r)}
}

func (r *Reader) Next(v any) error { return r.dec.Decode(v) }

func File(name string, v any) error {
	f, err := os.Open("/var/spool/x")
	if err != nil {
		return err
	}
	return gob.NewDecoder(f).Decode(v)
}

func Justified(r io.Reader, v any) error {
	//picklelint:trust boundary=cluster reason="peers of this deployment only" owner=storage
	return gob.NewDecoder(r).Decode(v)
}

func Generic[T any](r io.Reader) (v T, err error) { // want Generic:`wraps\(gob of 0`
	err = gob.NewDecoder(r).Decode(&v)
	return v, err
}

func Closure(r io.Reader) func(any) error { // want Closure:`wraps\(gob of 0`
	dec := gob.NewDecoder(r)
	return func(v any) error { return dec.Decode(v) }
}

func Local(v any) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(v); err != nil {
		return err
	}
	return gob.NewDecoder(&buf).Decode(v)
}

func Handler(w http.ResponseWriter, r *http.Request) {
	_ = gob.NewDecoder(r.Body).Decode(new(int))
}

type Codec struct{ n int }

func (c *Codec) Load(b []byte, v any) error { // want Load:`wraps\(gob of 0`
	return gob.NewDecoder(bytes.NewReader(b)).Decode(v)
}
