// Package gin stands for the real one.
package gin

import (
	"net/http"
)

type Context struct{ Request *http.Request }

func (c *Context) GetRawData() ([]byte, error) { return nil, nil }
func (c *Context) Query(key string) string     { return "" }
func (c *Context) Param(key string) string     { return "" }
func (c *Context) PostForm(key string) string  { return "" }
func (c *Context) ShouldBindJSON(v any) error  { return nil }
func (c *Context) GetString(key string) string { return "" }
