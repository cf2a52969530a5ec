// Package stalecucumber stands for the real one.
package stalecucumber

import "io"

type Pickler struct{}

func NewPickler(w io.Writer) *Pickler { return &Pickler{} }

func (*Pickler) Pickle(v any) (int, error) { return 0, nil }
