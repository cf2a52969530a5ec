package messages

import (
	"encoding/gob"
	"io"
)

func f(r io.Reader, v any) {
	gob.NewDecoder(r).Decode(v) // want `^PKL301 unjustified-decode: gob data is decoded here without a justification: encoding/gob is not hardened against adversarial input$`

	//picklelint:trust boundary=host reason="written by this binary only"
	gob.NewDecoder(r).Decode(v)

	//picklelint:trust boundary=host reason="todo"
	gob.NewDecoder(r).Decode(v) // want `with a justification on line 14 that is not in order: encoding/gob`

	//picklelint:trust boundary=public reason="signed by the release key" verified-by=check expires=2199-01-01
	gob.NewDecoder(r).Decode(v) // want `behind boundary=public, which needs a proved verification: encoding/gob`

	//picklelint:trust boundary=partner reason="signed by the partner" verified-by=check expires=2199-01-01
	gob.NewDecoder(r).Decode(v)

	//picklelint:trust boundary=host reason="written by this binary only"
	gob.NewDecoder(r).Decode(v) /* want `not in order` */ //picklelint:trust boundary=host reason="written by this binary only"

	//picklelint:verifier
	gob.NewDecoder(r).Decode(v) // want `without a justification`

	// Another tool's word is no justification.
	gob.NewDecoder(r).Decode(v) /* want `without a justification` */ //nolint:gosec
}

func intoInterface(r io.Reader) (v struct{ Payload any }, err error) {
	err = gob.NewDecoder(r).Decode(&v) // want `the destination holds an interface, so the bytes choose among the registered types`
	return v, err
}
