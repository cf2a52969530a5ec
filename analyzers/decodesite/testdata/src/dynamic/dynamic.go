// Package dynamic uses decoders whose type no identifier names.
package dynamic

import (
	"encoding/gob"
	"encoding/json"
	"io"
	"reflect"
)

type decoder interface{ Decode(any) error }

type other interface{ Decode(any) error }

func local(r io.Reader, v any) error {
	var d decoder = gob.NewDecoder(r)
	return d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
}

func harmless(r io.Reader, v any) error {
	var d decoder = json.NewDecoder(r)
	return d.Decode(v)
}

func either(r io.Reader, v any, asJSON bool) error {
	var d decoder = gob.NewDecoder(r)
	if asJSON {
		d = json.NewDecoder(r)
	}
	return d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
}

func unknown(d decoder, v any) error { return d.Decode(v) }

// Of its callers one passes gob.
func passed(d other, v any) error {
	return d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
}

func passes(r io.Reader, v any) error { return passed(gob.NewDecoder(r), v) }

type reader struct {
	dec  decoder
	text decoder
}

func newReader(r io.Reader) *reader {
	return &reader{dec: gob.NewDecoder(r), text: json.NewDecoder(r)}
}

func (r *reader) next(v any) error {
	if err := r.text.Decode(v); err != nil {
		return err
	}
	return r.dec.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of r.dec`
}

func open(r io.Reader) decoder { return gob.NewDecoder(r) }

func opened(r io.Reader, v any) error {
	return open(r).Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of open\(r\)`
}

var global decoder

func set(r io.Reader) { global = gob.NewDecoder(r) }

func get(v any) error {
	return global.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of global`
}

func later(r io.Reader, v any) {
	var d decoder = gob.NewDecoder(r)
	defer d.Decode(v) // want `defer \(\*encoding/gob.Decoder\).Decode of d`
	go d.Decode(v)    // want `go \(\*encoding/gob.Decoder\).Decode of d`
	f := d.Decode     // want `value \(\*encoding/gob.Decoder\).Decode of d`
	_ = f
	func() {
		d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
	}()
}

func generic[D decoder](d D, v any) error {
	return d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
}

func instance(r io.Reader, v any) error { return generic(gob.NewDecoder(r), v) }

func reflected(r io.Reader, v any) {
	dec := gob.NewDecoder(r)
	args := []reflect.Value{reflect.ValueOf(v)}
	reflect.ValueOf(dec).MethodByName("Decode").Call(args) // want `call \(\*encoding/gob.Decoder\).Decode of reflect.ValueOf\(dec\)`
	value := reflect.ValueOf(dec)
	const name = "Decode"
	value.MethodByName(name).Call(args) // want `call \(\*encoding/gob.Decoder\).Decode of value`
	value.MethodByName("String").Call(nil)
	reflect.ValueOf(json.NewDecoder(r)).MethodByName("Decode").Call(args)
	reflect.TypeOf(dec).MethodByName("Decode")                 // want `call \(\*encoding/gob.Decoder\).Decode of reflect.TypeOf\(dec\)`
	reflect.TypeOf((*gob.Decoder)(nil)).MethodByName("Decode") // want `call \(\*encoding/gob.Decoder\).Decode of reflect.TypeOf`
	reflect.TypeFor[*gob.Decoder]().MethodByName("Decode")     // want `call \(\*encoding/gob.Decoder\).Decode of reflect.TypeFor`
	reflect.TypeFor[*json.Decoder]().MethodByName("Decode")
}

func sent(r io.Reader, v any) error {
	ch := make(chan decoder, 1)
	ch <- gob.NewDecoder(r)
	return (<-ch).Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of \(<-ch\)`
}

func listed(r io.Reader, v any) {
	for _, d := range []decoder{json.NewDecoder(r), gob.NewDecoder(r)} {
		d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
	}
	byName := map[string]decoder{"gob": gob.NewDecoder(r)}
	byName["gob"].Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of byName\["gob"\]`
	if d, ok := byName["gob"]; ok {
		d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
	}
}

func asserted(x any, v any) {
	if d, ok := x.(*gob.Decoder); ok {
		d.Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of d`
	}
}

// What holds a decoder is none.
type reading interface {
	Init(r io.Reader)
	Decode() (int, error)
}

type held struct{ dec gob.Decoder }

func (h *held) Init(r io.Reader) { h.dec = *gob.NewDecoder(r) }

func (h *held) Decode() (n int, err error) {
	err = h.dec.Decode(&n) // want `call \(\*encoding/gob.Decoder\).Decode of h.dec`
	return n, err
}

type plain struct{ r io.Reader }

func (p *plain) Init(r io.Reader) { p.r = r }

func (p *plain) Decode() (int, error) { return 0, nil }

func newReading(name string) reading {
	if name == "plain" {
		return &plain{}
	}
	h := &held{}
	h.Init(nil)
	return h
}

func read(name string, r io.Reader) (int, error) {
	d := newReading(name)
	d.Init(r)
	return d.Decode()
}

// By number it may be any of its methods, and each of them decodes.
func numbered(r io.Reader, name string) {
	dec := gob.NewDecoder(r)
	reflect.ValueOf(dec).Method(0).Call(nil)          // want `call \(\*encoding/gob.Decoder\).Decode of reflect.ValueOf\(dec\)`
	reflect.TypeFor[*gob.Decoder]().Method(1)         // want `call \(\*encoding/gob.Decoder\).Decode of reflect.TypeFor`
	reflect.ValueOf(dec).MethodByName(name).Call(nil) // want `call \(\*encoding/gob.Decoder\).Decode of reflect.ValueOf\(dec\)`
	reflect.ValueOf(json.NewDecoder(r)).Method(0)
	reflect.ValueOf(json.NewDecoder(r)).MethodByName(name)
}

func makes[D decoder](make func(io.Reader) D, r io.Reader, v any) error {
	return make(r).Decode(v) // want `call \(\*encoding/gob.Decoder\).Decode of make\(r\)`
}

func makesText[D decoder](make func(io.Reader) D, r io.Reader, v any) error {
	return make(r).Decode(v)
}

func maker(r io.Reader, v any) {
	makes(gob.NewDecoder, r, v)
	makesText(json.NewDecoder, r, v)
}
