package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// setBefore returns what a function certainly put into its **kwargs under a name, before
// it hands them on, or None: kwargs["weights_only"] = True.
func (f *file) setBefore(splats []syntax.Index, name string) syntax.Index {
	if len(splats) != 1 || f.tree.Kind(splats[0]) != syntax.Identifier {
		return syntax.None
	}
	return f.names.Item(splats[0], name)
}

// ending returns what a string or a path certainly ends with: the last of what it is
// put together from.
func (f *file) ending(i syntax.Index) string {
	for range maxChoices {
		i = f.unwrap(i)
		switch f.tree.Kind(i) {
		case syntax.Identifier:
			values, ok := f.names.Values(i)
			if !ok || len(values) != 1 {
				return ""
			}
			i = values[0]
		case syntax.String:
			if text := constantText(string(f.tree.Text(i))); len(text) > 1 {
				text = text[1 : len(text)-1]
				return text[strings.LastIndexAny(text, "}\\")+1:]
			}
			return ""
		case syntax.ConcatenatedString, syntax.BinaryOperator: // folder + "/model.h5", Path(folder) / "model.h5"
			i = f.last(i)
		case syntax.Call: // os.path.join(folder, "model.h5"), Path("model.h5"), str(path)
			name := string(f.tree.Text(f.tree.Child(i, syntax.Function)))
			if !pathMakers[name[strings.LastIndexByte(name, '.')+1:]] {
				return ""
			}
			i = f.last(f.tree.Child(i, syntax.Arguments))
		default:
			return ""
		}
	}
	return ""
}

// pathMakers are the last words of functions that return a path which ends as their
// last argument does.
var pathMakers = map[string]bool{"join": true, "joinpath": true, "Path": true, "PurePath": true, "str": true, "abspath": true, "realpath": true, "expanduser": true, "fspath": true, "resource_filename": true}

// last returns the last child of a node that is no comment.
func (f *file) last(i syntax.Index) syntax.Index {
	out := syntax.None
	if i == syntax.None {
		return out
	}
	for c := f.tree.First(i); c != syntax.None; c = f.tree.Next(c) {
		if f.tree.Kind(c) != syntax.Comment {
			out = c
		}
	}
	return out
}

// endsLike reports whether an argument is known to end as a form says that asks for
// the end of a string, such as *.h5.
func (f *file) endsLike(value syntax.Index, want string) (ok, suffix bool) {
	end := (catalog.ArgForm{Value: want}).Suffix()
	if end == "" {
		return false, false
	}
	return strings.HasSuffix(strings.ToLower(f.ending(value)), end), true
}
