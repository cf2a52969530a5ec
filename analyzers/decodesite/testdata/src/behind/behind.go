// Package behind uses what another package returns as an interface.
package behind

import (
	"example.com/fronts"
	"io"
)

type again interface{ Decode(any) error }

func uses(r io.Reader, b []byte, v any) error {
	d := fronts.Open(r)
	if err := d.Decode(v); err != nil { // want `call \(\*encoding/gob.Decoder\).Decode of d`
		return err
	}
	_, e, err := fronts.OpenErr(r, true)
	if err != nil {
		return err
	}
	var a again = e
	defer a.Decode(v) // want `defer \(\*encoding/gob.Decoder\).Decode of a`
	fronts.Text(r).Decode(v)
	fronts.Any(nil).Decode(v)
	return fronts.New().Load(b, v) // want `call \(example.com/fronts.Store\).Load of b`
}
