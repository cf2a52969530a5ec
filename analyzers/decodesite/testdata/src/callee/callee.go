package callee

import (
	"encoding/gob"
	"io"
)

type Codec struct{ r io.Reader }

func Read(name string, r io.Reader, v any) error { // want Read:`decodes\(gob via \(\*encoding/gob.Decoder\).Decode\)`
	//picklelint:trust boundary=caller reason="only the caller knows who wrote it"
	return gob.NewDecoder(r).Decode(v)
}

func (c *Codec) Read(v any) error { // want Read:`decodes\(gob`
	//picklelint:trust boundary=caller reason="only the caller knows who wrote it"
	return Read("codec", c.r, v)
}

func Generic[T any](r io.Reader) (v T, err error) { // want Generic:`decodes\(gob`
	//picklelint:trust boundary=caller reason="only the caller knows who wrote it"
	err = gob.NewDecoder(r).Decode(&v)
	return v, err
}

// Walk calls itself, which is no new way in.
func Walk(d *gob.Decoder, n int) { // want Walk:`decodes\(gob`
	//picklelint:trust boundary=caller reason="only the caller knows who wrote it"
	d.Decode(nil)
	Walk(d, n-1)
}

// A claim that is not in order declares nothing.
func Unclear(r io.Reader, v any) error { // want Unclear:`wraps\(gob of 0`
	//picklelint:trust boundary=caller reason="todo"
	return gob.NewDecoder(r).Decode(v)
}

func Own(r io.Reader, v any) error { // want Own:`wraps\(gob of 0 via .*, host\)`
	//picklelint:trust boundary=host reason="written by this binary only"
	return gob.NewDecoder(r).Decode(v)
}

// Doc says it of all that the function decodes.
//
//picklelint:trust boundary=caller reason="only the caller knows who wrote it"
func Doc(r io.Reader, v any) error { // want Doc:`decodes\(gob via \(\*encoding/gob.Decoder\).Decode\)`
	dec := gob.NewDecoder(r)
	if err := dec.Decode(new(int)); err != nil {
		return err
	}
	return dec.Decode(v)
}

// Other claims are about statements.
//
//picklelint:trust boundary=host reason="written by this binary only"
func DocOfAnother(r io.Reader, v any) error { // want DocOfAnother:`wraps\(gob of 0`
	return gob.NewDecoder(r).Decode(v)
}
