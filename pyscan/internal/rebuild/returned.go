package rebuild

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// result is one thing that a reducer may return: the parts of a tuple, or a text, the
// name of a global.
type result struct {
	parts []syntax.Index
	text  syntax.Index
}

const (
	// maxResults bounds what one return statement may return, maxNested the expressions in
	// each other through which it is followed.
	maxResults = 32
	maxNested  = 16
)

// results lists what an expression may be. What is not understood is left out.
func (r *reader) results(i syntax.Index) (out []result) {
	seen := make(map[syntax.Index]bool)
	var follow func(i syntax.Index, depth int)
	follow = func(i syntax.Index, depth int) {
		i = r.unwrap(i)
		if i == syntax.None || depth > maxNested || len(out) >= maxResults || seen[i] {
			return
		}
		seen[i] = true
		switch r.tree.Kind(i) {
		case syntax.Tuple, syntax.List, syntax.ExpressionList:
			if parts := r.items(i); len(parts) > 0 {
				out = append(out, result{parts: parts, text: syntax.None})
			}
		case syntax.String, syntax.ConcatenatedString:
			out = append(out, result{text: i})
		case syntax.BinaryOperator:
			if parts := r.sum(i, 0); len(parts) > 0 {
				out = append(out, result{parts: parts, text: syntax.None})
			}
		case syntax.ConditionalExpression:
			yes := r.tree.First(i)
			if yes == syntax.None || r.tree.Next(yes) == syntax.None {
				return
			}
			follow(yes, depth+1)
			follow(r.tree.Next(r.tree.Next(yes)), depth+1)
		case syntax.BooleanOperator:
			for c := r.tree.First(i); c != syntax.None; c = r.tree.Next(c) {
				follow(c, depth+1)
			}
		case syntax.NamedExpression:
			follow(r.tree.Child(i, syntax.Value), depth+1)
		case syntax.Identifier, syntax.Attribute, syntax.Subscript, syntax.Call:
			if r.isSuperCall(i) {
				return // told where it stands
			}
			for _, object := range r.names.Objects(i) {
				switch r.tree.Kind(object) {
				case syntax.Tuple, syntax.List, syntax.ExpressionList, syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator:
					follow(object, depth+1)
				}
			}
		}
	}
	if i != syntax.None {
		follow(i, 0)
	}
	return out
}

// isSuperCall reports super().method().
func (r *reader) isSuperCall(i syntax.Index) bool {
	if r.tree.Kind(i) != syntax.Call {
		return false
	}
	of, _ := r.attribute(r.tree.Child(i, syntax.Function))
	if r.tree.Kind(r.unwrap(of)) != syntax.Call {
		return false
	}
	return r.isName(r.tree.Child(r.unwrap(of), syntax.Function), "super")
}

// items lists the items of a display, up to one that stands for several.
func (r *reader) items(i syntax.Index) (out []syntax.Index) {
	for c := r.tree.First(i); c != syntax.None && len(out) < maxParts; c = r.tree.Next(c) {
		if r.tree.Kind(c) == syntax.ListSplat {
			break
		}
		out = append(out, c)
	}
	return out
}

// maxParts bounds the parts of a tuple that are looked at. The pickler takes six.
const maxParts = 64

// sum lists the items of tuples that are added to each other.
func (r *reader) sum(i syntax.Index, depth int) (out []syntax.Index) {
	left := r.tree.First(i)
	if left == syntax.None || depth > maxNested {
		return nil
	}
	for n, c := 0, left; c != syntax.None && n < 2; n, c = n+1, r.tree.Next(c) {
		of := r.unwrap(c)
		switch r.tree.Kind(of) {
		case syntax.Tuple, syntax.ExpressionList:
			out = append(out, r.items(of)...)
		case syntax.BinaryOperator:
			out = append(out, r.sum(of, depth+1)...)
		default:
			more := syntax.None
			for _, object := range r.objects(of) {
				if r.tree.Kind(object) == syntax.Tuple {
					more = object
				}
			}
			if more == syntax.None {
				return out
			}
			out = append(out, r.items(more)...)
		}
	}
	return out
}

// judge looks at all that a reducer returns.
func (r *reader) judge(w *way) {
	if r.tree.Kind(w.function) == syntax.Lambda {
		body := r.tree.Child(w.function, syntax.Body)
		r.returned(w, body, body)
		return
	}
	for _, ret := range r.returns[w.function] {
		r.returned(w, ret, r.tree.First(ret))
	}
}

// fillers are the methods that take the items which a reducer returns, by their place.
var fillers = []struct {
	part   int
	method string
}{{3, "append"}, {3, "extend"}, {4, "__setitem__"}}

// isGiven reports part n of what a reducer returns, if it is not None.
func (r *reader) isGiven(parts []syntax.Index, n int) bool {
	return len(parts) > n && r.tree.Kind(r.unwrap(parts[n])) != syntax.NoneLiteral
}

// returned looks at one statement that returns something.
func (r *reader) returned(w *way, at, value syntax.Index) {
	if value == syntax.None {
		return
	}
	before := len(r.problems)
	for _, got := range r.results(value) {
		if got.text != syntax.None {
			r.global(w, at, got.text)
			continue
		}
		var args []syntax.Index
		if len(got.parts) > 1 {
			for _, second := range r.results(got.parts[1]) {
				args = second.parts
				break
			}
		}
		r.called(w, at, got.parts[0], args, 0)
		if r.isGiven(got.parts, 5) {
			r.called(w, at, got.parts[5], nil, 0)
		}
		for _, filled := range fillers {
			if f := r.method(w.class, filled.method); r.isGiven(got.parts, filled.part) && f != syntax.None {
				r.runsWhenLoaded(f, fmt.Sprintf("`%s` of `%s`, which takes the items that %s hands out,", filled.method, r.nameOf(w.class), w.name))
			}
		}
		r.carried(w, at, got.parts, args)
	}
	if w.at == syntax.None {
		return
	}
	// A function becomes a reducer where it is registered.
	for _, p := range r.problems[before:] {
		if p.At == at && (p.Kind == Unsafe || p.Kind == Unimportable) && !r.tree.Contains(w.at, at) {
			p.At = w.at
			p.Text = fmt.Sprintf("%s gets `%s`, which is not fit for that: %s", w.name, r.nameOf(w.function), strings.TrimPrefix(p.Text, w.name+" "))
			r.tell(p)
			break
		}
	}
}
