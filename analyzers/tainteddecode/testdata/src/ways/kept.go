package ways

import (
	"bytes"
	"context"
	"encoding/gob"
	"example.com/cache"
	"io"
	"maps"
	"net"
	"net/http"
)

type keeper struct {
	last  map[string][]byte
	calm  map[string][]byte
	buf   []byte
	conn  net.Conn
	words [][]byte
}

func (k *keeper) keep(r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	k.last[r.URL.Path] = b
	k.calm["x"] = []byte("x")
	k.words = append(k.words, b)
}

func (k *keeper) take() {
	var j job
	gob.NewDecoder(bytes.NewReader(k.last["x"])).Decode(&j) // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(k.calm["x"])).Decode(&j) // want "^own$"
	for _, w := range k.words {
		gob.NewDecoder(bytes.NewReader(w)).Decode(&j) // want "network: the body of an HTTP request"
	}
}

func (k *keeper) fill() { k.conn.Read(k.buf) }

func (k *keeper) filled() {
	var j job
	gob.NewDecoder(bytes.NewReader(k.buf)).Decode(&j) // want "network: a network connection"
}

type contextKey struct{}

func throughContext(r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	ctx := context.WithValue(r.Context(), contextKey{}, b)
	var j job
	gob.NewDecoder(bytes.NewReader(ctx.Value(contextKey{}).([]byte))).Decode(&j) // want "network: the body of an HTTP request"
	other, _ := r.Context().Value(contextKey{}).([]byte)
	gob.NewDecoder(bytes.NewReader(other)).Decode(&j) // want "^unknown$"
}

func rangedOverLibraries(r *http.Request, own map[string][]byte) {
	b, _ := io.ReadAll(r.Body)
	var j job
	for line := range bytes.SplitSeq(b, []byte("\n")) {
		gob.NewDecoder(bytes.NewReader(line)).Decode(&j) // want "network: the body of an HTTP request"
	}
	for v := range maps.Values(r.Header) {
		gob.NewDecoder(bytes.NewReader([]byte(v[0]))).Decode(&j) // want "network: a header of an HTTP request"
	}
	for v := range maps.Values(own) {
		gob.NewDecoder(bytes.NewReader(v)).Decode(&j) // want "^unknown$"
	}
}

// Who gets bytes and a function hands the ones to the other.
func handedOn(r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	cache.Each(b, func(part []byte) {
		var j job
		gob.NewDecoder(bytes.NewReader(part)).Decode(&j) // want "network: the body of an HTTP request"
	})
	cache.Walk("name", func(part []byte) {
		var j job
		gob.NewDecoder(bytes.NewReader(part)).Decode(&j) // want "^unknown$"
	})
}
