package names

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxConstant bounds a string that is worked out, in bytes.
const maxConstant = 4 << 10

// constants returns the strings that an expression may be. It is complete if it can
// be nothing else.
func (t *Table) constants(i syntax.Index) (out []string, complete bool) {
	r := t.Expression(i)
	for _, object := range r.objects {
		if text, ok := t.constant(object); ok && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if len(out) > maxStrings {
		return nil, false
	}
	return out, len(out) > 0 && len(out) == len(r.objects)
}

// maxStrings is how many strings an expression may be: one that may be many is
// taken from a table, and says nothing.
const maxStrings = 4

// constantText is what is known of the string that an expression is.
type constantText struct {
	text string
	ok   bool
}

// constant works out an expression that is a string whatever runs before. What is put
// together from itself, as in a loop, is none; and each is worked out once, for one in
// which the next stands twice would otherwise be worked out twice as often.
func (t *Table) constant(i syntax.Index) (string, bool) {
	if i = t.unwrap(i); i == syntax.None {
		return "", false
	}
	if known, ok := t.texts[i]; ok {
		return known.text, known.ok
	}
	if t.depth++; t.depth > maxDepth {
		t.depth--
		return "", false
	}
	defer func() { t.depth-- }()
	t.texts[i] = constantText{}
	text, ok := t.workedOut(i)
	t.texts[i] = constantText{text, ok}
	return text, ok
}

func (t *Table) workedOut(i syntax.Index) (string, bool) {
	switch t.tree.Kind(i) {
	case syntax.String:
		return t.literal(i)
	case syntax.ConcatenatedString:
		return t.joined("", i)
	case syntax.BinaryOperator:
		left := t.tree.First(i)
		if left == syntax.None {
			return "", false
		}
		right := t.tree.Next(left)
		if right == syntax.None {
			return "", false
		}
		op := string(bytes.TrimSpace(t.tree.Source[t.tree.Nodes[left].End:t.tree.Nodes[right].Start]))
		if op == "%" {
			return t.filled(left, "%s", t.sideBySide(right))
		}
		if op != "+" {
			return "", false
		}
		a, ok := t.single(left)
		if !ok {
			return "", false
		}
		b, ok := t.single(right)
		return a + b, ok && len(a)+len(b) <= maxConstant
	case syntax.Call:
		f := t.tree.Child(i, syntax.Function)
		list := t.unwrap(t.argument(i, 0))
		if t.tree.Kind(f) != syntax.Attribute || list == syntax.None {
			return "", false
		}
		name, of := t.tree.Child(f, syntax.AttributeName), t.tree.Child(f, syntax.Object)
		if name != syntax.None && t.text(name) == "format" {
			return t.filled(of, "{}", t.sideBySide(t.tree.Child(i, syntax.Arguments)))
		}
		switch t.tree.Kind(list) {
		case syntax.List, syntax.Tuple:
		default:
			return "", false
		}
		if name == syntax.None || t.text(name) != "join" {
			return "", false
		}
		sep, ok := t.single(of)
		if !ok {
			return "", false
		}
		return t.joined(sep, list)
	case syntax.Subscript: // "sdaol"[::-1]
		text, ok := t.single(t.tree.First(i))
		back := []rune(text)
		slices.Reverse(back)
		return string(back), ok
	}
	return "", false
}

// single is a string that an expression is, if it can be no other.
func (t *Table) single(i syntax.Index) (string, bool) {
	i = t.unwrap(i)
	switch t.tree.Kind(i) {
	case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator:
		return t.constant(i)
	}
	all, complete := t.constants(i)
	if !complete || len(all) != 1 {
		return "", false
	}
	return all[0], true
}

// sideBySide lists the items of a tuple or of the arguments of a call, and anything
// else by itself.
func (t *Table) sideBySide(i syntax.Index) (out []syntax.Index) {
	i = t.unwrap(i)
	switch t.tree.Kind(i) {
	case syntax.Tuple, syntax.ArgumentList:
		for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
			out = append(out, c)
		}
		return out
	}
	return []syntax.Index{i}
}

