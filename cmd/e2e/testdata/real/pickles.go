// Package real decodes with the real libraries, whose types and methods are not always
// those of the stubs that the other fixtures have. A line with a finding says which.
package real

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	ogórek "github.com/kisielk/og-rek"
	"github.com/nlpodyssey/gopickle/pickle"
	"github.com/nlpodyssey/gopickle/pytorch"
)

func Read(r io.Reader) (any, error) {
	u := pickle.NewUnpickler(r)
	return u.Load() // want PKL301
}

func Upload(w http.ResponseWriter, r *http.Request) {
	v, err := pickle.Loads(r.FormValue("state")) // want PKL302
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, v)
}

func Limited(r *http.Request) (any, error) {
	u := pickle.NewUnpickler(io.LimitReader(r.Body, 1<<10))
	return u.Load() // want PKL302
}

func File(name string) (any, error) {
	return pickle.Load(name) // want PKL301
}

func Weights(name string) (any, error) {
	return pytorch.Load(name) // want PKL301
}

func Claimed(name string) (any, error) {
	//picklelint:trust boundary=build reason="weights that our release pipeline makes" owner=models
	return pytorch.Load(name)
}

func Allowed(r io.Reader) (any, error) {
	u := pickle.NewUnpickler(r)
	u.FindClass = func(module, name string) (any, error) {
		switch module + "." + name {
		case "collections.OrderedDict":
			return map[any]any{}, nil
		}
		return nil, errors.New("not allowed")
	}
	return u.Load() // want PKL301
}

func Hooked(r io.Reader) (any, error) {
	u := pickle.NewUnpickler(r)
	u.FindClass = func(module, name string) (any, error) { // want PKL305
		return makers[module+"."+name](), nil
	}
	return u.Load() // want PKL301
}

var makers = map[string]func() any{}

func Body(r *http.Request) (any, error) {
	return ogórek.NewDecoder(r.Body).Decode() // want PKL302
}
