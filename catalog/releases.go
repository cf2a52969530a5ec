package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Release is a release of a Python library, or of Python itself.
type Release struct {
	// Library is its distribution as PyPI spells it, for example "PyYAML".
	Library string
	// Version is its number, for example "5.4".
	Version string
}

func (r Release) String() string { return r.Library + " " + r.Version }

// Releases say how what a callable does hangs on the release of its library. Lists
// name libraries that bring the same callable: the first that a project declares
// decides.
type Releases struct {
	// SafeFrom: from these on, a call is safe in itself if none of the forms Unless
	// may hold, or if one of LateSafeIf holds. Where no version is declared, it is
	// read as older.
	SafeFrom []Release
	Unless   []ArgForm
	// LateSafeIf are forms that are safe from SafeFrom on.
	LateSafeIf []ArgForm
	// UnsafeBefore: before these, a call is unsafe that has none of the arguments of
	// UnsafeIf. Where no version is declared, it is read as newer: these are so old
	// that nobody has them by chance.
	UnsafeBefore []Release
	// GoneFrom: from these on there is no such callable, or it does nothing but
	// raise.
	GoneFrom []Release
	// FlawedBefore: before these, the forms that are safe in themselves are not, for
	// the reason Flaw. That is a finding only where nothing newer is admitted.
	FlawedBefore []Release
	Flaw         string
	// Mend is the argument that makes a call safe which has neither it nor one of Unless,
	// and MendFrom the releases that know it. It is the zero form for none.
	Mend     ArgForm
	MendFrom []Release
}

// All lists every release that is named.
func (r *Releases) All() []Release {
	return slices.Concat(r.SafeFrom, r.UnsafeBefore, r.GoneFrom, r.FlawedBefore, r.MendFrom)
}

// releaseKeys are the attributes that [parseReleases] reads.
var releaseKeys = []string{"safe-from", "unless", "late-safe-if", "unsafe-before", "gone-from", "flawed-before", "flaw", "mend", "mend-from"}

func parseReleases(f fact) (r Releases, err error) {
	for _, list := range []struct {
		key string
		to  *[]Release
	}{
		{"safe-from", &r.SafeFrom}, {"unsafe-before", &r.UnsafeBefore}, {"gone-from", &r.GoneFrom}, {"flawed-before", &r.FlawedBefore},
		{"mend-from", &r.MendFrom},
	} {
		if *list.to, err = releases(f.attrs[list.key]); err != nil {
			return r, fmt.Errorf("%s: %w", list.key, err)
		}
	}
	if r.Unless, err = parseForms(f.attrs["unless"]); err != nil {
		return r, fmt.Errorf("unless: %w", err)
	}
	if r.LateSafeIf, err = parseForms(f.attrs["late-safe-if"]); err != nil {
		return r, fmt.Errorf("late-safe-if: %w", err)
	}
	if mend, err := parseForms(f.attrs["mend"]); err != nil {
		return r, fmt.Errorf("mend: %w", err)
	} else if len(mend) > 0 {
		r.Mend = mend[0]
		if len(mend) > 1 || r.Mend.Sure || r.Mend.Value != "True" && r.Mend.Value != "False" {
			return r, fmt.Errorf("mend is one argument that is True or False")
		}
	}
	r.Flaw = f.attrs["flaw"]
	switch {
	case len(r.SafeFrom) == 0 && len(r.Unless)+len(r.LateSafeIf) > 0:
		return r, fmt.Errorf("unless and late-safe-if say nothing without safe-from")
	case (len(r.MendFrom) == 0) != (r.Mend.Name == ""):
		return r, fmt.Errorf("mend and mend-from go together")
	case (len(r.FlawedBefore) == 0) != (r.Flaw == ""):
		return r, fmt.Errorf("flawed-before and flaw go together")
	}
	return r, nil
}

// release is LIBRARY>=VERSION; versions of the catalogue are plain numbers.
var release = regexp.MustCompile(`^([A-Za-z0-9][-A-Za-z0-9._]*)>=([0-9]+(?:\.[0-9]+)*)$`)

// releases reads a comma-separated list of LIBRARY>=VERSION.
func releases(s string) (list []Release, err error) {
	if s == "" {
		return nil, nil
	}
	for item := range strings.SplitSeq(s, ",") {
		m := release.FindStringSubmatch(item)
		if m == nil {
			return nil, fmt.Errorf("%q is not LIBRARY>=VERSION", item)
		}
		list = append(list, Release{m[1], m[2]})
	}
	return list, nil
}

// addPythonLibrary takes "python-library torch also=pytorch,pytorch-cpu".
func (c *Catalog) addPythonLibrary(f fact) error {
	if err := f.only("also"); err != nil {
		return err
	}
	if f.attrs["also"] == "" {
		return fmt.Errorf("python-library %s: also is required", f.subject)
	}
	c.pythonLibraries[f.subject] = strings.Split(f.attrs["also"], ",")
	return nil
}

// PythonLibrary returns the names under which a library may be declared: its own
// first.
func (c *Catalog) PythonLibrary(name string) []string {
	return append([]string{name}, c.pythonLibraries[name]...)
}
