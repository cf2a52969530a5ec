// Package ogórek stands for github.com/kisielk/og-rek.
package ogórek

import "io"

type Ref struct{ Pid any }

type DecoderConfig struct {
	PersistentLoad func(ref Ref) (any, error)
	StrictUnicode  bool
}

type Decoder struct{}

func NewDecoderWithConfig(r io.Reader, config *DecoderConfig) *Decoder { return nil }

func (d *Decoder) Decode() (any, error) { return nil, nil }
