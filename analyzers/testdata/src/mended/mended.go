package mended

import (
	"encoding/gob"
	"io"
)

// A blank line too many is nothing to remove a claim for.
func detached(r io.Reader, v any) error {
	//picklelint:trust boundary=host reason="written by this binary only" // want "PKL908"

	return gob.NewDecoder(r).Decode(v)
}

func spaced(r io.Reader, v any) error {
	// picklelint:trust boundary=host reason="written by this binary only" // want "PKL910"
	return gob.NewDecoder(r).Decode(v)
}

func nothing(v int) int {
	v++
	v++
	v++
	v++
	return v
}

//picklelint:trust boundary=host reason="written by this binary only" // want "PKL908"
var n int

// dead decodes nothing.
//
//picklelint:trust boundary=host reason="written by this binary only" // want "PKL908"
func dead(v int) int {
	v++ //picklelint:trust boundary=host reason="written by this binary only" // want "PKL908"
	//	picklelint:trust boundary=host reason="written by this binary only" // want "PKL910" "PKL908"
	return v
}
