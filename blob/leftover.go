package blob

import (
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob/container"
)

// What stands behind the end of a container, before its start or between its
// members belongs to nobody, so that no reader of the container shows it:
// `cat a.zip evil.pkl > b.zip` is a zip like any other. A program that seeks loads
// it all the same. Those bytes are looked at as a member is that may or may not be
// one; in a file that somebody named they are searched.

// smallCoded is how many bytes of a compressed file that nobody named are
// decompressed only to see where it ends.
const smallCoded = 64 << 10

// leftover looks at bytes of the container p of format f that are none of its
// members. Those that were searched already are tried at their start only.
func (s *scanner) leftover(p *place, f container.Format, data container.Data, member []string, searched bool) {
	if around, ok := s.room(p, 0, false); ok {
		s.look(place{data: data, member: member, named: p.named && !searched, value: true, rest: f, literal: p.literal, around: around})
	}
}

// begins reports whether one of the streams from the n-th on begins at off.
func (s *scanner) begins(n int, off int64) bool {
	return slices.ContainsFunc(s.rep.Streams[n:], func(st *Stream) bool { return st.Trace.Offset == off })
}

// trailing looks at what stands behind the compressed data of p, which decompresses
// to m. Its end is known once m was read to its end: where somebody has asked for
// that, or where it costs nothing.
func (s *scanner) trailing(p *place, f container.Format, m container.Data, asked bool) {
	if p.value || p.literal || !p.data.Random() || s.full {
		return
	}
	if size, err := p.data.Size(); !asked && (err != nil || size > smallCoded) {
		return
	}
	if data, off, ok := container.Behind(m); ok {
		s.leftover(p, f, data, append(slices.Clip(p.member), fmt.Sprintf("at %d", off)), false)
	}
}

// protoAt reports whether data begins with PROTO, which the search behind a pickle
// finds wherever it stands.
func protoAt(data container.Data) bool {
	var b [2]byte
	n, _ := readSome(data, b[:], 0) // an error is told by that search
	return hasProto(b[:n])
}
