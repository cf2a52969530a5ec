// Package said has sites of which PKL302 speaks.
package said

import (
	"encoding/gob"
	"io"
	"net/http"

	goccy "github.com/goccy/go-yaml"
	"gopkg.in/yaml.v3"
)

type small struct{ Items []string }

type large struct {
	Items []struct {
		ID  int
		Pad [4096]byte
	}
}

func handle(r *http.Request) {
	gob.NewDecoder(r.Body).Decode(new(small))                        // want "adversarial input; and nothing limits how much is read$"
	gob.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(new(small)) // want "adversarial input$"
	gob.NewDecoder(r.Body).Decode(new(large))                        // want "adversarial input$"
	b, _ := io.ReadAll(r.Body)
	var v any
	yaml.Unmarshal(b, &v)  // want "and nothing limits how much is read$"
	goccy.Unmarshal(b, &v) // want "take all memory$"
}
