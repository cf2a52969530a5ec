// Package securecookie has the shape of the real one: the bytes are checked, and then a
// serializer decodes them, behind an interface.
package securecookie

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"errors"
)

type Codec interface {
	Decode(name, value string, dst interface{}) error
}

type Serializer interface {
	Deserialize(src []byte, dst interface{}) error
}

type GobEncoder struct{}

func (e GobEncoder) Deserialize(src []byte, dst interface{}) error {
	return gob.NewDecoder(bytes.NewBuffer(src)).Decode(dst) // want "unknown"
}

type SecureCookie struct {
	sz  Serializer
	key []byte
}

func New(key []byte) *SecureCookie { return &SecureCookie{sz: GobEncoder{}, key: key} }

func (s *SecureCookie) Decode(name, value string, dst interface{}) error {
	b, err := base64.URLEncoding.DecodeString(value)
	if err != nil {
		return err
	}
	if !fresh(b) {
		return errors.New("old")
	}
	return s.sz.Deserialize(b, dst)
}

func fresh(b []byte) bool { return len(b) > 8 }

func DecodeMulti(name, value string, dst interface{}, codecs ...Codec) error {
	for _, codec := range codecs {
		if err := codec.Decode(name, value, dst); err == nil {
			return nil
		}
	}
	return errors.New("no codec")
}

// Raw does not check.
func Raw(value string, dst interface{}) error {
	return GobEncoder{}.Deserialize([]byte(value), dst)
}
