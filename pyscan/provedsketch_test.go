package pyscan

import (
	"slices"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// A module helps a proof by its own words, or by what it calls of those that it imports.
func TestSketch(t *testing.T) {
	w := proofWordsFor(catalog.Builtin())
	for _, c := range []struct {
		src    string
		able   bool
		called []string
	}{
		{"import hmac\n\ndef check(a, b):\n    hmac.compare_digest(a, b)\n", true, []string{"hmac"}},
		{"from .store import check, Base as B\n\nclass C(B):\n    run = check\n", false, nil},
		{"from .store import (\n    check,\n    other,\n)\ncheck (1)\n", false, []string{"p.store.check"}},
		{"from . import store\nstore.check(1)\n", false, []string{"p.store"}},
		{"if True:\n\tfrom q import f as g\n\tg\\\n(1)\n", false, []string{"q.f"}},
		// A class whose objects are compared and hashed checks no bytes.
		{"class C:\n    def __eq__(self, o): return hash(self) == hash(o)\n", false, nil},
		{"# picklelint:verifier\ndef f(): pass\n", true, nil},
		{"reimport = 1\nimportant(2)\n", false, nil},
	} {
		s := &sketch{imports: sketchImports([]byte(c.src), "p.m", false)}
		s.words([]byte(c.src), w)
		var called []string
		for _, i := range s.imports {
			if i.called {
				called = append(called, i.full)
			}
		}
		if s.able != c.able || !slices.Equal(called, c.called) {
			t.Errorf("%q: able %v, called %q, want %v and %q", c.src, s.able, called, c.able, c.called)
		}
	}
}

// Only a module that may define the function is parsed for what that gives.
func TestMaySpellDef(t *testing.T) {
	for src, want := range map[string]bool{
		"def fetch(): pass\n":                     true,
		"class A:\n    def fetch(self): pass\n":   true,
		"async def\tfetch(): pass\n":              true,
		"def \\\n  fetch(): pass\n":               true,
		"from .store import fetch\nfetch()\n":     false,
		"class fetch: pass\n":                     false,
		"undefined = fetch\nx = fetch\n":          false,
		"fetch = 1\nprefetch = 2\ndef fetch(): 0": true,
	} {
		if got := maySpellDef([]byte(src), "fetch"); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}
