// Package evasions has checks that look as if they held, beside those that do.
package evasions

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"net/http"
)

var errBad = errors.New("bad signature")

func sumOf(key, data []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func decode(data []byte, v any) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `unchecked`
}

func dataItself(data []byte, v any) error {
	if !hmac.Equal(data, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*compares a value with itself`
}

func sumItself(sum, data []byte, v any) error {
	if subtle.ConstantTimeCompare(sum, sum) != 1 {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "fails: .*it is about `sum`, and not about what is decoded"
}

func madeTwice(key, data []byte, v any) error {
	want, got := sumOf(key, data), sumOf(key, data)
	if !hmac.Equal(want, got) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*both sides are made here of the same bytes`
}

// Both sides are MACs of what was compared, so that the comparison takes the same time
// for all.
func blinded(key, other, sum, data []byte, v any) error {
	if !hmac.Equal(sumOf(other, sum), sumOf(other, sumOf(key, data))) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func appended(key, sum, data []byte, v any) error {
	mac := hmac.New(sha256.New, key)
	if !hmac.Equal(mac.Sum(data), sum) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*Sum appends to what it is given`
}

func keyInMessage(msg []byte, v any) error {
	block, err := aes.NewCipher(msg[:16])
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return err
	}
	data, err := aead.Open(nil, msg[16:28], msg[28:], nil)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*key comes out of the message`
}

func scramble(data, with []byte) { copy(data, with) }

func replaced(key, sum, data, with []byte, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	scramble(data, with)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails: .*written to`
}

func replacedByLiteral(key, sum, data, with []byte, v any) error {
	swap := func() { data = with }
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	swap()
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails`
}

type envelope struct{ Sum, Data []byte }

func (e *envelope) reset(with []byte) { e.Data = with }

func (e *envelope) size() int { return len(e.Data) }

func (e *envelope) forget() { e.Sum = nil }

func replacedField(key []byte, e *envelope, with []byte, v any) error {
	if !hmac.Equal(e.Sum, sumOf(key, e.Data)) {
		return errBad
	}
	e.reset(with)
	return gob.NewDecoder(bytes.NewReader(e.Data)).Decode(v) // want `fails: .*written to`
}

func otherField(key []byte, e *envelope, v any) error {
	if !hmac.Equal(e.Sum, sumOf(key, e.Data)) {
		return errBad
	}
	e.forget()
	fmt.Println(e.size())
	return gob.NewDecoder(bytes.NewReader(e.Data)).Decode(v) // want `verified`
}

func reverse(data []byte) []byte {
	out := make([]byte, len(data))
	for i := range data {
		out[len(data)-1-i] = data[i]
	}
	return out
}

func wipe(key []byte) {
	for i := range key {
		key[i] = 0
	}
}

func othersWritten(key, sum, data []byte, w io.Writer, v any) error {
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	fmt.Fprintln(w, reverse(data))
	wipe(key)
	scramble(sum, data)
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func behindTheEnd(key, sum, data []byte, v any) error {
	head := data[:8]
	if !hmac.Equal(sum, sumOf(key, head)) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(head[:cap(head)])).Decode(v) // want `fails`
}

func swallows(key, sum, data []byte) (err error) {
	defer func() { recover() }()
	if !hmac.Equal(sum, sumOf(key, data)) {
		panic("bad signature")
	}
	return nil
}

func swallowed(key, sum, data []byte, v any) error {
	if err := swallows(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `fails`
}

func tells(key, sum, data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("verify: %v", r)
		}
	}()
	if !hmac.Equal(sum, sumOf(key, data)) {
		return errBad
	}
	return nil
}

func told(key, sum, data []byte, v any) error {
	if err := tells(key, sum, data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

func says(key, sum, data []byte) bool {
	defer func() { recover() }()
	return hmac.Equal(sum, sumOf(key, data))
}

func said(key, sum, data []byte, v any) error {
	if !says(key, sum, data) {
		return errBad
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want `verified`
}

// What was read to be checked is put back for whoever reads on.
func restored(key []byte, r *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data)) {
		return errBad
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	fmt.Println(r.Header)
	return gob.NewDecoder(r.Body).Decode(v) // want `verified`
}

func restoredBefore(key []byte, r *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	if !hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data)) {
		return errBad
	}
	return gob.NewDecoder(r.Body).Decode(v) // want `verified`
}

func restoredOther(key []byte, r, other *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data)) {
		return errBad
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	return gob.NewDecoder(other.Body).Decode(v) // want `fails`
}

func restoredMaybe(key []byte, r, other *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data)) {
		return errBad
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	if len(data) > 9 {
		r.Body = other.Body
	}
	return gob.NewDecoder(r.Body).Decode(v) // want `fails`
}

func swapBody(r, other *http.Request) { r.Body = other.Body }

func restoredAndSwapped(key []byte, r, other *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data)) {
		return errBad
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	swapBody(r, other)
	return gob.NewDecoder(r.Body).Decode(v) // want `fails`
}
