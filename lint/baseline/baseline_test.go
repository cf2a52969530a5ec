package baseline

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

var keys lint.Fingerprints

// finding makes one about a function of a file.
func finding(keys *lint.Fingerprints, path, function string) *lint.Finding {
	return &lint.Finding{
		Rule: "PKL201", Location: lint.Location{Path: path}, Callable: "pickle.load",
		Fingerprint: keys.Of(lint.Key{Rule: "PKL201", Place: path, Function: function}),
	}
}

func never(string) bool { return false }

// The examples of the page are baselines, of which nothing is found.
func TestPage(t *testing.T) {
	for _, section := range []string{"Example", "Use instead"} {
		for _, example := range StaleBaseline.Page.Section(section).Examples {
			f, err := Parse([]byte(example.Code))
			if err != nil {
				t.Fatalf("%s: %v", section, err)
			}
			stale := make(map[int]string)
			for _, e := range f.Match(nil, nil, never).Stale {
				found := e.Finding(".baseline", new(lint.Fingerprints))
				stale[found.Line] = found.Message
			}
			for i, line := range strings.Split(example.Code, "\n") {
				_, want, ok := strings.Cut(line, `# want "`)
				if ok != (stale[i+1] != "") || !strings.Contains(stale[i+1], strings.TrimSuffix(want, `"`)) {
					t.Errorf("%s: line %d: %q is found of %q", section, i+1, stale[i+1], line)
				}
			}
			if section == "Example" && len(stale) == 0 {
				t.Error("nothing is stale")
			}
		}
	}
}

