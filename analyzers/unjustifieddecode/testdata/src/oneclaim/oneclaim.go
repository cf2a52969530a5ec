// Package oneclaim holds several statements a line: a claim covers one of them,
// however the lines are broken.
package oneclaim

import "encoding/gob"

func trailing(d *gob.Decoder, v any) {
	d.Decode(v); d.Decode(v) /* want "PKL301" */ //picklelint:trust boundary=host reason="written by this program only"
}

func above(d *gob.Decoder, v any) {
	//picklelint:trust boundary=host reason="written by this program only"
	d.Decode(v); d.Decode(v) // want "PKL301"
}

func header(d *gob.Decoder, v any) {
	//picklelint:trust boundary=host reason="written by this program only"
	if err := d.Decode(v); err != nil { d.Decode(v) } // want "PKL301"
}

func clause(d *gob.Decoder, v any) {
	//picklelint:trust boundary=host reason="written by this program only"
	switch { case d.Decode(v) == nil: d.Decode(v) } // want "PKL301" "PKL301"
}

//picklelint:trust boundary=host reason="written by this program only"
func declaration(d *gob.Decoder, v any) { d.Decode(v) } // want "PKL301"

//picklelint:trust boundary=host reason="written by this program only"
var literal = func(d *gob.Decoder, v any) { d.Decode(v); d.Decode(v) } // want "PKL301" "PKL301"

func block(d *gob.Decoder, v any) {
	//picklelint:trust boundary=host reason="written by this program only"
	{ d.Decode(v) } // want "PKL301"
	//picklelint:trust boundary=host reason="written by this program only"
	go func() { d.Decode(v) }() // want "PKL301"
}

//picklelint:trust boundary=host reason="written by this program only"
var value = new(gob.Decoder).Decode(nil)

var (
	//picklelint:trust boundary=host reason="written by this program only"
	grouped = new(gob.Decoder).Decode(nil)
)

func label(d *gob.Decoder, v any) {
	//picklelint:trust boundary=host reason="written by this program only"
again:
	d.Decode(v)
	goto again
}
