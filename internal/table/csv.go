package table

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// NewCSV returns a writer of RFC 4180: comma, CRLF, and quotes where they are needed.
func NewCSV(w io.Writer) *csv.Writer {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return out
}

// formulas are the characters at the beginning of a cell by which spreadsheets know
// a formula (OWASP, "CSV Injection"), the full-width ones included, and the
// apostrophe, so that taking one off gives every cell back. Tabs and carriage
// returns, which some of them pass over first, are escapes by then.
const formulas = "=+-@'＝＋－＠"

// Guarded writes a cell that no spreadsheet runs: source code chooses these texts.
func Guarded(cell string) string {
	text := lint.Printable(cell)
	if text == "" || !strings.ContainsRune(formulas, []rune(text)[0]) {
		return text
	}
	return "'" + text
}
