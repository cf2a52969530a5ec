package value

import (
	"bytes"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// method works out a call of a method of something that is known.
func (r *Reader) method(of Value, name string, call syntax.Index) (Value, bool) {
	first := r.table.Argument(call, 0, "")
	switch of.Kind {
	case Bytes, Text:
		return r.textMethod(of, name, call, first)
	case Contents:
		switch name {
		case "decode", "encode", "strip", "lstrip", "rstrip":
			return of, true
		}
	case Stream:
		if of.Kind = Bytes; first == syntax.None && (name == "read" || name == "getvalue" || name == "getbuffer") {
			return of, true
		}
	case File:
		switch name {
		case "read":
			of.Kind = Contents
			return of, first == syntax.None
		case "__enter__":
			return of, true
		}
	case Path:
		switch name {
		case "read_bytes", "read_text":
			of.Kind = Contents
			return of, true
		case "open":
			if mode := r.table.Argument(call, 0, "mode"); mode != syntax.None {
				if m, ok := r.eval(mode); !ok || m.Kind != Text || bytes.ContainsAny(m.Data, "wax") {
					return Value{}, false
				}
			}
			of.Kind = File
			return of, true
		case "resolve", "absolute":
			return of, true
		case "as_posix", "__str__", "__fspath__":
			of.Kind = Text
			return of, true
		case "joinpath", "with_name", "with_suffix":
			return r.extended(of, name, call)
		}
	}
	return Value{}, false
}

// extended is a method of a path object that makes another path of it.
func (r *Reader) extended(of Value, name string, call syntax.Index) (Value, bool) {
	for _, arg := range r.positional(call) {
		v, ok := r.eval(arg)
		if !ok || v.Kind != Text && v.Kind != Path || v.Anchor != Anywhere || strings.HasPrefix(string(v.Data), "/") {
			return Value{}, false
		}
		text := string(of.Data)
		switch name {
		case "with_name":
			text = path.Join(string(parent(of).Data), string(v.Data))
		case "with_suffix":
			if of.Anchor == Beside && text == self {
				return Value{}, false // named like the source
			}
			text = strings.TrimSuffix(text, path.Ext(text)) + string(v.Data)
		default:
			text = path.Join(text, string(v.Data))
		}
		if of.Data, of.Node = []byte(text), v.Node; !r.spend(len(text)) {
			return Value{}, false
		}
	}
	return of, true
}

// textMethod works out a method of bytes or of a str.
func (r *Reader) textMethod(of Value, name string, call, first syntax.Index) (Value, bool) {
	switch name {
	case "encode", "decode":
		return r.codedValue(of, r.table.Argument(call, 0, "encoding"), name == "encode")
	case "strip", "lstrip", "rstrip":
		if first != syntax.None {
			return Value{}, false
		}
		if name != "rstrip" {
			of.Data = bytes.TrimLeft(of.Data, blanks)
		}
		if name != "lstrip" {
			of.Data = bytes.TrimRight(of.Data, blanks)
		}
		return of, true
	case "replace":
		from, ok := r.eval(first)
		to, also := r.eval(r.table.Argument(call, 1, ""))
		if !ok || !also || from.Kind != of.Kind || to.Kind != of.Kind || len(from.Data) == 0 || of.Anchor != Anywhere {
			return Value{}, false
		}
		if !r.spend(len(of.Data) + bytes.Count(of.Data, from.Data)*len(to.Data)) {
			return Value{}, false
		}
		of.Data = bytes.ReplaceAll(of.Data, from.Data, to.Data)
		return of, true
	case "join":
		for r.kind(first) == syntax.ParenthesizedExpression {
			first = r.tree.First(first)
		}
		if k := r.kind(first); k != syntax.List && k != syntax.Tuple {
			return Value{}, false
		}
		var parts []Value
		total := 0
		for c := r.tree.First(first); c != syntax.None; c = r.tree.Next(c) {
			v, ok := r.eval(c)
			if total += len(v.Data) + len(of.Data); !ok || v.Kind != of.Kind || v.Anchor != Anywhere || total > MaxData {
				return Value{}, false
			}
			parts = append(parts, v)
		}
		all := make([][]byte, len(parts))
		for k := range parts {
			all[k] = parts[k].Data
		}
		of.Data, of.Node = bytes.Join(all, of.Data), first
		return of, r.spend(total)
	}
	return Value{}, false
}

// blanks are the bytes that strip takes off bytes.
const blanks = " \t\n\r\x0b\f"

// attribute works out .parent of a path object.
func (r *Reader) attribute(i syntax.Index) (Value, bool) {
	name := r.tree.Child(i, syntax.AttributeName)
	if name == syntax.None || string(r.tree.Text(name)) != "parent" {
		return Value{}, false
	}
	v, ok := r.eval(r.tree.Child(i, syntax.Object))
	return parent(v), ok && v.Kind == Path
}

// subscript works out x[::-1] and path.parents[1].
func (r *Reader) subscript(i syntax.Index) (Value, bool) {
	of := r.tree.First(i)
	if of == syntax.None {
		return Value{}, false
	}
	key := r.tree.Next(of)
	if key == syntax.None || r.tree.Next(key) != syntax.None {
		return Value{}, false
	}
	if name := r.tree.Child(of, syntax.AttributeName); r.kind(of) == syntax.Attribute && name != syntax.None && string(r.tree.Text(name)) == "parents" {
		n, ok := r.number(key)
		v, known := r.eval(r.tree.Child(of, syntax.Object))
		if !ok || !known || v.Kind != Path || n > maxDepth {
			return Value{}, false
		}
		for range n + 1 {
			v = parent(v)
		}
		return v, true
	}
	if string(bytes.Join(bytes.Fields(r.tree.Text(key)), nil)) != "::-1" {
		return Value{}, false
	}
	v, ok := r.eval(of)
	if !ok || v.Anchor != Anywhere || !r.spend(len(v.Data)) {
		return Value{}, false
	}
	switch v.Kind {
	case Bytes:
		v.Data = reversed(v.Data)
	case Text:
		v.Data = []byte(string(reversed([]rune(string(v.Data)))))
	default:
		return Value{}, false
	}
	return v, true
}

func reversed[T any](in []T) []T {
	out := make([]T, len(in))
	for k, x := range in {
		out[len(in)-1-k] = x
	}
	return out
}
