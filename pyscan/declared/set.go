package declared

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// Version is what is declared of a library.
type Version struct {
	Range pep440.Range
	// Text is the declaration in short, as "torch>=2.6".
	Text string
	// Where is the file that declares it, as messages name it.
	Where string
}

// mention is one place at which a file names a library.
type mention struct {
	library  string // normalised
	versions pep440.Range
	text     string
	// conditional: it holds on some platforms or with some extras only.
	conditional bool
	where       string
}

// bounded reports whether a mention says anything about versions.
func (m *mention) bounded() bool { return m.versions.Lowest != nil || m.versions.Highest != nil }

// Python is the name under which the version of Python itself is asked for.
const Python = "python"

// Normalise writes the name of a distribution as PEP 503 compares it.
func Normalise(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == '.' }), "-")
}

// merge comes to what some mentions of one library say together. named: there was one,
// though it may say nothing of versions.
func merge(mentions []mention, libraries []string) (v Version, known, named bool) {
	always, open := false, false
	var out *mention
	for i := range mentions {
		m := &mentions[i]
		if !slices.Contains(libraries, m.library) {
			continue
		}
		named = true
		if !m.bounded() {
			open = true
			continue
		}
		always = always || !m.conditional
		if out == nil {
			first := *m
			out = &first
			continue
		}
		joined := out.versions.Or(m.versions)
		if older(m, out) {
			out.text, out.where = m.text, m.where
		}
		out.versions = joined
	}
	if out == nil || open && !always {
		// With "torch" and "torch>=2.6; sys_platform == 'linux'", nobody knows.
		return Version{}, false, named
	}
	return Version{Range: out.versions, Text: out.text, Where: out.where}, true, true
}

// older reports whether m admits older versions than n.
func older(m, n *mention) bool {
	switch {
	case n.versions.Lowest == nil:
		return false
	case m.versions.Lowest == nil:
		return true
	}
	return m.versions.Lowest.Compare(*n.versions.Lowest) < 0
}
