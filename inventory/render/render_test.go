package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// write renders a record.
func write(t testing.TB, format string, inv *inventory.Inventory, columns int) string {
	t.Helper()
	r, err := New(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r(&b, inv, Options{Columns: columns}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	if _, err := New("xml"); err == nil || !strings.Contains(err.Error(), `unknown format "xml": want text, json, csv, markdown, cyclonedx, mermaid, graphviz, html, codeowners, review`) {
		t.Error(err)
	}
	if _, err := New(""); err == nil {
		t.Error("no format is a format")
	}
	full := refuses("/dev/full")
	for _, format := range Formats() {
		r, err := New(format)
		if err != nil {
			t.Fatal(err)
		}
		if err := r(full, sample.Ordinary(), Options{}); err == nil || !strings.Contains(err.Error(), "as "+format) || !strings.Contains(err.Error(), "/dev/full") {
			t.Errorf("%s: a full disk is %v", format, err)
		}
	}
}

// refuses is a writer that takes nothing.
type refuses string

func (e refuses) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: string(e), Err: os.ErrInvalid}
}

// Whatever the names are, no byte steers a terminal or turns text around, and each format
// says the same of the same record.
func TestHostile(t *testing.T) {
	for _, format := range Formats() {
		text := write(t, format, sample.Hostile(), 0)
		if !utf8.ValidString(text) {
			t.Errorf("%s: not UTF-8", format)
		}
		for _, r := range text {
			if r == '\n' || format == "csv" && r == '\r' {
				continue
			}
			if !lint.PrintableRune(r) {
				t.Errorf("%s: %q", format, r)
				break
			}
		}
		if again := write(t, format, sample.Hostile(), 0); again != text {
			t.Errorf("%s: the same record is written in two ways", format)
		}
	}
}

func TestEmpty(t *testing.T) {
	for format, want := range map[string]string{
		"text":       "0 channels\n0 services, 0 producers, 0 consumers, 0 blobs at rest\n0 errors, 0 warnings, 0 notes\n",
		"csv":        "channel,kind,name,title,role,service,",
		"markdown":   "- 0 channels\n",
		"mermaid":    "flowchart LR\n",
		"graphviz":   "digraph inventory {\n",
		"cyclonedx":  `"components": [],`,
		"json":       `"channels": [],`,
		"html":       "No channel was found",
		"codeowners": "# Pickles in empty: ",
		"review":     "# Reviewing pickles in `empty`\n",
	} {
		if got := write(t, format, sample.Empty(), 80); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", format, want, got)
		}
	}
}

// The form for programs loses nothing: neither a key nor the difference of two names.
func TestJSON(t *testing.T) {
	for name, inv := range map[string]*inventory.Inventory{"ordinary": sample.Ordinary(), "hostile": sample.Hostile()} {
		text := write(t, "json", inv, 0)
		var back inventory.Inventory
		if err := json.Unmarshal([]byte(text), &back); err != nil {
			t.Fatal(err)
		}
		if again := write(t, "json", &back, 0); again != text {
			t.Errorf("%s: read and written again it is another", name)
		}
		if want := valid(inv); name == "ordinary" && !reflect.DeepEqual(want, inv) {
			t.Error("a record in UTF-8 is changed")
		}
	}
	bad := &inventory.Inventory{Channels: []*inventory.Channel{{ID: "file:a\xff"}, {ID: "file:a\xfe"}}}
	if text := write(t, "json", bad, 0); !strings.Contains(text, `"file:a\\xff"`) || !strings.Contains(text, `"file:a\\xfe"`) {
		t.Errorf("two names become one:\n%s", text)
	}
	if bad.Channels[0].ID != "file:a\xff" {
		t.Error("writing changes the record")
	}
}

func TestCSV(t *testing.T) {
	inv := sample.Hostile()
	rows, err := csv.NewReader(strings.NewReader(write(t, "csv", inv, 0))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := 1
	for _, c := range inv.Channels {
		want += max(1, len(c.Producers)+len(c.Consumers))
	}
	if len(rows) != want {
		t.Errorf("%d lines, want %d: one an end", len(rows), want)
	}
	for _, row := range rows {
		for i, cell := range row {
			if table.Guarded(strings.TrimPrefix(cell, "'")) != cell && table.Guarded(cell) != "'"+cell {
				t.Errorf("%s: a spreadsheet may run %q", rows[0][i], cell)
			}
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("%s: a spreadsheet runs %q", rows[0][i], cell)
			}
		}
	}
	columns := make(map[string]int)
	for i, name := range rows[0] {
		columns[name] = i
	}
	rows, err = csv.NewReader(strings.NewReader(write(t, "csv", sample.Ordinary(), 0))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		if row[columns["channel"]] == "channel:invoices" || row[columns["channel"]] == "rest@testdata/old/*.pkl" {
			var cells []string
			for _, name := range []string{"kind", "role", "service", "external", "path", "line", "api", "verification", "boundary", "channel_retention", "channel_blobs"} {
				cells = append(cells, row[columns[name]])
			}
			got = append(got, strings.Join(cells, ","))
		}
	}
	if want := []string{
		"bucket,producer,billing,true,,,,,,90d,0",
		"bucket,consumer,worker,false,worker/invoices.py,61,pickle.loads,proved,partner,90d,0",
		"file,none,,false,,,,,,,1",
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestText(t *testing.T) {
	for _, columns := range []int{0, 200, 120, 100, 80} {
		text := write(t, "text", sample.Ordinary(), columns)
		for line := range strings.Lines(text) {
			if strings.Contains(line, ": ") && !strings.HasPrefix(line, " ") {
				break // the findings begin
			}
			// Places, channels and services are never cut, and take 90 columns here.
			if n := table.Width(strings.TrimSuffix(line, "\n")); columns >= 100 && n > columns {
				t.Errorf("%d columns in %d: %s", n, columns, line)
			}
		}
		for _, want := range []string{"worker/invoices.py:61", "warning[PKL505 unpinned-channel]: ", "  --> api/spool.py:12\n", "skipped: worker/broken.py:3: syntax error\n", "\n11 channels: 4 file, 2 queue, "} {
			if !strings.Contains(text, want) {
				t.Errorf("%d columns: no %q in\n%s", columns, want, text)
			}
		}
		if strings.Contains(text, "left out") {
			t.Error("what was left out on purpose is told")
		}
	}
	wide := write(t, "text", sample.Ordinary(), 0)
	for _, want := range []string{
		"bucket invoices                    producer  billing    -                      -",
		"boundary partner; verification proved (hmac.compare_digest); Python 3.7; expires 2026-09-30\n",
		"\n                                   consumer  warehouse  -                      -                                                     outside of the repository\n",
	} {
		if !strings.Contains(wide, want) {
			t.Errorf("no %q in\n%s", want, wide)
		}
	}
}

var update = flag.Bool("update", false, "rewrite the golden files")

// golden holds what the ordinary record looks like.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is stale (go test -update rewrites it). Got:\n%s", path, got)
	}
}

func TestGolden(t *testing.T) {
	for _, format := range []string{"text", "csv", "markdown", "mermaid", "graphviz", "json", "cyclonedx", "codeowners", "review"} {
		golden(t, "ordinary."+format, write(t, format, sample.Ordinary(), 160))
	}
}
