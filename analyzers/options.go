package analyzers

import (
	"encoding/json"
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
}

// Flags returns the options as arguments for a driver that prefixes an
// analyzer's flags with its name, such as go vet -vettool.
func (o Options) Flags() ([]string, error) {
	var args []string
	add := func(flag, value string) { args = append(args, "-"+settings.Name+"."+flag+"="+value) }
	if o.Today != "" {
		add(settings.TodayFlag, o.Today)
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
		add(settings.CatalogFlag, settings.Overlay(path, content))
	}
	if len(o.Boundaries) > 0 {
		text, err := json.Marshal(o.Boundaries)
		if err != nil {
			return nil, fmt.Errorf("encoding boundaries: %w", err)
		}
		add(settings.BoundariesFlag, string(text))
	}
	return args, nil
}
