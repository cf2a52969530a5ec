// Package ways takes the body of a request on many ways to a decoder.
package ways

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
)

type job struct{ ID int }

func assigned(r *http.Request) {
	var j job
	a := r.Body
	b := io.Reader(a)
	c := bufio.NewReader(b)
	gob.NewDecoder(c).Decode(&j) // want "network: the body of an HTTP request"
}

func branched(r *http.Request, own bool) {
	var src io.Reader = r.Body
	if own {
		src = strings.NewReader("x")
	}
	var j job
	gob.NewDecoder(src).Decode(&j) // want "network: the body of an HTTP request"
}

func looped(r *http.Request) {
	dec := gob.NewDecoder(r.Body)
	for {
		var j job
		if dec.Decode(&j) != nil { // want "network: the body of an HTTP request"
			return
		}
	}
}

func deferred(r *http.Request) {
	var j job
	dec := gob.NewDecoder(r.Body)
	defer dec.Decode(&j) // want "network: the body of an HTTP request"
	go dec.Decode(&j)    // want "network: the body of an HTTP request"
}

func copied(r *http.Request) error {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, r.Body); err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(&buf).Decode(&j); err != nil { // want "network: the body of an HTTP request"
		return err
	}
	var other bytes.Buffer
	if _, err := other.ReadFrom(r.Body); err != nil {
		return err
	}
	data := append([]byte(nil), other.Bytes()...)
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&j); err != nil { // want "network: the body of an HTTP request"
		return err
	}
	dst := make([]byte, len(data))
	copy(dst, data)
	return gob.NewDecoder(bytes.NewReader(dst[1:])).Decode(&j) // want "network: the body of an HTTP request"
}

func teed(r *http.Request) error {
	var kept bytes.Buffer
	if _, err := io.Copy(io.Discard, io.TeeReader(r.Body, &kept)); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(&kept).Decode(&j) // want "network: the body of an HTTP request"
}

func joined(r *http.Request) error {
	var j job
	return gob.NewDecoder(io.MultiReader(strings.NewReader("head"), io.LimitReader(r.Body, 1<<10))).Decode(&j) // want "network: the body of an HTTP request"
}

func scanned(r *http.Request) error {
	sc := bufio.NewScanner(r.Body)
	for sc.Scan() {
		raw, err := base64.StdEncoding.DecodeString(sc.Text())
		if err != nil {
			return err
		}
		var j job
		if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&j); err != nil { // want "network: the body of an HTTP request"
			return err
		}
	}
	return sc.Err()
}

// readAll, decode and newDecoder are helpers.
func readAll(r io.Reader) (data []byte, err error) {
	defer func() {
		if err != nil {
			err = errors.New("reading")
		}
	}()
	data, err = io.ReadAll(r)
	return data, err
}

func decode(data []byte, j *job) error {
	return gob.NewDecoder(bytes.NewReader(data)).Decode(j) // want "network: the body of an HTTP request"
}

func newDecoder(r io.Reader) *gob.Decoder { return gob.NewDecoder(bufio.NewReader(r)) }

func byHelpers(r *http.Request) error {
	data, err := readAll(r.Body)
	if err != nil {
		return err
	}
	var j job
	if err := decode(data, &j); err != nil {
		return err
	}
	return newDecoder(r.Body).Decode(&j) // want "network: the body of an HTTP request"
}

func fill(dst *bytes.Buffer, src io.Reader) error {
	_, err := dst.ReadFrom(src)
	return err
}

func filledByHelper(r *http.Request) error {
	var buf bytes.Buffer
	if err := fill(&buf, r.Body); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(&buf).Decode(&j) // want "network: the body of an HTTP request"
}

// server keeps things in fields.
type server struct {
	dec   *gob.Decoder
	buf   bytes.Buffer
	queue chan []byte
	seen  map[string][]byte
	other []byte
	last  []byte
}

func (s *server) open(r *http.Request)    { s.dec = gob.NewDecoder(r.Body) }
func (s *server) collect(r *http.Request) { io.Copy(&s.buf, r.Body) }

func (s *server) fields(r *http.Request) {
	var j job
	s.dec.Decode(&j)                  // want "network: the body of an HTTP request"
	gob.NewDecoder(&s.buf).Decode(&j) // want "network: the body of an HTTP request"
	s.other = []byte("constant")
	gob.NewDecoder(bytes.NewReader(s.other)).Decode(&j) // want "^own$"
}

func (s *server) produce(r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err == nil {
		s.queue <- b
		s.seen["last"] = b
		s.last = b
	}
}

func newServer() *server {
	return &server{queue: make(chan []byte), seen: make(map[string][]byte)}
}

