package inventory

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// ids are the channels with the ends they have.
func ids(inv *Inventory) []string {
	var out []string
	for _, c := range inv.Channels {
		out = append(out, fmt.Sprintf("%s %d>%d b%d", c.ID, len(c.Producers), len(c.Consumers), len(c.Blobs)+c.MoreBlobs))
	}
	return out
}

func TestJoin(t *testing.T) {
	for _, tt := range []struct{ facts, want string }{
		{"", ""},
		{"dump a.py:1 pickle.dump channel=file:spool/a.pkl\nload b.py:1 pickle.load channel=file:spool/a.pkl", "file:spool/a.pkl 1>1 b0"},
		{"dump a.py:1 pickle.dump channel=file:spool/a.pkl\nload b.py:1 pickle.load channel=file:spool/*.pkl", "file:spool/*.pkl 1>1 b0"},
		// Through the pattern in the middle both ends are of one channel.
		{"dump a.py:1 x channel=file:spool/a.pkl\ndump a.py:2 x channel=file:spool/b.pkl\nload b.py:1 y channel=file:spool/*.pkl", "file:spool/*.pkl 2>1 b0"},
		{"dump a.py:1 x channel=file:spool/a.pkl\nload b.py:1 y channel=file:other/*.pkl", "file:other/*.pkl 0>1 b0|file:spool/a.pkl 1>0 b0"},
		// A name of which nothing is known joins nothing, and a bare ending is none.
		{"dump a.py:1 x channel=file:*.pkl\nload b.py:1 y channel=file:m/*.pkl", "file:m/*.pkl 0>1 b0|file@a.py 1>0 b0"},
		{"dump a.py:1 x channel=cache:k\nload b.py:1 y channel=queue:k", "cache:k 1>0 b0|queue:k 0>1 b0"},
		{"dump a.py:1 x channel=cache:user-*\nload b.py:1 y channel=cache:user-*-v2", "cache:user-* 1>1 b0"},
		// Nor does a word that is in every tree, if the name may begin anywhere.
		{"dump a.py:1 x channel=file:*/data/*.pt\nload b.py:1 y channel=file:lib/tests/data/*", "file:*/data/*.pt 1>0 b0|file:lib/tests/data/* 0>1 b0"},
		{"dump a.py:1 x channel=file:*/v1/*.pt\nload b.py:1 y channel=file:lib/v1/*", "file:*/v1/*.pt 1>0 b0|file:lib/v1/* 0>1 b0"},
		{"dump a.py:1 x channel=file:*/data/net.pt\nload b.py:1 y channel=file:data/net.pt", "file:*/data/net.pt 1>1 b0"},
		{"dump a.py:1 x channel=file:data/*.pt\nload b.py:1 y channel=file:data/net.pt", "file:data/*.pt 1>1 b0"},
		{"dump a.py:1 x channel=file:/var/s.pkl\nload b.py:1 y channel=file:var/s*.pkl", "file:/var/s.pkl 1>0 b0|file:var/s*.pkl 0>1 b0"},
		// What is written beside its place is loaded from there.
		{"dump a.py:1 x channel=file:*/s/core.dat~\nload b.py:1 y channel=file:*/core.dat", "file:*/core.dat 1>1 b0"},
		{"dump a.py:1 x channel=file:s/core.dat.*.tmp\nload b.py:1 y channel=file:s/core.dat", "file:s/core.dat 1>1 b0"},
		{"dump a.py:1 x channel=file:s/.tmp\ndump a.py:2 x channel=cache:a.tmp", "cache:a.tmp 1>0 b0|file:s/.tmp 1>0 b0"},
		// What one file does without a name is one record for each kind.
		{"dump a.py:1 x\ndump a.py:2 x\nload a.py:3 y channel=network\nload b.py:1 y", "network@a.py 0>1 b0|unknown@a.py 2>0 b0|unknown@b.py 0>1 b0"},
		{"channel jobs match=spool/* producers=vendor\nload b.py:1 y channel=file:spool/x.pkl", "channel:jobs 1>1 b0"},
		{"channel jobs kind=queue match=jobs*\nload b.py:1 y channel=file:jobs.pkl", "channel:jobs 0>0 b0|file:jobs.pkl 0>1 b0"},
		{"channel jobs kind=file sites=a/*\nload a/b.py:1 y channel=file\nload a/b.py:2 y\nload a/b.py:3 y channel=process", "channel:jobs 0>2 b0|process@a/b.py 0>1 b0"},
		{"channel jobs sites=a/*\nload a/b.py:1 y\nload b.py:1 y", "channel:jobs 0>1 b0|unknown@b.py 0>1 b0"},
		{"load b.py:1 y channel=file:models/net.pt\nblob data/models/net.pt\nblob data/models/other.pt", "file:models/net.pt 0>1 b1|rest@data/models/*.pt 0>0 b1"},
		{"load b.py:1 y channel=file:models/*.pt\nload b.py:1 y channel=file:models/net-*.pt\nblob models/net-1.pt", "file:models/*.pt 0>2 b1"},
	} {
		facts, _ := example(t, tt.facts)
		if got := strings.Join(ids(Build(facts)), "|"); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.facts, got, tt.want)
		}
	}
}

