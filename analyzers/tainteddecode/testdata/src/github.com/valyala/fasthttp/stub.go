// Package fasthttp stands for the real one.
package fasthttp

type RequestCtx struct{ n int }

func (c *RequestCtx) PostBody() []byte { return nil }
