package value

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Kind says what a value is in Python.
type Kind uint8

// The kinds.
const (
	Bytes    Kind = iota + 1 // Data
	Text                     // a str: Data, in UTF-8; perhaps a path
	Stream                   // a file object over Data
	Path                     // a path object: Data, in UTF-8
	File                     // a file object over the file of path Data
	Contents                 // what is in the file of path Data
)

// Anchor says where a path begins.
type Anchor uint8

// The anchors.
const (
	Anywhere Anchor = iota // in the directory in which the program runs
	Beside                 // in the directory of the source
	Package                // where packages are: the path begins with that of one
)

// Value is what an expression is, whatever runs before it.
type Value struct {
	Kind   Kind
	Data   []byte
	Anchor Anchor
	// Node is the literal in which Data is spelled, or what joins several.
	Node syntax.Index
}

// HasPath reports whether the value is a path, or something that is read from one.
func (v *Value) HasPath() bool { return v.Kind == Path || v.Kind == File || v.Kind == Contents }

// self stands for __file__ among paths beside it; no path has such a name.
const self = "\x00"

// Reader works out the expressions of one file.
type Reader struct {
	tree  *syntax.Tree
	table *names.Table
	// text is the source as it stands in the file; tree.Source is as long.
	text  []byte
	depth int
	// steps are those of the expression, total those of all.
	steps, total int
	spent        int
	limit        string
}

const (
	// MaxData bounds a value and whatever is decoded on the way to it, in bytes.
	MaxData = 4 << 20
	// MaxSpent bounds what is decoded for all expressions of a file, in bytes.
	MaxSpent = 32 << 20
	// maxDepth and maxSteps bound the expressions in an expression, and maxTotal
	// those in all expressions of a file.
	maxDepth = 64
	maxSteps = 100_000
	maxTotal = 1_000_000
)

// NewReader returns the reader of a file. text is the source as it is, and as long
// as that of the tree, which may be written in plainer words.
func NewReader(tree *syntax.Tree, table *names.Table, text []byte) *Reader {
	return &Reader{tree: tree, table: table, text: text}
}

// Of works out an expression. limit says, as the end of a sentence, which bound was
// hit if that is why it is no constant.
func (r *Reader) Of(i syntax.Index) (v Value, limit string, ok bool) {
	r.depth, r.steps, r.limit = 0, 0, ""
	v, ok = r.eval(i)
	if r.limit != "" {
		return Value{}, r.limit, false
	}
	return v, "", ok
}

func (r *Reader) exceed(format string, args ...any) (Value, bool) {
	if r.limit == "" {
		r.limit = fmt.Sprintf(format, args...)
	}
	return Value{}, false
}

// spend accounts for n bytes that were made.
func (r *Reader) spend(n int) bool {
	if n > MaxData {
		r.exceed("more than %d bytes", MaxData)
		return false
	}
	if r.spent += n; r.spent > MaxSpent {
		r.exceed("the constants of the file take more than %d bytes", MaxSpent)
		return false
	}
	return true
}

func (r *Reader) eval(i syntax.Index) (v Value, ok bool) {
	if i == syntax.None || r.limit != "" {
		return Value{}, false
	}
	r.total++
	if r.steps++; r.steps > maxSteps || r.total > maxTotal {
		return r.exceed("more than %d expressions, or %d in the file", maxSteps, maxTotal)
	}
	if r.depth++; r.depth > maxDepth {
		r.depth--
		return r.exceed("expressions are nested deeper than %d", maxDepth)
	}
	defer func() { r.depth-- }()
	switch r.tree.Kind(i) {
	case syntax.ParenthesizedExpression:
		if inner := r.tree.First(i); inner != syntax.None && r.tree.Next(inner) == syntax.None {
			return r.eval(inner)
		}
	case syntax.NamedExpression:
		return r.eval(r.tree.Child(i, syntax.Value))
	case syntax.String:
		return r.literal(i)
	case syntax.ConcatenatedString:
		var parts []syntax.Index
		for c := r.tree.First(i); c != syntax.None; c = r.tree.Next(c) {
			parts = append(parts, c)
		}
		return r.sum(i, parts)
	case syntax.BinaryOperator:
		return r.binary(i)
	case syntax.Identifier:
		if value := r.table.OnlyValue(i); value != syntax.None {
			return r.eval(value)
		}
		if string(r.tree.Text(i)) == "__file__" && r.table.Identifier(i).Unbound {
			return Value{Kind: Text, Data: []byte(self), Anchor: Beside, Node: i}, true
		}
	case syntax.Attribute:
		return r.attribute(i)
	case syntax.Subscript:
		return r.subscript(i)
	case syntax.Call:
		return r.call(i)
	}
	return Value{}, false
}

// literal reads a string literal; fields of an f-string are constants, too, or it is
// none.
func (r *Reader) literal(i syntax.Index) (Value, bool) {
	n := &r.tree.Nodes[i]
	l, ok := open(r.text[n.Start:n.End])
	if !ok || !r.spend(len(l.body)) {
		return Value{}, false
	}
	if !l.fields {
		data, ok := l.read(l.body)
		kind := Text
		if l.bytes {
			kind = Bytes
		}
		return Value{Kind: kind, Data: data, Node: i}, ok
	}
	out := Value{Kind: Text, Node: i}
	from := n.Start + uint32(l.start)
	text := func(to uint32) bool {
		part, ok := l.read(r.text[from:max(from, to)])
		part = bytes.ReplaceAll(bytes.ReplaceAll(part, []byte("{{"), []byte("{")), []byte("}}"), []byte("}"))
		out.Data = append(out.Data, part...)
		return ok
	}
	for c := r.tree.First(i); c != syntax.None; c = r.tree.Next(c) {
		if r.tree.Kind(c) != syntax.Interpolation {
			continue
		}
		value := r.tree.First(c)
		if value == syntax.None || r.tree.Next(value) != syntax.None || !text(r.tree.Nodes[c].Start) {
			return Value{}, false
		}
		field, ok := r.eval(value)
		if !ok || field.Kind != Text && field.Kind != Path || field.Anchor != Anywhere && len(out.Data) > 0 {
			return Value{}, false
		}
		out.Data, from = append(out.Data, field.Data...), r.tree.Nodes[c].End
		if field.Anchor != Anywhere {
			out.Anchor = field.Anchor
		}
	}
	return out, text(n.Start+uint32(l.start+len(l.body))) && r.spend(len(out.Data))
}

