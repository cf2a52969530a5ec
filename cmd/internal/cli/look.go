package cli

import (
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
)

// input is one file of stored bytes.
type input struct {
	show  string
	r     io.ReaderAt
	size  int64
	named bool
	// member is told of each member of a container; see blob.Options. python is
	// set if one of them holds Python, of which nothing is remembered.
	member func(way []string, head []byte, read func(most int64) ([]byte, error))
	python *bool
	// locked: what a lock says of it is wanted.
	locked bool
}

func (in *input) holdsPython() bool { return in.python != nil && *in.python }

// seen is what was seen in a file of stored bytes. What is exported is what can be
// remembered of it.
type seen struct {
	Recognised bool            `json:"recognised"`
	Findings   []*lint.Finding `json:"findings,omitempty"`
	// Blobs are there if facts were asked for.
	Blobs []*lint.Blob `json:"blobs,omitempty"`
	// Locked is there if that was wanted and there are pickles.
	Locked *lock.Blob `json:"locked,omitempty"`

	skips []*lint.Skip
}

// limits bound the work on one file.
var limits = blob.DefaultLimits()

// look looks at a file, and at its facts if they are wanted.
func look(ctx context.Context, set *settings, in *input, wantFacts bool) *seen {
	r := &interruptible{ReaderAt: in.r, ctx: ctx}
	rep := blob.Scan(ctx, in.show, r, in.size, blob.Options{Limits: limits, Named: in.named, Catalog: set.catalog, Member: in.member})
	r.rest.Store(true) // what was found is still shown with its ops
	s := &seen{Recognised: rep.Recognised()}
	s.Findings, s.skips = set.verdicts.Judge(rep)
	if in.locked {
		s.Locked = facts.Locked(rep)
	}
	if wantFacts && s.Recognised {
		s.Blobs = facts.Blobs(rep, set.catalog)
	}
	return s
}

// interruptible reads until its context ends: one stream can take a minute, and
// whoever interrupts a run does not want to wait for it.
type interruptible struct {
	io.ReaderAt
	ctx  context.Context
	rest atomic.Bool // the context does not count any more
}

func (r *interruptible) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil && !r.rest.Load() {
		return 0, errInterrupted
	}
	return r.ReaderAt.ReadAt(p, off)
}

var errInterrupted = errors.New("interrupted")
