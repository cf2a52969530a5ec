// Package websocket stands for the real one.
package websocket

import (
	"io"
)

type Conn struct{ n int }

func (c *Conn) ReadMessage() (int, []byte, error)   { return c.n, nil, nil }
func (c *Conn) NextReader() (int, io.Reader, error) { return c.n, nil, nil }
func (c *Conn) ReadJSON(v any) error                { return nil }
