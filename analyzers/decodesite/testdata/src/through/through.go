// Package through uses wrappers of other packages that no identifier names where they run.
package through

import "wraps"

type loader interface {
	Load(b []byte, v any) error
}

func face(b []byte, v any) error {
	var l loader = new(wraps.Codec)
	return l.Load(b, v) // want `call \(\*wraps.Codec\).Load of b`
}

func unknown(l loader, b []byte, v any) error { return l.Load(b, v) }

func variable(b []byte, v any) error {
	f := wraps.Bytes  // want `value wraps.Bytes of  in`
	return f(1, b, v) // want `call wraps.Bytes of b`
}

func bound(c *wraps.Codec, b []byte, v any) error {
	f := c.Load    // want `value \(\*wraps.Codec\).Load of  in`
	return f(b, v) // want `call \(\*wraps.Codec\).Load of b`
}

var table = map[string]func(int, []byte, any) error{
	"gob": wraps.Bytes, // want `value wraps.Bytes of  in`
}

type kept struct{ load func(int, []byte, any) error }

func keep() kept { return kept{wraps.Bytes} } // want `value wraps.Bytes of  in`

func (k kept) use(b []byte, v any) error {
	return k.load(1, b, v) // want `call wraps.Bytes of b`
}

func each(bs [][]byte, f func(int, []byte, any) error) {
	for i, b := range bs {
		f(i, b, nil) // want `call wraps.Bytes of b`
	}
}

func passes(bs [][]byte) { each(bs, wraps.Bytes) } // want `value wraps.Bytes of  in`

func harmless(b []byte, f func([]byte) error) error { return f(b) }
