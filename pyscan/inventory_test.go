//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// inventoryOf scans a source for an inventory.
func inventoryOf(path, src string, modules *Modules) *Result {
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Inventory: true, Modules: modules}
	return s.Scan(context.Background(), path, []byte(src))
}

// channelText is "file:spool/x.pkl literal builtins.open", "unknown", or "-" for none.
func channelText(c *lint.Channel) string {
	switch {
	case c == nil:
		return "-"
	case c.Kind == lint.UnknownChannel && *c == (lint.Channel{Kind: c.Kind}):
		return "unknown"
	}
	return strings.Join(strings.Fields(fmt.Sprintf("%s:%s %s %s", c.Kind, c.Name, c.From, c.Via)), " ")
}

// toldInventory lists what is told of each line, as the fixtures write it.
func toldInventory(res *Result) map[int][]string {
	out := make(map[int][]string)
	for _, s := range res.Sites {
		out[s.Line] = append(out[s.Line], fmt.Sprintf("site %s %s", s.API, channelText(s.Channel)))
	}
	for _, d := range res.Dumps {
		protocol := d.Protocol
		if protocol == "" {
			protocol = "-"
		}
		text := fmt.Sprintf("dump %s %s %s", d.API, protocol, channelText(d.Channel))
		if len(d.Classes) > 0 {
			text += " classes " + strings.Join(d.Classes, ",")
		}
		out[d.Line] = append(out[d.Line], text)
	}
	return out
}

// told is where another expectation begins on the same line.
var toldBegins = regexp.MustCompile(` (?:site|dump) `)

// Each line of a fixture says in its comment all that is told of it.
func TestInventoryFixtures(t *testing.T) {
	fixtures, err := filepath.Glob("testdata/inventory/*.py")
	if err != nil || len(fixtures) < 3 {
		t.Fatal(fixtures, err)
	}
	for _, fixture := range fixtures {
		src, err := os.ReadFile(fixture)
		if err != nil {
			t.Fatal(err)
		}
		m := &Modules{Tops: []string{"/p"}, Read: func(string) ([]byte, error) { return nil, os.ErrNotExist }, Exists: func(p string) bool { return p == "/p/pkg/__init__.py" }, Show: func(p string) string { return p[3:] }}
		m.Add("/p/pkg/__init__.py", "/p/pkg/"+path.Base(fixture))
		res := inventoryOf("pkg/"+path.Base(fixture), string(src), m)
		got := toldInventory(res)
		for k, line := range strings.Split(string(src), "\n") {
			var want []string
			if _, comment, ok := strings.Cut(line, "  # "); ok {
				rest := " " + comment
				for rest != "" {
					end := len(rest)
					if next := toldBegins.FindStringIndex(rest[1:]); next != nil {
						end = next[0] + 1
					}
					want, rest = append(want, strings.TrimSpace(rest[:end])), rest[end:]
				}
			}
			slices.Sort(want)
			slices.Sort(got[k+1])
			if !slices.Equal(want, got[k+1]) {
				t.Errorf("%s:%d: %s\n got %q\nwant %q", fixture, k+1, strings.TrimSpace(line), got[k+1], want)
			}
		}
		for _, skip := range res.Skips {
			t.Errorf("%s: %s", fixture, skip.Reason)
		}
	}
}

// Who does not ask for an inventory pays nothing and is told nothing of it.
func TestNoInventory(t *testing.T) {
	src := "import pickle\npickle.dump(x, open('a.pkl', 'wb'))\npickle.load(open('a.pkl', 'rb'))\n"
	plain, asked := scan("x.py", src), inventoryOf("x.py", src, nil)
	if len(plain.Dumps) != 0 || plain.Sites[0].Channel != nil {
		t.Errorf("%+v", plain.Dumps)
	}
	if len(asked.Dumps) != 1 || asked.Sites[0].Channel == nil || asked.Sites[0].Channel.Name != asked.Dumps[0].Channel.Name {
		t.Errorf("%+v", asked)
	}
	if said(plain) != said(asked) {
		t.Errorf("the findings hang on it: %q, %q", said(plain), said(asked))
	}
}

// A constant of another module of the project is a name, too.
func TestChannelsElsewhere(t *testing.T) {
	sources := map[string]string{
		"/p/shop/__init__.py":       "",
		"/p/shop/settings.py":       "import os\nfrom .base import ROOT\nSPOOL_DIR = os.path.join(ROOT, 'spool')\nCHANGES = 'a'\nCHANGES = 'b'\n",
		"/p/shop/base.py":           "ROOT = '/srv'\n",
		"/p/shop/paths/__init__.py": "from ..settings import SPOOL_DIR\nfrom .names import NAME\n",
		"/p/shop/paths/names.py":    "NAME = 'a.pkl'\n",
	}
	m := &Modules{
		Tops: []string{"/p"}, Show: func(p string) string { return p[3:] },
		Read: func(p string) ([]byte, error) {
			if text, ok := sources[p]; ok {
				return []byte(text), nil
			}
			return nil, os.ErrNotExist
		},
		Exists: func(p string) bool { _, ok := sources[p]; return ok },
	}
	for name := range sources {
		m.Add(name)
	}
	m.Add("/p/shop/load.py")
	for body, want := range map[string]string{
		"from shop import settings\npickle.load(open(settings.SPOOL_DIR + '/x.pkl', 'rb'))": "file:*/spool/x.pkl format builtins.open",
		"from .base import ROOT\npickle.load(open(ROOT + '/x.pkl', 'rb'))":                  "file:/srv/x.pkl constant builtins.open",
		"from .paths import NAME\npickle.load(open(NAME, 'rb'))":                            "file:a.pkl constant builtins.open",
		"from . import settings as conf\npickle.load(open(conf.CHANGES, 'rb'))":             "file:* builtins.open",
		"from . import settings as conf\npickle.load(open(conf.MISSING, 'rb'))":             "file:* builtins.open",
		"import shop.base\npickle.load(open(f'{shop.base.ROOT}/x', 'rb'))":                  "file:/srv/x constant builtins.open",
		"from unheard.of import NAME\npickle.load(open(NAME, 'rb'))":                        "file:* builtins.open",
	} {
		res := inventoryOf("shop/load.py", "import pickle\n"+body+"\n", m)
		if len(res.Sites) != 1 || channelText(res.Sites[0].Channel) != want {
			t.Errorf("%s\n got %s\nwant %s", body, toldInventory(res)[3], want)
		}
	}
}

