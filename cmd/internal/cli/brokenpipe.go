package cli

import (
	"io"
	"os"
)

// A reader of standard output goes away when it likes, as head does, and whether there was
// more to write then is chance. So the exit code of a command that judges is what it would be
// had everything been read, and files are written all the same. A command that only lists or
// explains stops, as everything was read that was asked for.

// deaf is standard output of a command that judges.
type deaf struct {
	w    io.Writer
	gone bool
}

func (d *deaf) Write(b []byte) (int, error) {
	if d.gone {
		return len(b), nil
	}
	n, err := d.w.Write(b)
	if isBrokenPipe(err) {
		d.gone = true
		return len(b), nil
	}
	return n, err //nolint:wrapcheck // a writer hands on what the one below says
}

// judging are the streams of a command that judges.
func judging(streams Streams) Streams {
	streams.Out = &deaf{w: streams.Out}
	return streams
}

// unread reports an error of a command that lists or explains which says no more than that
// nobody reads on.
func unread(err error) bool {
	return exitCode(err) == ExitUsage && failure(err) != nil && isBrokenPipe(err)
}

// terminalOf is the file that a writer writes to in the end, or nil.
func terminalOf(w io.Writer) *os.File {
	if d, ok := w.(*deaf); ok {
		w = d.w
	}
	f, _ := w.(*os.File)
	return f
}
