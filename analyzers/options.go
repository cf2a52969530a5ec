package analyzers

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Options is what a configuration can change about the analyzers.
type Options struct {
	// Today is the day YYYY-MM-DD that expiry is compared with, in UTC. If
	// empty, it is the day of the run.
	Today string
	// Catalogs are files with further catalogue facts; later ones win.
	Catalogs []string
	// Boundaries are declared besides the built-in ones.
	Boundaries map[string]justify.Boundary
	// Rules maps ids or names of rules to the words off, on, note, warning and error. A
	// severity says no more than on. What the wire carries is everything, whatever
	// they say.
	Rules map[string]string
	// SkipTests and SkipGenerated leave out what is found in test files, and in those
	// that carry the "Code generated" mark.
	SkipTests, SkipGenerated bool
	// OptionalSinks: decoders count that the catalogue marks as optional, because they are
	// hardened, or are everywhere.
	OptionalSinks bool
	// Draft offers the draft of a justification as a fix of each site without one.
	Draft bool
}

// Flags returns the options as arguments for a driver that prefixes an
// analyzer's flags with its name, such as go vet -vettool.
func (o Options) Flags() ([]string, error) {
	var args []string
	err := o.each(func(flag, value string) error {
		args = append(args, "-"+settings.Name+"."+flag+"="+value)
		return nil
	})
	return args, err
}

// Apply makes the options those of the analyzers in this process, instead of any that they
// had. It is for drivers without a command line.
func (o Options) Apply() error {
	settings.Reset()
	return o.each(settings.Analyzer.Flags.Set)
}

func (o Options) each(set func(flag, value string) error) error {
	var errs []error
	add := func(flag, value string) { errs = append(errs, set(flag, value)) }
	if o.Today != "" {
		add(settings.TodayFlag, o.Today)
	}
	for _, file := range o.Catalogs {
		// A driver runs the analyzers in the directory of the package.
		path, err := filepath.Abs(file)
		if err != nil {
			return fmt.Errorf("finding catalogue %s: %w", file, err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading a catalogue: %w", err)
		}
		add(settings.CatalogFlag, settings.Overlay(path, content))
	}
	for _, object := range []struct {
		flag  string
		value any
		given bool
	}{
		{settings.BoundariesFlag, o.Boundaries, len(o.Boundaries) > 0},
		{settings.RulesFlag, o.Rules, len(o.Rules) > 0},
	} {
		if !object.given {
			continue
		}
		text, err := json.Marshal(object.value)
		if err != nil {
			return fmt.Errorf("encoding %s: %w", object.flag, err)
		}
		add(object.flag, string(text))
	}
	if o.SkipTests {
		add(settings.TestsFlag, "false")
	}
	if o.SkipGenerated {
		add(settings.GeneratedFlag, "false")
	}
	if o.OptionalSinks {
		add(settings.OptionalFlag, "true")
	}
	if o.Draft {
		add(settings.DraftFlag, "true")
	}
	return errors.Join(errs...)
}
