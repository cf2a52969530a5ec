package facts

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Run is what the files of one run of a command share.
type Run struct {
	// Reading is what Scan was given: whose reading of the streams is shown.
	Reading pickle.Options
	// Limit is how many bytes of an argument the ops are shown with.
	Limit int
	// Skip is told what could not be shown, besides what the report says.
	Skip func(*lint.Skip)

	out     *output
	started bool
}

// NewRun returns a Run that writes to w.
func NewRun(w io.Writer, reading pickle.Options, limit int, skip func(*lint.Skip)) *Run {
	return &Run{Reading: reading, Limit: limit, Skip: skip, out: &output{w: w}}
}

// streams are the streams to show: all, but for the start of a container, which
// is no pickle, when there are pickles in the container.
func streams(rep *blob.Report) []*blob.Stream {
	shown := slices.DeleteFunc(slices.Clone(rep.Streams), func(s *blob.Stream) bool { return s.Unlikely })
	if len(shown) == 0 {
		return rep.Streams
	}
	return shown
}

// each shows the streams of a report one after the other.
func (r *Run) each(ctx context.Context, rep *blob.Report, show func(*blob.Stream)) error {
	for _, s := range streams(rep) {
		if ctx.Err() != nil {
			break
		}
		show(s)
		s.Release()
		if r.out.err != nil {
			break
		}
	}
	return r.out.flush()
}

// listed tells what is not among the facts that are shown of a stream.
func (r *Run) listed(rep *blob.Report, s *blob.Stream) {
	t := s.Trace
	var what []string
	for _, more := range []struct {
		n    int64
		word string
	}{{t.Repeated, "look-ups and calls like others of the stream"}, {t.MoreImplicit, "implicit calls"}, {t.MorePersistent, "persistent ids"}, {t.MoreArrays, "arrays"}, {t.MoreAnomalies, "oddities"}} {
		if more.n > 0 {
			what = append(what, fmt.Sprintf("%d %s", more.n, more.word))
		}
	}
	if len(what) > 0 {
		r.skip(rep, s, t.Offset, "not fully listed: %s", strings.Join(what, ", "))
	}
}

// gap separates blocks of text.
func (r *Run) gap() {
	if r.started {
		r.out.text("\n")
	}
	r.started = true
}

// skip tells that a stream could not be shown to its end.
func (r *Run) skip(rep *blob.Report, s *blob.Stream, off int64, format string, args ...any) {
	r.Skip(&lint.Skip{
		Location: lint.Location{Path: rep.Path, Member: s.Member, Offset: off},
		Reason:   lint.Printable(fmt.Sprintf(format, args...)),
	})
}

// incomplete tells that a second reading of a stream ended early for a reason that
// is not one of the stream. The first one told its own.
func (r *Run) incomplete(rep *blob.Report, s *blob.Stream, err *pickle.Error) {
	if (err.Kind == pickle.ReadFailed || err.Kind == pickle.LimitReached) && (s.Err == nil || s.Err.Kind != err.Kind) {
		r.skip(rep, s, err.Offset, "not fully shown: %s", err.Text)
	}
}

// followed are the loaders whose reading is shown.
func (r *Run) followed() pickle.LoaderSet {
	if r.Reading.Loaders == 0 {
		return pickle.AllLoaders
	}
	return r.Reading.Loaders
}

// partial returns "  [c-mem, py]" for a set that is not all of those followed.
func (r *Run) partial(set pickle.LoaderSet) string {
	if set == r.followed() {
		return ""
	}
	return "  [" + strings.Join(set.Names(), ", ") + "]"
}

// header is the first line about a stream.
func (r *Run) header(rep *blob.Report, s *blob.Stream) string {
	t := s.Trace
	stop := "no loader reaches STOP"
	switch names := strings.Join(t.Loaders.Names(), ", "); {
	case t.Complete && t.Loaders == pickle.AllLoaders:
		stop = "every loader reaches STOP"
	case t.Complete && len(t.Loaders.Names()) == 1:
		stop = names + " reaches STOP"
	case t.Complete:
		stop = names + " reach STOP"
	case len(r.followed().Names()) == 1:
		stop = r.followed().String() + " does not reach STOP"
	}
	carved := ""
	if s.Carved {
		carved = ", the rest of another stream"
	}
	writer := s.Writer()
	if writer != "" {
		writer = ", written by " + writer
	}
	return fmt.Sprintf("%s: 0x%x..0x%x, protocol %d, %s, %s%s%s", place(rep, s), t.Offset, t.End, t.Protocol, count(t.Ops, "op"), stop, writer, carved)
}

// place says where a stream stands, in printable characters.
func place(rep *blob.Report, s *blob.Stream) string {
	return lint.Printable(strings.Join(append([]string{rep.Path}, s.Member...), " » "))
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
