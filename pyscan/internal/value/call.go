package value

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// call works out a call of a function or of a method that is known.
func (r *Reader) call(i syntax.Index) (Value, bool) {
	f := r.tree.Child(i, syntax.Function)
	if f == syntax.None {
		return Value{}, false
	}
	name := ""
	for _, target := range r.table.Expression(f).Targets {
		if name != "" && target.Name != name {
			return Value{}, false
		}
		name = target.Name
	}
	if name != "" {
		if v, ok := r.function(name, i); ok || r.limit != "" {
			return v, ok
		}
	}
	if r.tree.Kind(f) != syntax.Attribute {
		return Value{}, false
	}
	method := r.tree.Child(f, syntax.AttributeName)
	if method == syntax.None {
		return Value{}, false
	}
	of, ok := r.eval(r.tree.Child(f, syntax.Object))
	if !ok {
		return Value{}, false
	}
	return r.method(of, string(r.tree.Text(method)), i)
}

// function works out a call of a function by its name.
func (r *Reader) function(name string, call syntax.Index) (Value, bool) {
	first := r.table.Argument(call, 0, "")
	if decode, ok := decoders[name]; ok {
		return r.decode(decode, first)
	}
	switch name {
	case "io.BytesIO", "io.BufferedReader", "contextlib.closing":
		return r.stream(first)
	case "builtins.open", "io.open", "gzip.open", "bz2.open", "lzma.open", "codecs.open":
		return r.opened(first, r.table.Argument(call, 1, "mode"), strings.TrimSuffix(name, ".open"))
	case "builtins.bytes", "builtins.bytearray", "builtins.memoryview":
		return r.bytesOf(call, first)
	case "codecs.decode", "codecs.encode":
		return r.coded(first, r.table.Argument(call, 1, "encoding"), name == "codecs.encode")
	case "builtins.str", "os.fspath", "os.path.abspath", "os.path.realpath", "os.path.normpath":
		v, ok := r.eval(first)
		if v.Kind == Path {
			v.Kind = Text
		}
		return v, ok && v.Kind == Text
	case "os.path.dirname":
		v, ok := r.eval(first)
		return parent(v), ok && (v.Kind == Text || v.Kind == Path)
	case "os.path.join":
		v, ok := r.joinPaths(r.positional(call), false)
		v.Kind = Text
		return v, ok
	case "os.getcwd":
		return Value{Kind: Text, Node: call}, true
	case "pathlib.Path.cwd":
		return Value{Kind: Path, Node: call}, true
	case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath":
		if first == syntax.None {
			return Value{Kind: Path, Node: call}, true
		}
		v, ok := r.joinPaths(r.positional(call), false)
		v.Kind = Path
		return v, ok
	}
	return r.resource(name, call)
}

// positional lists the arguments of a call up to the first keyword; nil if one is
// starred.
func (r *Reader) positional(call syntax.Index) (out []syntax.Index) {
	for n := 0; ; n++ {
		value := r.table.Argument(call, n, "")
		if value == syntax.None {
			break
		}
		out = append(out, value)
	}
	if list := r.tree.Child(call, syntax.Arguments); list != syntax.None {
		for c := r.tree.First(list); c != syntax.None; c = r.tree.Next(c) {
			if r.tree.Kind(c) == syntax.ListSplat {
				return nil
			}
		}
	}
	return out
}

// decode works out what a decoder makes of a constant. What is in a file is decoded by
// whoever opens it.
func (r *Reader) decode(decode decoder, i syntax.Index) (Value, bool) {
	v, ok := r.eval(i)
	if !ok || v.Kind == Contents {
		return v, ok
	}
	if v.Kind != Bytes && v.Kind != Text || v.Anchor != Anywhere {
		return Value{}, false
	}
	data, ok := decode(v.Data, MaxData)
	if !ok || !r.spend(len(data)) {
		return Value{}, false
	}
	v.Kind, v.Data = Bytes, data
	return v, true
}

