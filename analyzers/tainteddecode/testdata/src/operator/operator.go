// Package operator decodes what the person who runs the program gives.
package operator

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

type job struct{ ID int }

var fromFlag = flag.String("job", "", "a job")

var byVar string

func init() { flag.StringVar(&byVar, "by", "", "a job") }

func arguments() {
	var j job
	raw, _ := hex.DecodeString(os.Args[1])
	gob.NewDecoder(bytes.NewReader(raw)).Decode(&j)                // want "from the command line"
	gob.NewDecoder(strings.NewReader(flag.Arg(0))).Decode(&j)      // want "from the command line"
	gob.NewDecoder(strings.NewReader(*fromFlag)).Decode(&j)        // want "from the command line"
	gob.NewDecoder(strings.NewReader(byVar)).Decode(&j)            // want "from the command line"
	gob.NewDecoder(strings.NewReader(os.Getenv("JOB"))).Decode(&j) // want "from the environment"
	gob.NewDecoder(os.Stdin).Decode(&j)                            // want "from standard input"
	b64 := base64.NewDecoder(base64.StdEncoding, io.Reader(os.Stdin))
	gob.NewDecoder(b64).Decode(&j) // want "from standard input"
	if v, ok := os.LookupEnv("JOB"); ok {
		gob.NewDecoder(strings.NewReader(v)).Decode(&j) // want "from the environment"
	}
}

// A file that the operator names is the operator's choice.
func named() error {
	var j job
	f, err := os.Open(os.Args[1])
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(f).Decode(&j); err != nil { // want "^unknown$"
		return err
	}
	b, err := os.ReadFile(filepath.Join(os.Getenv("HOME"), "job.gob"))
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "^unknown$"
}

// A file that a request names is not.
func requested(r *http.Request) error {
	var j job
	f, err := os.Open(filepath.Join("/srv", r.URL.Query().Get("name")))
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(f).Decode(&j); err != nil { // want "from a file that the URL of an HTTP request names"
		return err
	}
	b, err := os.ReadFile("/srv/" + r.FormValue("name"))
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "from a file that a form of an HTTP request names"
}
