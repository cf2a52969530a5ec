package pyscan

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/value"
)

// text works out the text, or the path, that an expression is, with a hole for each part of which
// the source does not show it.
func (w *ways) text(i syntax.Index, depth int) phrase {
	nothing := phrase{text: hole}
	if i = w.unwrap(i); i == syntax.None || !w.spend(depth) {
		return nothing
	}
	switch w.tree.Kind(i) {
	case syntax.String:
		return w.literal(i, depth)
	case syntax.Integer:
		return phrase{string(w.tree.Text(i)), fromLiteral}
	case syntax.ConcatenatedString:
		out := phrase{}
		for c := w.tree.First(i); c != syntax.None; c = w.tree.Next(c) {
			out = out.join(w.text(c, depth+1))
		}
		return out
	case syntax.BinaryOperator:
		return w.operation(i, depth)
	case syntax.NamedExpression:
		return w.text(w.tree.Child(i, syntax.Value), depth+1)
	case syntax.Await:
		return w.text(w.tree.First(i), depth+1)
	case syntax.ConditionalExpression, syntax.BooleanOperator:
		return w.either(i, depth)
	case syntax.Call:
		return w.made(i, depth)
	case syntax.Attribute:
		return w.attributeText(i, depth)
	case syntax.Identifier:
		if string(w.tree.Text(i)) == "__file__" {
			return phrase{w.path, fromConstant}
		}
		if value := w.m.OnlyValue(i); value != syntax.None {
			return constantly(w.text(value, depth+1))
		}
		if def, parameter, position := w.parameterOf(i); def != syntax.None {
			return w.passedText(def, parameter, position, depth)
		}
		if found := w.globbed(i, depth+1); found.text != hole {
			return found
		}
		return w.textElsewhere(i)
	case syntax.List, syntax.Tuple:
		// Of several queues or topics one counts where there is one.
		if only := w.tree.First(i); only != syntax.None && w.tree.Next(only) == syntax.None {
			return w.text(only, depth+1)
		}
	}
	return nothing
}

// constantly is a text that a name stands for.
func constantly(s phrase) phrase {
	if s.from == fromLiteral {
		s.from = fromConstant
	}
	return s
}

// either is the text of a choice, if all that may be chosen is the same.
func (w *ways) either(i syntax.Index, depth int) phrase {
	first := w.tree.First(i)
	if first == syntax.None {
		return phrase{text: hole}
	}
	second := w.tree.Next(first)
	if w.tree.Kind(i) == syntax.ConditionalExpression && second != syntax.None {
		second = w.tree.Next(second)
	}
	return same(w.text(first, depth+1), w.text(second, depth+1))
}

// same is a text that is one of two.
func same(a, b phrase) phrase {
	if a.text != b.text {
		return phrase{text: hole}
	}
	a.from = fromOf(a, b)
	return a
}

