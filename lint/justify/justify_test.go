package justify

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

var testDay = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// comment makes a comment that stands alone on a line.
func comment(line int, text string) Comment {
	return Comment{Location: lint.Location{Path: "f", Line: line, Column: 1}, Text: text, Alone: true}
}

func trailing(line int, text string) Comment {
	c := comment(line, text)
	c.Alone = false
	return c
}

// lines is a statement that begins its first line.
func lines(first, last int) Statement {
	return Statement{ID: int64(first), First: first, Last: last, Leads: true}
}

// faults runs one directive above a site on line 2.
func faults(text string) (got []string, suppresses bool) {
	f := NewFile(DefaultPolicy(testDay), []Comment{comment(1, text)})
	claim := f.Cover(lines(2, 2))
	for _, found := range f.Findings() {
		got = append(got, found.Rule+" "+found.Message)
	}
	return got, claim.Suppresses
}

func TestDirective(t *testing.T) {
	const ok = `reason="written by this binary only"`
	tests := []struct {
		text string
		want []string // substrings, one a finding; none means that it suppresses
	}{
		{`//picklelint:trust boundary=host ` + ok, nil},
		{`# picklelint:trust boundary=host ` + ok, nil},
		{`#picklelint:trust boundary=host ` + ok, nil},
		{"//picklelint:trust boundary=host reason=`raw \"string\" with quotes`", nil},
		{`//picklelint:trust ` + ok + ` boundary=host owner=storage // anything = "goes`, nil},
		{`# picklelint:trust boundary=host ` + ok + ` # noqa: S301`, nil},
		{`//picklelint:trust boundary=host reason="a // inside # a string"`, nil},
		{`//picklelint:trust boundary=partner ` + ok + ` verified-by=ingest.verify expires=2027-11-01`, nil},
		{`//picklelint:trust boundary=host ` + ok + ` retention=30d sensitivity=pii ticket=SEC-1 compat=v2`, nil},

		{`// picklelint:trust boundary=host ` + ok, []string{"PKL910 a Go directive has no space"}},
		{`/*picklelint:trust boundary=host ` + ok + `*/`, []string{"PKL910 a directive is a // comment"}},
		{`//pickle-lint:trust boundary=host ` + ok, []string{"PKL901 the prefix is spelled"}},
		{`//PickleLint:trust boundary=host ` + ok, []string{"PKL901 the prefix is spelled"}},
		{`//picklelint:`, []string{"PKL901 no verb"}},
		{`//picklelint: boundary=host ` + ok, []string{"PKL901 no verb"}},
		{`//picklelint:boundary=host ` + ok, []string{"PKL901 no verb"}},
		{`# picklelint: boundary=host ` + ok, []string{"PKL901 no verb"}},
		{`//picklelint:trust`, []string{"PKL902 boundary is missing", "PKL902 reason is missing"}},
		{`//picklelint:trsut boundary=host ` + ok, []string{`PKL904 unknown verb "trsut": did you mean "trust"?`}},
		{`//picklelint:trust boundary=host reason=two words`, []string{`PKL901 expected key=value, found "words"`}},
		{`//picklelint:trust boundary=host reason="open`, []string{"PKL901 reason: the string is not closed"}},
		{`//picklelint:trust boundary=host reason='single quoted text'`, []string{`PKL901 reason: write double quotes (") instead of single ones`}},
		{`//picklelint:trust boundary=host reason="closed"tail`, []string{"PKL901 reason: text directly behind"}},
		{`//picklelint:trust boundary= reason="written by this binary only"`, []string{"PKL901 boundary: no value"}},
		{`//picklelint:trust boundary="" ` + ok, []string{"PKL902 boundary is empty"}},
		{`//picklelint:trust Boundary=host ` + ok, []string{`PKL901 expected key=value, found "Boundary=host"`}},
		{`//picklelint:trust boundary=hots ` + ok, []string{`PKL904 unknown boundary "hots": did you mean "host"?`}},
		{`//picklelint:trust boundary=nonsense ` + ok, []string{`PKL904 unknown boundary "nonsense"`}},
		{`//picklelint:trust boundary=host expire=2027-01-01 ` + ok, []string{`PKL904 unknown key "expire": did you mean "expires"?`}},
		{`//picklelint:trust boundary=host sensitivity=red ` + ok, []string{"PKL904 unknown sensitivity"}},
		{`//picklelint:trust boundary=host retention=soon ` + ok, []string{"PKL901 retention=soon"}},
		{`//picklelint:trust boundary=host retention=d ` + ok, []string{"PKL901 retention=d"}},
		{`//picklelint:trust boundary=host boundary=host ` + ok, []string{"PKL905 boundary is given twice"}},
		{`//picklelint:trust boundary=host reason=""`, []string{"PKL903 the reason is empty"}},
		{`//picklelint:trust boundary=host reason="  "`, []string{"PKL903 the reason is empty"}},
		{`//picklelint:trust boundary=host reason="TODO: find out later on"`, []string{"PKL903 the reason \"TODO: find out later on\" is a placeholder"}},
		{`//picklelint:trust boundary=host reason="Trusted."`, []string{"is a placeholder"}},
		{`//picklelint:trust boundary=host reason="internal"`, []string{"only repeats a boundary"}},
		{`//picklelint:trust boundary=host reason="Host boundary"`, []string{"only repeats a boundary"}},
		{`//picklelint:trust boundary=host reason="ours only"`, []string{"too short"}},
		{`//picklelint:trust boundary=partner ` + ok, []string{"boundary=partner needs verified-by", "boundary=partner needs expires"}},
		{`//picklelint:trust boundary=host expires=2026-10-31 ` + ok, []string{"PKL906 expired on 2026-10-31, 1 day ago"}},
		{`//picklelint:trust boundary=host expires=tomorrow ` + ok, []string{"PKL901 expires=tomorrow is not a date"}},
		{`//picklelint:trust boundary=host expires=2026-02-30 ` + ok, []string{"PKL901 expires=2026-02-30 is not a date"}},
	}
	for _, tt := range tests {
		got, suppresses := faults(tt.text)
		if suppresses != (len(tt.want) == 0) {
			t.Errorf("%s: suppresses = %v, findings %q", tt.text, suppresses, got)
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.text, got, tt.want)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i], tt.want[i]) {
				t.Errorf("%s:\n got %q\nwant %q", tt.text, got[i], tt.want[i])
			}
		}
	}
}

