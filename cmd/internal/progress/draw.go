package progress

import (
	"context"
	"io"
	"os"
	"sync"
	"time"
)

const (
	// patience is how long a run takes before anything is drawn, and pace the
	// time between two drawings.
	patience = time.Second
	pace     = 100 * time.Millisecond
)

// Draw draws the line of m on a terminal until stop is called or ctx ends, and
// leaves nothing of it behind. Nobody else may write to the terminal before stop
// has returned.
func Draw(ctx context.Context, m *Meter, w io.Writer, width func() int) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wait sync.WaitGroup
	wait.Go(func() {
		l := &line{w: w, width: width}
		defer l.erase()
		for timer := time.NewTimer(patience); ; timer.Reset(pace) {
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-timer.C:
				l.draw(m.State())
			}
		}
	})
	return func() {
		cancel()
		wait.Wait()
	}
}

// line is a line of a terminal.
type line struct {
	w     io.Writer
	width func() int
	drawn int // columns, when it was drawn last
}

// The control sequences of ECMA-48 that are needed, sections 8.3.41 and 8.3.39.
const (
	eraseLine  = "\r\x1b[K"
	eraseBelow = "\r\x1b[J"
)

func (l *line) draw(s State) {
	width := l.width()
	text := l.erasing(width)
	// The cursor is left at the start. Where a terminal that becomes narrower
	// wraps the line, the cursor stays on its first part.
	if words := Line(s, width-1); words != "" {
		text += words + "\r"
	}
	l.drawn = width
	l.write(text)
}

func (l *line) erase() {
	if l.drawn > 0 {
		l.write(l.erasing(l.width()))
	}
}

// erasing is what removes the line: also what is below it, where the rest of it
// is if the terminal has become narrower. (tmux takes that for the whole screen
// and puts it into its history when the line is the first, so not always.)
func (l *line) erasing(width int) string {
	if width < l.drawn {
		return eraseBelow
	}
	return eraseLine
}

func (l *line) write(text string) {
	// A broken standard error leaves nobody to tell.
	_, _ = io.WriteString(l.w, text)
}

// Wanted reports whether a line may be drawn on w: a terminal that obeys escape
// sequences, in front of somebody who wants them.
func Wanted(w io.Writer, getenv func(string) string) bool {
	f, ok := w.(*os.File)
	if !ok || getenv("NO_COLOR") != "" || getenv("CI") != "" {
		return false
	}
	switch getenv("TERM") {
	case "", "dumb":
		return false
	}
	_, terminal := columns(f)
	return terminal
}

// Width returns a function that asks the terminal how many columns it has now.
func Width(w io.Writer) func() int {
	return func() int {
		n := 0
		if f, ok := w.(*os.File); ok {
			n, _ = columns(f)
		}
		if n == 0 {
			n = 80 // a serial line does not tell
		}
		return n
	}
}

// Terminal reports a terminal, whatever it obeys.
func Terminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	_, terminal := columns(f)
	return terminal
}
