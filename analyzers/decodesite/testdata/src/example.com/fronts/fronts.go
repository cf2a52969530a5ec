// Package fronts returns decoders behind interfaces.
package fronts

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"io"
)

type Decoder interface{ Decode(any) error }

func Open(r io.Reader) Decoder { return gob.NewDecoder(r) } // want Open:`behind\(\[0\]: \(\*encoding/gob.Decoder\)\)`

func OpenErr(r io.Reader, text bool) (int, Decoder, error) { // want OpenErr:`behind\(\[1\]: \(\*encoding/gob.Decoder\)\)`
	if text {
		return 0, json.NewDecoder(r), nil
	}
	return 0, open(r), nil
}

func open(r io.Reader) Decoder { return gob.NewDecoder(r) }

func Text(r io.Reader) Decoder { return json.NewDecoder(r) }

func Any(d Decoder) Decoder { return d }

type Loader interface{ Load(b []byte, v any) error }

type Store struct{}

//picklelint:trust boundary=caller reason="the caller knows where the bytes are from" owner=core
func (Store) Load(b []byte, v any) error { // want Load:`decodes\(gob`
	return gob.NewDecoder(bytes.NewReader(b)).Decode(v)
}

func New() Loader { return Store{} } // want New:`behind\(\[0\]: \(example.com/fronts.Store\)\)`
