package facts

import (
	"context"
	"errors"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Decompile writes each stream as Python that does the same.
func (r *Run) Decompile(ctx context.Context, rep *blob.Report) error {
	return r.each(ctx, rep, func(s *blob.Stream) {
		r.gap()
		r.out.printf("# %s\n", place(rep, s))
		data, size := s.Data()
		_, err := pickle.Decompile(r.out, data, size, s.Trace.Offset, r.Reading, pickle.DefaultDecompileLimits())
		var e *pickle.Error
		switch {
		case errors.As(err, &e):
			r.incomplete(rep, s, e)
		case err != nil && r.out.err == nil:
			r.skip(rep, s, s.Trace.Offset, "not fully shown: %v", err)
		}
	})
}