// coded is decode and encode with the name of a codec.
func (r *Reader) coded(of, codec syntax.Index, encode bool) (Value, bool) {
	v, ok := r.eval(of)
	if !ok || v.Kind == Contents {
		return v, ok
	}
	return r.codedValue(v, codec, encode)
}

func (r *Reader) codedValue(v Value, codec syntax.Index, encode bool) (Value, bool) {
	name := "utf-8"
	if codec != syntax.None {
		c, ok := r.eval(codec)
		if !ok || c.Kind != Text {
			return Value{}, false
		}
		name = string(c.Data)
	}
	if v.Kind != Bytes && v.Kind != Text || v.Anchor != Anywhere {
		return Value{}, false
	}
	ok := false
	if decode, known := codingOf(name); known && (!encode || charset(name) == "rot13") {
		if v.Data, ok = decode(v.Data, MaxData); charset(name) != "rot13" {
			v.Kind = Bytes
		}
	} else if encode && v.Kind == Text {
		v.Data, ok = encoded(v.Data, name)
		v.Kind = Bytes
	} else if !encode && v.Kind == Bytes {
		v.Data, ok = decoded(v.Data, name)
		v.Kind = Text
	}
	return v, ok && r.spend(len(v.Data))
}

// stream is io.BytesIO and the like.
func (r *Reader) stream(i syntax.Index) (Value, bool) {
	v, ok := r.eval(i)
	switch v.Kind {
	case Bytes:
		v.Kind = Stream
	case Contents:
		v.Kind = File
	case Stream, File:
	default:
		return Value{}, false
	}
	return v, ok
}

// opened is open(path, mode), and gzip.open and its like of a path or a file object.
func (r *Reader) opened(of, mode syntax.Index, module string) (Value, bool) {
	if mode != syntax.None {
		m, ok := r.eval(mode)
		if !ok || m.Kind != Text || bytes.ContainsAny(m.Data, "wax") {
			return Value{}, false
		}
	}
	v, ok := r.eval(of)
	switch {
	case v.Kind == Text || v.Kind == Path:
		v.Kind = File
		return v, ok
	case v.Kind == File && (module == "gzip" || module == "bz2" || module == "lzma"):
		return v, ok // whoever opens the file decompresses it
	case v.Kind == Stream:
		decode, known := decoders[module+".decompress"]
		if !known {
			return Value{}, false
		}
		v.Data, ok = decode(v.Data, MaxData)
		return v, ok && r.spend(len(v.Data))
	}
	return Value{}, false
}

// bytesOf is bytes(x), of bytes, of a str with its encoding, or of numbers.
func (r *Reader) bytesOf(call, of syntax.Index) (Value, bool) {
	inner := of
	for r.kind(inner) == syntax.ParenthesizedExpression {
		inner = r.tree.First(inner)
	}
	switch r.kind(inner) {
	case syntax.List, syntax.Tuple:
		out := Value{Kind: Bytes, Node: inner}
		for c := r.tree.First(inner); c != syntax.None; c = r.tree.Next(c) {
			n, ok := r.number(c)
			if !ok || n > 0xff {
				return Value{}, false
			}
			out.Data = append(out.Data, byte(n))
		}
		return out, r.spend(len(out.Data))
	}
	v, ok := r.eval(of)
	if !ok {
		return Value{}, false
	}
	if codec := r.table.Argument(call, 1, "encoding"); codec != syntax.None && v.Kind == Text {
		return r.codedValue(v, codec, true)
	}
	return v, v.Kind == Bytes || v.Kind == Contents
}

func (r *Reader) kind(i syntax.Index) syntax.Kind { return r.tree.Kind(i) }

// number reads an integer literal that is not negative.
func (r *Reader) number(i syntax.Index) (int, bool) {
	if r.kind(i) != syntax.Integer {
		return 0, false
	}
	n, err := strconv.ParseInt(string(r.tree.Text(i)), 0, 32)
	return int(n), err == nil && n >= 0
}
