package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
)

// offByDefault switches a rule off for one test, as its author may.
func offByDefault(t *testing.T, id string) *lint.Rule {
	t.Helper()
	r := ruleNamed(id)
	was := r.Off
	r.Off = true
	t.Cleanup(func() { r.Off = was })
	return r
}

func TestRulesThatAreOffByDefault(t *testing.T) {
	r := offByDefault(t, "PKL104")
	dir := t.TempDir()
	finding := func() *results {
		return &results{findings: []*lint.Finding{r.Finding(lint.Location{Path: "a/x.pkl"}, "m")}}
	}
	for _, tt := range []struct {
		name            string
		config          config.Config
		enable, disable []string
		want            lint.Severity // 0: off
		by              string
	}{
		{name: "nothing said", by: "which is off by default; the first is in a/x.pkl"},
		{name: "flag", enable: []string{"unknown-class"}, want: lint.Note},
		{name: "configuration", config: config.Config{Rules: config.RuleWords{{Line: 2, Rule: "PKL104", Word: "on"}}}, want: lint.Note},
		{name: "severity", config: config.Config{Rules: config.RuleWords{{Line: 2, Rule: "PKL104", Word: "error"}}}, want: lint.Error},
		{
			name:   "flag over configuration",
			config: config.Config{Rules: config.RuleWords{{Line: 2, Rule: "PKL104", Word: "error"}}}, disable: []string{"PKL104"},
			by: "which is off by --disable",
		},
		{
			name:   "elsewhere",
			config: config.Config{Overrides: []config.Override{{Paths: []string{"b/**"}, Rules: config.RuleWords{{Line: 2, Rule: "PKL104", Word: "on"}}}}},
			by:     "by default",
		},
		{
			name:   "here",
			config: config.Config{Overrides: []config.Override{{Paths: []string{"a/**"}, Rules: config.RuleWords{{Line: 2, Rule: "PKL104", Word: "on"}}}}},
			want:   lint.Note,
		},
	} {
		tt.config.Dir, tt.config.File = dir, filepath.Join(dir, config.Name)
		l, err := newLevels(&tt.config, tt.enable, tt.disable)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		res := finding()
		res.level(l, dir)
		switch {
		case tt.want == 0:
			if len(res.findings) != 0 || len(res.skips) != 1 || !res.skips[0].Excluded || !strings.Contains(res.skips[0].Reason, tt.by) {
				t.Errorf("%s: %+v, %+v", tt.name, res.findings, res.skips)
			}
		case len(res.findings) != 1 || res.findings[0].Severity != tt.want || len(res.skips) != 0:
			t.Errorf("%s: %+v, %+v", tt.name, res.findings, res.skips)
		}
	}
}

func TestListsSayThatARuleIsOff(t *testing.T) {
	offByDefault(t, "PKL104")
	for _, args := range [][]string{{"rules"}, {"explain", "PKL104"}} {
		var out bytes.Buffer
		root := newRoot(quietStreams(&out))
		root.SetArgs(args)
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "note, off by default") {
			t.Errorf("%q: %s", args, out.String())
		}
	}
	var out bytes.Buffer
	root := newRoot(quietStreams(&out))
	root.SetArgs([]string{"rules", "--format", "json"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if off := strings.Contains(line, `"off":true`); off != strings.Contains(line, `"PKL104"`) && !strings.Contains(line, `"PKL3`) && !strings.Contains(line, `"PKL501"`) {
			t.Error(line)
		}
	}
	if !strings.Contains(out.String(), `{"id":"PKL104","name":"unknown-class","severity":"note","off":true`) {
		t.Errorf("PKL104 is not said to be off: %s", out.String())
	}
}

func TestRulesOfAnotherVersionAreLeftAlone(t *testing.T) {
	l, err := newLevels(new(config.Config), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	res := &results{findings: []*lint.Finding{{Rule: "PKL899", Severity: lint.Error}}}
	res.level(l, t.TempDir())
	if len(res.findings) != 1 || res.findings[0].Severity != lint.Error {
		t.Errorf("%+v", res.findings)
	}
}
