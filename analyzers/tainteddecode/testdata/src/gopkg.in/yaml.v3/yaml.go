// Package yaml stands for the library of this path.
package yaml

func Unmarshal(in []byte, out any) error { return nil }
