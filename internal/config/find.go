package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/internal/cause"
	"github.com/pickle-lint/pickle-lint/internal/worktree"
)

// Name is the name of the file, and ProjectName that of the one that configures many tools.
const (
	Name        = ".pickle-lint.yml"
	ProjectName = "pyproject.toml"
)

// otherName is the spelling that would be passed over in silence.
const otherName = ".pickle-lint.yaml"

// mostText bounds a file, in bytes.
const mostText = 1 << 20

// Wrong returns an error about a value that somebody else does not understand. It begins
// with the keys that lead to the value.
func (c *Config) Wrong(err error) error { return inFile(c.File, located(c.root, err)) }

// Find returns the path of the nearest configuration in dir or above it, or "". It does
// not look above the root of a git checkout: whoever can write to a parent of it
// (a shared temporary directory, say) must not decide what is a finding in it.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", Name, err)
	}
	for {
		found, err := FindIn(dir)
		if found != "" || err != nil {
			return found, err
		}
		parent := filepath.Dir(dir)
		if worktree.Is(dir) || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// FindIn looks into one directory. Two configurations in it are a mistake: whoever changes
// the one that is not read would wonder.
func FindIn(dir string) (string, error) {
	path, project := filepath.Join(dir, Name), filepath.Join(dir, ProjectName)
	own, err := isThere(path)
	if err != nil {
		return "", err
	}
	if other := filepath.Join(dir, otherName); !own {
		if there, err := isThere(other); there || err != nil {
			return "", fmt.Errorf("%s is not read: the configuration is named %s", other, Name)
		}
	}
	line, err := tableIn(project)
	switch {
	case err != nil:
		return "", err
	case own && line > 0:
		return "", &Error{File: project, Line: line, Err: fmt.Errorf("[tool.%s] stands beside a %s: keep one of the two", tomlTable, Name)}
	case own:
		return path, nil
	case line > 0:
		return project, nil
	}
	return "", nil
}

// Speaks reports whether a file of one of the two names is a configuration: a pyproject.toml
// is where it has our table.
func Speaks(path string) (bool, error) {
	if filepath.Ext(path) != ".toml" {
		return true, nil
	}
	line, err := tableIn(path)
	return line > 0, err
}

// tableIn returns the line of our table in a pyproject.toml, or 0 if there is none.
func tableIn(project string) (line int, err error) {
	if there, err := isThere(project); !there || err != nil {
		return 0, err
	}
	text, err := readText(project)
	if err == nil && mayHold.Match(text) {
		var root *yaml.Node
		if err = checkText(text); err == nil {
			root, err = parseTOML(text)
		}
		if err == nil {
			return root.Line, nil
		}
	}
	if err != nil && !errors.Is(err, errNoTable) {
		return 0, inFile(project, err)
	}
	return 0, nil
}

// isThere reports a file. A link that leads nowhere is an error: somebody meant something.
func isThere(path string) (bool, error) {
	_, err := os.Stat(path)
	if err == nil {
		return true, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, inFile(path, cause.Of(err))
	}
	if _, err := os.Lstat(path); err == nil {
		return false, inFile(path, errors.New("a symbolic link that leads nowhere"))
	}
	return false, nil
}

// readText reads a file of the usual kind and size: a pipe would be waited for.
func readText(path string) (text []byte, err error) {
	info, err := os.Stat(path)
	switch {
	case path == os.DevNull:
		return nil, nil // the way to say that there is none
	case err != nil:
		return nil, cause.Of(err)
	case info.IsDir():
		return nil, errors.New("is a directory, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("is no regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, cause.Of(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if text, err = io.ReadAll(io.LimitReader(f, mostText+1)); err != nil {
		return nil, cause.Of(err)
	}
	if len(text) > mostText {
		return nil, fmt.Errorf("more than %d bytes", mostText)
	}
	return text, nil
}

// Load reads and checks one file: the table of a .toml, else the whole of it.
func Load(path string) (*Config, error) {
	text, err := readText(path)
	if err != nil {
		return nil, inFile(path, err)
	}
	parse := Parse
	if filepath.Ext(path) == ".toml" {
		parse = ParseTOML
	}
	c, err := parse(text)
	if err != nil {
		return nil, inFile(path, err)
	}
	if c.Dir, err = filepath.Abs(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	c.File = path
	if c.Baseline != "" && !filepath.IsAbs(c.Baseline) {
		c.Baseline = filepath.Join(c.Dir, c.Baseline)
	}
	for _, file := range []*string{&c.Lock.File, &c.Lock.Key} {
		if *file != "" && *file != Off && !filepath.IsAbs(*file) {
			*file = filepath.Join(c.Dir, *file)
		}
	}
	for i, file := range c.Catalog {
		if !filepath.IsAbs(file) {
			c.Catalog[i] = filepath.Join(c.Dir, file)
		}
	}
	return c, nil
}

// inFile puts the name of the file before each mistake in it.
func inFile(path string, err error) error {
	if m, ok := err.(*Error); ok { //nolint:errorlint // one that is wrapped has text around it
		return &Error{File: path, Line: m.Line, Err: m.Err}
	}
	var several interface{ Unwrap() []error }
	if !errors.As(err, &several) {
		return &Error{File: path, Err: err}
	}
	var errs []error
	for _, e := range several.Unwrap() {
		errs = append(errs, inFile(path, e))
	}
	return errors.Join(errs...)
}