// A boundary that asks for proof is in order as a claim and suppresses nothing.
func TestProofBoundary(t *testing.T) {
	for _, boundary := range []string{"user", "public"} {
		text := fmt.Sprintf(`# picklelint:trust boundary=%s reason="signed by our own exporter" verified-by=v expires=2027-01-01`, boundary)
		got, suppresses := faults(text)
		if len(got) != 0 || suppresses {
			t.Errorf("boundary=%s: findings %q, suppresses %v", boundary, got, suppresses)
		}
	}
}

func TestPlacement(t *testing.T) {
	const trust = `# picklelint:trust boundary=host reason="written by this program only"`
	tests := []struct {
		name     string
		comments []Comment
		covered  bool
	}{
		{"directly above", []Comment{comment(9, trust)}, true},
		{"on the first line", []Comment{trailing(10, trust)}, true},
		{"on the last line", []Comment{trailing(12, trust)}, true},
		{"alone inside the statement", []Comment{comment(11, trust)}, true},
		{"other comments between", []Comment{comment(7, trust), comment(8, "# noqa"), comment(9, "# type: ignore")}, true},
		{"behind another comment", []Comment{comment(8, "# prose"), comment(9, trust)}, true},
		{"a blank line between", []Comment{comment(8, trust)}, false},
		{"trailing on the line above", []Comment{trailing(9, trust)}, false},
		{"below", []Comment{comment(13, trust)}, false},
		{"a comment block broken by code", []Comment{comment(7, trust), trailing(8, "# prose"), comment(9, "# prose")}, false},
	}
	for _, tt := range tests {
		f := NewFile(DefaultPolicy(testDay), tt.comments)
		claim := f.Cover(lines(10, 12))
		if claim.Suppresses != tt.covered || (claim.Justification != nil) != tt.covered {
			t.Errorf("%s: claim = %+v, want covered %v", tt.name, claim, tt.covered)
		}
		dead := 0
		for _, found := range f.Findings() {
			if found.Rule == DeadJustification.ID {
				dead++
			}
		}
		if (dead == 0) != tt.covered {
			t.Errorf("%s: %d dead directives, covered %v", tt.name, dead, tt.covered)
		}
	}
}

func TestOneClaimCoversAllSitesOfOneStatement(t *testing.T) {
	f := NewFile(DefaultPolicy(testDay), []Comment{comment(9, `# picklelint:trust boundary=host reason="written by this program only"`)})
	for range 2 {
		if !f.Cover(lines(10, 12)).Suppresses {
			t.Error("the claim does not cover")
		}
	}
	if got := f.Findings(); len(got) != 0 {
		t.Errorf("findings: %v", got[0].Message)
	}
}

