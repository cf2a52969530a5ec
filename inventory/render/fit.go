package render

import (
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/internal/table"
)

// fit cuts the name of a box. Of a path the end says which it is: the beginning is that of
// all others.
func fit(name string, room int) string {
	short, unnamed := strings.CutPrefix(name, "unnamed in ")
	if table.Width(name) <= room || !strings.Contains(short, "/") || strings.Contains(short, "://") {
		return table.Cut(name, room)
	}
	more := "…"
	if unnamed {
		more = "in …"
	}
	for table.Width(more+short) > room {
		_, size := utf8.DecodeRuneInString(short)
		if size == 0 {
			return table.Cut(name, room)
		}
		short = short[size:]
	}
	return more + short
}
