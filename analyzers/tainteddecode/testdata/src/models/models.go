// Package models: the operator chooses files, and whoever connects does, too.
package models

import (
	"net/http"
	"os"

	"weights"
)

func operator() (v struct{ A any }, err error) {
	if _, err := weights.Load(os.Getenv("MODELS")); err != nil {
		return v, err
	}
	return v, weights.Open(os.Args[1], &v)
}

func declared() (v struct{ A any }, err error) {
	return v, weights.Declared(os.Getenv("STATE"), &v) // want "unknown"
}

func both() (v struct{ A any }, err error) {
	return v, weights.Both(os.Getenv("STATE"), &v) // want "from "
}

func text() (v struct{ A any }, err error) {
	return v, weights.Text(os.Getenv("STATE"), &v) // want "from "
}

func visitor(r *http.Request) (any, error) {
	return weights.Load(r.FormValue("model")) // want "from "
}

func visitors(r *http.Request) (v struct{ A any }, err error) {
	return v, weights.Open("/srv/"+r.FormValue("model"), &v) // want "from a file that a form of an HTTP request names"
}
