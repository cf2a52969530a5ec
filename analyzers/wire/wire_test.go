package wire

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/lint"
)

// messages runs the analyzer on the package in testdata.
func messages(t *testing.T, flags ...string) []*Message {
	t.Helper()
	a := newAnalyzer()
	for _, flag := range flags {
		if err := a.Flags.Set(flag, "true"); err != nil {
			t.Fatal(err)
		}
	}
	var out []*Message
	for _, result := range analysistest.Run(quiet{t}, analysistest.TestData(), a, "p") {
		if result.Action.Err != nil {
			t.Fatal(result.Action.Err)
		}
		for _, d := range result.Action.Diagnostics {
			if d.Category != Category {
				t.Errorf("category %q", d.Category)
			}
			m, err := Decode(d.Message)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, m)
		}
	}
	return out
}

// quiet keeps analysistest from comparing diagnostics with comments: the
// messages are compared here, field by field.
type quiet struct{ t *testing.T }

func (quiet) Errorf(string, ...any) {}

func TestSilentWithoutFlag(t *testing.T) {
	if got := append(messages(t), messages(t, InventoryFlag)...); len(got) != 0 {
		t.Errorf("%d messages", len(got))
	}
}

func TestMessages(t *testing.T) {
	got := messages(t, EmitFlag)
	if len(got) != 6 || got[0].Progress == nil || got[0].Progress.Message != "p" {
		t.Fatalf("%d messages, the first is %+v", len(got), got[0])
	}
	var sites, suppressed int
	var rules []string
	for _, m := range got[1:] {
		switch {
		case m.Site != nil:
			sites++
			if m.Site.API == "" || m.Site.Line == 0 || m.Site.EndColumn == 0 || m.Site.Function != "p.read" {
				t.Errorf("site %+v", m.Site)
			}
		case m.Finding != nil:
			rules = append(rules, m.Finding.Rule)
			if len(m.Finding.Fingerprint) != 40 || m.Finding.Offset == 0 || m.Finding.EndLine == 0 {
				t.Errorf("finding %+v", m.Finding)
			}
			if m.Finding.Suppressed {
				suppressed++
				if j := m.Finding.Justification; j == nil || j.Boundary != "host" || j.Line != 10 {
					t.Errorf("justification %+v", j)
				}
			}
		}
	}
	if sites != 2 || suppressed != 1 || !reflect.DeepEqual(rules, []string{"PKL301", "PKL301", "PKL908"}) {
		t.Errorf("%d sites, %d suppressed, rules %v", sites, suppressed, rules)
	}
}

// With another flag come the dumps, and the channels of both ends.
func TestInventory(t *testing.T) {
	var dumps, channels int
	for _, m := range messages(t, EmitFlag, InventoryFlag) {
		if m.Dump != nil {
			dumps++
			if m.Dump.API != "(*encoding/gob.Encoder).Encode" || m.Dump.Channel == nil || m.Dump.Function != "p.write" || m.Dump.Line == 0 {
				t.Errorf("dump %+v", m.Dump)
			}
		}
		if m.Site != nil && m.Site.Channel != nil {
			channels++
		}
	}
	if dumps != 1 || channels != 2 {
		t.Errorf("%d dumps, %d channels of sites", dumps, channels)
	}
}

func TestDecode(t *testing.T) {
	for _, text := range []string{"", "{", `{"sight": {}}`, `{"site": {}} {}`, `[]`, `{"site": {}, "otherwise": [{"severity": "note"}]}`, `{"finding": {"severity": "note"}, "otherwise": [null]}`} {
		if m, err := Decode(text); err == nil {
			t.Errorf("%s: %+v", text, m)
		}
	}
}

// What more general rules say travels with a finding: its reader knows which are off.
func TestOtherwise(t *testing.T) {
	text, err := json.Marshal(envelope{
		Message:   Message{Message: lint.Message{Finding: &lint.Finding{Rule: "PKL302", Severity: lint.Error}}},
		Otherwise: []*lint.Finding{{Rule: "PKL306", Severity: lint.Warning}, {Rule: "PKL301", Severity: lint.Note}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Decode(string(text))
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for f := m.Finding; f != nil; f = f.Otherwise {
		rules = append(rules, f.Rule)
	}
	if strings.Join(rules, " ") != "PKL302 PKL306 PKL301" {
		t.Errorf("%v", rules)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"site":{"path":"p.go","offset":1,"line":1,"column":1,"wing":"go","api":"f","format":"gob"}}`)
	f.Add(`{"finding":{"severity":"loud"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := Decode(text); (m == nil) == (err == nil) && strings.TrimSpace(text) != "null" {
			t.Errorf("%+v, %v", m, err)
		}
	})
}
