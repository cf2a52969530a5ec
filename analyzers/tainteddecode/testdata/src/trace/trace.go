// Package trace takes bytes through a field, a helper and a channel.
package trace

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"io"
	"net/http"
)

type server struct{ queue chan string }

func read(r io.Reader) (string, error) {
	b, err := io.ReadAll(r)
	return string(b), err
}

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	text, err := read(r.Body)
	if err != nil {
		return
	}
	s.queue <- text
}

func newServer() *server { return &server{queue: make(chan string)} }

func (s *server) work() error {
	var job struct{ ID int }
	for text := range s.queue {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return err
		}
		if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&job); err != nil { // want "from the body of an HTTP request"
			return err
		}
	}
	return nil
}