func TestMistakes(t *testing.T) {
	const ok = "8d3f0a6be1c25f7790ab34cd55e6f70812345678"
	for _, tt := range []struct{ text, want string }{
		{"", "line 1: the file is empty"},
		{"{}\n", "line 1: this is no baseline"},
		{magic + "2\n", "line 1: the baseline is of version 2, and this pickle-lint knows none later than 1"},
		{magic + "0\n", `line 1: "0" is no version`},
		{magic + "1\n\na PKL201 " + ok + "\n", "line 3: 3 words, want 6"},
		{magic + "1\na PKL201 " + ok + " 2026-11-02 - x y\n", "line 2: 7 words, want 6"},
		{magic + "1\na X201 " + ok + " 2026-11-02 - x\n", `line 2: "X201" is not the id of a rule`},
		{magic + "1\na PKL201 " + ok[1:] + " 2026-11-02 - x\n", "line 2: \"" + ok[1:] + "\" is no fingerprint"},
		{magic + "1\na PKL201 " + ok + " 2026-13-02 - x\n", `line 2: "2026-13-02" is not a date`},
		{magic + "1\n\"a PKL201 " + ok + " 2026-11-02 - x\n", "line 2: the quotes of"},
		{magic + "1\n>>>>>>> theirs\n", `line 2: ">>>>>>>" is the mark of a merge`},
	} {
		if _, err := Parse([]byte(tt.text)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}

// What is written is read back, whatever is in it, and comes in one order.
func TestRoundTrip(t *testing.T) {
	f := &File{Entries: []*Entry{
		{Path: "b c\n\"é\xff.py", Rule: "PKL201", Print: finding(&keys, "b", "").Fingerprint.Same(), Since: "2026-11-02", Owner: "a # b", About: ""},
		{Path: "#a.py", Rule: "PKL301", Print: finding(&keys, "a", "").Fingerprint.Same(), Since: "2026-11-02", About: "(*T).Decode", Note: "# why, in words"},
	}}
	text := f.Bytes()
	back, err := Parse(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for i, e := range back.Entries {
		want := *f.Entries[1-i]
		want.Line = i + 4
		if !reflect.DeepEqual(*e, want) {
			t.Errorf("got  %+v\nwant %+v", *e, want)
		}
	}
	if again := back.Bytes(); string(again) != string(text) {
		t.Errorf("written again it is\n%s and was\n%s", again, text)
	}
}

func TestMatch(t *testing.T) {
	var then, now lint.Fingerprints
	f := new(File)
	first := []*lint.Finding{finding(&then, "a.py", "f"), finding(&then, "a.py", "f"), finding(&then, "b.py", "g")}
	path := func(f *lint.Finding) string { return f.Path }
	if came, _ := f.Update(f.Match(first, path, never), path, nil, true, "2026-11-02", "me"); came != 3 {
		t.Fatalf("%d came", came)
	}
	// One of two equal ones is left, that of b.py is in c.py, and one is new. What is
	// justified needs no entry.
	justified := finding(&now, "a.py", "h")
	justified.Suppressed = true
	found := []*lint.Finding{finding(&now, "a.py", "f"), finding(&now, "c.py", "g"), finding(&now, "c.py", "f"), justified}
	m := f.Match(found, path, never)
	if len(m.Known) != 1 || len(m.New) != 2 || len(m.Stale) != 2 {
		t.Errorf("%d known, %d new, %d stale", len(m.Known), len(m.New), len(m.Stale))
	}
	m = f.Match(found, path, func(path string) bool { return path == "b.py" })
	if len(m.Known) != 2 || len(m.New) != 1 || m.New[0] != found[2] || len(m.Stale) != 1 {
		t.Fatalf("%d known, %v new, %d stale", len(m.Known), m.New, len(m.Stale))
	}
	m.Apply()
	if !found[0].Known() || found[1].BaselineState != lint.KnownFinding || found[2].BaselineState != lint.NewFinding || found[2].Suppressed || justified.Known() {
		t.Error("the findings were not marked")
	}
	found[0].Suppressed, found[1].Suppressed = false, false
	came, went := f.Update(m, path, func(*Entry) bool { return false }, false, "2027-01-01", "you")
	if came != 0 || went != 1 || len(f.Entries) != 2 {
		t.Errorf("%d came and %d went, %d are left", came, went, len(f.Entries))
	}
	for _, e := range f.Entries {
		if e.Since != "2026-11-02" || e.Owner != "me" || e.Path == "b.py" {
			t.Errorf("%v", e)
		}
	}
	if m := f.Match(found[:2], path, never); len(m.Known) != 2 || len(m.Stale) != 0 {
		t.Errorf("%d known and %d stale after the update", len(m.Known), len(m.Stale))
	}
	// Nobody has looked.
	if _, went := f.Update(f.Match(nil, nil, never), path, func(*Entry) bool { return true }, false, "", ""); went != 0 || len(f.Entries) != 2 {
		t.Errorf("%d went", went)
	}
}

// Who reads a line believes its words, and not the fingerprint.
func TestLyingEntry(t *testing.T) {
	found := finding(new(lint.Fingerprints), "app/main.py", "f")
	path := func(f *lint.Finding) string { return f.Path }
	for _, tt := range []struct {
		path, rule string
		known      bool
	}{{"app/main.py", "PKL201", true}, {"tests/data.py", "PKL201", false}, {"app/main.py", "PKL912", false}} {
		f := &File{Entries: []*Entry{{Path: tt.path, Rule: tt.rule, Print: found.Fingerprint.Same()}}}
		if m := f.Match([]*lint.Finding{found}, path, never); (len(m.Known) == 1) != tt.known || (len(m.Stale) == 0) != tt.known {
			t.Errorf("%s %s: %d known, %d stale", tt.path, tt.rule, len(m.Known), len(m.Stale))
		}
	}
}

// What a file that is no more has accepted, no other file inherits but one that looks like it.
func TestMoved(t *testing.T) {
	gone := func(path string) bool { return strings.HasPrefix(path, "old/") }
	for _, tt := range []struct {
		from, to string
		known    bool
	}{
		{"old/cache.py", "app/cache.py", true},
		{"old/cache.py", "old/store.py", true},
		{"old/cache.py", "app/store.py", false},
		{"old/cache.py", "old/store.go", false},
		{"old/cache.py", "old/known.py", false},
		{"old/a.pkl", "app/a.pkl", true},
		{"old/a.pkl", "old/b.pkl", false},
		{"app/cache.py", "lib/cache.py", false}, // it is still there
	} {
		entry := func(path, function string) *Entry {
			return &Entry{Path: path, Rule: "PKL201", Print: finding(new(lint.Fingerprints), path, function).Fingerprint.Same()}
		}
		f := &File{Entries: []*Entry{entry(tt.from, "f"), entry("old/known.py", "other")}}
		found := finding(new(lint.Fingerprints), tt.to, "f")
		m := f.Match([]*lint.Finding{found}, func(f *lint.Finding) string { return f.Path }, gone)
		if _, known := m.Known[found]; known != tt.known || len(m.New) == 1 == tt.known {
			t.Errorf("%s is now %s: known %v, %d new", tt.from, tt.to, known, len(m.New))
		}
	}
	// That of the same name goes first.
	f := new(File)
	for _, path := range []string{"old/a.py", "old/b.py"} {
		f.Entries = append(f.Entries, &Entry{Path: path, Rule: "PKL201", Print: finding(new(lint.Fingerprints), path, "f").Fingerprint.Same()})
	}
	found := []*lint.Finding{finding(new(lint.Fingerprints), "old/c.py", "f"), finding(new(lint.Fingerprints), "app/a.py", "f")}
	m := f.Match(found, func(f *lint.Finding) string { return f.Path }, gone)
	if len(m.Known) != 2 || m.Known[found[1]].Path != "old/a.py" || m.Known[found[0]].Path != "old/b.py" {
		t.Errorf("%v", m.Known)
	}
}
