package p

import (
	"encoding/gob"
	"io"
)

func readInTest(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }
