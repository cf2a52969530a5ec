//go:build cgo

package pyscan

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// storedStates are states of the classes of testdata/stored, by their names.
var storedStates = []StoredState{
	{Module: "app.models", Class: "Account", Path: "old/a.pkl", Offset: 7, Dict: true, Keys: []string{"owner"}},
	{Module: "app.models", Class: "Account", Path: "old/a2.pkl", Dict: true, Keys: []string{"owner", "rate"}},
	{Module: "app.models", Class: "Account", Path: "old/a3.pkl", Dict: true, Keys: []string{"owner", "limit"}},
	{Module: "app.models", Class: "Popped", Path: "old/b.pkl", Dict: true, Keys: []string{"x"}},
	{Module: "app.models", Class: "Defaulted", Path: "old/c.pkl", Dict: true},
	{Module: "app.models", Class: "Filled", Path: "old/d.pkl", Dict: true},
	{Module: "app.models", Class: "Refusing", Path: "old/e.pkl", Dict: true},
	{Module: "app.models", Class: "Versioned", Path: "old/f.pkl", Dict: true, Keys: []string{"version"}},
	{Module: "app.models", Class: "Tried", Path: "old/g.pkl", Dict: true},
	{Module: "app.models", Class: "Migrated", Path: "old/h.pkl", Dict: true},
	{Module: "app.models", Class: "Pair", Path: "old/i.pkl", Items: 3},
	{Module: "app.models", Class: "Pair", Path: "old/i2.pkl", Items: 4},
	{Module: "app.models", Class: "Position", Path: "old/j.pkl", Items: 1},
	{Module: "app.models", Class: "Whole", Path: "old/k.pkl", Dict: true, Keys: []string{"owner"}},
	{Module: "app.models", Class: "Given", Path: "old/l.pkl", Dict: true, Keys: []string{"owner"}},
	{Module: "app.models", Class: "Outer.Inner", Path: "old/m.pkl", Dict: true},
	{Module: "app.models", Class: "Open", Path: "old/n.pkl", Dict: true, Open: true},
	{Module: "app.models", Class: "Open", Path: "old/n2.pkl", Items: -1},
	{Module: "app.legacy", Class: "Other", Path: "old/q.pkl", Dict: true},
	{Module: "models", Class: "Other", Path: "old/q2.pkl", Dict: true, Keys: []string{"limit"}},
	{Module: "elsewhere", Class: "Other", Path: "old/q3.pkl", Dict: true},
	{Module: "app.models", Class: "Derived", Path: "old/o.pkl", Dict: true},
	{Module: "app.legacy", Class: "Moved", Path: "old/p.pkl", Dict: true},
}

func statesOf(class string) (out []StoredState) {
	for _, s := range storedStates {
		if s.Class == class {
			if !s.Dict && s.Items == 0 {
				s.Items = -1
			} else if s.Dict {
				s.Items = -1
			}
			out = append(out, s)
		}
	}
	return out
}

// A __setstate__ takes the states of stored pickles, or there is a finding that says of
// which it does not.
func TestStoredStates(t *testing.T) {
	m, paths := among(t, "testdata/stored")
	var asked []string
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m, States: func(class string) []StoredState {
		asked = append(asked, class)
		return statesOf(class)
	}}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		res := s.Scan(context.Background(), path, src)
		about("state_x", res)
		res.Findings = slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool { return f.Rule != SetstateWithoutMigration.ID })
		compareWant(t, path, string(src), res)
		for _, f := range res.Findings {
			if len(f.Trace) != 1 || !strings.HasPrefix(f.Trace[0].Path, "old/") || f.Trace[0].Line != 0 {
				t.Errorf("%s:%d: no place of the stored state: %v", path, f.Line, f.Trace)
			}
			if f.Callable == "Account" && (f.Trace[0].Offset != 7 || f.Trace[0].Text != "the state of an object of app.models.Account: it has `owner`") {
				t.Errorf("%+v", f.Trace[0])
			}
		}
		// Nobody is asked about a class which asks for nothing.
		for _, class := range asked {
			if class == "Defaulted" || class == "Tried" || class == "Migrated" || class == "Refusing" {
				t.Errorf("asked about %s", class)
			}
		}
		// Sites alone, and a file by itself, ask nobody.
		asked = nil
		quick := *s
		quick.SitesOnly = true
		quick.Scan(context.Background(), path, src)
		alone := *s
		alone.Modules = nil
		alone.Scan(context.Background(), path, src)
		if len(asked) > 0 {
			t.Errorf("asked about %q", asked)
		}
	}
}

// Two sources of one name may be meant by a pickle, and so none is.
func TestStoredStatesOfTwins(t *testing.T) {
	const src = "class Job:\n def __setstate__(self, state): self.a = state['a']\n"
	for files, want := range map[string]int{
		"-- one/job.py --\n" + src:                                     1,
		"-- one/job.py --\n" + src + "-- two/job.py --\n" + src:        0,
		"-- one/pkg/__init__.py --\n-- one/pkg/job.py --\n" + src:      0,
		"-- one/job.py --\n" + src + "-- two/work.py --\nclass Job: 1": 1,
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: project(files), States: func(string) []StoredState {
			return []StoredState{{Module: "job", Class: "Job", Path: "a.pkl", Dict: true, Items: -1}}
		}}
		got := 0
		for _, name := range []string{"one/job.py", "one/pkg/job.py"} {
			if strings.Contains(files, name) {
				got += len(s.Scan(context.Background(), name, []byte(src)).Findings)
			}
		}
		if got != want {
			t.Errorf("%d findings, want %d:\n%s", got, want, files)
		}
	}
}
