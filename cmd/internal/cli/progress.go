package cli

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/lint"
)

// The words of --progress.
const (
	progressAuto  = "auto"
	progressNever = "never"
	progressJSON  = "json"
)

// progressEvery is the time between two messages.
const progressEvery = time.Second

// watch shows how far the run is, until stop is called. Nothing else may be
// written meanwhile.
func (f *lintFlags) watch(ctx context.Context, streams Streams, m *progress.Meter, out lint.Handler) (stop func() error) {
	switch {
	case f.progress == progressJSON:
		return tell(m, out)
	case f.progress == progressAuto && progress.Wanted(streams.Err, streams.Getenv):
		draw := progress.Draw(ctx, m, streams.Err, progress.Width(streams.Err))
		return func() error { draw(); return nil }
	}
	return func() error { return nil }
}

// tell hands out a progress message each second, and one at the end.
func tell(m *progress.Meter, out lint.Handler) (stop func() error) {
	done := make(chan struct{})
	var wait sync.WaitGroup
	var broken error
	wait.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for last := false; !last && broken == nil; {
			select {
			case <-tick.C:
			case <-done:
				last = true
			}
			broken = out.Progress(progressMessage(m.State()))
		}
	})
	return sync.OnceValue(func() error {
		close(done)
		wait.Wait()
		return broken
	})
}

func progressMessage(s progress.State) *lint.Progress {
	p := &lint.Progress{Files: s.Files, Total: s.Total, Bytes: s.Bytes, Findings: s.Findings}
	switch {
	case s.Listing:
		p.Message = "listing files"
	case s.Current != "":
		p.Message = fmt.Sprintf("looking at %s", lint.Printable(s.Current))
	default:
		p.Message = "looking at files"
	}
	return p
}
