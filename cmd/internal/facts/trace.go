package facts

import (
	"context"
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
)

// TraceText writes what each stream does, one fact a line.
func (r *Run) TraceText(ctx context.Context, rep *blob.Report) error {
	return r.each(ctx, rep, func(s *blob.Stream) {
		r.gap()
		r.out.printf("%s\n", r.header(rep, s))
		width := offsetWidth(s)
		for _, e := range entries(s.Trace) {
			kind, text, set := e.words(s.Trace)
			r.line(width, e.offset, kind, text+r.partial(set))
		}
		r.ending(width, s)
		r.listed(rep, s)
	})
}

// line writes one line about a place.
func (r *Run) line(width int, off int64, kind, text string) {
	r.out.printf("  0x%0*x  %-10s  %s\n", width, off, kind, text)
}

// ending writes what is said of a stream besides its look-ups and calls.
func (r *Run) ending(width int, s *blob.Stream) {
	t := s.Trace
	if t.Repeated > 0 {
		r.line(width, t.End, "repeated", fmt.Sprintf("%d look-ups and calls are not listed: like others, but for arguments", t.Repeated))
	}
	if t.MoreImplicit > 0 {
		r.line(width, t.End, "repeated", fmt.Sprintf("%d implicit calls are not listed", t.MoreImplicit))
	}
	if t.MorePersistent > 0 {
		r.line(width, t.End, "repeated", fmt.Sprintf("%d persistent ids are not listed", t.MorePersistent))
	}
	if t.Buffers > 0 {
		r.line(width, t.End, "buffers", count(int64(t.Buffers), "buffer")+" from outside of the stream")
	}
	for _, a := range t.Anomalies {
		r.line(width, a.Offset, "anomaly", anomalyWords[a.Kind]+": "+lint.Printable(a.Text))
	}
	if t.MoreAnomalies > 0 {
		r.line(width, t.End, "anomaly", fmt.Sprintf("%d are not listed", t.MoreAnomalies))
	}
	if s.Err != nil {
		r.line(width, s.Err.Offset, "error", string(s.Err.Kind)+": "+lint.Printable(s.Err.Text))
	}
	for _, n := range t.Next {
		if n.Offset != t.End {
			r.line(width, n.Offset, "next", strings.Join(n.Loaders.Names(), ", ")+" would read the next stream from here")
		}
	}
	if s.Trailing > 0 {
		r.line(width, t.End, "trailing", count(s.Trailing, "byte")+" behind the stream")
	}
}

// offsetWidth is how many digits the offsets of a stream have.
func offsetWidth(s *blob.Stream) int {
	digits := 2
	for n := max(s.Trace.End, s.Trace.FrameEnd) >> 8; n > 0; n >>= 4 {
		digits++
	}
	return digits
}
