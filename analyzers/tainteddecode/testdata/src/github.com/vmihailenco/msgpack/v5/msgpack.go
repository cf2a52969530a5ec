// Package msgpack stands for the library of this path.
package msgpack

import "io"

type Decoder struct{ r io.Reader }

func NewDecoder(r io.Reader) *Decoder { return &Decoder{r} }

func (d *Decoder) Decode(v any) error { return nil }

func Marshal(v any) ([]byte, error) { return nil, nil }

func Unmarshal(data []byte, v any) error { return nil }
