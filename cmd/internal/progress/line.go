package progress

import (
	"fmt"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/lint"
)

const (
	// slow is how long a job takes before it is named.
	slow = time.Second
	// leastBar and mostBar are how many columns a bar has.
	leastBar, mostBar = 10, 30
	// narrow is how few columns are too few to say anything.
	narrow = 20
)

// Line says s in at most width columns, or "" where there is no room.
func Line(s State, width int) string {
	if width < narrow {
		return ""
	}
	text := words(&s)
	if s.Current != "" && s.Age >= slow {
		text += fmt.Sprintf(", %ds in %s", int(s.Age.Seconds()), lint.Printable(s.Current))
	}
	if n := min(mostBar, width-len(text)-3); n >= leastBar && !s.Listing && s.Total > 0 {
		text = bar(n, s.Files, s.Total) + " " + text
	}
	return report.Line(text, width)
}

func words(s *State) string {
	if s.Listing {
		return fmt.Sprintf("listing: %d files", s.Total)
	}
	text := fmt.Sprintf("%d/%d files, %s", s.Files, s.Total, size(s.Bytes))
	switch s.Findings {
	case 0:
	case 1:
		text += ", 1 finding"
	default:
		text += fmt.Sprintf(", %d findings", s.Findings)
	}
	return text
}

// bar has n columns between its brackets.
func bar(n, done, total int) string {
	full := min(n, n*done/total)
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", n-full) + "]"
}

// size writes a number of bytes in three or four digits.
func size(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"}
	if n < 1000 {
		return fmt.Sprintf("%d %s", n, units[0])
	}
	f, u := float64(n), 0
	for f >= 999.5 && u < len(units)-1 {
		f /= 1000
		u++
	}
	if f < 9.95 {
		return fmt.Sprintf("%.1f %s", f, units[u])
	}
	return fmt.Sprintf("%.0f %s", f, units[u])
}
