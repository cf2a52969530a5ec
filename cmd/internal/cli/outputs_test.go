package cli

import "testing"

func TestCutFormat(t *testing.T) {
	for spec, want := range map[string]struct {
		format, file string
		bad          bool
	}{
		"out.sarif":       {"", "out.sarif", false},
		"sarif:out":       {"sarif", "out", false},
		"json:a:b":        {"json", "a:b", false},
		`C:\out.sarif`:    {"", `C:\out.sarif`, false},
		"./dir:x/out":     {"", "./dir:x/out", false},
		"report.txt:last": {"", "report.txt:last", false},
		"sarfi:out":       {"", "", true},
		"sarif:":          {"", "", true},
		"-":               {"", "", true},
		"sarif:-":         {"", "", true},
		"./-":             {"", "./-", false},
		"":                {"", "", true},
	} {
		format, file, err := cutFormat(spec)
		if format != want.format || file != want.file || (err != nil) != want.bad {
			t.Errorf("cutFormat(%q) = %q, %q, %v", spec, format, file, err)
		}
	}
}
