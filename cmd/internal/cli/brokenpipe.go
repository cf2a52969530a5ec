package cli

import (
	"io"
	"os"
)

// deaf is standard output of a run that also writes files: when its reader goes away,
// as head does, the files are written all the same.
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

// errGone says that nobody took what was written. Whoever closed the pipe knows, so it
// is told by the exit code alone.
var errGone = &exitError{code: ExitUsage}

// terminalOf is the file that a writer writes to in the end, or nil.
func terminalOf(w io.Writer) *os.File {
	if d, ok := w.(*deaf); ok {
		w = d.w
	}
	f, _ := w.(*os.File)
	return f
}
