// Package verifies has functions of which other packages learn what they verify.
package verifies

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"log"
)

var errBad = errors.New("bad signature")

func Valid(key, sum, data []byte) bool { // want Valid:`verifies\(2\)`
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return hmac.Equal(sum, mac.Sum(nil))
}

func Check(key, sum, data []byte) error { // want Check:`verifies\(2\)`
	if !Valid(key, sum, data) {
		return errBad
	}
	return nil
}

func Lenient(key, sum, data []byte) error {
	if !Valid(key, sum, data) {
		log.Println("bad signature")
	}
	return nil
}

func Optional(key, sum, data []byte) error {
	if len(sum) > 0 && !Valid(key, sum, data) {
		return errBad
	}
	return nil
}

func Inverted(key, sum, data []byte) bool { return !Valid(key, sum, data) }

func Literal(sum, data []byte) bool { return Valid([]byte("secret"), sum, data) }

func Open(key, blob []byte) ([]byte, error) { // want Open:`opens\(0\)`
	if !Valid(key, blob[:32], blob[32:]) {
		return nil, errBad
	}
	return blob[32:], nil
}

func Decrypt(aead cipher.AEAD, blob []byte) ([]byte, error) { // want Decrypt:`opens\(0\)`
	return aead.Open(nil, blob[:12], blob[12:], nil)
}

func DecryptAnyway(aead cipher.AEAD, blob []byte) ([]byte, error) {
	plain, err := aead.Open(nil, blob[:12], blob[12:], nil)
	if err != nil {
		return blob, nil
	}
	return plain, nil
}

func Sum(key, data []byte) []byte { // want Sum:`macs\(1\)`
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func Digest(data []byte) [32]byte { return sha256.Sum256(data) }

type Key struct{ pub ed25519.PublicKey }

func (k *Key) Verify(data, sig []byte) error { // want Verify:`verifies\(0\)`
	if !ed25519.Verify(k.pub, data, sig) {
		return errBad
	}
	return nil
}

//picklelint:verifier
func Said(data []byte) bool { return data != nil } // want Said:`verifies\(0\)`

//picklelint:verifier
func SaidOpen(data []byte) ([]byte, error) { return data, nil } // want SaidOpen:`opens\(0\)`

func unexported(key, sum, data []byte) bool { return Valid(key, sum, data) }

var _ = unexported
