// Package nats stands for the real one.
package nats

type Msg struct{ Data []byte }
type Conn struct{ n int }

func (c *Conn) Subscribe(subject string, f func(*Msg)) error { return nil }
