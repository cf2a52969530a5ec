package cli

import (
	"fmt"
	"io"
	"os"
)

// wantColor decides about colour for one writer. NO_COLOR (https://no-color.org)
// counts when it is set and not empty; CLICOLOR_FORCE and FORCE_COLOR ask for
// colour without a terminal; the flag wins over all of them.
func (f *lintFlags) wantColor(w io.Writer, getenv func(string) string) (bool, error) {
	switch f.color {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
	default:
		return false, fmt.Errorf("--color: %q is not auto, always or never", f.color)
	}
	if when, variable := colorOf(getenv); variable != "" {
		return when == "always", nil
	}
	return isTerminal(w) && getenv("TERM") != "dumb", nil
}

// colorOf is what the environment says of colour, and by which variable.
func colorOf(getenv func(string) string) (when, variable string) {
	if getenv("NO_COLOR") != "" {
		return "never", "NO_COLOR"
	}
	for _, name := range []string{"CLICOLOR_FORCE", "FORCE_COLOR"} {
		if v := getenv(name); v != "" && v != "0" {
			return "always", name
		}
	}
	return "", ""
}

// isTerminal reports a character device. That is also true of /dev/null, where
// colour harms nobody; a library would buy no more.
func isTerminal(w io.Writer) bool {
	f := terminalOf(w)
	if f == nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
