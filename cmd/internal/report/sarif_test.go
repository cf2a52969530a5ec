package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

func decodeSARIF(t *testing.T, text []byte) sarifRun {
	t.Helper()
	var log sarifLog
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 || log.Version != "2.1.0" {
		t.Fatalf("%d runs of version %s", len(log.Runs), log.Version)
	}
	return log.Runs[0]
}

// What code scanning needs of every rule and result, whatever the input.
func TestSARIFStructure(t *testing.T) {
	for _, messages := range [][]lint.Message{fixture(), hostile()} {
		opt := testOptions()
		opt.SarifSuppressed = SarifInclude
		run := decodeSARIF(t, render(t, "sarif", opt, messages))
		rules := run.Tool.Driver.Rules
		if !slices.IsSortedFunc(rules[:len(testRules)], func(a, b sarifDescriptor) int { return strings.Compare(a.ID, b.ID) }) {
			t.Error("rules are not sorted")
		}
		for _, r := range rules {
			for name, text := range map[string]*sarifText{"short": r.ShortDescription, "full": r.FullDescription, "help": r.Help} {
				if text == nil || text.Text == "" {
					t.Errorf("%s: no %s text", r.ID, name)
				}
			}
			if len(r.ShortDescription.Text) > 1024 || len(r.FullDescription.Text) > 1024 || r.Name == r.ID {
				t.Errorf("%s: too long, or named like its id", r.ID)
			}
		}
		for i, r := range run.Results {
			if rules[r.RuleIndex].ID != r.RuleID {
				t.Errorf("result %d: rule %s is not at index %d", i, r.RuleID, r.RuleIndex)
			}
			if len(r.Locations) != 1 || r.Locations[0].Physical.Region.StartLine < 1 {
				t.Errorf("result %d: no line", i)
			}
			where := r.Locations[0].Physical.Artifact
			u, err := url.Parse(where.URI)
			if err != nil || (u.Scheme == "") != (where.URIBaseID == srcRoot) {
				t.Errorf("result %d: uri %q on %q: %v", i, where.URI, where.URIBaseID, err)
			}
			if strings.Count(r.Message.Text, "](") != len(r.Related) {
				t.Errorf("result %d: a link in %q", i, r.Message.Text)
			}
		}
	}
}

