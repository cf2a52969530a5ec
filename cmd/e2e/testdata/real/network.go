package real

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"net/http"
	"os"

	"github.com/goccy/go-yaml"
	"github.com/gorilla/securecookie"
	"github.com/gorilla/websocket"
	"github.com/redis/go-redis/v9"
	"github.com/vmihailenco/msgpack/v5"
	"golang.org/x/crypto/nacl/secretbox"
	yaml3 "gopkg.in/yaml.v3"
)

type State struct {
	Name  string
	Extra map[string]any
}

func Socket(c *websocket.Conn) (s State, err error) {
	_, raw, err := c.ReadMessage()
	if err != nil {
		return s, err
	}
	return s, msgpack.Unmarshal(raw, &s) // want PKL302
}

func Cached(ctx context.Context, c *redis.Client, key string) (s State, err error) {
	raw, err := c.Get(ctx, key).Bytes()
	if err != nil {
		return s, err
	}
	return s, gob.NewDecoder(bytes.NewReader(raw)).Decode(&s) // want PKL302
}

func Sealed(box []byte, key *[32]byte) (s State, err error) {
	var nonce [24]byte
	if len(box) < len(nonce) {
		return s, errors.New("short")
	}
	copy(nonce[:], box)
	raw, ok := secretbox.Open(nil, box[len(nonce):], &nonce, key)
	if !ok {
		return s, errors.New("not ours")
	}
	return s, gob.NewDecoder(bytes.NewReader(raw)).Decode(&s)
}

func Unchecked(box []byte, key *[32]byte) (s State) {
	var nonce [24]byte
	copy(nonce[:], box)
	raw, _ := secretbox.Open(nil, box, &nonce, key)
	if gob.NewDecoder(bytes.NewReader(raw)).Decode(&s) != nil { // want PKL303
		return State{}
	}
	return s
}

func Session(r *http.Request, codec *securecookie.SecureCookie) (s State, err error) {
	c, err := r.Cookie("session")
	if err != nil {
		return s, err
	}
	return s, securecookie.DecodeMulti("session", c.Value, &s, codec)
}

func Settings(name string) (v any, err error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return v, yaml3.Unmarshal(raw, &v)
}

func Posted(r *http.Request) (v any, err error) {
	return v, yaml3.NewDecoder(r.Body).Decode(&v) // want PKL302
}

func Typed(r *http.Request) (s State, err error) {
	return s, yaml.NewDecoder(r.Body).Decode(&s) // want PKL302
}
