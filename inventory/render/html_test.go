package render

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/inventory"
)

var (
	styleElement  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	scriptElement = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	digests       = regexp.MustCompile(`sha256-(?:[^&']|&#43;)*`)
)

// The page, without the style and the script.
func TestFit(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"spool/a.pkl", "spool/a.pkl"}, {"unnamed in django/core/cache/backends/db.py", "in …nds/db.py"}, {"*/datasets/order-*.pkl", "…/order-*.pkl"},
		{"https://partner.example/a", "https://part…"}, {"a name without an end", "a name witho…"}, {"x/数据数据数据数据", "…数据数据数据"},
	} {
		if got := fit(tt.name, 13); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHTML(t *testing.T) {
	got := write(t, "html", sample.Ordinary(), 0)
	got = digests.ReplaceAllString(scriptElement.ReplaceAllString(styleElement.ReplaceAllString(got, "<style></style>"), "<script></script>"), "sha256-…")
	golden(t, "ordinary.html", got)
}

// The browser runs what the policy names by its digest: the text of the elements as it
// stands in the page, to the byte, and nothing that came with the data.
func TestHTMLPolicy(t *testing.T) {
	for name, inv := range map[string]*inventory.Inventory{"ordinary": sample.Ordinary(), "hostile": sample.Hostile(), "empty": sample.Empty()} {
		page := write(t, "html", inv, 0)
		m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatal("no policy")
		}
		policy := html.UnescapeString(m[1])
		for directive, element := range map[string]*regexp.Regexp{"style-src": styleElement, "script-src": scriptElement} {
			found := element.FindAllStringSubmatch(page, -1)
			if len(found) != 1 {
				t.Fatalf("%s: %d elements of %s", name, len(found), directive)
			}
			sum := sha256.Sum256([]byte(found[0][1]))
			if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
				t.Errorf("%s: no %s in %s", name, want, policy)
			}
		}
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
			t.Errorf("the policy is %s", policy)
		}
		bare := scriptElement.ReplaceAllString(page, "")
		if m := regexp.MustCompile(`<img|<iframe|<object| on[a-z]+="|javascript:[^a(]`).FindString(bare); m != "" {
			t.Errorf("%s: the page has %q", name, m)
		}
		if n := strings.Count(bare, `<li id="c`); n != len(inv.Channels) {
			t.Errorf("%s: %d channels, want %d", name, n, len(inv.Channels))
		}
	}
	for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "</script", "<!--"} {
		if strings.Contains(pageScript, bad) {
			t.Errorf("the script has %q", bad)
		}
	}
}

func TestHTMLLead(t *testing.T) {
	for want, s := range map[string]sum{
		"quiet No channel was found": {}, "warn No channel was found": {Skips: 1}, "good 1 channel between 2 services": {Channels: 1, Services: 2},
		"warn 2 channels in 1 service": {Channels: 2, Services: 1, Notes: 1}, "bad 3 channels in 1 service": {Channels: 3, Services: 1, Errors: 1},
	} {
		if tone, text := lead(&s); tone+" "+text != want {
			t.Errorf("%s %s, want %s", tone, text, want)
		}
	}
}
