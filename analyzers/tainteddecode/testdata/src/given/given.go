// Package given decodes what functions of other packages give.
package given

import (
	"bytes"
	"context"
	"encoding/gob"
	"net/http"
	"net/http/httptest"
	"os"

	"example.com/fetch"
	"example.com/model"
)

type job struct{ ID int }

func fetched() error {
	b, err := fetch.Model(context.Background(), "https://example.com/model")
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "network: the answer of another server .by fetch.Model."
		return err
	}
	r, err := fetch.Open("https://example.com/model")
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(r).Decode(&j); err != nil { // want "network: the answer of another server .by fetch.Open."
		return err
	}
	if b, err = fetch.Post("https://example.com", bytes.NewReader([]byte("x"))); err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "network: the answer of another server"
		return err
	}
	latest, err := model.Latest()
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(latest)).Decode(&j) // want "network: the answer of another server .by model.Latest."
}

func methods(p *fetch.Peer, s *fetch.Store) error {
	var j job
	_, b, err := p.Next()
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "network: a network connection .by Peer.Next."
		return err
	}
	own := new(fetch.Store)
	if b, err = own.Blob(1); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "from a database .by Store.Blob."
}

func others(r *http.Request) error {
	var j job
	b, err := fetch.Signed("https://example.com/model", []byte("key"))
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "unknown"
		return err
	}
	if b, err = fetch.Sent("https://example.com"); err != nil {
		return err
	}
	gob.NewDecoder(bytes.NewReader(b)).Decode(&j)                // want "unknown"
	gob.NewDecoder(bytes.NewReader(fetch.Argument())).Decode(&j) // want "unknown"
	b, _ = fetch.Body(httptest.NewRequest("GET", "/", nil))
	gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "unknown"
	return nil
}

func passed(r *http.Request) error {
	b, err := fetch.Body(r)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: an HTTP request"
}

func parts(key []byte) {
	var j job
	text, _ := fetch.Text("https://example.com/model")
	gob.NewDecoder(bytes.NewReader([]byte(text))).Decode(&j) // want "network: the answer of another server .by fetch.Text."
	f, err := os.Open(text)
	if err != nil {
		return
	}
	gob.NewDecoder(f).Decode(&j) // want "^unknown$"
	m, _ := fetch.Get("https://example.com/model")
	gob.NewDecoder(bytes.NewReader(m.Body)).Decode(&j)         // want "network: the answer of another server .by fetch.Get."
	gob.NewDecoder(bytes.NewReader([]byte(m.Name))).Decode(&j) // want "^unknown$"
	v, _ := fetch.Value("https://example.com/model")
	gob.NewDecoder(bytes.NewReader(v.Body)).Decode(&j) // want "network: the answer of another server .by fetch.Value."
	c, _ := fetch.Checked("https://example.com/model", key)
	gob.NewDecoder(bytes.NewReader(c.Body)).Decode(&j) // want "^unknown$"
}
