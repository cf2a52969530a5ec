package report

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

// list hands sites to a format.
func list(t *testing.T, format string, columns int, sites ...*lint.Site) string {
	t.Helper()
	var b strings.Builder
	h, err := NewSites(format, &b, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sites {
		if err := h.Site(s); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		h.Finding(&lint.Finding{Rule: "PKL201", Message: "a verdict"}),
		h.Skip(&lint.Skip{Location: lint.Location{Path: "s.py"}, Reason: "because"}),
		h.Summary(&lint.Summary{Files: 3, Python: 3, Skips: 1}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func siteAt(line int, argument string) *lint.Site {
	return &lint.Site{
		Location: lint.Location{Path: "dir/日本.py", Line: line, Column: 5}, Wing: "python", API: "pickle.loads", Format: "pickle", Function: "f", Argument: argument,
	}
}

// A cell that begins like a formula has an apostrophe before it, one more if it has
// one already, and whoever reads the table gets every text back by taking one off.
func TestCSVIsNoFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-x", "@SUM(A1)", "＝1", "＋1", "－1", "＠A", "'quoted'", "'=1", "=HYPERLINK(\"http://x\",\"y\")", "a=1", "x", "", "[a, b]", `say "hi"`} {
		s := siteAt(1, cell)
		s.Function, s.Note = cell, cell
		s.Justification = &lint.Justification{Boundary: "host", Reason: cell, Line: 3}
		text := list(t, "csv", 0, s)
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 2 || strings.Count(text, "\r\n") != 2 {
			t.Fatalf("%q: %v in %q", cell, err, text)
		}
		for _, column := range []string{"argument", "function", "note", "reason"} {
			got := rows[1][slices.Index(rows[0], column)]
			if got != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(got)[0]) {
				t.Errorf("%s: %q begins like a formula", column, got)
			}
			if back := strings.TrimPrefix(got, "'"); back != cell && lint.Printable(cell) == cell {
				t.Errorf("%s: %q is read back as %q", column, cell, back)
			}
		}
		if line := rows[1][slices.Index(rows[0], "claim_line")]; line != "3" {
			t.Errorf("line of the claim %q", line)
		}
	}
	// What could steer a terminal, or end a row, is written as an escape.
	rows, err := csv.NewReader(strings.NewReader(list(t, "csv", 0, siteAt(1, "\t=1\r\n\x1b[31m")))).ReadAll()
	if err != nil || len(rows) != 2 || !slices.Contains(rows[1], `\t=1\r\n\x1b[31m`) {
		t.Errorf("%v %q", err, rows)
	}
}

// A table fits the terminal, whatever its script; elsewhere nothing is cut.
func TestTableWidth(t *testing.T) {
	long := siteAt(12, strings.Repeat("argument ", 20))
	long.Justification = &lint.Justification{Boundary: "host", Reason: strings.Repeat("界", 50), Retention: "7d"}
	for _, columns := range []int{120, 100, 90, 80, 60} {
		text, _, _ := strings.Cut(list(t, "text", columns, long, siteAt(3, "x")), "\n\n")
		if below := strings.Contains(text, "\n    claim: "); below != (columns < 85) || strings.Contains(text, "REMARKS") == below {
			t.Errorf("remarks below in %d columns: %v\n%s", columns, below, text)
		}
		for line := range strings.Lines(text) {
			if n := table.Width(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("%d columns in %d: %s", n, columns, line)
			}
		}
	}
	wide := list(t, "text", 0, long, siteAt(3, "x"))
	for _, want := range []string{
		strings.TrimSpace(long.Argument), `claim: boundary=host reason="` + strings.Repeat("界", 50) + `" retention=7d`,
		"dir/日本.py:3:5   pickle.loads  pickle  f         x",
		"\n2 sites: 1 with a claim, 1 unjustified; 1 skipped (looked at 3 files: 3 Python files)\n",
	} {
		if !strings.Contains(wide, want) {
			t.Errorf("no %q in\n%s", want, wide)
		}
	}
	if strings.Contains(wide, "verdict") || strings.Contains(wide, "…") {
		t.Errorf("%s", wide)
	}
	if text := list(t, "text", 20); text != "no sites; 1 skipped (looked at 3 files: 3 Python files)\n" {
		t.Errorf("%q", text)
	}
}

// The JSON of a list can be replayed, message by message.
func TestSiteLines(t *testing.T) {
	text := list(t, "json", 0, siteAt(1, "x"))
	if want := `{"site":{"path":"dir/日本.py","offset":0,"line":1,"column":5,"wing":"python","api":"pickle.loads","format":"pickle","function":"f","argument":"x"}}
{"skip":{"path":"s.py","offset":0,"reason":"because"}}
`; text != want {
		t.Errorf("%s", text)
	}
	if err := lint.Replay(strings.NewReader(text), newJSON(&strings.Builder{}, Options{})); err != nil {
		t.Error(err)
	}
}

// Every key of a justification is in the list.
func TestClaimKeys(t *testing.T) {
	j := &lint.Justification{Boundary: "a", Reason: "b", VerifiedBy: "c", Owner: "d", Expires: "e", Retention: "f", Sensitivity: "g", Compat: "h", Ticket: "i"}
	if got, want := claimText(j), `boundary=a reason="b" verified-by=c owner=d expires=e retention=f sensitivity=g compat=h ticket=i`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What proves that the bytes of a site were checked is in every form of the list, and
// such a site is not counted among those of which nobody has said anything.
func TestVerifiedSites(t *testing.T) {
	s := siteAt(4, "body")
	s.Verified = "hmac.compare_digest on line 2"
	for format, want := range map[string][]string{
		"text": {"verified: hmac.compare_digest on line 2", "2 sites: 1 verified, 1 unjustified; 1 skipped"},
		"csv":  {",safe,verified,note,", ",hmac.compare_digest on line 2,"},
		"json": {`"verified":"hmac.compare_digest on line 2"`},
	} {
		text := list(t, format, 0, s, siteAt(9, "x"))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q in\n%s", format, part, text)
			}
		}
	}
}
