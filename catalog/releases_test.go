package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestReleases(t *testing.T) {
	c, err := New().With("f.cat", strings.NewReader(`
python-library torch also=pytorch,pytorch-cpu # conda
python-sink a.load format=x safe-from=torch>=2.6,Other.Lib>=1 unless=w:False,m@2:*given late-safe-if=w:None unsafe-if=w:0,file@0:*.h5 unsafe-before=torch>=1.13 gone-from=torch>=9.0.1 flawed-before=torch>=2 flaw=CVE-1 mend=w:True mend-from=torch>=1.5 danger="runs code" # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.PythonSink("a.load")
	if !slices.Equal(s.SafeFrom, []Release{{"torch", "2.6"}, {"Other.Lib", "1"}}) || !slices.Equal(s.UnsafeBefore, []Release{{"torch", "1.13"}}) ||
		!slices.Equal(s.GoneFrom, []Release{{"torch", "9.0.1"}}) || !slices.Equal(s.FlawedBefore, []Release{{"torch", "2"}}) || s.Flaw != "CVE-1" ||
		!slices.Equal(s.Unless, []ArgForm{{Argument{"w", -1}, "False", false}, {Argument{"m", 2}, "*given", false}}) ||
		!slices.Equal(s.LateSafeIf, []ArgForm{{Argument{"w", -1}, "None", false}}) {
		t.Errorf("%+v", s)
	}
	if s.Mend != (ArgForm{Argument{"w", -1}, "True", false}) || !slices.Equal(s.MendFrom, []Release{{"torch", "1.5"}}) {
		t.Errorf("mend %+v from %v", s.Mend, s.MendFrom)
	}
	if got := []string{s.UnsafeIf[0].Suffix(), s.UnsafeIf[1].Suffix(), s.Unless[1].Suffix()}; !slices.Equal(got, []string{"", ".h5", ""}) {
		t.Errorf("suffixes: %q", got)
	}
	if got := c.PythonLibrary("torch"); !slices.Equal(got, []string{"torch", "pytorch", "pytorch-cpu"}) {
		t.Errorf("names: %q", got)
	}
	if got := c.PythonLibrary("numpy"); !slices.Equal(got, []string{"numpy"}) {
		t.Errorf("names: %q", got)
	}
}

func TestReleasesRefused(t *testing.T) {
	for attrs, want := range map[string]string{
		"safe-from=torch":                             `safe-from: "torch" is not LIBRARY>=VERSION`,
		"safe-from=torch>2":                           "is not LIBRARY>=VERSION",
		"gone-from=torch>=2rc1":                       "is not LIBRARY>=VERSION",
		"unsafe-before=torch>=2,":                     "is not LIBRARY>=VERSION",
		"unless=w:1":                                  "say nothing without safe-from",
		"late-safe-if=w:1":                            "say nothing without safe-from",
		"mend=w:True":                                 "mend and mend-from go together",
		"mend-from=torch>=2":                          "mend and mend-from go together",
		"mend=w:True,x:True mend-from=a>=1":           "mend is one argument",
		"mend=w:1 mend-from=a>=1":                     "mend is one argument",
		"mend=w mend-from=a>=1":                       "mend: ",
		"mend=w:True mend-from=a>=1":                  "mend says which argument",
		"mend=w@1:True mend-from=a>=1 safe-if=w:True": "mend says which argument",
		"mend=w:True mend-from=a":                     "mend-from: ",
		"safe-from=torch>=2 unless=w":                 "unless: ",
		"safe-from=torch>=2 late-safe-if=:x":          "late-safe-if: ",
		"flaw=x":                                      "go together",
		"flawed-before=torch>=2":                      "go together",
		"unsafe-before=torch>=2":                      "says nothing without unsafe-if",
	} {
		_, err := New().With("f.cat", strings.NewReader(`python-sink a.b format=x `+attrs+` danger="d" # x`))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", attrs, err)
		}
	}
	for line, want := range map[string]string{
		"python-library torch # x":             "also is required",
		"python-library torch for=pytorch # x": "unknown attribute",
	} {
		if _, err := New().With("f.cat", strings.NewReader(line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// A name that an overlay adds does not lose those that are built in, and the other
// way round.
func TestLibrariesOfOverlay(t *testing.T) {
	c, err := Builtin().With("own.cat", strings.NewReader("python-library numpy also=mynumpy # a build of ours\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.PythonLibrary("numpy"); !slices.Contains(got, "mynumpy") {
		t.Errorf("%q", got)
	}
	if got := Builtin().PythonLibrary("numpy"); slices.Contains(got, "mynumpy") {
		t.Errorf("the overlay changed its base: %q", got)
	}
	if got := c.PythonLibrary("torch"); !slices.Contains(got, "pytorch") {
		t.Errorf("%q", got)
	}
}
