package pickle_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// What releases read differently, as far as it shows in whether STOP is reached.
// TestOracle asks the releases that are installed; this table also has the others.
func TestReleases(t *testing.T) {
	long := "I" + strings.Repeat("9", 4301) + "\n."
	for _, tt := range []struct {
		stream, loader string
		yes, no        string // releases
	}{
		{"I0x1f\n.", "c-file", "3.8 3.13 3.13.15", "3.14 3.14.0"},
		{"I0x1f\n.", "py", "3.8 3.13", "3.14"},
		{"I010\n.", "c-file", "3.8 3.13 3.14", ""},
		{"I010\n.", "py", "3.14", "3.8 3.13"},
		{"L010L\n.", "c-mem", "3.14", "3.8 3.13"},
		{long, "c-mem", "3.8 3.8.13 3.9.13 3.10.6 2.7", "3.8.14 3.9.14 3.10.7 3.11 3.11.0 3.14"},
		{"\x80\x04\x8c\x01m\x8c\x0bf<locals>.g\x93.", "py", "3.8 3.14", ""},
		{"\x80\x04\x8c\x01m\x8c\x0c<locals>.f.g\x93.", "py", "3.14", "3.8 3.13"},
		{"\x80\x04\x8c\x01m\x8c\x0c<locals>.f.g\x93.", "c-peek", "3.14", "3.8 3.13"},
		// A frame that ends inside an op, and one inside another.
		{"\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00J\x05\x00\x00\x00.", "c-mem", "3.8 3.13 3.13.0 3.13.14 3.14 3.14.6", "3.13.15 3.14.7"},
		{"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00N\x95\x01\x00\x00\x00\x00\x00\x00\x00.", "c-peek", "3.8 3.14", "3.13.15 3.14.7"},
		{"\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00J\x05\x00\x00\x00.", "py", "", "3.8 3.14"},
		{"\x80\x03N.", "c-file", "3.8 3.14", "2.7"},
		{"(.", "py", "2.7", "3.8 3.14"},
		{"(\x85.", "c-file", "", "2.7 3.8"},
		{"K\x01(\x85.", "c-file", "2.7", "3.8"},
	} {
		set, err := pickle.ParseLoader(tt.loader)
		if err != nil {
			t.Fatal(err)
		}
		for want, releases := range map[bool]string{true: tt.yes, false: tt.no} {
			for _, word := range strings.Fields(releases) {
				release, err := pickle.ParseRelease(word)
				if err != nil {
					t.Fatal(err)
				}
				b := []byte(tt.stream)
				_, err = pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Loaders: set, Python: release, Plain: true})
				if got := err == nil; got != want {
					t.Errorf("%.40q by %s of %s: %v", tt.stream, tt.loader, word, err)
				}
				if release.String() != word {
					t.Errorf("%s is written %s", word, release)
				}
			}
		}
	}
	resolved := func(word string) string {
		release, err := pickle.ParseRelease(word)
		if err != nil {
			t.Fatal(err)
		}
		const b = "cTix\nTk\n."
		trace, _ := pickle.Run(strings.NewReader(b), int64(len(b)), 0, pickle.Options{Python: release})
		return trace.Globals[0].String()
	}
	if a, b := resolved("3.12"), resolved("3.13"); a != "tkinter.tix.Tk" || b != "Tix.Tk" {
		t.Errorf("Tix is %s up to 3.12, %s from 3.13 on", a, b)
	}
	for _, word := range []string{"", "3", "3.7", "3.15", "2.6", "3.x", "3.11.", "3.11.1.1", "03.11", "3.+11", "4.0", "-3.11", "3.11.99999999999"} {
		if r, err := pickle.ParseRelease(word); err == nil || !r.IsZero() {
			t.Errorf("%q is release %v", word, r)
		}
	}
}

// Binary strings are what the caller of the loader says.
func TestEncodings(t *testing.T) {
	for _, tt := range []struct {
		stream string
		takes  string
	}{
		{"S'a'\n.", "ascii latin1 utf-8 bytes"},
		{"S'\\xe9'\n.", "latin1 bytes"},
		{"U\x02\xc3\xa9.", "latin1 utf-8 bytes"},
		{"U\x02osU\x06system\x93.", "ascii latin1 utf-8"},
	} {
		for _, enc := range pickle.Encodings() {
			_, err := pickle.Run(strings.NewReader(tt.stream), int64(len(tt.stream)), 0, pickle.Options{Encoding: enc})
			if got, want := err == nil, strings.Contains(tt.takes, string(enc)); got != want {
				t.Errorf("%q as %s: %v", tt.stream, enc, err)
			}
		}
		if _, err := pickle.Run(strings.NewReader(tt.stream), int64(len(tt.stream)), 0, pickle.Options{}); err != nil {
			t.Errorf("%q, whoever calls: %v", tt.stream, err)
		}
	}
}
