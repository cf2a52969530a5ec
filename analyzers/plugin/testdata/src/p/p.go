package p

import (
	"encoding/gob"
	"io"
)

func read(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }
