// Package unknown decodes bytes of which nothing is known, next to what is tainted and
// to what looks like it.
package unknown

import (
	"bytes"
	"encoding/gob"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"example.com/cache"
)

type job struct{ ID int }

func localFile() error {
	f, err := os.Open("testdata/jobs.gob")
	if err != nil {
		return err
	}
	defer f.Close()
	var j job
	if err := gob.NewDecoder(f).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	b, err := os.ReadFile(filepath.Join("testdata", "jobs.gob"))
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "^unknown$"
}

// Load is called from elsewhere.
func Load(r io.Reader, data []byte) error {
	var j job
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	return gob.NewDecoder(r).Decode(&j) // want "^unknown$"
}

// pair keeps a tainted field beside one that is not.
type pair struct {
	body io.Reader
	own  io.Reader
	name string
}

func fieldsApart(r *http.Request) {
	p := pair{body: r.Body, own: strings.NewReader("x"), name: r.URL.Path}
	var j job
	gob.NewDecoder(p.own).Decode(&j)  // want "^own$"
	gob.NewDecoder(p.body).Decode(&j) // want "network: the body of an HTTP request"
}

// state is filled field by field, by many.
type state struct {
	fromRequest []byte
	fromFile    []byte
	never       []byte
}

func (s *state) take(r *http.Request) { s.fromRequest, _ = io.ReadAll(r.Body) }
func (s *state) load()                { s.fromFile, _ = os.ReadFile("jobs.gob") }

func (s *state) decode() {
	var j job
	gob.NewDecoder(bytes.NewReader(s.fromRequest)).Decode(&j) // want "network: the body of an HTTP request"
	gob.NewDecoder(bytes.NewReader(s.fromFile)).Decode(&j)    // want "^unknown$"
	gob.NewDecoder(bytes.NewReader(s.never)).Decode(&j)       // want "^unknown$"
}

// A key is not what it finds.
func keyed(r *http.Request, m map[string][]byte, c *cache.Cache) error {
	var j job
	if err := gob.NewDecoder(bytes.NewReader(m[r.FormValue("key")])).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	b, err := c.Get(r.FormValue("key"))
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	return gob.NewDecoder(cache.Open(r.URL.Path)).Decode(&j) // want "^unknown$"
}

// What is encoded for a request is not from it, nor is its length.
func sized(r *http.Request) error {
	buf := make([]byte, r.ContentLength)
	f, err := os.Open("jobs.gob")
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(f, buf); err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(buf)).Decode(&j) // want "^unknown$"
}

// A server of the test itself.
func testServer() error {
	ts := httptest.NewServer(http.NotFoundHandler())
	defer ts.Close()
	resp, err := http.Get(ts.URL + "/jobs")
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(resp.Body).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	req, err := http.NewRequest(http.MethodGet, ts.URL, nil)
	if err != nil {
		return err
	}
	resp, err = ts.Client().Do(req)
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(resp.Body).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	rec := httptest.NewRecorder()
	if err := gob.NewDecoder(rec.Body).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	return gob.NewDecoder(rec.Result().Body).Decode(&j) // want "^unknown$"
}

// A request that the program makes for itself.
func ownRequest() error {
	req, err := http.NewRequest(http.MethodPost, "/", strings.NewReader("x"))
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(req.Body).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	made := &http.Request{Body: io.NopCloser(strings.NewReader("x"))}
	return gob.NewDecoder(made.Body).Decode(&j) // want "^unknown$"
}

// The buffer is lent to somebody.
func lent(c *cache.Cache) error {
	var buf bytes.Buffer
	c.Fill(&buf)
	var j job
	if err := gob.NewDecoder(&buf).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	kept := new(bytes.Buffer)
	Kept = kept
	return gob.NewDecoder(kept).Decode(&j) // want "^unknown$"
}

// Kept is written to by whoever imports the package.
var Kept *bytes.Buffer

// Names that hide what they are called like.
func shadowed() error {
	type request struct{ Body io.Reader }
	os := struct{ Args []string }{[]string{"x"}}
	r := request{Body: strings.NewReader("x")}
	var j job
	if err := gob.NewDecoder(r.Body).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	return gob.NewDecoder(strings.NewReader(os.Args[0])).Decode(&j) // want "^unknown$"
}

// endless is a reader whose bytes nobody put into it.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) { return e.n, errors.New("no") }

func ownReader() error {
	var j job
	return gob.NewDecoder(&endless{}).Decode(&j) // want "^unknown$"
}

// typist has no fields, and types.
type typist struct{}

func (typist) Read(p []byte) (int, error) { return os.Stdin.Read(p) }

func types() error {
	var j job
	if err := gob.NewDecoder(typist{}).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	return gob.NewDecoder(&cache.File{Name: "x"}).Decode(&j) // want "^unknown$"
}

// listener takes bytes from somebody, and once from itself.
type listener struct{ n int }

func (l *listener) onData(b []byte) {
	var j job
	gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "^unknown$"
}

func (l *listener) listen() {
	l.onData([]byte("x"))
	cache.Subscribe(l.onData)
}

func panicked() {
	defer func() {
		if b, ok := recover().([]byte); ok {
			var j job
			gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "^unknown$"
		}
	}()
}

// record is used whole and by its fields.
type record struct{ a, b []byte }

func (r *record) all() []byte { return append(r.a, r.b...) }

func halves(f *os.File) error {
	var rec record
	rec.a = []byte("x")
	if _, err := f.Read(rec.b); err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(bytes.NewReader(rec.a)).Decode(&j); err != nil { // want "^own$"
		return err
	}
	return gob.NewDecoder(bytes.NewReader(rec.all())).Decode(&j) // want "^unknown$"
}
