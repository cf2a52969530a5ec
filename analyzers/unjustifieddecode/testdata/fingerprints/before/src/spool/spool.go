package spool

import (
	"encoding/gob"
	"io"
)

func read(r io.Reader, a, b any) error {
	d := gob.NewDecoder(r)
	d.Decode(a)        // want `gob`
	d.Decode(a)        // want `gob`
	return d.Decode(b) // want `gob`
}

func again(r io.Reader, a any) { gob.NewDecoder(r).Decode(a) } // want `gob`
