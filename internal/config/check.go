package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// check reports what the form of the file does not show.
func (c *Config) check() error {
	for _, key := range []struct {
		name  string
		globs []string
	}{{"exclude", c.Exclude}, {"include", c.Include}, {"states", c.States}} {
		for _, glob := range key.globs {
			if err := CheckGlob(glob); err != nil {
				return fmt.Errorf("%s: %w", key.name, err)
			}
		}
	}
	for _, name := range c.AllowPackages {
		// It is a name, of whatever program happens to load: nobody can say that what it
		// defines is theirs.
		if name == "__main__" || strings.HasPrefix(name, "__main__.") {
			return errors.New("allow-packages: __main__ is whatever program loads the pickle, and no package")
		}
	}
	if err := c.Python.check(); err != nil {
		return fmt.Errorf("python: %w", err)
	}
	if err := c.checkOverrides(); err != nil {
		return err
	}
	if err := c.Protocol.check(); err != nil {
		return fmt.Errorf("protocol: %w", err)
	}
	if err := justify.CheckBoundaries(c.Boundaries); err != nil {
		return err
	}
	if err := c.checkGovernance(); err != nil {
		return err
	}
	return c.checkSources()
}

// checkSources reports boundaries that are not there, and those behind which others
// write, which makes nothing inside.
func (c *Config) checkSources() error {
	all := c.AllBoundaries()
	for _, source := range slices.Sorted(maps.Keys(c.Sources)) {
		name := c.Sources[source]
		switch b, known := all[name]; {
		case name == Trusted:
		case !known:
			return fmt.Errorf("sources: %s: %q is not %s or the name of a boundary%s", source, name, Trusted, suggest.DidYouMean(name, append(slices.Sorted(maps.Keys(all)), Trusted)))
		case outside(name, b):
			return fmt.Errorf("sources: %s: what lies behind boundary=%s comes from outside in any case", source, name)
		}
	}
	return nil
}

// outside reports a boundary behind which others write.
func outside(name string, b justify.Boundary) bool {
	return b.Proof || name == "partner" || name == justify.CallerBoundary
}

func (p *Python) check() error {
	if p.Version != "" {
		if _, err := pep440.Parse(p.Version); err != nil {
			return fmt.Errorf("version: %w", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Libraries)) {
		if _, err := pep440.Parse(p.Libraries[name]); err != nil {
			return fmt.Errorf("libraries: %s: %w", name, err)
		}
	}
	return nil
}
