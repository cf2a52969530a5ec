//go:build cgo

package pyscan

import (
	"os"
	"strings"
	"testing"
)

// What is silent in the fixture of verified loads is so because of a proof.
func TestVerified(t *testing.T) {
	sites := 0
	for _, name := range []string{"verified.py", "verified_more.py", "verified_steady.py", "verified_lists.py", "verified_names.py"} {
		src, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, site := range scan(name, string(src)).Sites {
			if strings.HasPrefix(site.API, "itsdangerous.") {
				continue // a setting
			}
			sites++
			if site.Verified == "" {
				t.Errorf("%s:%d: %s is not verified", name, site.Line, site.API)
			}
		}
	}
	if sites < 130 {
		t.Errorf("only %d sites", sites)
	}
}

// Each message is told by some fixture: a flaw that no source shows cannot be relied on.
func TestEveryFault(t *testing.T) {
	src, err := os.ReadFile("testdata/unverified.py")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range scan("unverified.py", string(src)).Findings {
		all.WriteString(f.Message + "\n")
		if f.Rule == UnverifiedLoad.ID && len(f.Trace) < 2 {
			t.Errorf("line %d: no way to the finding: %v", f.Line, f.Trace)
		}
	}
	for _, fault := range []string{
		"assert statement", "compared with ==", "only a few bytes", "only the beginning", "unless something else", "stands in the source", "key is empty", "given no key", "comes out of the message",
		"digest without a key", "checksum", "with itself", "told not to verify", "and not about", "opened again", "another value since", "nothing is done", "where it fails",
		"whether or not it is passed", "exception is caught", "it is optional", "another way to the load", "after the load",
	} {
		if !strings.Contains(all.String(), fault) {
			t.Errorf("no fixture shows %q", fault)
		}
	}
}
