package declared

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// condaEnvironment reads environment.yml.
func condaEnvironment(text []byte) (collected, error) {
	var c collected
	var env struct {
		Dependencies []yaml.Node `yaml:"dependencies"`
	}
	if err := yaml.Unmarshal(text, &env); err != nil {
		return c, err
	}
	for i := range env.Dependencies {
		node := &env.Dependencies[i]
		switch node.Kind {
		case yaml.ScalarNode:
			c.condaSpec(node.Value)
		case yaml.MappingNode:
			var pip struct {
				Pip []string `yaml:"pip"`
			}
			if err := node.Decode(&pip); err != nil {
				return c, err
			}
			for _, line := range pip.Pip {
				c.require(line, false)
			}
		}
	}
	return c, nil
}

// condaSpec reads "channel::name version build", "name=version=build" and
// "name[version='…']" (conda documentation, "Package match specifications").
func (c *collected) condaSpec(text string) {
	text, _, _ = strings.Cut(text, "#")
	if _, rest, ok := strings.Cut(text, "::"); ok {
		text = rest
	}
	name, rest := cutName(strings.TrimSpace(text))
	if name == "" {
		return
	}
	if inside, ok := strings.CutPrefix(rest, "["); ok {
		_, rest, _ = strings.Cut(inside, "version=")
		rest, _, _ = strings.Cut(strings.TrimLeft(rest, `"'`), "'")
		rest = strings.TrimRight(rest, `"]`)
	} else if fields := strings.Fields(rest); len(fields) > 1 && strings.Trim(fields[0], "<>=!~") != "" && !strings.HasSuffix(fields[0], ",") {
		rest = fields[0] // a build stands behind the version
	}
	// name=version=build
	if fuzzy, ok := strings.CutPrefix(rest, "="); ok && !strings.HasPrefix(fuzzy, "=") {
		version, _, build := strings.Cut(fuzzy, "=")
		if rest = "=" + version; build {
			rest = "==" + version
		}
	}
	c.conda(name, strings.Join(strings.Fields(rest), ""))
}

// conda adds a library with a specifier of conda. What PEP 440 does not read is no
// mistake there, and says nothing.
func (c *collected) conda(name, specifier string) {
	m, err := styled(name, specifier, pep440.Conda)
	if err != nil {
		m = mention{library: Normalise(name), text: name}
	}
	c.add(m, nil)
}
