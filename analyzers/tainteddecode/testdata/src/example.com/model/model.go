// Package model names no source itself.
package model

import (
	"context"

	"example.com/fetch"
)

func Latest() ([]byte, error) { // want Latest:`gives\(\[0\] of the answer of another server\)`
	return fetch.Model(context.Background(), "https://example.com/latest")
}