// filled fills the places of a string with others, one after the other.
func (t *Table) filled(i syntax.Index, place string, with []syntax.Index) (string, bool) {
	pattern, ok := t.single(i)
	parts := strings.Split(pattern, place)
	if !ok || len(parts) != len(with)+1 || strings.ContainsAny(strings.Join(parts, ""), place[:1]) {
		return "", false
	}
	var b strings.Builder
	b.WriteString(parts[0])
	for k, c := range with {
		text, ok := t.single(c)
		if !ok || b.Len()+len(text) > maxConstant {
			return "", false
		}
		b.WriteString(text + parts[k+1])
	}
	return b.String(), b.Len() <= maxConstant
}

// joined joins the strings side by side in a node.
func (t *Table) joined(sep string, i syntax.Index) (string, bool) {
	var b strings.Builder
	for c := t.tree.First(i); c != syntax.None; c = t.tree.Next(c) {
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		text, ok := t.single(c)
		if !ok || b.Len()+len(text) > maxConstant {
			return "", false
		}
		b.WriteString(text)
	}
	return b.String(), true
}

// literal works out one string literal. Bytes are no string.
func (t *Table) literal(i syntax.Index) (string, bool) {
	text := t.tree.Text(i)
	quote := bytes.IndexAny(text, `"'`)
	if quote < 0 || len(text) > maxConstant || bytes.ContainsAny(text[:quote], "bB") {
		return "", false
	}
	raw, fields := bytes.ContainsAny(text[:quote], "rR"), bytes.ContainsAny(text[:quote], "fFtT")
	size := 1
	if len(text) >= quote+6 && bytes.HasPrefix(text[quote+1:], []byte{text[quote], text[quote]}) {
		size = 3
	}
	if len(text) < quote+2*size {
		return "", false
	}
	start, end := t.tree.Nodes[i].Start+uint32(quote+size), t.tree.Nodes[i].End-uint32(size)
	var b strings.Builder
	plain := func(to uint32) bool {
		part := string(t.tree.Source[start:max(start, to)])
		if fields {
			part = strings.NewReplacer("{{", "{", "}}", "}").Replace(part)
		}
		if !raw {
			var ok bool
			if part, ok = Unescape(part); !ok {
				return false
			}
		}
		b.WriteString(part)
		return true
	}
	for c := t.tree.First(i); fields && c != syntax.None; c = t.tree.Next(c) {
		if t.tree.Kind(c) != syntax.Interpolation {
			continue
		}
		value := t.tree.First(c)
		if value == syntax.None || t.tree.Next(value) != syntax.None || !plain(t.tree.Nodes[c].Start) {
			return "", false
		}
		field, ok := t.single(value)
		if !ok {
			return "", false
		}
		b.WriteString(field)
		start = t.tree.Nodes[c].End
	}
	if !plain(end) || b.Len() > maxConstant {
		return "", false
	}
	return b.String(), true
}

// Unescape reads the escapes of a string literal as CPython does
// (Parser/string_parser.c), but for names of characters.
func Unescape(s string) (string, bool) {
	if strings.IndexByte(s, '\\') < 0 {
		return s, true
	}
	var b strings.Builder
	for len(s) > 0 {
		if s[0] != '\\' || len(s) == 1 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		c := s[1]
		s = s[2:]
		if known := strings.IndexByte(`abfnrtv\'"`, c); known >= 0 {
			b.WriteByte("\a\b\f\n\r\t\v\\'\""[known])
			continue
		}
		digits, base := 0, 16
		switch {
		case c == '\n':
			continue
		case c == '\r':
			s = strings.TrimPrefix(s, "\n")
			continue
		case c == 'x':
			digits = 2
		case c == 'u':
			digits = 4
		case c == 'U':
			digits = 8
		case c == 'N':
			return "", false
		case c >= '0' && c <= '7':
			s, base = string(c)+s, 8
			for digits < 3 && digits < len(s) && s[digits] >= '0' && s[digits] <= '7' {
				digits++
			}
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
			continue
		}
		if len(s) < digits {
			return "", false
		}
		v, err := strconv.ParseUint(s[:digits], base, 32)
		if err != nil || v > utf8.MaxRune {
			return "", false
		}
		b.WriteRune(rune(v))
		s = s[digits:]
	}
	return b.String(), true
}
