package lsp

import (
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Who finds things counts lines by the language and columns in bytes, an editor its own way.
func TestTextPositions(t *testing.T) {
	for _, tt := range []struct {
		text         string
		golang       bool
		line, column int
		want         position
	}{
		{"a\r\nbc", false, 2, 2, position{1, 1}},
		{"a\rb\nc", false, 3, 1, position{2, 0}},
		{"a\rb\nc", true, 2, 1, position{2, 0}}, // a lone carriage return is a line of the editor only
		{"a\rb\nc", true, 1, 3, position{1, 0}},
		{"é😀x", false, 1, 7, position{0, 3}},
		{"\ufeffab", false, 1, 5, position{0, 1}}, // columns have the byte order mark, positions do not
		{"\ufeffab", false, 1, 1, position{0, 0}},
		{"\ufeffa\nb", true, 2, 1, position{1, 0}},
	} {
		doc := newText([]byte(tt.text), false, tt.golang)
		if got := doc.span(lint.Location{Line: tt.line, Column: tt.column}).Start; got != tt.want {
			t.Errorf("%q %d:%d is at %v, want %v", tt.text, tt.line, tt.column, got, tt.want)
		}
		if off := doc.at(tt.line, tt.column); off >= doc.mark() && doc.offset(tt.want) != off {
			t.Errorf("%q: %v is at byte %d, want %d", tt.text, tt.want, doc.offset(tt.want), off)
		}
	}
}
