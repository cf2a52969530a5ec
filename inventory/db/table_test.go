package db

import (
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	table := &Table{Columns: []string{"name", "n"}, Rows: [][]any{{"=cmd|' /C calc'!A0", int64(-1)}, {"a\u202eb,\"c\"\nd", nil}, {strings.Repeat("x", 70), true}}}
	for format, want := range map[string]string{
		"json": "[\n  {\"name\": \"=cmd|' /C calc'!A0\", \"n\": -1},\n  {\"name\": \"a\u202eb,\\\"c\\\"\\nd\", \"n\": null},\n  {\"name\": \"" + strings.Repeat("x", 70) + "\", \"n\": true}\n]\n",
		"csv":  "name,n\n'=cmd|' /C calc'!A0,-1\n\"a\u202eb,\"\"c\"\"\nd\",\n" + strings.Repeat("x", 70) + ",yes\n",
		"text": "name" + strings.Repeat(" ", 58) + "n\n=cmd|' /C calc'!A0" + strings.Repeat(" ", 44) + "-1\na\\u202eb,\"c\"\\nd\n" + strings.Repeat("x", 70) + "  yes\n",
	} {
		var b strings.Builder
		if err := table.Write(&b, format); err != nil || b.String() != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", format, err, b.String(), want)
		}
	}
	var b strings.Builder
	if err := (&Table{Columns: []string{"x"}}).Write(&b, "json"); err != nil || b.String() != "[]\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if err := table.Write(&b, "yaml"); err == nil {
		t.Error("yaml is no format")
	}
}
