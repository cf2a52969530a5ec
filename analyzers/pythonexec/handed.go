package pythonexec

import (
	"go/ast"
	"slices"
)

// maxHanded bounds how many functions hand a command line on to each other.
const maxHanded = 3

// handed returns the commands that the callers of a function hand to it, where the program or
// the list of the words is a parameter: func run(name string, args ...string). Each is a
// command at the call.
func (f *finder) handed(c *command, depth int) (out []*command) {
	if depth == 0 || len(c.words) == 0 {
		return nil
	}
	words, list := c.words, c.spread
	// run(args) starts args[0] with args[1:].
	if element, ok := ast.Unparen(words[0]).(*ast.IndexExpr); ok && list != nil {
		if rest, ok := ast.Unparen(list).(*ast.SliceExpr); ok && f.object(rest.X) != nil && f.object(rest.X) == f.object(element.X) {
			words, list = nil, rest.X
		}
	}
	spread, variadic := -1, false
	if list != nil {
		if fn, i, ok := f.parameter(list, c.around); ok {
			spread, variadic = i, fn.Signature().Variadic() && i == fn.Signature().Params().Len()-1
		}
	}
	named := false
	if len(words) > 0 {
		_, _, named = f.parameter(words[0], c.around)
	}
	if spread < 0 && !named {
		return nil
	}
	fn, _, _ := f.parameter(list, c.around)
	if fn == nil {
		fn, _, _ = f.parameter(words[0], c.around)
	}
	callers := f.callersOf(fn)
	for _, caller := range callers[:min(len(callers), maxScripts)] {
		args := caller.call.Args
		inner := &command{at: caller.call, api: c.api, whole: c.whole || spread >= 0, around: caller.around}
		for _, w := range words {
			if _, i, ok := f.parameter(w, c.around); ok && i < len(args) {
				w = args[i]
			}
			inner.words = append(inner.words, w)
		}
		switch {
		case spread < 0 || spread >= len(args):
		case variadic && !caller.call.Ellipsis.IsValid():
			inner.words = slices.Concat(inner.words, args[spread:])
		default:
			more, all := f.reader.Slice(args[spread])
			inner.words, inner.whole = slices.Concat(inner.words, more), all
			if len(more) == 0 && !all {
				inner.spread = args[spread]
			}
		}
		if len(inner.words) > 0 {
			out = append(out, inner)
			out = append(out, f.handed(inner, depth-1)...)
		}
	}
	return out
}
