// Package weights has functions that decode files, and one that decodes bytes.
package weights

import (
	"bytes"
	"encoding/gob"
	"os"
	"strings"

	"github.com/nlpodyssey/gopickle/pytorch"
)

func Load(dir string) (any, error) { return pytorch.Load(dir + "/model.pt") } // want "unknown"

func Open(name string, v any) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(f).Decode(v) // want "unknown"
}

func Text(text string, v any) error { return gob.NewDecoder(strings.NewReader(text)).Decode(v) } // want "unknown"

// Declared decodes the file that its caller names.
func Declared(name string, v any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	//picklelint:trust boundary=caller reason="whoever calls names a file of their own"
	return gob.NewDecoder(bytes.NewReader(b)).Decode(v) // want "unknown"
}

// Both decodes a file, or without one the text itself.
func Both(text string, v any) error {
	b, err := os.ReadFile(text)
	if err != nil {
		b = []byte(text)
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(v) // want "unknown"
}
