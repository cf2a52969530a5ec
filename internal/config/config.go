// Package config reads .pickle-lint.yml, the file in which a project says what
// it leaves out, which boundaries it has and how loud it wants to be. It finds
// the file, parses it strictly and checks the values it understands itself (the
// policy for blobs is blob's word); it applies nothing.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// Name is the name of the file.
const Name = ".pickle-lint.yml"

// otherName is the spelling that would be passed over in silence.
const otherName = ".pickle-lint.yaml"

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Config is what the file may say. The zero value is a run without a file.
type Config struct {
	// Exclude lists globs of paths that are left out; see [Match].
	Exclude []string `yaml:"exclude"`
	// Include lists globs of the paths that are looked at, if there are any.
	Include []string `yaml:"include"`
	// Gitignore says whether what git ignores is left out, Commands whether Python is
	// looked for in the commands of scripts, workflows and Dockerfiles. Both are true
	// where nothing is said.
	Gitignore *bool `yaml:"gitignore"`
	Commands  *bool `yaml:"commands"`
	// FailOn is note, warning, error or never.
	FailOn string `yaml:"fail-on"`
	// Policy is the policy for blobs: default, strict or weights-only.
	Policy string `yaml:"policy"`
	// Catalog lists catalogue files, relative to the configuration file.
	Catalog []string `yaml:"catalog"`
	// AllowPackages are the project's own packages: what they define may stand in
	// its blobs. A name stands for the module and all below it.
	AllowPackages []string `yaml:"allow-packages"`
	// Boundaries are declared besides the built-in ones.
	Boundaries map[string]justify.Boundary `yaml:"boundaries"`
	// Wrapper lists the modules, or functions of modules, through which the project
	// loads its pickles. Without it they are looked for, and an empty list says that
	// there are none.
	Wrapper []string `yaml:"wrapper"`
	// States lists globs of the stored pickles whose states are older ones that the
	// project still has to load. Without it they go by the usual names of pickles, and an
	// empty list says that there are none.
	States []string `yaml:"states"`
	// Sources maps where Python gets its bytes from, which is none of the outside, to the
	// boundary behind which it is, or to "trusted": by the kind of origin ("queue") or
	// by the first words of a dotted name ("redis").
	Sources map[string]string `yaml:"sources"`
	// Go says which Go files are looked at.
	Go Go `yaml:"go"`
	// Python says which versions are used where nothing declares any.
	Python Python `yaml:"python"`
	// Rules says which rules are on and how loud they are, Overrides the same under
	// some paths; the last one that matches wins.
	Rules     RuleWords  `yaml:"rules"`
	Overrides []Override `yaml:"overrides"`
	// Protocol says which protocols of pickle may be written.
	Protocol Protocol `yaml:"protocol"`
	// Proof says what counts as a check of the bytes that Python loads.
	Proof Proof `yaml:"proof"`

	// Dir is the directory of the file and File its path, or "" without one.
	Dir  string `yaml:"-"`
	File string `yaml:"-"`
	// text is what the file says.
	text []byte
}

// Go is what the file says of Go. Tests and Generated are true where nothing is said.
type Go struct {
	// Tests are files that end in _test.go, Generated those with the "Code generated"
	// mark.
	Tests     *bool `yaml:"tests"`
	Generated *bool `yaml:"generated"`
	// OptionalSinks: decoders count that the catalogue marks as optional.
	OptionalSinks bool `yaml:"optional-sinks"`
}

// Python is what the file says of Python and its libraries.
type Python struct {
	// Version is that of Python.
	Version string `yaml:"version"`
	// Libraries maps names of distributions to versions.
	Libraries map[string]string `yaml:"libraries"`
}

// Proof is what the file says of checks.
type Proof struct {
	// Assert says that assert statements count: nothing runs under python -O.
	Assert bool `yaml:"assert"`
}

