// Package elsewhere has its checks in another package.
package elsewhere

import (
	"bytes"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/gob"
	"errors"

	"signing"
)

var errBad = errors.New("bad signature")

func valid(key, sum, data []byte, v any) error {
	if !signing.Valid(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.Valid`
}

func check(key, sum, data []byte, v any) error {
	if err := signing.Check(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.Check`
}

func checkIgnored(key, sum, data []byte, v any) error {
	signing.Check(key, sum, data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: signing.Check on line \d+: nothing is done with its answer`
}

func checkOther(key, sum, data []byte, v any) error {
	if err := signing.Check(key, data, sum); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: signing.Check on line \d+: it is about .sum.`
}

func lenient(key, sum, data []byte, v any) error {
	if err := signing.Lenient(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func open(key, blob []byte, v any) error {
	data, err := signing.Open(key, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.Open`
}

func openBlob(key, blob []byte, v any) error {
	if _, err := signing.Open(key, blob); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(blob)).Decode(v) // want `fails: .*not what it opens|fails: .*other bytes|unchecked`
}

func decrypt(aead cipher.AEAD, blob []byte, v any) error {
	data, err := signing.Decrypt(aead, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.Decrypt`
}

func decryptAnyway(aead cipher.AEAD, blob []byte, v any) error {
	data, err := signing.DecryptAnyway(aead, blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func method(k *signing.Key, sig, data []byte, v any) error {
	if err := k.Verify(data, sig); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by Key.Verify`
}

func made(key, sum, data []byte, v any) error {
	if !hmac.Equal(sum, signing.Sum(key, data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by hmac.Equal`
}

func madeLiteral(sum, data []byte, v any) error {
	if !hmac.Equal(sum, signing.Sum([]byte("secret"), data)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*the key stands in the source`
}

func said(data []byte, v any) error {
	if !signing.Said(data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.Said`
}

func saidOpen(blob []byte, v any) error {
	data, err := signing.SaidOpen(blob)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified by signing.SaidOpen`
}
