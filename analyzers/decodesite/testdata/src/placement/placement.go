// Package placement puts directives where they cover something, and where they
// do not.
package placement

import "encoding/gob"

var d *gob.Decoder

type table struct{ a, b any }

func covered(v any) (err error) {
	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	d.Decode(v)

	d.Decode(v) //picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+0"

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+2"
	// Another comment may stand between.
	d.Decode(v)

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	if err := d.Decode(v); err != nil {
		d.Decode(v) // want "bare"
	}

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	for d.Decode(v) == nil {
		d.Decode(v) // want "bare"
	}

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	switch err := d.Decode(v); {
	case d.Decode(v) == nil: // want "bare"
	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	case d.Decode(v) == err:
	}

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	defer d.Decode(v)

	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1" "covers \\+2"
	err = f(d.Decode(v),
		d.Decode(v),
	)

	err = f(
		d.Decode(v), //picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+0"
	)

	err = f(
		d.Decode(v),
		func() {},
	) //picklelint:trust boundary=host reason="written by this binary only" // want "covers -2"

	func() {
		//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
		d.Decode(v)
	}()

	_ = table{
		//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
		a: d.Decode,
		b: d.Decode, // want "bare"
	}
	_ = []any{
		d.Decode, // want "bare"
		d.Decode, //picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+0"
	}
	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	_ = table{a: d.Decode}

	return nil
}

func notCovered(v any) error {
	//picklelint:trust boundary=host reason="a blank line detaches it"

	d.Decode(v) // want "bare"

	//picklelint:trust boundary=host reason="it stands at another statement"
	_ = 1
	d.Decode(v) // want "bare"

	//picklelint:trust boundary=host reason="a block is not a statement of one go"
	{
		d.Decode(v) // want "bare"
	}

	//picklelint:trust boundary=host reason="the literal has statements of its own"
	run(func() {
		d.Decode(v) // want "bare"
	})

	d.Decode(v) // want "bare"
	//picklelint:trust boundary=host reason="below is too late"

	run2(d.Decode(v), func() { // want "bare"
		//picklelint:trust boundary=host reason="this is for the inner one" // want "covers \\+1"
		d.Decode(v)
	})
	return nil
}

var (
	//picklelint:trust boundary=host reason="written by this binary only" // want "covers \\+1"
	x = d.Decode(nil)
	y = d.Decode(nil) // want "bare"
)

// In a doc comment of a function it covers nothing.
//
//picklelint:trust boundary=host reason="the whole function is fine, surely"
func documented(v any) {
	d.Decode(v) // want "bare"
}

func f(...any) error     { return nil }
func run(func())         {}
func run2(error, func()) {}
