// Package own decodes what the program made itself.
package own

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	_ "embed"
	"encoding/gob"
	"encoding/hex"
	"io"
	"strings"
	"sync"
)

type job struct{ ID int }

//go:embed table.gob
var table []byte

//go:embed table.gob
var text string

//go:embed *.gob
var tables embed.FS

var literal = []byte{3, 4, 0, 6}

func embedded() error {
	var j job
	if err := gob.NewDecoder(bytes.NewReader(table)).Decode(&j); err != nil { // want "^own$"
		return err
	}
	if err := gob.NewDecoder(strings.NewReader(text)).Decode(&j); err != nil { // want "^own$"
		return err
	}
	b, err := tables.ReadFile("table.gob")
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "^own$"
		return err
	}
	f, err := tables.Open("table.gob")
	if err != nil {
		return err
	}
	return gob.NewDecoder(f).Decode(&j) // want "^own$"
}

func constants() {
	var j job
	gob.NewDecoder(strings.NewReader("\x03\x04\x00\x06")).Decode(&j) // want "^own$"
	gob.NewDecoder(bytes.NewReader(literal)).Decode(&j)              // want "^own$"
	gob.NewDecoder(bytes.NewReader([]byte{3, 4, 0, 6})).Decode(&j)   // want "^own$"
	gob.NewDecoder(bytes.NewBufferString("a" + "b")).Decode(&j)      // want "^own$"
	raw, _ := hex.DecodeString("03040006")
	gob.NewDecoder(bytes.NewReader(raw)).Decode(&j) // want "^own$"
}

// A copy by way of gob.
func clone(src *job) (*job, error) {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(src); err != nil {
		return nil, err
	}
	dst := new(job)
	return dst, gob.NewDecoder(&buf).Decode(dst) // want "^own$"
}

func cloneLonger(src *job) (*job, error) {
	buf := new(bytes.Buffer)
	enc := gob.NewEncoder(buf)
	if err := enc.Encode(src); err != nil {
		return nil, err
	}
	dec := gob.NewDecoder(bytes.NewReader(buf.Bytes()))
	dst := new(job)
	err := dec.Decode(dst) // want "^own$"
	return dst, err
}

func cloneZipped(src *job) (*job, error) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	bw := bufio.NewWriter(zw)
	if err := gob.NewEncoder(bw).Encode(src); err != nil {
		return nil, err
	}
	if err := bw.Flush(); err != nil {
		return nil, err
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(&buf)
	if err != nil {
		return nil, err
	}
	dst := new(job)
	return dst, gob.NewDecoder(zr).Decode(dst) // want "^own$"
}

func encode(w io.Writer, j *job) error { return gob.NewEncoder(w).Encode(j) }

func decode(r io.Reader, j *job) error {
	return gob.NewDecoder(r).Decode(j) // want "^own$"
}

func cloneByHelpers(src *job) (*job, error) {
	var buf bytes.Buffer
	if err := encode(&buf, src); err != nil {
		return nil, err
	}
	dst := new(job)
	return dst, decode(&buf, dst)
}

func piped(src *job) error {
	pr, pw := io.Pipe()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		pw.CloseWithError(gob.NewEncoder(pw).Encode(src))
	}()
	var dst job
	err := gob.NewDecoder(pr).Decode(&dst) // want "^own$"
	wg.Wait()
	return err
}

// Who receives bytes from a channel may write into them.
func throughChannel(src *job) error {
	ch := make(chan []byte, 1)
	go func() {
		var buf bytes.Buffer
		if gob.NewEncoder(&buf).Encode(src) == nil {
			ch <- buf.Bytes()
		}
	}()
	var dst job
	return gob.NewDecoder(bytes.NewReader(<-ch)).Decode(&dst) // want "^unknown$"
}
