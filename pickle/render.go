package pickle

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// open is a container that is being rendered.
type open struct {
	kids  []ref
	more  bool
	next  int
	end   string
	pairs bool
	one   bool // a tuple of one item
}

// renderArgs writes the arguments of p as Python would, in printable ASCII but
// for "…" where something was left out. It goes through containers with a stack
// of its own, at most Limits.Nodes values and Limits.Text bytes, so that
// containers inside themselves and shared a million times cost no more.
func (m *machine) renderArgs(op *Op, p *point) (string, *Error) {
	out := m.text[:0]
	if p.star {
		out = append(out, '*')
	}
	out, err := m.render(op, out, open{kids: p.args, more: p.more, pairs: p.pairs})
	if err == nil && p.keyword {
		if len(out) > 0 {
			out = append(out, ", "...)
		}
		out = append(out, "**"...)
		out, err = m.render(op, out, open{kids: []ref{p.kwargs}})
	}
	m.text = out
	if err != nil {
		return "", err
	}
	if len(out) > m.lim.Text {
		const more = "…"
		cut := max(0, m.lim.Text-len(more))
		for cut > 0 && !utf8.RuneStart(out[cut]) {
			cut--
		}
		out = append(out[:cut], more...)
	}
	return string(out), nil
}

func (m *machine) render(op *Op, out []byte, top open) ([]byte, *Error) {
	stack := []open{top}
	for nodes := 0; len(stack) > 0 && len(out) <= m.lim.Text; nodes++ {
		if nodes > m.lim.Nodes {
			return append(out, "…"...), nil
		}
		f := &stack[len(stack)-1]
		if f.next == len(f.kids) {
			if f.more {
				if f.next > 0 {
					out = append(out, ", "...)
				}
				out = append(out, "…"...)
			}
			if f.one {
				out = append(out, ',')
			}
			out = append(out, f.end...)
			stack = stack[:len(stack)-1]
			continue
		}
		switch {
		case f.next == 0:
		case f.pairs && f.next%2 == 1:
			out = append(out, ": "...)
		default:
			out = append(out, ", "...)
		}
		r := f.kids[f.next]
		f.next++
		next := open{}
		switch k := m.kind(r); k {
		case kTuple, kList, kDict, kSet, kFrozenSet:
			next.kids, next.more = m.children(r)
			next.pairs = k == kDict
			switch k {
			case kTuple:
				out, next.end, next.one = append(out, '('), ")", m.written(r) == 1
			case kList:
				out, next.end = append(out, '['), "]"
			case kDict:
				out, next.end = append(out, '{'), "}"
			case kSet, kFrozenSet:
				name := "set("
				if k == kFrozenSet {
					name = "frozenset("
				}
				if m.written(r) == 0 {
					out, next.end = append(out, name...), ")"
					break
				}
				out, next.end = append(out, name+"{"...), "})"
			}
			stack = append(stack, next)
		default:
			var err *Error
			if out, err = m.renderLeaf(op, out, r); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// renderLeaf writes a value that has no items.
func (m *machine) renderLeaf(op *Op, out []byte, r ref) ([]byte, *Error) {
	room := max(8, m.lim.Text-len(out))
	k := m.kind(r)
	if r&immediate != 0 {
		p := r & payload
		switch {
		case k == kNone:
			return append(out, "None"...), nil
		case k == kBool && p == 0:
			return append(out, "False"...), nil
		case k == kBool:
			return append(out, "True"...), nil
		case k == kInt && p != opaqueInt:
			return strconv.AppendInt(out, int64(int32(p<<8)>>8), 10), nil
		case k == kBuffer:
			return append(out, "<buffer>"...), nil
		}
		return append(out, "…"...), nil
	}
	n := m.nodes[r]
	switch k {
	case kInt, kFloat:
		if n.code == 0 && k == kInt {
			return strconv.AppendInt(out, int64(n.a), 10), nil
		}
		if n.code == 0 {
			return appendFloat(out, math.Float64frombits(n.a)), nil
		}
		if n.code == OpLong1 || n.code == OpLong4 {
			return append(out, "<int of "+strconv.FormatUint(uint64(n.n), 10)+" bytes>"...), nil
		}
		b, err := m.read(op, int64(n.a), min(int64(n.n), int64(room)))
		if err != nil {
			return out, err
		}
		out, _ = appendEscaped(out, string(b), 0, room)
		return out, nil
	case kStr:
		b, cut, ok, err := m.str(op, r, room)
		if err != nil {
			return out, err
		}
		if !ok && !cut {
			return appendBytesRepr(out, b, room), nil
		}
		out = appendRepr(out, string(b), room)
		if cut {
			out = append(out, "…"...)
		}
		return out, nil
	case kBytes, kByteArray:
		b, err := m.read(op, int64(n.a), min(int64(n.n), int64(room)))
		if err != nil {
			return out, err
		}
		if k == kByteArray {
			out = append(out, "bytearray("...)
		}
		if n.code == OpString {
			b, _ = unquote(b) // empty where it is cut, and then marked
		}
		out = appendBytesRepr(append(out, 'b'), b, room)
		if int64(n.n) > int64(room) {
			out = append(out, "…"...)
		}
		if k == kByteArray {
			out = append(out, ')')
		}
		return out, nil
	case kView:
		return append(out, "<memoryview>"...), nil
	case kBuffer: // only Decompile puts them into the slab
		return append(out, "<buffer>"...), nil
	case kGlobal:
		out, _ = appendEscaped(out, m.trace.Globals[n.n].String(), 0, room)
		return out, nil
	case kResult:
		target, again := m.trace.Calls[n.n].Target, ellipsis
		for strings.HasSuffix(target, ellipsis) {
			target, again = strings.TrimSuffix(target, ellipsis), again+ellipsis
		}
		out, _ = appendEscaped(out, target, 0, room)
		return append(out, again...), nil
	case kPersistent:
		out = append(out, "<persistent "...)
		if id := ref(n.a); m.kind(id) == kStr {
			var err *Error
			if out, err = m.renderLeaf(op, out, id); err != nil {
				return out, err
			}
		} else {
			out = append(out, "…"...)
		}
		return append(out, '>'), nil
	}
	return append(out, "…"...), nil
}

// appendFloat writes v as Python's repr does, for the usual magnitudes.
func appendFloat(out []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return append(out, "nan"...)
	case math.IsInf(v, 1):
		return append(out, "inf"...)
	case math.IsInf(v, -1):
		return append(out, "-inf"...)
	}
	if a := math.Abs(v); a == 0 || a >= 1e-4 && a < 1e16 {
		out = strconv.AppendFloat(out, v, 'f', -1, 64)
		if v == math.Trunc(v) {
			out = append(out, ".0"...)
		}
		return out
	}
	return strconv.AppendFloat(out, v, 'e', -1, 64)
}
