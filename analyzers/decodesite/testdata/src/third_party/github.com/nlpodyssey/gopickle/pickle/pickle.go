// Package pickle stands for a copy that a project keeps.
package pickle

func Loads(s string) (any, error) { return nil, nil }
func Other(s string) (any, error) { return Loads(s) }