func (s *server) consume() {
	for b := range s.queue {
		var j job
		gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
	var j job
	gob.NewDecoder(bytes.NewReader(s.seen["last"])).Decode(&j) // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(s.last)).Decode(&j)         // want "network: the body of an HTTP request"
}

var (
	lastBody []byte
	bodies   = map[string][]byte{}
	pending  bytes.Buffer
)

func keep(r *http.Request) {
	lastBody, _ = io.ReadAll(r.Body)
	bodies["x"] = lastBody
	pending.ReadFrom(r.Body)
}

func fromGlobals() {
	var j job
	gob.NewDecoder(bytes.NewReader(lastBody)).Decode(&j)    // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(bodies["x"])).Decode(&j) // want "network: the body of an HTTP request"
	gob.NewDecoder(&pending).Decode(&j)                     // want "network: the body of an HTTP request"
	for _, b := range bodies {
		gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
}

func worker(in <-chan []byte, wg *sync.WaitGroup) {
	defer wg.Done()
	for b := range in {
		var j job
		gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
}

func channels(r *http.Request) {
	in := make(chan []byte)
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(in, &wg)
	b, _ := io.ReadAll(r.Body)
	select {
	case in <- b:
	case <-r.Context().Done():
	}
	close(in)
	wg.Wait()
}

func selected(r *http.Request) {
	a, b := make(chan []byte, 1), make(chan string, 1)
	go func() {
		all, _ := io.ReadAll(r.Body)
		a <- all
	}()
	b <- "constant"
	var j job
	select {
	case x := <-a:
		gob.NewDecoder(bytes.NewReader(x)).Decode(&j) // want "network: the body of an HTTP request"
	case x := <-b:
		gob.NewDecoder(strings.NewReader(x)).Decode(&j) // want "^own$"
	}
}

func closures(r *http.Request) error {
	var data []byte
	read := func() (err error) {
		data, err = io.ReadAll(r.Body)
		return err
	}
	if err := read(); err != nil {
		return err
	}
	var j job
	use := func(b []byte) error {
		return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
	if err := use(data); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(&j) // want "network: the body of an HTTP request"
}

func with(data []byte, f func([]byte) error) error { return f(data) }

func callbacks(r *http.Request) error {
	all, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	return with(all, func(b []byte) error {
		var j job
		return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	})
}

func piped(r *http.Request) error {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r.Body)
		pw.CloseWithError(err)
	}()
	var j job
	return gob.NewDecoder(pr).Decode(&j) // want "network: the body of an HTTP request"
}

// source gives bytes.
type source interface{ bytes() ([]byte, error) }

type requestSource struct{ r *http.Request }

func (s requestSource) bytes() ([]byte, error) { return io.ReadAll(s.r.Body) }

func load(s source) error {
	b, err := s.bytes()
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
}

func dynamic(r *http.Request) error { return load(requestSource{r}) }

// slow is a reader of the package's own.
type slow struct{ r io.Reader }

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p) }

func ownReader(r *http.Request) error {
	var j job
	return gob.NewDecoder(&slow{r: r.Body}).Decode(&j) // want "network: the body of an HTTP request"
}

func first[T any](xs ...T) T { return xs[0] }

func generic(r *http.Request) error {
	var j job
	return gob.NewDecoder(first[io.Reader](r.Body, nil)).Decode(&j) // want "network: the body of an HTTP request"
}

func chunks(r io.Reader) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		b, _ := io.ReadAll(r)
		yield(b)
	}
}

func ranged(r *http.Request) {
	for b := range chunks(r.Body) {
		var j job
		gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
	all, _ := io.ReadAll(r.Body)
	for _, b := range slices.All([][]byte{all}) {
		var j job
		gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
	}
}

type envelope struct {
	Kind    string
	Payload []byte
}

func unwrapped(r *http.Request) error {
	var e envelope
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(e.Payload)).Decode(&j) // want "network: the body of an HTTP request"
}

func unmarshalled(r *http.Request) error {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	e := new(envelope)
	if err := json.Unmarshal(raw, e); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(e.Payload)).Decode(&j) // want "network: the body of an HTTP request"
}

func zipped(r *http.Request) error {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			return err
		}
		var j job
		if err := gob.NewDecoder(rc).Decode(&j); err != nil { // want "network: the body of an HTTP request"
			return err
		}
	}
	return nil
}

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func pooled(r *http.Request) error {
	buf := pool.Get().(*bytes.Buffer)
	buf.Reset()
	defer pool.Put(buf)
	if _, err := buf.ReadFrom(r.Body); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(buf).Decode(&j) // want "network: the body of an HTTP request"
}

func results(r *http.Request) (b []byte, err error) {
	b, err = io.ReadAll(r.Body)
	return
}

func named(r *http.Request) error {
	b, err := results(r)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: the body of an HTTP request"
}

func readWriter(conn net.Conn) error {
	rw := bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn))
	var j job
	if err := gob.NewDecoder(rw).Decode(&j); err != nil { // want "network: a network connection"
		return err
	}
	return gob.NewDecoder(rw.Reader).Decode(&j) // want "network: a network connection"
}

func arrays(r *http.Request) error {
	var parts [2][]byte
	parts[0], _ = io.ReadAll(r.Body)
	var j job
	return gob.NewDecoder(bytes.NewReader(parts[0])).Decode(&j) // want "network: the body of an HTTP request"
}

func byteByByte(r *http.Request) error {
	all, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	for _, b := range all {
		buf.WriteByte(b ^ 1)
	}
	var j job
	return gob.NewDecoder(&buf).Decode(&j) // want "network: the body of an HTTP request"
}
