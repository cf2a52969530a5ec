package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

var (
	styleElement  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	scriptElement = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
)

// The golden page is without its style and script, which have no data in them.
func TestGoldenHTML(t *testing.T) {
	opt := testOptions()
	opt.Day = "2026-11-01"
	page := render(t, "html", opt, fixture())
	page = styleElement.ReplaceAll(page, []byte("<style></style>"))
	page = scriptElement.ReplaceAll(page, []byte("<script></script>"))
	page = regexp.MustCompile(`sha256-[^']*`).ReplaceAll(page, []byte("sha256-…"))
	golden(t, "run.html", page)
}

// The browser runs what the policy names by its digest: the text of the elements as it
// stands in the page, to the byte, and nothing that came with the data.
func TestHTMLPolicy(t *testing.T) {
	for _, messages := range [][]lint.Message{fixture(), hostile()} {
		page := string(render(t, "html", testOptions(), messages))
		m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatal("no policy")
		}
		policy := html.UnescapeString(m[1])
		for directive, element := range map[string]*regexp.Regexp{"style-src": styleElement, "script-src": scriptElement} {
			all := element.FindAllStringSubmatch(page, -1)
			if len(all) != 1 {
				t.Fatalf("%d elements for %s", len(all), directive)
			}
			sum := sha256.Sum256([]byte(all[0][1]))
			if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
				t.Errorf("no %s in %s", want, policy)
			}
		}
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
			t.Errorf("the policy is %s", policy)
		}
		for _, bad := range []string{" src=", " style=", " onclick=", "<img", "<iframe", "javascript:"} {
			if strings.Contains(scriptElement.ReplaceAllString(page, ""), bad) {
				t.Errorf("the page has %q", bad)
			}
		}
	}
	for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "</script", "<!--"} {
		if strings.Contains(pageScript, bad) {
			t.Errorf("the script has %q", bad)
		}
	}
}

func TestHTMLLead(t *testing.T) {
	for want, m := range map[string]lint.Summary{
		"good No findings": {Files: 1}, "good No open findings": {Files: 1, Suppressed: 1}, "warn Nothing was looked at": {},
		"warn No findings, but not everything was looked at": {Files: 1, Skips: 1}, "bad 1 finding": {Errors: 1}, "bad 3 findings": {Warnings: 2, Notes: 1}, "warn 2 findings": {Notes: 2},
	} {
		if tone, text := lead(&m); tone+" "+text != want {
			t.Errorf("%+v: %s %s, want %s", m, tone, text, want)
		}
	}
}

// A claim counts where nothing is found, and the state of a site is said once.
func TestHTMLBoundaries(t *testing.T) {
	claim := &lint.Justification{Boundary: "host", Reason: "r"}
	site := func(line int, change func(*lint.Site)) *lint.Site {
		s := &lint.Site{Location: at("app/x.py", line, 1, line, 9), API: "pickle.load"}
		if change != nil {
			change(s)
		}
		return s
	}
	h := &htmlReport{sites: []*lint.Site{
		site(1, nil),
		site(2, func(s *lint.Site) { s.Safe = "weights_only=True" }),
		site(3, func(s *lint.Site) { s.Justification = claim }),
		site(4, func(s *lint.Site) { s.Justification, s.Verified = claim, "hmac" }),
		site(5, func(s *lint.Site) { s.Justification, s.Verified = claim, "hmac" }),
	}, findings: []*lint.Finding{
		loadRule.Finding(at("app/x.py", 5, 1, 5, 9), "still open"),
		{Location: at("app/x.py", 3, 1, 3, 9), Suppressed: true},
	}}
	sites, m := h.boundaries(h.folders())
	var states []string
	for _, s := range sites {
		states = append(states, s.State)
	}
	if got := strings.Join(states, ", "); got != "open, safe form, justified, verified, open" {
		t.Errorf("states: %s", got)
	}
	if len(m.Boundaries) != 2 || m.Boundaries[0].Name != "host" || m.Boundaries[0].States != [siteStates]int{1, 1, 1, 0} || m.Boundaries[1].States != [siteStates]int{1, 0, 0, 1} {
		t.Errorf("boundaries: %+v", m.Boundaries)
	}
	if len(m.Folders) != 1 || m.Folders[0].Total != 5 || m.Folders[0].Open != 2 || m.Open != 2 {
		t.Errorf("folders: %+v, %d open", m.Folders, m.Open)
	}
}

func TestHTMLFolders(t *testing.T) {
	h := new(htmlReport)
	for _, top := range []string{"a", "b/c", "/abs/x"} {
		for i := range 20 {
			h.sites = append(h.sites, &lint.Site{Location: lint.Location{Path: top + "/" + strings.Repeat("d", i+1) + "/x.py"}})
		}
	}
	folder := h.folders()
	for name, want := range map[string]string{"a/dd/x.py": "a/dd", "b/c/d/x.py": "b/c", "/abs/x/d/x.py": "/abs", "x.py": "."} {
		if got := folder(name); got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
}

// Lines of many kilobytes are cut around what is meant, in any format for people.
func TestLongLines(t *testing.T) {
	opt := testOptions()
	opt.Source = func(string) ([]byte, error) {
		return []byte(strings.Repeat("x", 10<<10) + "pickle.load(f)" + strings.Repeat("y", 10<<10)), nil
	}
	messages := []lint.Message{{Finding: loadRule.Finding(at("x.py", 1, 10<<10+1, 1, 10<<10+15), "found")}, {Summary: &lint.Summary{}}}
	for _, format := range []string{"html", "junit"} {
		out := render(t, format, opt, messages)
		out = scriptElement.ReplaceAll(styleElement.ReplaceAll(out, nil), nil)
		if !bytes.Contains(out, []byte("pickle.load(f)")) || bytes.Contains(out, []byte(strings.Repeat("x", 400))) {
			t.Errorf("%s: %.2000s", format, out)
		}
	}
}

func TestHTMLWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		"no code":             "no code",
		"`a` and `b.c`, d":    "<a> and <b.c>, d",
		"one ` alone, `` two": "one < alone, >` two",
		"empty `` here":       "empty `` here",
		"`x":                  "`x",
	} {
		var got strings.Builder
		for _, w := range words(text) {
			if w.Code {
				got.WriteString("<" + w.Text + ">")
			} else {
				got.WriteString(w.Text)
			}
		}
		if got.String() != want {
			t.Errorf("%q: %s, want %s", text, got.String(), want)
		}
	}
}
