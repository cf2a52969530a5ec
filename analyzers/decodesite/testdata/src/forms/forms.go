// Package forms uses a sink in every way that the language has.
package forms

import (
	"decs"
	. "encoding/gob"
	g "encoding/gob"
	"io"
	"net/rpc"
	"reflect"
)

type own struct{ g.Decoder }

type generic[T any] struct{ dec *g.Decoder }

func (x generic[T]) read(v *T) error {
	return x.dec.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of x.dec in \(forms.generic\[T\]\).read`
}

func calls(r io.Reader, v any, d *Decoder) {
	NewDecoder(r).Decode(v)                      // want `call \(\*encoding/gob.Decoder\).Decode of NewDecoder\(r\) in forms.calls`
	g.NewDecoder(r).DecodeValue(reflect.Value{}) // want `call \(\*encoding/gob.Decoder\).DecodeValue of g.NewDecoder\(r\)`
	(d.Decode)(v)                                // want `call .* of d in`
	(*g.Decoder).Decode(d, v)                    // want `call .* of d in`
	defer d.Decode(v)                            // want `defer .* of d in`
	go d.Decode(v)                               // want `go .* of d in`
	_ = d.Decode                                 // want `value .* of d in`
	_ = (*g.Decoder).Decode                      // want `value .* of  in`
	f := d.Decode                                // want `value .* of d in`
	_ = f(v)
	func() {
		d.Decode(v) // want `call .* of d in forms.calls`
	}()
}

func others(v any, o *own, p decs.Dec, q *decs.Alias) {
	o.Decode(v) // want `call .*gob.Decoder\).Decode of o in`
	p.Decode(v) // want `call .*gob.Decoder\).Decode of p in`
	q.Decode(v) // want `call .*gob.Decoder\).Decode of q in`
	new(generic[int]).read(nil)
	rpc.ServeConn(nil) // want `call net/rpc.ServeConn of nil in`
	rpc.HandleHTTP()   // want `call net/rpc.HandleHTTP of  in`
}

var atPackageLevel = (*Decoder)(nil).Decode(nil) // want `call .* of \(\*Decoder\)\(nil\) in $`

// The same names elsewhere are somebody else's.
type Dec struct{}

func (Dec) Decode(any) error { return nil }

type decoder interface{ Decode(any) error }

func notOurs(d Dec, i decoder) {
	d.Decode(nil)
	i.Decode(nil)
	gob := Dec{}
	gob.Decode(nil)
}
