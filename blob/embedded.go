package blob

import (
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// A literal can be a pickle itself, for a loads that the stream calls or that
// the program behind the loader calls; and so can what it decompresses or decodes
// to. The decoder says which literals begin like one. Each of them is looked at
// as a member, named by its place; what is no pickle is not spoken of.

// embedded looks at the literals of a stream.
func (s *scanner) embedded(p *place, st *Stream) {
	t := st.Trace
	if t.MoreEmbedded > 0 {
		s.problem(p, t.Offset, "not fully looked at: more than %d literals of the stream look like pickles", pickle.MaxEmbedded)
	}
	for i := range t.Embedded {
		e := &t.Embedded[i]
		if s.full {
			return
		}
		before := s.progress()
		if more, _ := s.literal(p, e.Coding, e.At, e.Len, literalWord(e)+" at "+fmt.Sprintf("%#x", e.At)); !more {
			return
		}
		s.noteNested(st, e, before)
	}
}

// literalWord says what a literal is to Python.
func literalWord(e *pickle.Embedded) string {
	switch e.Op {
	case pickle.OpBinBytes, pickle.OpShortBinBytes, pickle.OpBinBytes8:
		return "bytes"
	case pickle.OpByteArray8:
		return "bytearray"
	}
	return "str"
}

// decoded looks at what the whole of a member stands for, if it is text that may
// stand for a pickle.
func (s *scanner) decoded(p *place, head []byte) (found bool) {
	size := int64(len(head))
	if len(head) == container.HeadSize {
		size++ // there may be more
	}
	c := pickle.Looks(head, size)
	if c != pickle.AsBase64 && c != pickle.AsHex {
		if c = pickle.Written(head, size); c == 0 {
			return false
		}
	}
	size, err := p.data.Size()
	if err != nil && size == 0 {
		return false // there is nothing to decode; the end of the member is told
	}
	_, found = s.literal(p, c, 0, size, codingWord(c))
	return found
}

func codingWord(c pickle.Coding) string {
	if c == pickle.AsBase64 {
		return "base64"
	}
	return "hex"
}

// literal looks at n bytes of p from off. There is no room for more of them if more
// is false.
func (s *scanner) literal(p *place, c pickle.Coding, off, n int64, name string) (more, found bool) {
	around, ok := s.room(p, off, true)
	if !ok {
		return false, false
	}
	if s.literals--; s.literals < 0 {
		s.problem(p, off, "not fully looked at: more than %d literals look like pickles", s.lim.Literals)
		return false, false
	}
	inner := place{member: append(slices.Clip(p.member), name), literal: true, around: around}
	var err error
	if c == pickle.AsBytes {
		inner.data, err = container.Part(p.data, off, n, s.budget)
	} else {
		inner.data, err = container.Coded(p.data, off, n, func() container.Appender { return &pickle.Decoder{Coding: c} }, s.budget)
	}
	if err != nil {
		s.problem(p, off, "not fully looked at: %v", err)
		return false, false
	}
	found = s.look(inner)
	s.damaged(&inner, found)
	inner.data.Release()
	return true, found
}

// dull reports whether what a literal decompresses to begins like nothing that
// holds a pickle: caches are full of compressed text.
func dull(f container.Format, head []byte) bool {
	var store [64]byte
	n := container.Peek(f, head, store[:])
	return n == len(store) && pickle.Looks(store[:], int64(n)+1) == 0
}

// surely reports whether a literal, or a place that was merely tried, is a
// pickle. Nobody said so, and there are many of them: it has to do something
// from its first op to its STOP, or to have called something.
func surely(t *pickle.Trace, head []byte) bool {
	if hasProto(head) {
		return t.Complete || called(t, false) || t.Ops >= someOps && lookedUp(t)
	}
	return t.Complete && called(t, false)
}
