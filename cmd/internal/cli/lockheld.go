package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// heldError is what is wrong with a file that was read.
type heldError struct {
	state   string
	reasons []string
}

func (w *heldError) Error() string { return w.state + ": " + strings.Join(w.reasons, "; ") }

func wrong(state, format string, args ...any) *heldError {
	return &heldError{state, []string{fmt.Sprintf(format, args...)}}
}

// locked holds one file against its entry.
func (v *verifying) locked(ctx context.Context, f *file) (err error) {
	defer caught(&err)
	rel, _ := relpath.Below(v.base, f.path)
	entry := v.lock.Find(rel)
	if err := notRegular(v.base, rel); err != nil {
		return wrong("missing", "%v", err)
	}
	r, info, err := f.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	size := info.Size()
	if size != entry.Size {
		return wrong("changed", "the lock says %d bytes, and it has %d", entry.Size, size)
	}
	sum, err := sumOf(ctx, r, size)
	if err != nil {
		return err
	}
	if err := unchanged(r, info); err != nil {
		return err
	}
	if sum != entry.SHA256 {
		return wrong("changed", "its SHA-256 is %s", sum)
	}
	if v.flags.deep {
		rep := blob.Scan(ctx, f.show, &interruptible{ReaderAt: r, ctx: ctx}, size, blob.Options{Limits: limits, Catalog: v.set.catalog})
		is := facts.Locked(rep)
		if is == nil {
			is = new(lock.Blob)
		}
		is.Size, is.SHA256 = size, sum
		if err := deepAnswer(lock.Compare(entry, is)); err != nil {
			return err
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.verified++
	return nil
}

// deepAnswer says what a blob does and its entry does not say. Its bytes are those of the
// entry.
func deepAnswer(d *lock.Difference) error {
	w := &heldError{state: "new-global"}
	for _, name := range d.NewGlobals {
		w.reasons = append(w.reasons, "it loads "+lint.Printable(name)+", and the lock does not say so")
	}
	for _, name := range d.NewCalls {
		w.reasons = append(w.reasons, "it calls "+lint.Printable(name)+", and the lock does not say so")
	}
	switch {
	case len(w.reasons) > 0:
		return w
	case d.Facts:
		return wrong("stale", "the lock does not say what is in it: it was written by hand, or by another release")
	}
	return nil
}

// extra looks at a file that is not in the lock.
func (v *verifying) extra(ctx context.Context, f *file, w *reader) (err error) {
	defer caught(&err)
	const text = "not in the lock"
	if v.flags.only {
		return wrong("extra", text)
	}
	r, info, err := w.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	head := w.head(info.Size())
	n, _ := r.ReadAt(head, 0) // a short read tells, too
	head = head[:min(n, headSize)]
	if (pyscan.KindOf(f.show, head) != pyscan.NoPython || isGo(f.path)) && !binary(head) {
		return nil
	}
	switch {
	case v.flags.deep:
		rep := blob.Scan(ctx, f.show, &interruptible{ReaderAt: r, ctx: ctx}, info.Size(), blob.Options{Limits: limits, Named: f.named || blob.PromisesPickle(f.show), Catalog: v.set.catalog})
		if len(rep.Streams) > 0 {
			return wrong("extra", "%s, and it holds %s", text, counted(len(rep.Streams), "pickle"))
		}
	case blob.PromisesPickle(f.show):
		return wrong("extra", "%s, and it is named like a pickle", text)
	case len(head) > 1 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5:
		return wrong("extra", "%s, and it begins like a pickle", text)
	}
	return nil
}