// Every dump and every load is at exactly one place of the record, in whatever order the
// facts come, and the record is the same.
func TestExactlyOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"", "*", "file:a/b.pkl", "file:a/*.pkl", "file:*", "queue:jobs", "queue:j*s", "cache:user-*", "cache:user-1", "file:/a/b.pkl", "file:*/b.pkl", "network"}
	var text strings.Builder
	for i := range 300 {
		verb := []string{"dump", "load"}[r.IntN(2)]
		fmt.Fprintf(&text, "%s s%d/f%d.py:%d api channel=%s\n", verb, r.IntN(3), r.IntN(9), i, names[r.IntN(len(names))])
	}
	facts, _ := example(t, "service one s1/\nchannel c match=jobs\n"+text.String())
	first := Build(facts)
	seen := make(map[string]int)
	for _, c := range first.Channels {
		for _, p := range c.Producers {
			seen[fmt.Sprint(p.Path, p.Line)]++
		}
		for _, p := range c.Consumers {
			seen[fmt.Sprint(p.Path, p.Line)]++
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d sites, want 300", len(seen))
	}
	for at, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", at, n)
		}
	}
	r.Shuffle(len(facts.Dumps), func(i, j int) { facts.Dumps[i], facts.Dumps[j] = facts.Dumps[j], facts.Dumps[i] })
	r.Shuffle(len(facts.Sites), func(i, j int) { facts.Sites[i], facts.Sites[j] = facts.Sites[j], facts.Sites[i] })
	if !reflect.DeepEqual(spell(t, first), spell(t, Build(facts))) {
		t.Error("another order of the facts makes another record")
	}
}

