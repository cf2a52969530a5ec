package declared

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// trove begins the classifiers that name versions of Python (pypi.org/classifiers). Of those
// the ones with a minor version count.
const trove = "Programming Language :: Python :: "

// maxClassifiers bounds those that are kept.
const maxClassifiers = 64

// classify keeps a classifier that names a version of Python.
func (c *collected) classify(text string) {
	version, ok := strings.CutPrefix(strings.Join(strings.Fields(text), " "), trove)
	if !ok || !strings.Contains(version, ".") || len(c.pythons) == maxClassifiers {
		return
	}
	if v, err := pep440.Parse(version); err == nil {
		c.pythons = append(c.pythons, v)
	}
}

// classifyAll is classify for a list.
func (c *collected) classifyAll(v tomlValue) {
	for _, item := range v.list {
		if item.isString {
			c.classify(item.text)
		}
	}
}

// classified adds the oldest Python of the classifiers, unless the file says in earnest which
// it needs: nothing reads classifiers but people.
func (c *collected) classified() {
	for i := range c.mentions {
		if c.mentions[i].library == Python {
			return
		}
	}
	if len(c.pythons) == 0 {
		return
	}
	oldest := slices.MinFunc(c.pythons, pep440.Version.Compare)
	c.add(mention{library: Python, text: trove + oldest.String(), versions: pep440.Range{Lowest: &oldest}}, nil)
}