func TestTwoClaimsSuppressNothing(t *testing.T) {
	f := NewFile(DefaultPolicy(testDay), []Comment{
		comment(8, `# picklelint:trust boundary=host reason="written by this program only"`),
		comment(9, `# picklelint:trust boundary=public reason="anybody may have written"`),
	})
	if f.Cover(lines(10, 10)).Suppresses {
		t.Error("two claims suppress")
	}
	found := f.Findings()
	if len(found) == 0 || !strings.Contains(found[0].Message+found[len(found)-1].Message, "one justification") {
		t.Errorf("findings: %v", found)
	}
}

// One line may hold several statements; a claim there is about the first.
func TestOneClaimOneStatement(t *testing.T) {
	const trust = `# picklelint:trust boundary=host reason="written by this program only"`
	f := NewFile(DefaultPolicy(testDay), []Comment{trailing(5, trust)})
	one := Statement{ID: 50, First: 5, Last: 5, Leads: true}
	two := Statement{ID: 70, First: 5, Last: 5}
	if !f.Cover(one).Suppresses || f.Cover(two).Justification != nil || !f.Cover(one).Suppresses {
		t.Error("a trailing claim does not cover the first statement of its line alone")
	}
	f = NewFile(DefaultPolicy(testDay), []Comment{comment(4, trust)})
	if f.Cover(two).Justification != nil || !f.Cover(one).Suppresses {
		t.Error("a claim above does not cover the statement that the line begins with")
	}
}

func TestIndentationBindsComments(t *testing.T) {
	c := comment(4, `# picklelint:trust boundary=host reason="written by this program only"`)
	c.Indent = 5
	for column, want := range map[int]bool{5: true, 1: false, 9: false} {
		f := NewFile(DefaultPolicy(testDay), []Comment{c})
		if got := f.Cover(Statement{ID: 60, First: 5, Last: 5, Leads: true, Indent: column}).Suppresses; got != want {
			t.Errorf("statement at column %d: covered = %v", column, got)
		}
	}
}

func TestForeignSuppression(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"# nosec", true},
		{"# nosec B301 -- written by us", true},
		{"# noqa: S301", true},
		{"# type: ignore # noqa", true},
		{"//nolint:gosec", true},
		{"// nolint", true},
		{"//lint:ignore SA1019 old", true},
		{"# nosemgrep: rule", true},
		{"# the nosec comment was removed", false},
		{"# nosecret", false},
		{"# noqa: E501", false},
		{"# noqa: E501, S301", true},
		{"# noqa:S506", true},
		{"# noqa because", true},
		{"# noqa: F401 # nosec", true},
		{"//nolint:errcheck", false},
		{"//nolint:errcheck,gosec // why", true},
		{"# pyre-ignore[6066]", true},
		{"# pyre-ignore[16]", false},
		{"# NOSONAR", true},
		{"# skipcq: BAN-B301", true},
	} {
		f := NewFile(DefaultPolicy(testDay), []Comment{trailing(5, tt.text)})
		f.Cover(lines(5, 5))
		if got := len(f.Findings()) == 1; got != tt.want {
			t.Errorf("%q: reported = %v", tt.text, got)
		}
	}
}

func TestForeignBesideAClaimIsFine(t *testing.T) {
	f := NewFile(DefaultPolicy(testDay), []Comment{
		comment(4, `# picklelint:trust boundary=host reason="written by this program only"`),
		trailing(5, "# nosec"),
	})
	f.Cover(lines(5, 5))
	if got := f.Findings(); len(got) != 0 {
		t.Errorf("findings: %v", got[0].Message)
	}
}

func TestVerifierStandsOnFunctions(t *testing.T) {
	c := comment(1, "//picklelint:verifier")
	c.OnFunction = true
	if got := NewFile(DefaultPolicy(testDay), []Comment{c}).Findings(); len(got) != 0 {
		t.Errorf("on a function: %v", got[0].Message)
	}
	c.OnFunction = false
	if got := NewFile(DefaultPolicy(testDay), []Comment{c}).Findings(); len(got) != 1 || got[0].Rule != MisplacedDirective.ID {
		t.Errorf("elsewhere: %v", got)
	}
}

func FuzzDirective(f *testing.F) {
	for _, seed := range []string{
		`//picklelint:trust boundary=host reason="x"`, "# picklelint:verifier", "//picklelint:trust a=`", "/*picklelint:*/", `# picklelint:trust ="`,
		"//picklelint:trust retention=\"\"", "//picklelint:trust retention=d",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := NewFile(DefaultPolicy(testDay), []Comment{comment(1, text)})
		claim := file.Cover(lines(2, 2))
		found := file.Findings()
		if claim.Suppresses && slices.ContainsFunc(found, func(f *lint.Finding) bool { return f.Rule != ExpiringJustification.ID }) {
			t.Errorf("%q suppresses although %s", text, found[0].Message)
		}
		for _, m := range found {
			if m.Message != lint.Printable(m.Message) {
				t.Errorf("%q: message %q is not printable", text, m.Message)
			}
		}
	})
}

