package suggest

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	words := []string{"error", "warning", "note", "never", "on", "off", "boundaries", "fail-on", "allow-packages", "unjustified-load", "unjustified-decode", "PKL201"}
	for word, want := range map[string]string{
		"eror": "error", "Wraning": "warning", "nvere": "never", "notes": "note",
		// Spellings of other files.
		"fail_on": "fail-on", "failOn": "fail-on", "FAIL-ON": "fail-on", "allowPackages": "allow-packages", "boundary": "boundaries",
		"unjustified-lode": "unjustified-load", "unjustified-l": "unjustified-load", "pkl2O1": "PKL201",
		// No slips: half of the word is another, or two words begin so.
		"a": "", "x": "", "": "", "unjustified": "", "quiet": "", "critical": "", "secret": "",
		strings.Repeat("w", 1<<20): "",
	} {
		if got := Nearest(word, words); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", word, got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	if got := DidYouMean("hots", []string{"host"}); got != `: did you mean "host"?` {
		t.Error(got)
	}
	if got := DidYouMean("hots", nil); got != "" {
		t.Error(got)
	}
}
