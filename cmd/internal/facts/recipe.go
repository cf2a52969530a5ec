package facts

import (
	"context"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// Recipe writes the bytes in which streams stand as recipes: of a file all of
// them, also what is between and behind its streams, and of a container each
// member that has streams.
func (r *Run) Recipe(ctx context.Context, rep *blob.Report) error {
	var last []string
	first := true
	return r.each(ctx, rep, func(s *blob.Stream) {
		if !first && slices.Equal(last, s.Member) {
			return
		}
		first, last = false, s.Member
		r.gap()
		r.out.printf("# %s\n", place(rep, s))
		data, size := s.Data()
		if err := recipe.Write(r.out, data, size); err != nil {
			r.out.printf("# the rest is missing\n")
			r.skip(rep, s, 0, "not fully written: %v", err)
		}
	})
}
