// Package fiber stands for the real one.
package fiber

type Ctx struct{ n int }

func (c *Ctx) Body() []byte                           { return nil }
func (c *Ctx) Query(key string, def ...string) string { return "" }
func (c *Ctx) BodyParser(v any) error                 { return nil }
