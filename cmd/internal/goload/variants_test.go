package goload

import (
	"strings"
	"testing"
)

// A site is told of once, as what others import has it, although the tests of its package
// hand it other bytes.
func TestVariants(t *testing.T) {
	dir := module(t, map[string]string{
		"a/a.go": `package a

import (
	"encoding/gob"
	"io"
	"net/http"
	"os"
)

func Read(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }

func Serve(_ http.ResponseWriter, req *http.Request) { _ = read(req.Body) }

func read(r io.Reader) error {
	var v int
	return gob.NewDecoder(r).Decode(&v)
}

var _ = os.Stdin
`,
		"a/a_test.go": `package a

import (
	"net/http"
	"testing"
)

func TestA(t *testing.T) {
	resp, _ := http.Get("http://example.com")
	_ = Read(resp.Body, nil)
	_ = read(resp.Body)
	_ = read(http.NoBody)
}
`,
		"b/b.go": "package b\n\nimport _ \"example.com/m/a\"\n",
	})
	r := load(t, Config{Dir: dir})
	check(t, r, "2 packages", "site a/a.go:10", "site a/a.go:16", "finding a/a.go:10 PKL301", "finding a/a.go:16 PKL302")
	if m := r.Findings[1].Message; !strings.Contains(m, "the body of an HTTP request") {
		t.Errorf("of the site whose bytes come from a request: %s", m)
	}
}
