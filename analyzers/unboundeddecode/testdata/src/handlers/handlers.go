// Package handlers bounds all requests where it serves them.
package handlers

import (
	"encoding/json"
	"net/http"
)

func serve() error {
	return http.ListenAndServe(":8080", http.MaxBytesHandler(http.HandlerFunc(handle), 1<<20))
}

func handle(w http.ResponseWriter, r *http.Request) {
	var v any
	json.NewDecoder(r.Body).Decode(&v)
}