// Find returns the path of the nearest file in dir or above it, or "". It does
// not look above the root of a git checkout: whoever can write to a parent of it
// (a shared temporary directory, say) must not decide what is a finding in it.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", Name, err)
	}
	for {
		path := filepath.Join(dir, Name)
		_, err := os.Stat(path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("looking for %s: %w", Name, err)
		}
		if other := filepath.Join(dir, otherName); isFile(other) {
			return "", fmt.Errorf("%s is not read: the configuration is named %s", other, Name)
		}
		parent := filepath.Dir(dir)
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Load reads and checks one file.
func Load(path string) (*Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	c, err := Parse(text)
	if err != nil {
		return nil, inFile(path, err)
	}
	if c.Dir, err = filepath.Abs(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	c.File = path
	for i, file := range c.Catalog {
		if !filepath.IsAbs(file) {
			c.Catalog[i] = filepath.Join(c.Dir, file)
		}
	}
	return c, nil
}

// inFile puts the name of the file before each mistake in it.
func inFile(path string, err error) error {
	var several interface{ Unwrap() []error }
	if !errors.As(err, &several) {
		return fmt.Errorf("%s: %w", path, err)
	}
	var errs []error
	for _, e := range several.Unwrap() {
		errs = append(errs, fmt.Errorf("%s: %w", path, e))
	}
	return errors.Join(errs...)
}

// Parse reads and checks the text of a file. Errors name lines, and those about values
// the keys that lead to them.
func Parse(text []byte) (*Config, error) {
	c := new(Config)
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		return nil, plain(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, errors.New("a second document follows the first")
	}
	c.text = text
	return c, located(text, c.check())
}

// Wrong returns an error about a value that somebody else does not understand. It begins
// with the keys that lead to the value.
func (c *Config) Wrong(err error) error {
	return inFile(c.File, located(c.text, err))
}

var unknownField = regexp.MustCompile(`^line (\d+): field (\S+) not found in type \S+$`)

var wrongForm = regexp.MustCompile(`(?s)^line (\d+): cannot unmarshal .* into (\S+)$`)

// formOf says in the words of the file what a Go type is.
func formOf(goType string) string {
	switch goType {
	case "string":
		return "one word"
	case "[]string":
		return "a list of words"
	case "bool":
		return "true or false"
	case "int":
		return "a number"
	}
	return "keys with values"
}

// plain rewrites yaml's errors, which speak of Go types, for people who wrote a
// file.
func plain(err error) error {
	var te *yaml.TypeError
	if !errors.As(err, &te) {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	lines := make([]string, 0, len(te.Errors))
	for _, e := range te.Errors {
		if m := unknownField.FindStringSubmatch(e); m != nil {
			e = fmt.Sprintf("line %s: unknown key %q", m[1], m[2])
		} else if m := wrongForm.FindStringSubmatch(e); m != nil {
			e = fmt.Sprintf("line %s: want %s here", m[1], formOf(m[2]))
		}
		lines = append(lines, e)
	}
	return errors.New(strings.Join(lines, "; "))
}

func (c *Config) check() error {
	if c.FailOn != "" && c.FailOn != Never {
		if _, err := lint.ParseSeverity(c.FailOn); err != nil {
			return fmt.Errorf("fail-on: %q is not error, warning, note or never", c.FailOn)
		}
	}
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
		if err := checkPackage(name); err != nil {
			return fmt.Errorf("allow-packages: %w", err)
		}
	}
	for _, name := range c.Wrapper {
		if !moduleName.MatchString(name) {
			return fmt.Errorf("wrapper: %q is not the dotted name of a module or of what is in it", name)
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
	return c.checkSources()
}

// Trusted is the word for a source that is inside without a boundary of its own.
const Trusted = "trusted"

// checkSources reports boundaries that are not there, and those behind which others
// write, which makes nothing inside.
func (c *Config) checkSources() error {
	all := c.AllBoundaries()
	for _, source := range slices.Sorted(maps.Keys(c.Sources)) {
		name := c.Sources[source]
		switch b, known := all[name]; {
		case name == Trusted:
		case !known:
			return fmt.Errorf("sources: %s: %q is not %s or the name of a boundary", source, name, Trusted)
		case b.Proof || name == "partner" || name == "caller":
			return fmt.Errorf("sources: %s: what lies behind boundary=%s comes from outside in any case", source, name)
		}
	}
	return nil
}

func (p *Python) check() error {
	if p.Version != "" {
		if _, err := pep440.Parse(p.Version); err != nil {
			return fmt.Errorf("version: %w", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Libraries)) {
		if !distribution.MatchString(name) {
			return fmt.Errorf("libraries: %q is not the name of a distribution", name)
		}
		if _, err := pep440.Parse(p.Libraries[name]); err != nil {
			return fmt.Errorf("libraries: %s: %w", name, err)
		}
	}
	return nil
}

// distribution is the form of such names (PEP 508).
var distribution = regexp.MustCompile(`^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$`)

var moduleName = regexp.MustCompile(`^[\pL_][\pL\pN_]*(\.[\pL_][\pL\pN_]*)*$`)

// checkPackage reports what is no module name. __main__ is one, but names whatever
// program happens to load: nobody can say that what it defines is theirs.
func checkPackage(name string) error {
	switch {
	case name == "__main__" || strings.HasPrefix(name, "__main__."):
		return errors.New("__main__ is whatever program loads the pickle, and no package")
	case !moduleName.MatchString(name):
		return fmt.Errorf("%q is not the dotted name of a module; it covers all modules below it", name)
	}
	return nil
}

// Never is the word of fail-on that never makes the exit code 1.
const Never = "never"

// AllBoundaries returns the built-in boundaries and the declared ones.
func (c *Config) AllBoundaries() map[string]justify.Boundary {
	all := justify.BuiltinBoundaries()
	for name, b := range c.Boundaries {
		all[name] = b
	}
	return all
}
