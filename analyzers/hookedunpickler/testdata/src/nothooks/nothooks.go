// Package nothooks has fields of the same names.
package nothooks

type Unpickler struct {
	FindClass func(module, name string) (any, error)
}

func use(u *Unpickler) {
	u.FindClass = func(module, name string) (any, error) { return module, nil }
}
