package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// constants returns the canonical texts of the constants of which an argument is one:
// of a literal, or of what the names in it are bound to. It is nil if the argument may
// be anything else.
func (f *file) constants(i syntax.Index) []string {
	var out []string
	for _, literal := range f.names.Literals(i) {
		text, ok := f.constant(literal)
		if !ok {
			return nil
		}
		out = append(out, text)
	}
	return out
}

// spread adds the keywords of a dictionary that a call gets as **kwargs. more means
// that there may be others.
func (f *file) spread(splat syntax.Index, keywords []keyword) (out []keyword, more bool) {
	of := f.tree.First(splat)
	displays := f.names.Literals(of)
	if len(displays) != 1 || !f.unchanged(f.unwrap(of)) {
		return keywords, true
	}
	before := len(keywords)
	for c := f.tree.First(f.items(displays[0])); c != syntax.None; c = f.tree.Next(c) {
		switch f.tree.Kind(c) {
		case syntax.KeywordArgument:
			if name, value := f.tree.Child(c, syntax.Name), f.tree.Child(c, syntax.Value); name != syntax.None && value != syntax.None {
				keywords = append(keywords, keyword{string(f.tree.Text(name)), value})
			}
		case syntax.Pair:
			key := f.tree.First(c)
			if key == syntax.None || f.tree.Next(key) == syntax.None {
				continue
			}
			text, ok := f.constant(key)
			if !ok || len(text) < 2 {
				more = true
				continue
			}
			// The last of a key counts, and find takes the first.
			keywords = slices.Insert(keywords, before, keyword{strings.Trim(text, `"`), f.tree.Next(key)})
		case syntax.DictionarySplat:
			// What follows wins over what it holds, what stands before does not.
			more = true
			if f.tree.Kind(displays[0]) == syntax.Dictionary {
				keywords = keywords[:before]
			}
		case syntax.Comment:
		default:
			more = true
		}
	}
	return keywords, more
}

// setBefore returns what a function certainly put into its **kwargs under a name, before
// it hands them on, or None: kwargs["weights_only"] = True.
func (f *file) setBefore(splats []syntax.Index, name string) syntax.Index {
	if len(splats) != 1 || f.tree.Kind(splats[0]) != syntax.Identifier {
		return syntax.None
	}
	return f.names.Item(splats[0], name)
}

// items returns the node that holds what a display or a call of dict holds.
func (f *file) items(display syntax.Index) syntax.Index {
	if f.tree.Kind(display) == syntax.Call {
		return f.tree.Child(display, syntax.Arguments)
	}
	return display
}

// unchanged reports whether an expression is a display that is written where it is
// used, or a name for one that is used for nothing but **kwargs in the whole file:
// whatever else is done with it may change it.
func (f *file) unchanged(i syntax.Index) bool {
	if f.tree.Kind(i) != syntax.Identifier {
		return true
	}
	if f.changed == nil {
		f.changed = make(map[string]bool)
		for n := range f.tree.Nodes {
			n := syntax.Index(n)
			if f.tree.Kind(n) == syntax.Identifier && f.names.IsUse(n) && f.tree.Kind(f.tree.Parent(n)) != syntax.DictionarySplat {
				f.changed[string(f.tree.Text(n))] = true
			}
		}
	}
	return !f.changed[string(f.tree.Text(i))]
}

// ending returns what a string or a path certainly ends with: the last of what it is
// put together from.
func (f *file) ending(i syntax.Index) string {
	for range maxChoices {
		i = f.unwrap(i)
		switch f.tree.Kind(i) {
		case syntax.Identifier:
			literals := f.names.Literals(i)
			if len(literals) != 1 {
				return ""
			}
			i = literals[0]
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

// endsLike reports whether an argument is known to end as a form says that is a
// string which begins with a star, such as '*.h5'.
func (f *file) endsLike(value syntax.Index, want string) (ok, suffix bool) {
	text := constantText(want)
	end, suffix := strings.CutPrefix(strings.Trim(text, `"`), "*")
	if !suffix || !strings.HasPrefix(text, `"`) {
		return false, false
	}
	return strings.HasSuffix(strings.ToLower(f.ending(value)), end), true
}
