package cli

import (
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

func TestReadingFlags(t *testing.T) {
	given := func(string) bool { return true }
	for _, tt := range []struct {
		flags    readingFlags
		loaders  pickle.LoaderSet
		python   string
		encoding pickle.Encoding
		plain    bool
		bad      bool
	}{
		{readingFlags{"union", "3.11", "ascii"}, pickle.AllLoaders, "3.11", pickle.ASCII, false, false},
		{readingFlags{"c-file", "3.8", "bytes"}, pickle.CFile, "3.8", pickle.RawBytes, true, false},
		{flags: readingFlags{"c-file", "2.7", "bytes"}, bad: true},
		{readingFlags{"py", "3.13.15", "utf-8"}, pickle.Py, "3.13.15", pickle.UTF8, true, false},
		{flags: readingFlags{"pypy", "3.11", "ascii"}, bad: true},
		{flags: readingFlags{"py", "3.7", "ascii"}, bad: true},
		{flags: readingFlags{"py", "3.11", "any"}, bad: true},
		{flags: readingFlags{"", "3.11", "ascii"}, bad: true},
		{flags: readingFlags{"py", "", "ascii"}, bad: true},
		{flags: readingFlags{"py", "3.11", ""}, bad: true},
	} {
		o, err := tt.flags.resolve(given)
		if (err != nil) != tt.bad {
			t.Errorf("%v: %v", tt.flags, err)
			continue
		}
		if !tt.bad && (o.Loaders != tt.loaders || o.Python.String() != tt.python || o.Encoding != tt.encoding || o.Plain != tt.plain) {
			t.Errorf("%v: %+v", tt.flags, o)
		}
	}
}

// Without words: everything, or the release that the tests compare with.
func TestReadingDefaults(t *testing.T) {
	none := func(string) bool { return false }
	all, err := (&readingFlags{loader: "union"}).resolve(none)
	if err != nil || !all.Python.IsZero() || all.Plain || all.Encoding != pickle.AnyEncoding {
		t.Errorf("union: %+v, %v", all, err)
	}
	one, err := (&readingFlags{loader: "c-mem"}).resolve(none)
	if err != nil || one.Python.String() != comparedRelease || !one.Plain {
		t.Errorf("c-mem: %+v, %v", one, err)
	}
}
