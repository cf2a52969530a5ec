package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/lint"
)

// complain writes one line to standard error. What is quoted in it may have been
// chosen by whoever named a file.
func complain(w io.Writer, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		// A broken standard error leaves nobody to tell.
		_, _ = fmt.Fprintf(w, "pickle-lint: %s\n", lint.Printable(line))
	}
}

// say writes to standard output.
func say(streams Streams, format string, args ...any) error {
	return printed(fmt.Fprintf(streams.Out, format, args...))
}

// sayJSON writes a line of JSON to standard output.
func sayJSON(streams Streams, v any) error {
	line, err := report.JSON(v)
	if err != nil {
		return err
	}
	return printed(streams.Out.Write(line))
}

func printed(_ int, err error) error {
	if err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
