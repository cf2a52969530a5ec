// Package cookies reads cookies that a library verifies before it decodes them: what the
// catalogue says of its functions wins over how they decode.
package cookies

import (
	"net/http"

	"github.com/gorilla/securecookie"
)

var codec = securecookie.New([]byte("0123456789"))

func read(r *http.Request) (values map[string]string, err error) {
	c, err := r.Cookie("session")
	if err != nil {
		return nil, err
	}
	if err := securecookie.DecodeMulti("session", c.Value, &values, codec); err != nil {
		return nil, err
	}
	return values, codec.Decode("session", c.Value, &values)
}

func raw(r *http.Request) (values map[string]string, err error) {
	c, err := r.Cookie("session")
	if err != nil {
		return nil, err
	}
	return values, securecookie.Raw(c.Value, &values) // want "network: a cookie"
}
