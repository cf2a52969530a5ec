package drafts

import (
	"bytes"
	"crypto/tls"
	"embed"
	"encoding/gob"
	"io"
	"net"
	"net/http"
	"os"
)

//go:embed *.gob
var made embed.FS

type store struct {
	conn net.Conn
	dec  *gob.Decoder
}

func fromRequest(w http.ResponseWriter, r *http.Request) (v int) {
	_ = gob.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&v) // want "PKL302"
	return v
}

func fromAnswer(url string) (v int) {
	resp, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if err := gob.NewDecoder(resp.Body).Decode(&v); err != nil { // want "PKL302"
		return 0
	}
	return v
}

func fromFile(name string) (v int) {
	f, err := os.Open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	dec := gob.NewDecoder(f)
	for {
		if dec.Decode(&v) != nil { // want "PKL301"
			return v
		}
	}
}

func fromCaller(r io.Reader) (v, w int) {
	dec := gob.NewDecoder(io.LimitReader(r, 1<<20))
	dec.Decode(&v); dec.Decode(&w) // want "PKL301" "PKL301"
	return v, w
}

func fromBuild() (v int) {
	data, err := made.ReadFile("table.gob")
	if err != nil {
		return 0
	}
	_ = gob.NewDecoder(bytes.NewReader(data)).Decode(&v)
	return v
}

func roundTrip(in, out any) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(in); err != nil {
		return err
	}
	return gob.NewDecoder(&buf).Decode(out)
}

func fromOperator() (v int) {
	_ = gob.NewDecoder(os.Stdin).Decode(&v) // want "PKL302"
	return v
}

func (s *store) fromPeer(v any) {
	var (
		_ = gob.NewDecoder(s.conn).Decode(v) // want "PKL302"
	)
	go func(c *tls.Conn) {
		_ = gob.NewDecoder(c).Decode(v) // want "PKL302"
	}(nil)
}

// Nothing says where these bytes come from.
func (s *store) unknown(v any) {
	_ = s.dec.Decode(v) // want "PKL301"
}

// There is no line above for these, or one that says something already.
func (s *store) none(v any) {
	if v != nil { _ = s.dec.Decode(v) } // want "PKL301"
	//picklelint:trust owner=storage // want "boundary is missing" "reason is missing"
	_ = s.dec.Decode(v) // want "PKL301"
}