// sum joins texts or bytes that stand side by side.
func (r *Reader) sum(node syntax.Index, parts []syntax.Index) (Value, bool) {
	var out Value
	for k, part := range parts {
		v, ok := r.eval(part)
		if !ok || v.Kind != Text && v.Kind != Bytes {
			return Value{}, false
		}
		if k == 0 {
			out = v
			continue
		}
		if v.Kind != out.Kind || v.Anchor != Anywhere || !r.spend(len(v.Data)) || len(out.Data)+len(v.Data) > MaxData {
			return Value{}, false
		}
		if k == 1 {
			out.Data, out.Node = bytes.Clone(out.Data), node
		}
		out.Data = append(out.Data, v.Data...)
	}
	return out, len(parts) > 0
}

// binary works out a + b, path / name and b"x" * 3. Chains of one operator lean to
// the left and may be long.
func (r *Reader) binary(i syntax.Index) (Value, bool) {
	op := r.operator(i)
	if op == "*" {
		return r.times(i)
	}
	if op != "+" && op != "/" {
		return Value{}, false
	}
	var parts []syntax.Index
	at := i
	for r.tree.Kind(at) == syntax.BinaryOperator && r.operator(at) == op {
		left := r.tree.First(at)
		parts = append(parts, r.tree.Next(left))
		at = left
	}
	parts = append(parts, at)
	for a, b := 0, len(parts)-1; a < b; a, b = a+1, b-1 {
		parts[a], parts[b] = parts[b], parts[a]
	}
	if op == "/" {
		return r.joinPaths(parts, true)
	}
	return r.sum(i, parts)
}

func (r *Reader) operator(i syntax.Index) string {
	left := r.tree.First(i)
	if left == syntax.None {
		return ""
	}
	right := r.tree.Next(left)
	if right == syntax.None {
		return ""
	}
	return string(bytes.Trim(r.tree.Source[r.tree.Nodes[left].End:r.tree.Nodes[right].Start], " \t\r\n\\"))
}

// times works out b"x" * 3.
func (r *Reader) times(i syntax.Index) (Value, bool) {
	left := r.tree.First(i)
	right := r.tree.Next(left)
	if r.tree.Kind(left) == syntax.Integer {
		left, right = right, left
	}
	n, ok := r.number(right)
	if !ok {
		return Value{}, false
	}
	v, ok := r.eval(left)
	if !ok || v.Kind != Bytes && v.Kind != Text || v.Anchor != Anywhere {
		return Value{}, false
	}
	if len(v.Data) > 0 && n > MaxData/len(v.Data) {
		return r.exceed("more than %d bytes", MaxData)
	}
	if !r.spend(n * len(v.Data)) {
		return Value{}, false
	}
	v.Data, v.Node = bytes.Repeat(v.Data, n), i
	return v, true
}

// joinPaths joins paths as os.path.join and pathlib do; an absolute one is none of
// the project's. object: the first must be a path object.
func (r *Reader) joinPaths(parts []syntax.Index, object bool) (Value, bool) {
	var out Value
	for k, part := range parts {
		v, ok := r.eval(part)
		if !ok || v.Kind != Text && v.Kind != Path || k > 0 && v.Anchor != Anywhere {
			return Value{}, false
		}
		if k == 0 {
			if object && v.Kind != Path {
				return Value{}, false
			}
			out = v
			continue
		}
		if strings.HasPrefix(string(v.Data), "/") || !r.spend(len(out.Data)+len(v.Data)) {
			return Value{}, false
		}
		out.Data, out.Node = []byte(path.Join(string(out.Data), string(v.Data))), v.Node
	}
	return out, len(parts) > 0
}

// parent is os.path.dirname, and .parent of a path object.
func parent(v Value) Value {
	text := string(v.Data)
	switch {
	case v.Anchor == Beside && text == self:
		text = ""
	case v.Anchor == Beside && (text == "" || text == "." || text == ".." || strings.HasSuffix(text, "/..")):
		text = path.Join(text, "..")
	default:
		if text = path.Dir(text); text == "." && v.Anchor == Beside {
			text = ""
		}
	}
	v.Data = []byte(text)
	return v
}

// Name is the path of a value as it is looked for, relative and clean, or "" if it
// is none that could lead to a file of the project.
func (v *Value) Name() string {
	text := string(v.Data)
	if v.Anchor == Beside {
		text = strings.TrimLeft(text, "/") // os.path.dirname(__file__) + "/x.pkl"
	}
	if text == "" || len(text) > maxPath || strings.ContainsAny(text, "\x00\n\\:~") || path.IsAbs(text) {
		return ""
	}
	if text = path.Clean(text); text == "." || text == ".." || strings.HasSuffix(text, "/..") {
		return ""
	}
	return text
}

// maxPath bounds a path, in bytes: longer ones are no files on any system.
const maxPath = 4096

// Latin1 makes bytes of a str, one of each character, if it has no other.
func Latin1(text []byte) ([]byte, bool) { return encoded(text, "latin1") }