// What Go has of the places of a directive.
func TestGoOpenings(t *testing.T) {
	const fields = ` boundary=host reason="written by this binary only"`
	for text, want := range map[string]string{
		"//nolint:gosec //picklelint:trust" + fields: "PKL910 a Go directive is a comment of its own",
		"//nolint:lll //picklelint:trust" + fields:   "PKL910 a Go directive is a comment of its own",
		"//picklelint trust" + fields:                `PKL901 the prefix is spelled "picklelint", want "picklelint:"`,
		"//\t//picklelint:trust" + fields:            "",
		"// see //picklelint:trust" + fields:         "",
		"// pickle-lint trusts nobody":               "",
	} {
		got, _ := faults(text)
		if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || !strings.HasPrefix(got[0], want)) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Whatever is a directive must be one to the cheap look, or its file is not read.
func TestMentionsCoversOpenings(t *testing.T) {
	for _, text := range []string{
		"picklelint:trust", "picklelint:", "pickle-lint:x", "PICKLE_LINT : verifier boundary=host", "pickle lint trust a=b", "picklelint disable", "picklelint=trust a=b",
	} {
		if _, is := opens(text); !is || !Mentions(text) || !Mentions(text[:min(len(text), 32)]) {
			t.Errorf("%q: opens %v, mentions %v", text, is, Mentions(text))
		}
	}
}

func TestReasonsOfEmptyWords(t *testing.T) {
	for reason, empty := range map[string]bool{
		"this is trusted data": true, "see ticket SEC-12": true, "safe, internal file": true, "false positive of the linter": true, "xxxxxxxxxxxx": true, "1234567890": true,
		"https://example.com/why": true, "verified and trusted": true, "loaded from a trusted source": true, "used internally only": false, "only internally, always safe": true,
		"written by cron job 12 only": false, "made by make tables": false, "our own spool, mode 0600": false, "trusted: the build signs it": false,
		"本程序写入的缓存文件": false, "checksum pinned in LOCK": false, "local cache in ~/.cache, mode 0700": false,
	} {
		got, _ := faults(fmt.Sprintf("# picklelint:trust boundary=host reason=%q", reason))
		if is := len(got) > 0; is != empty {
			t.Errorf("%q: %q", reason, got)
		}
	}
}

// In the doc comment of a function a claim of boundary=caller is about all of its
// statements, and no other claim is about any.
func TestOnFunction(t *testing.T) {
	doc := func(line int, text string) Comment {
		c := comment(line, text)
		c.OnFunction = true
		return c
	}
	const reason = ` reason="only the caller knows who wrote it"`
	f := NewFile(DefaultPolicy(testDay), []Comment{
		doc(1, "//picklelint:trust boundary=caller"+reason),
		doc(11, "//picklelint:trust boundary=host"+reason),
		comment(21, "//picklelint:trust boundary=caller"+reason),
		doc(31, "//picklelint:trust boundary=caller reason=todo"),
		comment(33, "//picklelint:trust boundary=host"+reason),
	})
	inside := func(line, docFirst, docLast int) Statement {
		s := lines(line, line)
		s.DocFirst, s.DocLast = docFirst, docLast
		return s
	}
	for _, test := range []struct {
		s          Statement
		suppresses bool
		boundary   string
	}{
		{inside(4, 1, 1), true, "caller"},
		{inside(6, 1, 1), true, "caller"},
		{inside(14, 11, 11), false, ""},
		{inside(24, 21, 21), false, ""}, // it is no doc comment
		{inside(34, 31, 31), true, "host"},
		{inside(36, 31, 31), false, "caller"}, // it is not in order
	} {
		claim := f.Cover(test.s)
		boundary := ""
		if claim.Justification != nil {
			boundary = claim.Justification.Boundary
		}
		if claim.Suppresses != test.suppresses || boundary != test.boundary {
			t.Errorf("line %d: suppresses %v, boundary %q", test.s.First, claim.Suppresses, boundary)
		}
	}
	var got []string
	for _, found := range f.Findings() {
		got = append(got, fmt.Sprint(found.Line, " ", found.Rule))
	}
	if want := []string{"11 PKL908", "21 PKL908", "31 PKL903"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
