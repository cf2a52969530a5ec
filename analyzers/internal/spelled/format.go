package spelled

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// sprintf fills a format. An argument that is not known becomes a name, a number or an
// empty string, whatever Python would take there, as long as its verb.
func (r *Reader) sprintf(format *Text, args []ast.Expr) *Text {
	out := &Text{Holes: format.Holes}
	b := format.Bytes
	next := 0
	for at := 0; at < len(b) && len(out.Bytes) <= maxText; {
		if b[at] != '%' {
			end := at
			for end < len(b) && b[end] != '%' {
				end++
			}
			out.part(format, at, end)
			at = end
			continue
		}
		end, verb, plain := verbAt(b, at)
		if n, ok := indexed(b[at:end]); ok {
			next, plain = n-1, true
		}
		pos := format.Pos(at)
		switch verb {
		case '%':
			out.add([]byte("%"), pos, true)
		case 0:
			out.part(format, at, end)
		default:
			var t *Text
			if plain && next < len(args) && (verb == 's' || verb == 'v') {
				if known, ok := r.Text(args[next]); ok {
					t = known
				}
			}
			next++
			if t != nil {
				out.all(t)
			} else {
				out.Holes = true
				out.fill(format, at, end, filling(verb, end-at))
			}
		}
		at = end
	}
	return out
}

// fill adds what stands for a stretch of another text, byte by byte.
func (t *Text) fill(o *Text, from, to int, filling string) {
	for i := from; i < to; i++ {
		t.add([]byte{filling[i-from]}, o.Pos(i), !o.plain(i))
	}
}

// plain reports a byte that stands in the source as it is.
func (t *Text) plain(at int) bool {
	pos := t.Pos(at)
	return pos != token.NoPos && (at+1 >= len(t.Bytes) || t.Pos(at+1) == pos+1)
}

// verbAt reads the verb at a percent sign. plain: it has neither flags nor an index.
func verbAt(b []byte, at int) (end int, verb byte, plain bool) {
	end = at + 1
	for end < len(b) && strings.IndexByte("+-# 0123456789.*[]", b[end]) >= 0 {
		end++
	}
	if end >= len(b) {
		return end, 0, false
	}
	return end + 1, b[end], end == at+1
}

// indexed returns the number of the argument that a verb like %[2]s names.
func indexed(verb []byte) (int, bool) {
	if len(verb) < 5 || verb[1] != '[' || verb[len(verb)-2] != ']' {
		return 0, false
	}
	n, err := strconv.Atoi(string(verb[2 : len(verb)-2]))
	return n, err == nil && n > 0
}

func filling(verb byte, n int) string {
	switch verb {
	case 'q':
		if n >= 2 {
			return "'" + strings.Repeat("_", n-2) + "'"
		}
	case 'd', 'f', 'g', 'e', 'b', 'o':
		return "1" + strings.Repeat("0", n-1)
	}
	return strings.Repeat("_", n)
}
