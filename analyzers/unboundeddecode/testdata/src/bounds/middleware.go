package bounds

import (
	"encoding/json"
	"net/http"
)

type api struct{}

func (api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var v any
	json.NewDecoder(r.Body).Decode(&v) // want "PKL304"
}
