package report

import (
	"fmt"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

// A trace of more than mostSteps is shown around its first marked step, unless
// everything was asked for: what leads there matters more than what follows.
const (
	mostSteps  = 32
	stepsAfter = 4
)

// traceRows lays the steps of a finding out as a table: a mark, a place, a text.
func (t *text) traceRows(m *lint.Finding) []string {
	steps, before, after := m.Trace, 0, 0
	if len(steps) > mostSteps && !t.verbose {
		end := len(steps)
		for i, s := range steps {
			if s.Mark {
				end = min(i+1+stepsAfter, len(steps))
				break
			}
		}
		end = max(end, mostSteps)
		before, after = end-mostSteps, len(steps)-end
		steps = steps[before:end]
	}
	places, widest := stepPlaces(m, steps)
	var rows []string
	if before > 0 {
		rows = append(rows, t.style.paint(inkFaint, fmt.Sprintf("  … %d before (-v shows all)", before)))
	}
	for i, s := range steps {
		mark, hue := "  ", inkFaint
		if s.Mark {
			mark, hue = "> ", severityInk(m.Severity)
		}
		left := mark + table.Pad(places[i], widest) + "  "
		width := max(terminalWidth-len(" | ")-utf8.RuneCountInString(left), terminalWidth/2)
		rows = append(rows, t.style.paint(hue, left)+fit(s.Text, width))
	}
	if after > 0 {
		rows = append(rows, t.style.paint(inkFaint, fmt.Sprintf("  … %d behind (-v shows all)", after)))
	}
	return rows
}

// stepPlaces says where each step stands: offsets of equal width in the blob of
// the finding itself, full places elsewhere.
func stepPlaces(m *lint.Finding, steps []lint.Step) (places []string, widest int) {
	digits := 2
	for _, s := range steps {
		digits = max(digits, len(fmt.Sprintf("%x", s.Offset)))
	}
	for _, s := range steps {
		at := place(s.Location)
		if s.Line == 0 && (s.Path == "" || sameFile(s.Location, m.Location)) {
			at = fmt.Sprintf("0x%0*x", digits, s.Offset)
		}
		at = fit(at, terminalWidth/2)
		widest = max(widest, table.Width(at))
		places = append(places, at)
	}
	return places, widest
}
