// Package together has something for every analyzer that follows bytes or asks for claims.
package together

import (
	"encoding/gob"
	"net/http"
	"os/exec"
	"plugin"
	"text/template"

	"github.com/nlpodyssey/gopickle/pickle"
)

func handle(w http.ResponseWriter, r *http.Request) {
	var v int
	_ = gob.NewDecoder(r.Body).Decode(&v) // want "PKL302"
	name := r.FormValue("plugin")
	_, _ = plugin.Open(name)                                 // want "PKL310"
	_, _ = template.New("").Parse(r.FormValue("text"))       // want "PKL311"
	_ = exec.Command("python3", "-c", "import pickle; pickle.load(open('x', 'rb'))").Run() // want "PKL307"
	w.Header().Set("Content-Type", "application/x-python-pickle")                          // want "PKL308"
}

func hooked(u *pickle.Unpickler) {
	u.FindClass = func(module, name string) (any, error) { return module + name, nil } // want "PKL305"
}
