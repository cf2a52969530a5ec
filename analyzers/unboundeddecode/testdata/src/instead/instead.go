// Package instead is for a project that has switched PKL302 off.
package instead

import (
	"encoding/gob"
	"io"
	"net/http"
)

type small struct{ Items []string }

type large struct {
	Items []struct {
		ID  int
		Pad [4096]byte
	}
}

type open struct{ Payload any }

func handle(r *http.Request) {
	gob.NewDecoder(r.Body).Decode(new(small))            // want "PKL304 unbounded-decode: gob data from the body of an HTTP request is decoded here without a justification, and nothing limits how much is read"
	gob.NewDecoder(r.Body).Decode(new(map[string]small)) // want "PKL304"
	gob.NewDecoder(r.Body).Decode(new(large)) // want "PKL301 unjustified-decode: gob data is decoded here without"
	gob.NewDecoder(r.Body).Decode(new(map[string][64]large)) // want "PKL301 unjustified-decode: gob data is decoded here without"
	gob.NewDecoder(r.Body).Decode(new(open)) // want "PKL301 unjustified-decode: gob data is decoded here without"
	gob.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(new(small)) // want "PKL301 unjustified-decode: gob data is decoded here without"

	//picklelint:trust boundary=cluster reason="only peers behind mutual TLS reach this handler"
	gob.NewDecoder(r.Body).Decode(new(small))
}