func TestSARIFSuppressed(t *testing.T) {
	opt := testOptions()
	if run := decodeSARIF(t, render(t, "sarif", opt, fixture())); slices.ContainsFunc(run.Results, func(r sarifResult) bool { return r.Suppressions != nil }) {
		t.Error("a suppressed result without asking")
	}
	opt.SarifSuppressed = SarifInclude
	var found int
	for _, r := range decodeSARIF(t, render(t, "sarif", opt, fixture())).Results {
		for _, s := range r.Suppressions {
			found++
			if s.Kind != "inSource" || s.Status != "accepted" || !strings.HasPrefix(s.Justification, "spool") ||
				s.Properties.Boundary != "internal" || s.Location.Physical.Region.StartLine != 3 {
				t.Errorf("%+v", s)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d suppressions, want 1", found)
	}
}

func TestSARIFBaselineSuppression(t *testing.T) {
	f := loadRule.Finding(at("x.py", 1, 1, 1, 2), "old")
	f.Suppressed = true
	opt := Options{Rules: testRules, SarifSuppressed: SarifInclude}
	run := decodeSARIF(t, render(t, "sarif", opt, []lint.Message{{Finding: f}, {Summary: &lint.Summary{}}}))
	if got := run.Results[0].Suppressions[0].Kind; got != "external" {
		t.Errorf("kind %q", got)
	}
}

// A run that could not look at everything must not look green; what was left out
// on purpose is no failure.
func TestSARIFInvocation(t *testing.T) {
	skip := &lint.Skip{Location: lint.Location{Path: "x"}, Reason: "unreadable"}
	left := &lint.Skip{Location: lint.Location{Path: "y"}, Reason: "excluded", Excluded: true}
	for _, tt := range []struct {
		skips []*lint.Skip
		ok    bool
		notes int
	}{{nil, true, 0}, {[]*lint.Skip{left}, true, 0}, {[]*lint.Skip{left, skip}, false, 1}} {
		var messages []lint.Message
		for _, s := range tt.skips {
			messages = append(messages, lint.Message{Skip: s})
		}
		inv := decodeSARIF(t, render(t, "sarif", Options{}, append(messages, lint.Message{Summary: &lint.Summary{}}))).Invocations[0]
		if inv.Successful != tt.ok || len(inv.Notifications) != tt.notes {
			t.Errorf("%d skips: successful %v with %d notifications", len(tt.skips), inv.Successful, len(inv.Notifications))
		}
	}
}

func TestSARIFResultLimit(t *testing.T) {
	h, err := New("sarif", io.Discard, Options{Rules: testRules})
	if err != nil {
		t.Fatal(err)
	}
	for i := range mostResults + 10 {
		rule := classRule
		if i >= mostResults {
			rule = blobRule
		}
		if err := h.Finding(rule.Finding(blobAt(int64(i), "x.pkl"), "n")); err != nil {
			t.Fatal(err)
		}
	}
	run := h.(*sarif).log().Runs[0]
	if len(run.Results) != mostResults {
		t.Fatalf("%d results", len(run.Results))
	}
	if last := run.Results[mostResults-1]; last.Level != "error" {
		t.Errorf("the loudest were cut: %s", last.Level)
	}
	inv := run.Invocations[0]
	if inv.Successful || len(inv.Notifications) != 1 || !strings.HasPrefix(inv.Notifications[0].Message.Text, "10 of 25010 ") {
		t.Errorf("%+v", inv)
	}
}

func TestArtifactURI(t *testing.T) {
	s := &sarif{config: lint.Config{Root: "/src/p q"}}
	for _, tt := range []struct{ path, uri, base string }{
		{"a/b.py", "a/b.py", srcRoot},
		{"./a.py", "a.py", srcRoot},
		{"a b#c?d%.py", "a%20b%23c%3Fd%25.py", srcRoot},
		{"c:x/y.py", "c%3Ax/y.py", srcRoot},
		{"é\xff.py", "%C3%A9%FF.py", srcRoot},
		{"/abs/x.py", "file:///abs/x.py", ""},
		{"../x.py", "file:///src/x.py", ""},
		{`C:\dir\x.py`, "file:///C:/dir/x.py", ""},
		{"-", "-", ""},
		{"-dir/x", "-dir/x", srcRoot},
		{"/src/p q/x.py", "x.py", srcRoot},
		{"/src/p qq/x.py", "file:///src/p%20qq/x.py", ""},
	} {
		got := s.artifact(tt.path)
		if got.URI != tt.uri || got.URIBaseID != tt.base {
			t.Errorf("%q: %q on %q, want %q on %q", tt.path, got.URI, got.URIBaseID, tt.uri, tt.base)
		}
	}
}

// A run in a directory of a repository speaks of the repository's paths.
func TestArtifactOfRepository(t *testing.T) {
	s := &sarif{opt: Options{Repository: "/src"}, config: lint.Config{Root: "/src/pkg/a"}}
	for _, tt := range []struct{ path, uri, base string }{
		{"b.py", "pkg/a/b.py", srcRoot},
		{"../b.py", "pkg/b.py", srcRoot},
		{"/src/x.py", "x.py", srcRoot},
		{"/srcs/x.py", "file:///srcs/x.py", ""},
		{"-", "-", ""},
	} {
		if got := s.artifact(tt.path); got.URI != tt.uri || got.URIBaseID != tt.base {
			t.Errorf("%q: %q on %q, want %q on %q", tt.path, got.URI, got.URIBaseID, tt.uri, tt.base)
		}
	}
	if got := rootLocation(s.base()).URI; got != "file:///src/" {
		t.Errorf("the root is %q", got)
	}
}

func TestSARIFCategory(t *testing.T) {
	for name, want := range map[string]string{"": "pickle-lint/", "go": "pickle-lint/go/", "a/b/": "pickle-lint/a/b/"} {
		run := decodeSARIF(t, render(t, "sarif", Options{Category: name}, []lint.Message{{Summary: &lint.Summary{}}}))
		if run.Automation.ID != want {
			t.Errorf("%q: %q, want %q", name, run.Automation.ID, want)
		}
	}
}

func TestSARIFVersion(t *testing.T) {
	for version, want := range map[string]string{"v1.2.3": "1.2.3", "(devel)": "0.0.0 (devel)", "": "0.0.0", "0.1.0-dev": "0.1.0-dev"} {
		if got := numbered(version); got != want {
			t.Errorf("%q: %q, want %q", version, got, want)
		}
	}
}

// The message links where the bytes come from, and nothing else.
func TestSARIFRelated(t *testing.T) {
	f := loadRule.Finding(at("x.py", 5, 1, 5, 9), "loads [this](9)")
	from := at("y.py", 2, 1, 2, 4)
	f.Trace = []lint.Step{{Location: from, Text: "the bytes come from [a]"}, {Location: f.Location, Text: "loaded"}}
	run := decodeSARIF(t, render(t, "sarif", Options{Rules: testRules}, []lint.Message{{Finding: f}, {Summary: &lint.Summary{}}}))
	r := run.Results[0]
	if want := "loads [this] (9). See [the bytes come from (a)](1)."; r.Message.Text != want {
		t.Errorf("message %q, want %q", r.Message.Text, want)
	}
	if len(r.Related) != 1 || r.Related[0].ID != 1 || r.Related[0].Physical.Artifact.URI != "y.py" {
		t.Errorf("related %+v", r.Related)
	}
}

func TestUTF16Column(t *testing.T) {
	f := &sourceFile{text: []byte("\ufeffab\né😀x\n"), starts: []int{0, 6, 14, 14}}
	for _, tt := range []struct{ line, column, want int }{
		{1, 4, 1}, {1, 5, 2}, {2, 1, 1}, {2, 3, 2}, {2, 7, 4}, {2, 8, 5}, {2, 99, 5},
	} {
		if got, ok := f.utf16Column(tt.line, tt.column); !ok || got != tt.want {
			t.Errorf("%d:%d is column %d, %v, want %d", tt.line, tt.column, got, ok, tt.want)
		}
	}
	for _, bad := range [][2]int{{0, 1}, {9, 1}, {1, 0}} {
		if _, ok := f.utf16Column(bad[0], bad[1]); ok {
			t.Errorf("%v is a column", bad)
		}
	}
}

// The vectors of github/codeql-action, src/fingerprints.test.ts: ours has to agree
// with what the upload action computes.
func TestLineHashes(t *testing.T) {
	greetings := []string{
		"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
		"b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
	}
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", []string{"c129715d7a2bc9a3:1"}},
		{" a\nb\n  \t\tc\n d", []string{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
		{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", []string{
			"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1",
			"c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1",
		}},
		{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings},
		{" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings},
		{" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings},
	} {
		if got := lineHashes([]byte(tt.text)); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
	same := lineHashes([]byte(strings.Repeat("x\n", 300)))
	if same[0][:17] != same[1][:17] || !strings.HasSuffix(same[1], ":2") {
		t.Errorf("equal lines are not numbered: %v", same[:2])
	}
}

func BenchmarkLineHashes(b *testing.B) {
	text := []byte(strings.Repeat("    return pickle.load(handle)  # 模型\n", 1000))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		lineHashes(text)
	}
}

func BenchmarkFormats(b *testing.B) {
	messages := fixture()
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h, err := New(format, io.Discard, testOptions())
				if err != nil {
					b.Fatal(err)
				}
				for _, m := range messages {
					if err := m.Dispatch(h); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func ExampleFormats() {
	fmt.Println(Formats())
	// Output: [text json sarif github gitlab junit html markdown]
}

func TestSARIFRuleThatIsOff(t *testing.T) {
	quiet := *classRule
	quiet.Off = true
	log := newRuleTable([]*lint.Rule{loadRule, &quiet}, nil)
	for i, want := range []string{`{"enabled":false,"level":"note"}`, `{"level":"warning"}`} {
		got, err := json.Marshal(log.descriptors[i].Default)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", log.descriptors[i].ID, got, err)
		}
	}
}