// Each dump of the catalogue is told, under its name and in its format.
func TestDumpsOfCatalogueAreTold(t *testing.T) {
	for _, dump := range catalog.Builtin().PythonDumps() {
		name := strings.ReplaceAll(dump.Name, "()", "")
		head, callee := "", "x"+dump.Name
		if name[0] != '.' {
			module := name[:strings.LastIndexByte(name, '.')]
			head, callee = "import "+module+"\n", dump.Name
			if before, _, of := strings.Cut(dump.Name, "()"); of {
				head = "import " + before[:strings.LastIndexByte(before, '.')] + "\n"
			}
		}
		args := "y, z"
		if dump.If != nil {
			args += ", " + dump.If.Name + "=" + dump.If.Value
		}
		res := inventoryOf("x.py", head+callee+"("+args+")\n", nil)
		if len(res.Dumps) != 1 || res.Dumps[0].Format != dump.Format || res.Dumps[0].API != strings.TrimPrefix(name, ".") || res.Dumps[0].Fingerprint == "" {
			t.Errorf("%s: %+v", dump.Name, res.Dumps)
		}
	}
}

// Each line that names a channel leads to one of its kind from a load behind it.
func TestThroughsAreFollowed(t *testing.T) {
	c := catalog.Builtin()
	ran := 0
	for _, through := range c.PythonThroughs() {
		settings := slices.ContainsFunc(c.PythonSettings(), func(s *catalog.PythonSetting) bool { return s.Name == through.Name })
		_, sink := c.PythonSink(through.Name)
		_, dump := c.PythonDump(through.Name)
		if settings || sink || dump || strings.HasPrefix(through.Name, ".__") {
			continue // these have fixtures, or are ends themselves
		}
		head, callee := "", through.Name
		if callee[0] == '.' {
			of := "thing"
			if through.Of != nil {
				of = through.Of[0]
			}
			head, callee = "def f("+of+"):\n ", of+callee
		} else if bare, builtin := strings.CutPrefix(callee, "builtins."); builtin {
			callee = bare
		} else {
			before, _, _ := strings.Cut(callee, "()")
			head = "import " + before[:strings.LastIndexByte(before, '.')] + "\n"
		}
		args, want := "", ""
		if len(through.Names) > 0 {
			part := through.Names[0][0]
			switch {
			case len(through.Names[0]) > 1 || part.Role != catalog.ThroughText || part.Receiver:
			case part.Name != "":
				args, want = part.Name+"='some-name'", "some-name"
			default:
				args, want = strings.Repeat("1, ", part.Position)+"'some-name'", "some-name"
			}
		}
		ran++
		res := inventoryOf("x.py", "import pickle\n"+head+"pickle.loads("+callee+"("+args+"))\n", nil)
		if len(res.Sites) == 0 || res.Sites[0].Channel == nil || string(res.Sites[0].Channel.Kind) != through.Kind || want != "" && res.Sites[0].Channel.Name != want {
			t.Errorf("%s (%s): %v", through.Name, through.Kind, toldInventory(res))
		}
	}
	if ran < 150 {
		t.Errorf("only %d lines were tried", ran)
	}
}

// Names that lead to each other in circles, and many of them, take no time.
func TestHostileInventory(t *testing.T) {
	var b strings.Builder
	b.WriteString("import pickle, io, os\ndef f(x):\n    return g(x)\ndef g(x):\n    return f(x)\nbuf = io.BytesIO()\npath = path2 = 'a'\npath = path2\npath2 = path\n")
	for n := range 1500 {
		fmt.Fprintf(&b, "def h%d(p, q=h%d):\n    pickle.dump(p, buf)\n    h%d(pickle.dumps(q), pickle.load(open(os.path.join(path, f(p), *q), 'wb')))\n    buf.write(f(pickle.dumps(g(p))))\n    os.replace(p, q)\n", n, max(n-1, 0), n/2)
	}
	b.WriteString("pickle.loads(" + strings.Repeat("f(", 500) + "x" + strings.Repeat(")", 500) + ")\n")
	b.WriteString("pickle.load(open(" + strings.Repeat("a + (", 500) + "x" + strings.Repeat(")", 500) + "))\n")
	b.WriteString("pickle.load(open('" + strings.Repeat("%s/", 5000) + "' % (" + strings.Repeat("x, ", 5000) + ")))\n")
	start := time.Now()
	res := inventoryOf("x.py", b.String(), nil)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	if len(res.Dumps) < 4000 || len(res.Sites) < 1500 || len(res.Skips) != 0 {
		t.Errorf("%d dumps, %d sites, %+v", len(res.Dumps), len(res.Sites), res.Skips)
	}
}
