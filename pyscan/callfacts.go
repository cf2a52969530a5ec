package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// function notes what the function at node i calls. Functions and lambdas inside
// it count as its own: whether they run is not followed. self is the name of its
// first parameter, if it is a method.
func (r *reader) function(i syntax.Index, name string) *funcFacts {
	f := &funcFacts{line: r.line(i)}
	self := ""
	if name != "" {
		if params := r.tree.Child(i, syntax.ParametersField); params != syntax.None {
			if first := r.tree.First(params); first != syntax.None && r.tree.Kind(first) == syntax.Identifier {
				self = string(r.tree.Text(first))
			}
		}
	}
	body := r.tree.Child(i, syntax.Body)
	if body == syntax.None {
		f.opaque = true
		return f
	}
	for n := body; n < r.tree.Nodes[body].After; n++ {
		switch r.tree.Kind(n) {
		case syntax.Call:
			r.call(f, n, self)
		case syntax.ExecStatement:
			f.add("builtins.exec")
		}
	}
	return f
}

func (f *funcFacts) add(name string) {
	if slices.Contains(f.calls, name) {
		return
	}
	if len(f.calls) >= maxCalls {
		f.opaque = true
		return
	}
	f.calls = append(f.calls, name)
}

// call notes one call of a function.
func (r *reader) call(f *funcFacts, n syntax.Index, self string) {
	callee := r.unwrap(r.tree.Child(n, syntax.Function))
	if callee == syntax.None {
		f.opaque = true
		return
	}
	r.keyFunction(f, n)
	if r.tree.Kind(callee) == syntax.Attribute {
		of, attr := r.unwrap(r.tree.Child(callee, syntax.Object)), r.tree.Child(callee, syntax.AttributeName)
		if of == syntax.None || attr == syntax.None {
			f.opaque = true
			return
		}
		name := string(r.tree.Text(attr))
		switch {
		case self != "" && r.tree.Kind(of) == syntax.Identifier && string(r.tree.Text(of)) == self:
			if len(f.selves) < maxCalls && !slices.Contains(f.selves, name) {
				f.selves = append(f.selves, name)
			}
			return
		case r.tree.Kind(of) == syntax.Call && r.named(of) == "builtins.super":
			f.super = true
			return
		case name == "update" && r.tree.Kind(of) == syntax.Attribute && self != "" && bytes.Equal(r.tree.Text(of), []byte(self+".__dict__")):
			return // what a loader does without __setstate__
		}
	}
	if r.tree.Kind(callee) == syntax.Call {
		if r.named(callee) == "builtins.getattr" && !r.literalArgument(callee, 1) {
			f.add("builtins.getattr") // what it takes is called
			return
		}
		f.opaque = true
		return
	}
	for _, t := range r.names.Expression(callee).Targets {
		f.add(t.Name)
	}
	name, sure := r.callee(callee)
	switch {
	case !sure:
		f.opaque = true
	case name == "builtins.getattr":
		// It runs nothing here: only what is done with its result might.
	default:
		f.add(name)
	}
}

// keyFunction notes what the call at node n has called for each item: sorted, min
// and max take a function as key.
func (r *reader) keyFunction(f *funcFacts, n syntax.Index) {
	args := r.tree.Child(n, syntax.Arguments)
	if args == syntax.None {
		return
	}
	for a := r.tree.First(args); a != syntax.None; a = r.tree.Next(a) {
		if key := r.tree.Child(a, syntax.Name); r.tree.Kind(a) != syntax.KeywordArgument || key == syntax.None || string(r.tree.Text(key)) != "key" {
			continue
		}
		value := r.unwrap(r.tree.Child(a, syntax.Value))
		if value == syntax.None || r.literal(value) || r.tree.Kind(value) == syntax.Lambda {
			continue // what a lambda calls is the function's own
		}
		for _, t := range r.names.Expression(value).Targets {
			f.add(t.Name)
		}
		if name, sure := r.callee(value); sure {
			f.add(name)
		} else {
			f.opaque = true
		}
	}
}

// named is the name of what the call at node i calls, or "".
func (r *reader) named(i syntax.Index) string {
	name, sure := r.callee(r.tree.Child(i, syntax.Function))
	if !sure {
		return ""
	}
	return name
}

// literalArgument reports whether positional argument n of a call is a string
// that the source spells out.
func (r *reader) literalArgument(call syntax.Index, n int) bool {
	args := r.tree.Child(call, syntax.Arguments)
	if args == syntax.None {
		return false
	}
	arg := r.tree.First(args)
	for ; n > 0 && arg != syntax.None; n-- {
		arg = r.tree.Next(arg)
	}
	if r.tree.Kind(arg) != syntax.String {
		return false
	}
	for i := arg; i < r.tree.Nodes[arg].After; i++ {
		if r.tree.Kind(i) == syntax.Interpolation {
			return false
		}
	}
	return true
}

func (r *reader) unwrap(i syntax.Index) syntax.Index { return r.tree.Unwrap(i) }

// callee returns the dotted name that a name or chain of attributes stands for. It
// is sure if it can be nothing else.
func (r *reader) callee(i syntax.Index) (name string, sure bool) {
	i = r.unwrap(i)
	got := r.names.Expression(i)
	if len(got.Targets) > 0 {
		return got.Targets[0].Name, got.Complete && len(got.Targets) == 1
	}
	rest := ""
	for i != syntax.None && r.tree.Kind(i) == syntax.Attribute && len(rest) < maxBuiltin {
		attr := r.tree.Child(i, syntax.AttributeName)
		if attr == syntax.None {
			return "", false
		}
		rest = "." + string(r.tree.Text(attr)) + rest
		i = r.unwrap(r.tree.Child(i, syntax.Object))
	}
	if i == syntax.None || r.tree.Kind(i) != syntax.Identifier || !r.names.Identifier(i).Unbound {
		return "", false
	}
	return "builtins." + string(r.tree.Text(i)) + rest, true
}

// maxBuiltin bounds the attributes of a builtin that are followed, in bytes.
const maxBuiltin = 64
