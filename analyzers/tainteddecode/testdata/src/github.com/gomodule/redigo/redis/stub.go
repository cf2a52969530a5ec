// Package redis stands for the real one.
package redis

type Conn interface {
	Do(cmd string, args ...any) (any, error)
}

func Bytes(reply any, err error) ([]byte, error) { return nil, err }
