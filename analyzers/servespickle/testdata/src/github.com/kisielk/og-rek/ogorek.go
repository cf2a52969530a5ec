// Package ogórek stands for the real one.
package ogórek

import "io"

type Encoder struct{}

type EncoderConfig struct{ Protocol int }

func NewEncoder(w io.Writer) *Encoder { return &Encoder{} }

func NewEncoderWithConfig(w io.Writer, c *EncoderConfig) *Encoder { return &Encoder{} }

func (*Encoder) Encode(v any) error { return nil }
