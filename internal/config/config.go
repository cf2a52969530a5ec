// Package config reads what a project says of itself to pickle-lint: .pickle-lint.yml, or
// the table [tool.pickle-lint] of its pyproject.toml. It owns the keys, with everything that
// is said of them, and what is derived from that: the JSON Schema and the table of the
// documentation. It finds the file, holds it strictly against the Go types, and checks the
// values it understands itself (which rules and sources there are is for others to know);
// it applies nothing.
package config

import (
	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Config is what the file may say. The zero value is a run without a file. What each key
// is for, and what holds without it, stands in the table of keys; nil is a key that is not
// there where that differs from an empty value.
type Config struct {
	Exclude       []string                    `yaml:"exclude"`
	Include       []string                    `yaml:"include"`
	Gitignore     *bool                       `yaml:"gitignore"`
	Commands      *bool                       `yaml:"commands"`
	FailOn        string                      `yaml:"fail-on"`
	Policy        string                      `yaml:"policy"`
	Catalog       []string                    `yaml:"catalog"`
	Baseline      string                      `yaml:"baseline"`
	AllowPackages []string                    `yaml:"allow-packages"`
	Boundaries    map[string]justify.Boundary `yaml:"boundaries"`
	Rules         RuleWords                   `yaml:"rules"`
	Overrides     []Override                  `yaml:"overrides"`
	Wrapper       []string                    `yaml:"wrapper"`
	States        []string                    `yaml:"states"`
	Sources       map[string]string           `yaml:"sources"`
	Go            Go                          `yaml:"go"`
	Python        Python                      `yaml:"python"`
	Protocol      Protocol                    `yaml:"protocol"`
	Proof         Proof                       `yaml:"proof"`
	Lock          Lock                        `yaml:"lock"`
	Services      map[string]Service          `yaml:"services"`
	Channels      map[string]Channel          `yaml:"channels"`
	Sensitive     map[string]string           `yaml:"sensitive"`

	// Dir is the directory of the file and File its path, or "" without one.
	Dir  string `yaml:"-"`
	File string `yaml:"-"`
	// root is what the file says, with its lines.
	root *yaml.Node
}

// Go is what the file says of Go.
type Go struct {
	Tests         *bool `yaml:"tests"`
	Generated     *bool `yaml:"generated"`
	OptionalSinks bool  `yaml:"optional-sinks"`
}

// Python is what the file says of Python and its libraries.
type Python struct {
	Version   string            `yaml:"version"`
	Libraries map[string]string `yaml:"libraries"`
}

// Proof is what the file says of checks.
type Proof struct {
	Assert bool `yaml:"assert"`
}

// Lock is what the file says of the lock of stored pickles.
type Lock struct {
	File   string `yaml:"file"`
	Signed bool   `yaml:"signed"`
	Key    string `yaml:"key"`
}

// Never is the word of fail-on that never makes the exit code 1.
const Never = "never"

// Trusted is the word for a source that is inside without a boundary of its own.
const Trusted = "trusted"

// AllBoundaries returns the built-in boundaries and the declared ones.
func (c *Config) AllBoundaries() map[string]justify.Boundary {
	all := justify.BuiltinBoundaries()
	for name, b := range c.Boundaries {
		all[name] = b
	}
	return all
}
