package container

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrLimit is in the chain of every error that a bound of [Limits] causes.
var ErrLimit = errors.New("limit")

// Limits bounds what opening the containers of one file may cost. A field that
// is zero or less means the number of [DefaultLimits].
type Limits struct {
	// Entries is the number of members, of all containers of a file together.
	Entries int
	// Values is the number of values of databases, and of ways in which
	// values are written, of all containers of a file together.
	Values int
	// Ratio bounds decompressed to compressed bytes of one member, from
	// RatioFloor decompressed bytes on.
	Ratio      int64
	RatioFloor int64
	// Bytes is how much of one compressed member is read, Total what all
	// decompression of a file may yield, repeated reading included.
	Bytes, Total int64
	// Depth is how many containers may be inside each other, Codings how many
	// ways to write one value (see [Traits]).
	Depth, Codings int
	// Gaps is how much of the parts of a zip that no directory accounts for is
	// searched for entries.
	Gaps int64
	// Memory is how many decompressed bytes of one member are held.
	Memory int64
}

// DefaultLimits returns the limits that the command uses. A thousand times more
// entries than an honest checkpoint has cost nothing to list; honest pickles
// compress 20:1 at most, and a small one that is all zeros is no bomb.
func DefaultLimits() Limits {
	return Limits{
		Entries:    10_000,
		Values:     16 << 20,
		Ratio:      100,
		RatioFloor: 4 << 20,
		Bytes:      1 << 30,
		Total:      8 << 30,
		Depth:      4,
		Codings:    12,
		Memory:     16 << 20,
		Gaps:       1 << 30,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.Entries <= 0 {
		l.Entries = d.Entries
	}
	if l.Values <= 0 {
		l.Values = d.Values
	}
	if l.Ratio <= 0 {
		l.Ratio = d.Ratio
	}
	if l.RatioFloor <= 0 {
		l.RatioFloor = d.RatioFloor
	}
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Total <= 0 {
		l.Total = d.Total
	}
	if l.Depth <= 0 {
		l.Depth = d.Depth
	}
	if l.Codings <= 0 {
		l.Codings = d.Codings
	}
	if l.Gaps <= 0 {
		l.Gaps = d.Gaps
	}
	if l.Memory <= 0 {
		l.Memory = d.Memory
	}
	return l
}

// Budget is what is left of the limits for one file. It is not safe for
// concurrent use.
type Budget struct {
	Limits
	ctx      context.Context
	entries  int
	values   int
	streamed int64
	searched int64
}

// NewBudget returns the full budget for one file.
func NewBudget(ctx context.Context, lim Limits) *Budget {
	return &Budget{Limits: lim.orDefault(), ctx: ctx}
}

// Err returns why work has to stop, or nil: the time is up, which is a limit, or
// somebody has interrupted it, which is none.
func (b *Budget) Err() error {
	switch err := b.ctx.Err(); {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: out of time", ErrLimit)
	default:
		return fmt.Errorf("interrupted: %w", err)
	}
}

// Streamed is how many bytes have been decompressed and decoded so far.
func (b *Budget) Streamed() int64 { return b.streamed }

// Left is how much time there is, and whether that is bounded at all.
func (b *Budget) Left() (left time.Duration, bounded bool) {
	end, bounded := b.ctx.Deadline()
	return time.Until(end), bounded
}

// entry takes one member from the budget.
func (b *Budget) entry() error {
	if err := b.Err(); err != nil {
		return err
	}
	if b.entries >= b.Entries {
		return fmt.Errorf("%w: more than %d entries", ErrLimit, b.Entries)
	}
	b.entries++
	return nil
}

// value takes one value of a database from the budget.
func (b *Budget) value() error {
	if err := b.Err(); err != nil {
		return err
	}
	if b.values >= b.Values {
		return fmt.Errorf("%w: more than %d values", ErrLimit, b.Values)
	}
	b.values++
	return nil
}

// stream takes n decompressed bytes from the budget.
func (b *Budget) stream(n int) error {
	if err := b.Err(); err != nil {
		return err
	}
	if b.streamed += int64(n); b.streamed > b.Total {
		return fmt.Errorf("%w: more than %d bytes decompressed in all", ErrLimit, b.Total)
	}
	return nil
}

// search takes n bytes between the entries of a zip from the budget.
func (b *Budget) search(n int) error {
	if err := b.Err(); err != nil {
		return err
	}
	if b.searched += int64(n); b.searched > b.Gaps {
		return fmt.Errorf("%w: more than %d bytes between the entries", ErrLimit, b.Gaps)
	}
	return nil
}

// Rest ends the time that the budget's context gives. What is left of the bytes
// stays left; it is for reading a few things again.
func (b *Budget) Rest() { b.ctx = context.Background() }