// literal reads a string, with the fields of one that has some.
func (w *ways) literal(i syntax.Index, depth int) phrase {
	if !w.hasInterpolation(i) {
		v, _, ok := w.blobs.reader.Of(i)
		if !ok || v.Kind != value.Text && v.Kind != value.Bytes || len(v.Data) > maxPhrase {
			return phrase{text: hole}
		}
		return phrase{string(v.Data), fromLiteral}
	}
	n := &w.tree.Nodes[i]
	raw := w.file.text[n.Start:n.End]
	quote := bytes.IndexAny(raw, `"'`)
	if quote < 0 || len(raw) > maxPhrase {
		return phrase{text: hole}
	}
	size := 1
	if rest := raw[quote:]; len(rest) >= 6 && rest[1] == rest[0] && rest[2] == rest[0] {
		size = 3
	}
	out, from := phrase{}, n.Start+uint32(quote+size)
	end := max(from, n.End-uint32(size))
	add := func(to uint32) {
		part := strings.NewReplacer("{{", "{", "}}", "}", `\\`, `\`).Replace(string(w.file.text[from:max(from, min(to, end))]))
		out = out.join(phrase{part, fromLiteral})
	}
	for c := w.tree.First(i); c != syntax.None; c = w.tree.Next(c) {
		if w.tree.Kind(c) != syntax.Interpolation {
			continue
		}
		add(w.tree.Nodes[c].Start)
		field := phrase{text: hole}
		if of := w.tree.First(c); of != syntax.None && w.tree.Next(of) == syntax.None {
			field = w.text(of, depth+1)
		}
		out, from = out.join(field), w.tree.Nodes[c].End
	}
	add(end)
	return out.checked()
}

// conversions are those of the operator %.
var conversions = regexp.MustCompile(`%(?:\(\w*\))?[-+ #0]*(?:\d+|\*)?(?:\.\d+)?[a-zA-Z]|%%`)

// fields are those of str.format.
var fields = regexp.MustCompile(`\{\{|\}\}|\{[^{}]*\}`)

// operation works out a + b, path / name and "…%s" % x.
func (w *ways) operation(i syntax.Index, depth int) phrase {
	left := w.tree.First(i)
	right := w.tree.Next(left)
	if right == syntax.None {
		return phrase{text: hole}
	}
	switch op := string(bytes.Trim(w.tree.Source[w.tree.Nodes[left].End:w.tree.Nodes[right].Start], " \t\r\n\\()")); op {
	case "+":
		return w.text(left, depth+1).join(w.text(right, depth+1))
	case "/":
		return w.text(left, depth+1).slash(w.text(right, depth+1))
	case "%":
		values := []syntax.Index{right}
		if r := w.unwrap(right); w.tree.Kind(r) == syntax.Tuple {
			values = w.m.Children(r)
		}
		if w.tree.Kind(w.unwrap(right)) == syntax.Dictionary {
			values = nil
		}
		return w.filled(w.text(left, depth+1), conversions, values, depth)
	}
	return phrase{text: hole}
}

// filled puts values into the places of a text that are kept for them.
func (w *ways) filled(format phrase, places *regexp.Regexp, values []syntax.Index, depth int) phrase {
	out, rest, next := phrase{from: format.from}, format.text, 0
	for {
		at := places.FindStringIndex(rest)
		if at == nil {
			return out.join(phrase{rest, format.from}).checked()
		}
		out = out.join(phrase{rest[:at[0]], format.from})
		place := rest[at[0]:at[1]]
		rest = rest[at[1]:]
		switch place {
		case "%%", "{{", "}}":
			out = out.join(phrase{place[:1], format.from})
			continue
		}
		field := phrase{text: hole}
		if next < len(values) && w.tree.Kind(values[next]) != syntax.KeywordArgument && (place == "{}" || place == "%s" || place == "%d") {
			field = w.text(values[next], depth+1)
		}
		next++
		out = out.join(field)
	}
}

// made works out a call that makes a text or a path of others.
func (w *ways) made(i syntax.Index, depth int) phrase {
	nothing := phrase{text: hole}
	function := w.unwrap(w.tree.Child(i, syntax.Function))
	word, a := w.lastWord(function), w.file.arguments(i, 0)
	if a.starred >= 0 {
		return nothing
	}
	of := syntax.None
	if w.tree.Kind(function) == syntax.Attribute && !w.ofModule(function) {
		of = w.tree.Child(function, syntax.Object)
	}
	first := syntax.None
	if len(a.positional) > 0 {
		first = a.positional[0]
	}
	parts := func(all []syntax.Index) (out phrase) {
		for k, part := range all {
			if next := w.text(part, depth+1); k == 0 {
				out = next
			} else {
				out = out.slash(next)
			}
		}
		return out.checked()
	}
	switch word {
	case "format":
		if of != syntax.None {
			return w.filled(w.text(of, depth+1), fields, a.positional, depth)
		}
	case "join", "joinpath":
		if of == syntax.None || word == "joinpath" {
			all := a.positional
			if of != syntax.None {
				all = append([]syntax.Index{of}, all...)
			}
			return parts(all)
		}
		if list := w.unwrap(first); w.tree.Kind(list) == syntax.List || w.tree.Kind(list) == syntax.Tuple {
			sep, out := w.text(of, depth+1), phrase{}
			for k, part := range w.m.Children(list) {
				if k > 0 {
					out = out.join(sep)
				}
				out = out.join(w.text(part, depth+1))
			}
			return out
		}
	case "Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath", "safe_join":
		if of == syntax.None && len(a.positional) > 0 {
			return parts(a.positional)
		}
	case "getcwd", "cwd":
		return phrase{"", fromConstant}
	case "dirname":
		if first != syntax.None {
			return parent(w.text(first, depth+1))
		}
	case "with_suffix":
		if s := w.text(of, depth+1); of != syntax.None && first != syntax.None && !strings.HasSuffix(s.text, hole) {
			return phrase{strings.TrimSuffix(s.text, path.Ext(s.text)), s.from}.join(w.text(first, depth+1))
		}
	case "with_name":
		if of != syntax.None && first != syntax.None {
			return parent(w.text(of, depth+1)).slash(w.text(first, depth+1))
		}
	case "str", "fspath", "abspath", "realpath", "normpath", "expanduser", "expandvars", "normcase", "unicode", "bytes", "URL", "urljoin", "text":
		if of == syntax.None && first != syntax.None {
			return w.text(first, depth+1)
		}
		if of != syntax.None && first == syntax.None {
			return w.text(of, depth+1)
		}
	case "resolve", "absolute", "as_posix", "__str__", "__fspath__", "encode", "decode", "strip", "rstrip", "lstrip":
		if of != syntax.None {
			return w.text(of, depth+1)
		}
	}
	if def := w.defined(function); def != syntax.None {
		return w.returnedText(def, depth)
	}
	return nothing
}

// ofModule reports a function of a module of paths, and no method of an object.
func (w *ways) ofModule(function syntax.Index) bool {
	name, _ := w.m.Name(function)
	return slices.ContainsFunc(pathModules, func(module string) bool { return strings.HasPrefix(name, module) })
}

var pathModules = []string{"os.", "posixpath.", "ntpath.", "pathlib.", "urllib.", "six."}

// parent is the directory of a path.
func parent(s phrase) phrase {
	if s.text == hole || s.text == "" {
		return phrase{text: hole}
	}
	if s.text = path.Dir(s.text); s.text == "." {
		s.text = ""
	}
	return s.checked()
}

// attributeText works out path.parent, self.x and constants of modules.
func (w *ways) attributeText(i syntax.Index, depth int) phrase {
	word, of := w.lastWord(i), w.tree.Child(i, syntax.Object)
	switch word {
	case "parent":
		return parent(w.text(of, depth+1))
	case "sep":
		return phrase{"/", fromLiteral}
	}
	if value := w.m.Attribute(i); value != syntax.None {
		return constantly(w.text(value, depth+1))
	}
	if values, all := w.table.Given(i); all && len(values) == 1 {
		return constantly(w.text(values[0], depth+1))
	}
	return w.textElsewhere(i)
}

// returnedText is what a function of the file returns, if that is one text.
func (w *ways) returnedText(def syntax.Index, depth int) phrase {
	out, some := phrase{}, false
	for _, value := range w.table.Gives(def) {
		next := w.text(value, depth+1)
		if some {
			next = same(out, next)
		}
		out, some = next, true
	}
	if !some {
		return phrase{text: hole}
	}
	return constantly(out)
}

// passedText is the text that the calls of the file give a parameter, if they all give the same.
func (w *ways) passedText(def, parameter syntax.Index, position int, depth int) phrase {
	values, all := w.argumentsFor(def, parameter, position)
	out := phrase{text: hole}
	for k, value := range values {
		next := constantly(w.text(value, depth+1))
		if k > 0 {
			next = same(out, next)
		}
		if out = next; out.text == hole {
			break
		}
	}
	if !all {
		return phrase{text: hole}
	}
	return out
}
