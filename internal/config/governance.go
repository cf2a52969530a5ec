package config

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// Service is what the file says of a part of the repository that runs by itself.
type Service struct {
	Paths    []string `yaml:"paths"`
	Python   string   `yaml:"python"`
	Boundary string   `yaml:"boundary"`
	Owners   []string `yaml:"owners"`
}

// Channel is what the file says of a channel: what carries pickles from those that write
// them to those that load them.
type Channel struct {
	Kind        string   `yaml:"kind"`
	Match       []string `yaml:"match"`
	Sites       []string `yaml:"sites"`
	Producers   []string `yaml:"producers"`
	Consumers   []string `yaml:"consumers"`
	Boundary    string   `yaml:"boundary"`
	Owner       string   `yaml:"owner"`
	Retention   string   `yaml:"retention"`
	Sensitivity string   `yaml:"sensitivity"`
	Compat      string   `yaml:"compat"`
	Ticket      string   `yaml:"ticket"`
	Expires     string   `yaml:"expires"`
}

// checkGovernance reports what is wrong with services and channels.
func (c *Config) checkGovernance() error {
	boundaries := slices.Sorted(maps.Keys(c.AllBoundaries()))
	boundary := func(word string) error {
		if word != "" && !slices.Contains(boundaries, word) {
			return fmt.Errorf("boundary: %q is not the name of a boundary%s", word, suggest.DidYouMean(word, boundaries))
		}
		return nil
	}
	whose := make(map[string]string)
	for _, name := range slices.Sorted(maps.Keys(c.Services)) {
		s := c.Services[name]
		if err := boundary(s.Boundary); err != nil {
			return fmt.Errorf("services: %s: %w", name, err)
		}
		if s.Python != "" {
			if _, err := pep440.Parse(s.Python); err != nil {
				return fmt.Errorf("services: %s: python: %w", name, err)
			}
		}
		for _, dir := range s.Paths {
			clean := path.Clean(filepath.ToSlash(dir))
			if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") {
				return fmt.Errorf("services: %s: paths: %q leads out of the directory of the configuration", name, dir)
			}
			if strings.ContainsAny(dir, "*?") {
				return fmt.Errorf("services: %s: paths: %q is no directory: a service has all that lies below its directories", name, dir)
			}
			if other, ok := whose[clean]; ok && other != name {
				return fmt.Errorf("services: %s: paths: %q belongs to service %s", name, dir, other)
			}
			whose[clean] = name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Channels)) {
		if err := c.Channels[name].check(boundary); err != nil {
			return fmt.Errorf("channels: %s: %w", name, err)
		}
	}
	return nil
}

func (c Channel) check(boundary func(string) error) error {
	if len(c.Match) == 0 && len(c.Sites) == 0 {
		return fmt.Errorf("neither match nor sites says what belongs to it")
	}
	if c.Retention != "" {
		if _, err := justify.ParseAge(c.Retention); err != nil {
			return fmt.Errorf("retention: %w", err)
		}
	}
	if c.Expires != "" {
		if _, err := time.Parse(time.DateOnly, c.Expires); err != nil {
			return fmt.Errorf("expires: %q is not a day (YYYY-MM-DD)", c.Expires)
		}
	}
	return boundary(c.Boundary)
}

// governing are the keys of the inventory.
var governing = []Key{
	{
		Path: "services", About: "The parts of the repository that run by themselves, by name, for the inventory.",
		Default: "{}", Otherwise: "the directories with a go.mod, pyproject.toml, setup.cfg, setup.py or Dockerfile", Example: `{billing: {paths: [services/billing], boundary: internal, owners: ["@example/pay"]}}`,
	},
	{Path: "services.*.paths", About: "The directories of the service, with all that lies below, from the directory of the configuration.", Example: "[services/billing]", Form: `.`, What: "a directory", Required: true, NonEmpty: true},
	{Path: "services.*.python", About: "The oldest Python that the service runs on.", Otherwise: "what its files declare", Example: `"3.9"`, Form: versionForm, What: "a version"},
	{Path: "services.*.boundary", About: "The boundary behind which others see what the service writes.", Otherwise: "any", Example: "internal", Form: justify.BoundaryForm, What: "the name of a boundary"},
	{Path: "services.*.owners", About: "Who owns the service.", Default: "[]", Otherwise: "what CODEOWNERS says", Example: `["@example/pay"]`, Form: `\S`},
	{
		Path: "channels", About: "What carries pickles from those that write them to those that load them, by title, for the inventory. Of several that match the one with the longest pattern counts.",
		Default: "{}", Otherwise: "what the sources name", Example: `{reports: {kind: file, match: ["spool/report-*.pkl"], producers: [billing], retention: 30d, owner: storage}}`,
	},
	{Path: "channels.*.kind", About: "What it is.", Otherwise: "any", Example: "file", Words: lint.ChannelKinds()},
	{Path: "channels.*.match", About: "Patterns of its names, in which a star stands for any text.", Default: "[]", Example: `["spool/report-*.pkl"]`, Form: `[^*/. ]`, What: "a pattern that spells something out"},
	{Path: "channels.*.sites", About: "Patterns of sources of which the sites without a name belong to it, if they are of its kind or of none that is known.", Default: "[]", Example: `["app/queue.py"]`, Form: globForm},
	{Path: "channels.*.producers", About: "Services that write to it and of which no source is here.", Default: "[]", Example: "[billing]", Form: `\S`},
	{Path: "channels.*.consumers", About: "Services that load from it and of which no source is here.", Default: "[]", Example: "[archive]", Form: `\S`},
	{Path: "channels.*.boundary", About: "The trust boundary that its bytes cross; rule PKL502.", Otherwise: "what the justifications of its loads say", Example: "internal", Form: justify.BoundaryForm, What: "the name of a boundary"},
	{Path: "channels.*.owner", About: "Who owns it; rules PKL509 and PKL510.", Otherwise: "what the justifications say, or the owners of its services", Example: "storage", Form: `\S`},
	{Path: "channels.*.retention", About: "How long what it holds is kept, in days, weeks or years; rules PKL506 and PKL507, and pickle-lint stale.", Otherwise: "the shortest of what the justifications say", Example: "30d", Form: `^[1-9][0-9]*[dwy]$`, What: "a number of days, weeks or years (30d, 12w, 1y)"},
	{Path: "channels.*.sensitivity", About: "How sensitive it is; rule PKL508.", Otherwise: "the highest of what the justifications and its classes say", Example: "pii", Words: justify.Sensitivities()},
	{Path: "channels.*.compat", About: "Which versions have to read what it holds.", Otherwise: "what the justifications say", Example: "two releases back", Form: `\S`},
	{Path: "channels.*.ticket", About: "Where it was decided.", Otherwise: "what the justifications say", Example: "SEC-1042", Form: `\S`},
	{Path: "channels.*.expires", About: "The last day on which all this holds.", Otherwise: "the earliest of what the justifications say", Example: `"2027-06-30"`, Form: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, What: "a day (YYYY-MM-DD)"},
	{
		Path: "sensitive", About: "Classes, as patterns of their dotted names, with how sensitive it is what carries them; rule PKL508.",
		Default: "{}", Example: `{"app.models.*": pii}`, Words: justify.Sensitivities(), NameForm: `[^*. ]`, NameWhat: "a pattern of the names of classes",
	},
}