func spell(t *testing.T, inv *Inventory) string {
	t.Helper()
	text, err := json.Marshal(inv)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The record can be read back.
func TestJSON(t *testing.T) {
	facts, _ := example(t, `service api api/ python=3.9 owner=@x
channel jobs match=spool/* producers=vendor retention=30d
dump api/a.py:1 pickle.dump channel=file:m.pkl classes=a.B protocol=4
load api/b.py:2 pickle.load channel=file:spool/x.pkl boundary=partner owner=x expires=2027-01-01 sensitivity=pii
load go/b.go:2 gob.Decode format=gob
blob spool/x.pkl modified=2026-01-01 protocols=4 globals=a.B`)
	inv := Build(facts)
	var back Inventory
	if err := json.Unmarshal([]byte(spell(t, inv)), &back); err != nil {
		t.Fatal(err)
	}
	if spell(t, &back) != spell(t, inv) {
		t.Errorf("got  %s\nwant %s", spell(t, &back), spell(t, inv))
	}
	if strings.Contains(spell(t, Build(new(Facts))), "null") {
		t.Error("an empty record has nulls")
	}
}

func TestGather(t *testing.T) {
	facts, _ := example(t, `codeowners api/ @org/api
service api api/ python=3.6
service web web/
sensitive app.models.* pii
dump api/a.py:1 pickle.dump channel=cache:u-* classes=app.models.User protocol=4
load api/b.py:1 pickle.loads channel=cache:u-* verified=hmac boundary=internal retention=1y expires=2027-01-01 ticket=T-2
load web/b.py:1 pickle.loads channel=cache:u-* boundary=internal retention=52w expires=2026-05-01 sensitivity=internal ticket=T-1`)
	c := Build(facts).Channels[0]
	four := 4
	want := &Channel{
		ID: "cache:u-*", Kind: lint.CacheChannel, Name: "u-*", Producers: c.Producers, Consumers: c.Consumers, Formats: []string{"pickle"},
		Boundaries: []string{"internal"}, Verification: Mixed, Protocols: []string{"4"}, Accepts: &four, Classes: []string{"app.models.User"},
		Sensitivity: "pii", Retention: "52w", Owners: []string{"@org/api"}, Expires: "2026-05-01", Compat: []string{}, Tickets: []string{"T-1", "T-2"},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestServices(t *testing.T) {
	facts := &Facts{Repository: "mono", Today: today, Roots: []Root{
		{Path: "pay/Dockerfile"}, {Path: "pay/pyproject.toml", Name: "payments"}, {Path: "pay/tools/go.mod", Name: "example.com/mono/tools"}, {Path: "x/tools/go.mod", Name: "example.com/tools"},
	}, Settings: Settings{Services: []ServiceSetting{{Name: "batch", Paths: []string{"./jobs/"}}}}}
	s := newServices(facts)
	for path, want := range map[string]string{
		"pay/a.py": "payments", "pay/tools/x.go": "tools", "x/tools/x.go": "x/tools", "jobs/a.py": "batch", "jobs": "batch", "jobs2/a.py": "mono", "a.py": "mono", "../x": "mono",
	} {
		if got := s.of(path).Name; got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := s.of("pay/a.py").From; got != "pay/pyproject.toml" {
		t.Error(got)
	}
}

func TestOwners(t *testing.T) {
	o := ParseOwners("CODEOWNERS", []byte(`# all
*       @org/all
*.py    @py user@example.com # not @this
/docs/  @docs
build/* @build
/src/**/gen @gen
/free
[Group] @group
/sec\ tion/
`))
	for path, want := range map[string]string{
		"x.go": "@org/all", "a/b.py": "@py user@example.com", "docs/a/b.txt": "@docs", "a/docs/b.txt": "@org/all", "build/x.c": "@build", "build/a/x.c": "@org/all",
		"src/a/b/gen/x.go": "@gen", "free": "", "sec tion/a": "@group",
	} {
		if got := strings.Join(o.Of(path), " "); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	for name, want := range map[string]bool{"all": true, "@org/all": true, "@other/all": true, "ALL": true, "user@example.com": true, "this": false, "user": false, "group": true} {
		if o.Has(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	if (*Owners)(nil).Of("x") != nil {
		t.Error("no file owns something")
	}
}

func TestMeet(t *testing.T) {
	words := []string{"", "*", "a", "b", "ab", "a*", "*b", "a*b", "*a*", "**", "b*a", "ab*ba", "a*a*a", "ab*a*b", "aba*", "*bab"}
	for _, a := range words {
		for _, b := range words {
			if got, want := meet(a, b), slowly(a, b); got != want {
				t.Errorf("%q %q: %v", a, b, got)
			}
			if meet(a, b) != meet(b, a) {
				t.Errorf("%q %q: not the same from both sides", a, b)
			}
		}
	}
}

func TestSpells(t *testing.T) {
	for _, a := range []string{"", "*", "a", "ab", "a*", "*b", "a*b", "*a*", "**", "b*a", "ab*ba", "a*a*a", "*ab*ab"} {
		for _, b := range []string{"", "a", "b", "ab", "aba", "abba", "abab", "aabb", "aaa", "baba"} {
			if got := spells(a, b); got != slowly(a, b) {
				t.Errorf("%q spells %q: %v", a, b, got)
			}
		}
	}
	if spells("a.pkl", "*.pkl") {
		t.Error("a star in a text is a letter")
	}
}

// Names of a hostile tree cost seconds, not hours.
func TestHostileNames(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute under the race detector")
	}
	start := time.Now()
	deep := strings.Repeat("a/", 500) + "x.pkl"
	if (&Owners{lines: []ownerLine{{"/" + strings.Repeat("**/a/", 60) + "b", []string{"@x"}}}}).Of(deep) != nil {
		t.Error("that owns something")
	}
	for range 1000 {
		if Covers("x"+strings.Repeat("*a/", 150), deep) {
			t.Fatal("that covers something")
		}
	}
	var apart, alike []string
	for i := range 5000 {
		apart = append(apart, fmt.Sprintf("x/%s*%04d", strings.Repeat("*ab", 150), i))
		alike = append(alike, fmt.Sprintf("*%s%04d*", strings.Repeat("*word", 90), i))
	}
	if found, left := groups(lint.FileChannel, apart); left > 0 || len(found) != len(apart) {
		t.Error(left, len(found))
	}
	if found, left := groups(lint.FileChannel, alike); left > 0 || len(found) != 1 {
		t.Error(left, len(found))
	}
	if took := time.Since(start); took > time.Minute {
		t.Error(took)
	}
}

// slowly looks for a text of both forms by its definition.
func slowly(a, b string) bool {
	switch {
	case a == "" && b == "":
		return true
	case strings.HasPrefix(a, "*"):
		return slowly(a[1:], b) || b != "" && slowly(a, b[1:])
	case strings.HasPrefix(b, "*"):
		return slowly(a, b[1:]) || a != "" && slowly(a[1:], b)
	}
	return a != "" && b != "" && a[0] == b[0] && slowly(a[1:], b[1:])
}

func TestCovers(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		want       bool
	}{
		{"a.pkl", "a.pkl", true}, {"a.pkl", "x/y/a.pkl", true}, {"a.pkl", "xa.pkl", false}, {"spool/*.pkl", "a/spool/1.pkl", true}, {"spool/*.pkl", "spool/deep/1.pkl", false},
		{"/spool/*.pkl", "/spool/deep/1.pkl", false}, {"spool/*.pkl", "srv/spool/1.pkl", true},
		{"*.pkl", "a.pkl", false}, {"/spool/a.pkl", "spool/a.pkl", false}, {"/spool/a*", "/spool/a1", true}, {"*/net.pt", "net.pt", true}, {"*/net.pt", "x/y/net.pt", true}, {"*/m/net.pt", "y/net.pt", false}, {"", "a", false},
	} {
		if got := Covers(tt.name, tt.path); got != tt.want {
			t.Errorf("%s %s: %v", tt.name, tt.path, got)
		}
	}
}

// A claim shortens the life of what its own load may read, and of nothing else.
func TestRetentionOf(t *testing.T) {
	const blobs = "\nblob m/net.pt\nblob m/a.tmp"
	for _, tt := range []struct{ facts, net, tmp string }{
		{"load a.py:1 x channel=file:m/*\nload b.py:1 x channel=file:m/*.tmp boundary=internal retention=1d", "", "1d"},
		{"load a.py:1 x channel=file:m/* boundary=internal retention=1y\nload b.py:1 x channel=file:m/*.tmp boundary=internal retention=1d", "1y", "1d"},
		{"channel m match=m/* retention=2y\nload b.py:1 x channel=file:m/*.tmp boundary=internal retention=1d", "2y", "2y"},
		{"channel m match=m/*\nload b.py:1 x channel=file:m/*.tmp boundary=internal retention=1d", "", "1d"},
		{"channel m match=m/* sites=b.py\nload b.py:1 x boundary=internal retention=1d", "1d", "1d"},
	} {
		facts, _ := example(t, tt.facts+blobs)
		got := make(map[string]string)
		for _, c := range Build(facts).Channels {
			for _, b := range c.Blobs {
				got[b.Path] = c.RetentionOf(b)
			}
		}
		if got["m/net.pt"] != tt.net || got["m/a.tmp"] != tt.tmp {
			t.Errorf("%s\n%v", tt.facts, got)
		}
	}
}

func TestProtocols(t *testing.T) {
	for python, want := range map[string]int{"2.7": 2, "3": 3, "3.3": 3, "3.4.1": 4, "3.7": 4, "3.8": 5, "3.14": 5, "4": 5} {
		if got, ok := newestProtocol(python); !ok || got != want {
			t.Errorf("%s: %d", python, got)
		}
	}
	if _, ok := newestProtocol("x"); ok {
		t.Error("x is a release")
	}
	if !slices.IsSortedFunc([]string{"2.7", "3", "3.9", "3.10"}, func(a, b string) int {
		if before(a, b) {
			return -1
		}
		return 1
	}) {
		t.Error("releases are out of order")
	}
}
