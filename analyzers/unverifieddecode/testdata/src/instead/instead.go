// Package instead is for a project that has switched PKL303 off.
package instead

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/gob"
	"io"
	"net/http"
)

func sumOf(key, data []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func handle(key []byte, r *http.Request, v any) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	hmac.Equal([]byte(r.Header.Get("Sum")), sumOf(key, data))
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "PKL302 tainted-decode: gob data from the body of an HTTP request"
}

func Load(key, sum, data []byte, v any) error {
	hmac.Equal(sum, sumOf(key, data))
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v) // want "PKL301 unjustified-decode: gob data"
}

func claimed(key, sum, data []byte, v any) error {
	hmac.Equal(sum, sumOf(key, data))
	//picklelint:trust boundary=cluster reason="only peers behind mutual TLS send this"
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}
