package p

import (
	"encoding/gob"
	"io"
)

func read(r io.Reader, v any) error {
	d := gob.NewDecoder(r)
	//picklelint:trust boundary=host reason="written by this binary only"
	if err := d.Decode(v); err != nil {
		return err
	}
	return d.Decode(v)
}

func write(w io.Writer, v any) error { return gob.NewEncoder(w).Encode(v) }

//picklelint:trust boundary=host reason="there is nothing here"
