package report

import (
	"bytes"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

func TestBlobLine(t *testing.T) {
	for _, tt := range []struct {
		blob lint.Blob
		want string
	}{
		{lint.Blob{Path: "net.pt", Size: 5 << 30, Containers: []string{"zip"}}, "net.pt: zip, 5368709120 bytes"},
		{lint.Blob{
			Path: "net.pt", Member: []string{"net/data.pkl"}, Size: 1, Pickles: 1, Ops: 1, Protocols: []int{2}, Calls: 1,
			Globals: map[string]int{"allowed": 2, "dangerous": 1}, Loaders: []string{"c-mem", "c-file", "c-peek", "py"},
		}, "net.pt » net/data.pkl: 1 pickle, protocol 2, 1 op, 3 globals (1 dangerous, 2 allowed), 1 call, 1 byte, every loader"},
		{lint.Blob{
			Path: "a", Size: 70, Containers: []string{"tar", "zip"}, Pickles: 3, Broken: 2, Ops: 9, Protocols: []int{0, 4}, Calls: 5,
			Globals: map[string]int{"unresolved": 1}, Loaders: []string{"c-mem", "py"},
		}, "a: tar and zip, 3 pickles (2 broken), protocols 0 4, 9 ops, 1 global (1 unresolved), 5 calls, 70 bytes, only c-mem and py"},
		{lint.Blob{Path: "a", More: 2, Pickles: 2, Ops: 9, Protocols: []int{4}}, "a: 2 members more, 2 pickles, protocol 4, 9 ops, no loader reads all"},
		{lint.Blob{Path: "\x1b[2J", Member: []string{"\u202e"}, Size: 1, Containers: []string{"gzip"}}, `\x1b[2J » \u202e: gzip, 1 byte`},
	} {
		if got := blobLine(&tt.blob); got != tt.want {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}

// The lines stand together, apart from findings and from the summary.
func TestBlobsInText(t *testing.T) {
	blob := lint.Message{Blob: &lint.Blob{Path: "a", Size: 1, Containers: []string{"zip"}}}
	finding := lint.Message{Finding: &lint.Finding{Rule: "PKL101", Name: "x", Severity: lint.Error, Message: "m", Location: lint.Location{Path: "a"}}}
	sum := lint.Message{Summary: &lint.Summary{Files: 1}}
	line := "looked at: a: zip, 1 byte\n"
	for _, tt := range []struct {
		messages []lint.Message
		want     string
	}{
		{[]lint.Message{blob, blob, sum}, line + line + "\nno findings (looked at 1 file)\n"},
		{[]lint.Message{blob, finding, sum}, line + "\nerror[PKL101 x]: m\n --> a @ 0x0\n  = help: pickle-lint explain PKL101\n\nno findings (looked at 1 file)\n"},
	} {
		if got := render(t, "text", Options{}, tt.messages); string(got) != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

func TestBlobsInJSON(t *testing.T) {
	m := lint.Message{Blob: &lint.Blob{Path: "a\xff", Member: []string{"\x1b", "\xfe"}, Pickles: 1}}
	got := render(t, "json", Options{}, []lint.Message{m})
	if want := `{"blob":{"path":"a\\xff","member":["\u001b","\\xfe"],"pickles":1}}` + "\n"; !bytes.Equal(got, []byte(want)) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
