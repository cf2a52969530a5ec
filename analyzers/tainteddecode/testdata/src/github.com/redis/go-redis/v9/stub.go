// Package redis stands for the real one.
package redis

import (
	"context"
)

type Client struct{ n int }

func NewClient(addr string) *Client                              { return &Client{} }
func (c *Client) Get(ctx context.Context, key string) *StringCmd { return &StringCmd{} }

type StringCmd struct{ val string }

func (c *StringCmd) Bytes() ([]byte, error)  { return []byte(c.val), nil }
func (c *StringCmd) Result() (string, error) { return c.val, nil }
func (c *StringCmd) Val() string             { return c.val }
func (c *StringCmd) Scan(v any) error        { return nil }

type Message struct{ Payload string }
