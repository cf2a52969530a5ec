// Package spool got a comment and an import, and was formatted by hand.
package spool

import (
	"bufio"
	"encoding/gob"
	"io"
)

var _ *bufio.Reader

func read(r io.Reader, a, b any) error {
	d := gob.NewDecoder(r)

	// Why not.
	d. // want `gob`
		Decode(a)
	d.Decode(a) // want `gob`
	if a == b {
		return d.Decode(b) // want `gob`
	}
	return nil
}

func again(r io.Reader, a any) {
	gob.NewDecoder(r).Decode( /* here */ a) // want `gob`
}
