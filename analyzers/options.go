package analyzers

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

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
	// Boundaries are declared besides the built-in ones, and win over them.
	Boundaries map[string]justify.Boundary
}

// setting is one flag of the settings analyzer with its value.
type setting struct{ flag, value string }

func (o Options) settings() ([]setting, error) {
	var out []setting
	if o.Today != "" {
		out = append(out, setting{settings.TodayFlag, o.Today})
	}
	for _, file := range o.Catalogs {
		// A driver runs the analyzers in the directory of the package.
		path, err := filepath.Abs(file)
		if err != nil {
			return nil, fmt.Errorf("finding catalogue %s: %w", file, err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading a catalogue: %w", err)
		}
		out = append(out, setting{settings.CatalogFlag, settings.Overlay(path, content)})
	}
	if len(o.Boundaries) > 0 {
		text, err := json.Marshal(o.Boundaries)
		if err != nil {
			return nil, fmt.Errorf("encoding boundaries: %w", err)
		}
		out = append(out, setting{settings.BoundariesFlag, string(text)})
	}
	return out, nil
}

// Flags returns the options as arguments for a driver that prefixes an
// analyzer's flags with its name, such as go vet -vettool.
func (o Options) Flags() ([]string, error) {
	set, err := o.settings()
	if err != nil {
		return nil, err
	}
	var args []string
	for _, s := range set {
		args = append(args, "-"+settings.Name+"."+s.flag+"="+s.value)
	}
	return args, nil
}

// Apply sets the options on the suite of this process, for a driver that runs
// it in process, and returns the suite. It is called before the first pass runs.
func (o Options) Apply() ([]*analysis.Analyzer, error) {
	set, err := o.settings()
	if err != nil {
		return nil, err
	}
	for _, s := range set {
		if err := settings.Analyzer.Flags.Set(s.flag, s.value); err != nil {
			return nil, fmt.Errorf("setting %s: %w", s.flag, err)
		}
	}
	return Suite, nil
}
