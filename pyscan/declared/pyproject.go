package declared

import (
	"errors"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// collected is what one file says.
type collected struct {
	mentions []mention
	mistakes []mistake
	// files are requirements files that it names, relative to it.
	files []string
	// pythons are the versions of Python in its classifiers.
	pythons []pep440.Version
}

// mistake is a version that could not be read, and whose.
type mistake struct {
	library string
	err     error
}

// maxMistakes bounds those that are kept of one file.
const maxMistakes = 1000

// full: no more of the file is kept, which keep tells.
func (c *collected) full() bool { return len(c.mentions) > maxMentions }

func (c *collected) add(m mention, err error) {
	if c.full() {
		return
	}
	if err != nil && len(c.mistakes) < maxMistakes {
		c.mistakes = append(c.mistakes, mistake{m.library, err})
	}
	if m.library != "" {
		c.mentions = append(c.mentions, m)
	}
}

// require adds a dependency as PEP 508 writes it.
func (c *collected) require(text string, conditional bool) {
	if c.full() {
		return // nor is it worth being read
	}
	m, ok, err := requirement(text)
	if !ok && err == nil {
		return
	}
	m.conditional = m.conditional || conditional
	c.add(m, err)
}

// requireAll adds those of a list; what is no string (include-group) is passed over.
func (c *collected) requireAll(v tomlValue, conditional bool) {
	for _, item := range v.list {
		if item.isString {
			c.require(item.text, conditional)
		}
	}
}

// named adds requirements files that are named in a string or a list.
func (c *collected) named(v tomlValue) {
	for _, item := range append(v.list, v) {
		if item.isString && len(c.files) < maxIncludes {
			c.files = append(c.files, item.text)
		}
	}
}

// err joins the first mistakes about some libraries; nil for all.
func (c *collected) err(libraries []string) error {
	const most = 3
	var errs []error
	for _, m := range c.mistakes {
		if len(errs) < most && (libraries == nil || slices.Contains(libraries, m.library)) {
			errs = append(errs, m.err)
		}
	}
	return errors.Join(errs...)
}

// pyproject reads pyproject.toml: PEP 621, PEP 735 and Poetry's tables.
func pyproject(text []byte) (collected, error) {
	var c collected
	err := readTOML(text, func(table []string, _ int, key []string, v tomlValue) {
		path := slices.Concat(table, key)
		switch {
		case is(path, "project", "dependencies"):
			c.requireAll(v, false)
		case is(path, "project", "requires-python"):
			c.add(pythons(v.text, pep440.PEP440))
		case is(path, "project", "classifiers"), is(path, "tool", "poetry", "classifiers"):
			c.classifyAll(v)
		case is(path, "project", "optional-dependencies", "*"), is(path, "dependency-groups", "*"):
			c.requireAll(v, true)
		case is(path, "project", "optional-dependencies"), is(path, "dependency-groups"):
			for _, list := range v.table {
				c.requireAll(list, true)
			}
		case is(path, "tool", "poetry", "dependencies", "*"), is(path, "tool", "poetry", "dev-dependencies", "*"):
			c.poetry(path[3], v, path[2] != "dependencies")
		case is(path, "tool", "poetry", "dependencies", "*", "version"):
			c.poetry(path[3], v, false)
		case is(path, "tool", "poetry", "group", "*", "dependencies", "*"):
			c.poetry(path[5], v, true)
		case is(path, "tool", "setuptools", "dynamic", "dependencies"):
			c.named(v.table["file"])
		case is(path, "tool", "setuptools", "dynamic", "dependencies", "file"):
			c.named(v)
		case is(path, "tool", "uv", "constraint-dependencies"), is(path, "tool", "uv", "override-dependencies"):
			c.requireAll(v, false)
		case is(path, "tool", "uv", "dev-dependencies"), is(path, "tool", "pdm", "dev-dependencies", "*"):
			c.requireAll(v, true)
		case is(path, "tool", "pixi", "dependencies", "*"):
			c.conda(path[3], specifierOf(v))
		case is(path, "tool", "pixi", "pypi-dependencies", "*"):
			c.add(styled(path[3], specifierOf(v), pep440.PEP440))
		}
	})
	c.classified()
	return c, err
}

// specifierOf returns a specifier that stands alone or in a table.
func specifierOf(v tomlValue) string {
	if v.table != nil {
		return v.table["version"].text
	}
	return v.text
}

// is compares a path with a pattern, in which * stands for any part.
func is(path []string, pattern ...string) bool {
	return slices.EqualFunc(path, pattern, func(part, want string) bool { return want == "*" || part == want })
}

// poetry reads one dependency of Poetry or a Pipfile: a specifier, a table with one,
// or a list of such tables.
func (c *collected) poetry(name string, v tomlValue, conditional bool) {
	for _, item := range v.list {
		if item.list == nil {
			c.poetry(name, item, true)
		}
	}
	if v.list != nil {
		return
	}
	specifier := v.text
	if v.table != nil {
		specifier = v.table["version"].text // "" for a URL or a path: any version
		conditional = conditional || v.table["optional"].text == "true"
		for _, key := range []string{"markers", "platform", "python", "sys_platform"} {
			conditional = conditional || v.table[key].text != ""
		}
	}
	var m mention
	var err error
	if Normalise(name) == Python {
		m, err = pythons(specifier, pep440.Poetry)
	} else {
		m, err = styled(name, specifier, pep440.Poetry)
	}
	m.conditional = conditional
	c.add(m, err)
}

// pipfile reads a Pipfile, whose packages are written as in Poetry, except that a bare
// version is none.
func pipfile(text []byte) (collected, error) {
	var c collected
	err := readTOML(text, func(table []string, _ int, key []string, v tomlValue) {
		switch path := slices.Concat(table, key); {
		case is(path, "packages", "*"), is(path, "dev-packages", "*"):
			c.poetry(path[1], v, path[0] != "packages")
		case is(path, "packages", "*", "version"), is(path, "dev-packages", "*", "version"):
			c.poetry(path[1], v, path[0] != "packages")
		case is(path, "requires", "python_version"), is(path, "requires", "python_full_version"):
			c.add(pythons("="+v.text, pep440.Conda))
		}
	})
	return c, err
}
