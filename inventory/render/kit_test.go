package render

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/markdown"
	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

func writeWith(t *testing.T, format string, inv *inventory.Inventory, opt Options) string {
	t.Helper()
	r, err := New(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r(&b, inv, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var judgedBy = Options{Config: ".pickle-lint.yml", Baseline: "ci/accepted list", Lock: "pickle.lock", Wrapper: []string{"shop.safe_pickle"}}

// Whoever appends the snippet gets the owners that the record has, for each file with a site.
func TestCodeOwners(t *testing.T) {
	inv := sample.Ordinary()
	text := writeWith(t, "codeowners", inv, judgedBy)
	read := inventory.ParseOwners("CODEOWNERS", []byte(text))
	for path, want := range map[string]string{
		"worker/invoices.py": "@shop/jobs @shop/money", "worker/spool.py": "@shop/jobs", "api/spool.py": "@shop/jobs @shop/web", "api/sessions.py": "@shop/web", "ledger/main.go": "@shop/money", "api/else.py": "", "sub/ledger/main.go": "",
	} {
		if got := strings.Join(read.Of(path), " "); got != want {
			t.Errorf("%s is owned by %q, want %q in\n%s", path, got, want, text)
		}
	}
	for _, c := range inv.Channels {
		for _, e := range endsOf(c) {
			if e.at.Path != "" && strings.Count(text, "/"+e.at.Path+" ") != 1 && !strings.Contains(text, "# no owner: "+e.at.Path+"\n") {
				t.Errorf("%s is not in it once", e.at.Path)
			}
		}
	}
	for _, path := range []string{".pickle-lint.yml", "ci/accepted list", "pickle.lock"} {
		if want := ownersPattern(path) + " @shop/jobs @shop/money @shop/web\n"; !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if nobody := writeWith(t, "codeowners", sample.Empty(), judgedBy); !strings.Contains(nobody, "# no owner: pickle.lock\n") {
		t.Error(nobody)
	}
	inv.Services = append(inv.Services, &inventory.Service{Name: "shop", Paths: []string{"."}, Owners: []string{"@shop/all", "security@example.com", "nobody"}})
	text = writeWith(t, "codeowners", inv, judgedBy)
	if want := "/ci/accepted\\ list @shop/all security@example.com\n"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
	if want := "# no user, team or address: nobody\n"; !strings.Contains(text, want) {
		t.Errorf("no %q", want)
	}
}

// An owner in a claim is a word, and the handle is elsewhere in the record.
func TestOwnerWords(t *testing.T) {
	o := &fileOwners{handles: []string{"@acme/storage", "@acme/web"}}
	handles, unknown := o.of([]string{"storage", "@bob", "a@example.org", "nobody", " ", "@x y", "@a/b @c", "@", "#c"})
	if want := []string{"@acme/storage", "@bob", "a@example.org"}; !slices.Equal(handles, want) {
		t.Errorf("%q", handles)
	}
	if want := []string{"nobody", "@x y", "@a/b @c", "@", "#c"}; !slices.Equal(unknown, want) {
		t.Errorf("%q", unknown)
	}
}

// Whatever a file is called, its line is one line, gives it to its owners, and takes no other
// file that has a different directory.
func TestCodeOwnersHostile(t *testing.T) {
	for _, name := range append(sample.Names, "*", "**", "a b", "#c", "!n", "[a]", `back\slash`, "tab\there", "x @evil", "\ufffd") {
		path := "d/" + name + "/f.py"
		pattern := ownersPattern(path)
		line := pattern + " @me"
		if strings.ContainsAny(pattern, "\n\r\t#*[!") || strings.Contains(strings.ReplaceAll(pattern, `\ `, ""), " ") {
			t.Errorf("%q: %q", path, pattern)
		}
		if name == "" || name == "</script><script>document.title='owned'</script>" || strings.Contains(name, "/") {
			continue // a name with slashes is a path
		}
		read := inventory.ParseOwners("", []byte("* @rest\n"+line+"\n"))
		if got := read.Of(path); !slices.Equal(got, []string{"@me"}) {
			t.Errorf("%q by %q: %q", path, line, got)
		}
		if got := read.Of("e/" + name + "/f.py"); !slices.Equal(got, []string{"@rest"}) {
			t.Errorf("another than %q: %q", path, got)
		}
	}
	text := writeWith(t, "codeowners", sample.Hostile(), judgedBy)
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "/") && line != "\n" {
			t.Errorf("a line of foreign making: %q", line)
		}
		if words := strings.Fields(line); strings.HasPrefix(line, "/") && strings.Contains(strings.Join(words[1:], " "), "everyone") != strings.Contains(line, " @everyone") {
			t.Errorf("%q", line)
		}
	}
}

func TestReview(t *testing.T) {
	inv := sample.Ordinary()
	inv.Channels[0].Owners = append(inv.Channels[0].Owners, "web")
	text := writeWith(t, "review", inv, judgedBy)
	if strings.Contains(text, "`web`\n") || strings.Contains(text, "| `web` |") {
		t.Error("an owner has two names")
	}
	for _, want := range []string{
		"| `partner` | written by a known outside party | a reason, `verified-by`, `expires` | 1 channel |\n",
		"| `user` | written or chosen by a user | a reason, `verified-by`, `expires`, and a check that pickle-lint can prove | 1 channel |\n",
		"| `/upload` | `network` | behind `user`, and not every load verifies |",
		"| `invoices` | `bucket` | carries what is `pii`<br>from `billing` to `worker` | `@shop/money` |\n",
		"### A new load\n", "### A new dump\n", "### A change of `pickle.lock`\n", "### A new class in the allow-list of `shop.safe_pickle`\n", "### A change of `.pickle-lint.yml` or `ci/accepted list`\n",
		"| `@shop/money` | ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	bare := writeWith(t, "review", inv, Options{Boundaries: map[string]justify.Boundary{"host": {Description: "this | host", Requires: []string{"verified-by"}}}})
	for _, want := range []string{
		"| `host` | this &#124; host | a reason, `verified-by` |", "| `partner` | nobody has said: ", "There is none yet: `pickle-lint lock`", "allow-list of the safe wrapper\n",
		"behind `host`, and not every load verifies",
	} {
		if !strings.Contains(bare, want) {
			t.Errorf("no %q in\n%s", want, bare)
		}
	}
	if strings.Contains(bare, "pickle-lint.yml") || strings.Contains(bare, "behind `partner`") {
		t.Error("what is not there is told")
	}
}

func TestReviewHostileAndLarge(t *testing.T) {
	hostile := judgedBy
	hostile.Config, hostile.Lock, hostile.Wrapper = "a|b`c", "@everyone\n# x", sample.Names
	text := writeWith(t, "review", sample.Hostile(), hostile)
	cells := 0
	for line := range strings.Lines(text) {
		bare := codes.ReplaceAllString(line, "")
		n := strings.Count(bare, "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			cells = 0
		case cells == 0:
			cells = n
		case n != cells:
			t.Errorf("%d bars, want %d: %s", n, cells, line)
		}
		if strings.Contains(bare, "://") || person.MatchString(bare) {
			t.Errorf("a link or a person: %s", line)
		}
		bare = strings.TrimLeft(marks.ReplaceAllString(bare, ""), "#")
		if i := strings.IndexAny(bare, "<>`[]*_\\{~#"); i >= 0 {
			t.Errorf("%q in %s", bare[i], line)
		}
	}
	large := sample.Large(3000)
	large.Channels[0].Owners = append(large.Channels[0].Owners, strings.Repeat("x", 100))
	for _, c := range large.Channels[:2000] {
		c.Owners = append(c.Owners, "@team/"+lint.Printable(c.Name))
	}
	text = writeWith(t, "review", large, Options{})
	if len(text) > markdown.Most || strings.Count(text, " more. The formats") != 2 {
		t.Errorf("%d bytes", len(text))
	}
}
