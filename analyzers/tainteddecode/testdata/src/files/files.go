// Package files decodes files by their names, and what a library wrote.
package files

import (
	"bufio"
	"io"
	"net/http"
	"os"

	"github.com/nlpodyssey/gopickle/pickle"
	"github.com/vmihailenco/msgpack/v5"
	"gopkg.in/yaml.v3"
)

// Who spells the name of a file has not written it.
func named(r *http.Request, unknown string) {
	pickle.Load("/srv/model.pkl")                    // want "^unknown$"
	pickle.Load("/srv/" + unknown)                   // want "^unknown$"
	pickle.Load(os.Args[1])                          // want "^unknown$"
	pickle.Load("/srv/" + r.FormValue("m") + ".pkl") // want "from a file that a form of an HTTP request names"
	pickle.Loads("\x80\x02K\x01.")                   // want "^own$"
}

func roundTrip(in any) (out any, err error) {
	b, err := msgpack.Marshal(in)
	if err != nil {
		return nil, err
	}
	err = msgpack.Unmarshal(b, &out) // want "^own$"
	return out, err
}

// The last element of the path of this library has a dot.
func dotted(r *http.Request) (v any, err error) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	err = yaml.Unmarshal(b, &v) // want "network: the body of an HTTP request"
	return v, err
}

// The buffer is the scanner's from then on.
func scanned(r *http.Request) {
	buf := make([]byte, 64)
	s := bufio.NewScanner(r.Body)
	s.Buffer(buf, len(buf))
	s.Scan()
	pickle.Loads(string(buf)) // want "network: the body of an HTTP request"
}

// What was decoded is made of the bytes.
func again(r *http.Request) {
	var v struct {
		P string
		N any
	}
	msgpack.NewDecoder(r.Body).Decode(&v) // want "network: the body of an HTTP request"
	pickle.Loads(v.P)                     // want "network: the body of an HTTP request"
}
