// Package pickle stands for github.com/nlpodyssey/gopickle/pickle in examples.
package pickle

import "io"

// Unpickler stands for the type of that name.
type Unpickler struct {
	FindClass      func(module, name string) (any, error)
	PersistentLoad func(any) (any, error)
	GetExtension   func(code int) (any, error)
	NextBuffer     func() (any, error)
}

// NewUnpickler stands for the function of that name.
func NewUnpickler(r io.Reader) Unpickler { return Unpickler{} }

// Load stands for the method of that name.
func (u *Unpickler) Load() (any, error) { return nil, nil }

// Loads stands for the function of that name.
func Loads(s string) (any, error) { return nil, nil }
