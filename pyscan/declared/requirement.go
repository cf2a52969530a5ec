package declared

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// isName reports a byte of the name of a distribution.
func isName(c byte) bool { return isBareKey(c) || c == '.' }

// cutName cuts the name of a distribution off the front.
func cutName(s string) (name, rest string) {
	i := 0
	for i < len(s) && isName(s[i]) {
		i++
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

// requirement reads a dependency as PEP 508 writes it. ok is false for what names no
// library by a version: a URL, a path, an option of pip.
func requirement(text string) (m mention, ok bool, err error) {
	text = strings.TrimSpace(text)
	name, rest := cutName(text)
	if name == "" || strings.ContainsAny(name[:1], "-_.") {
		return m, false, nil
	}
	m = mention{library: Normalise(name)}
	if strings.HasPrefix(rest, "[") {
		_, after, closed := strings.Cut(rest, "]")
		if !closed {
			return m, false, fmt.Errorf("%s: the bracket of its extras is not closed", short(name))
		}
		rest = strings.TrimLeft(after, " \t")
	}
	rest, marker, conditional := strings.Cut(rest, ";")
	m.conditional = conditional && strings.TrimSpace(marker) != ""
	rest = strings.TrimSpace(rest)
	switch {
	case rest == "":
		m.text = name
		return m, true, nil
	case strings.HasPrefix(rest, "@"):
		m.text = name
		return m, true, nil // what stands behind a URL has any version
	case strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")"):
		rest = rest[1 : len(rest)-1]
	case strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "+"):
		return m, false, nil // a URL or a path
	}
	m.text = name + strings.Join(strings.Fields(rest), "")
	if m.versions, err = pep440.ParseRange(rest, pep440.PEP440); err != nil {
		m.text = name
		return m, true, fmt.Errorf("%s: %w", short(name), err)
	}
	return m, true, nil
}

// short bounds what messages quote.
func short(s string) string { return s[:min(len(s), 60)] }

// styled reads a specifier of Poetry, a Pipfile or conda for a library.
func styled(name, specifier string, style pep440.Style) (m mention, err error) {
	m = mention{library: Normalise(name), text: name}
	m.versions, err = pep440.ParseRange(specifier, style)
	if err != nil {
		return m, fmt.Errorf("%s: %w", short(name), err)
	}
	specifier = strings.Join(strings.Fields(specifier), " ")
	switch {
	case !m.bounded():
	case strings.IndexByte("<>=~^!", specifier[0]) >= 0:
		m.text = name + specifier
	default:
		m.text = name + " " + specifier
	}
	return m, nil
}

// locked is the mention of a library in a lock file.
func locked(name, version string) (m mention, err error) {
	v, err := pep440.Parse(version)
	if err != nil {
		return m, fmt.Errorf("%s: %w", short(name), err)
	}
	return mention{library: Normalise(name), text: name + " " + v.String(), versions: pep440.Exact(v)}, nil
}

// pythons is the mention of Python itself.
func pythons(specifier string, style pep440.Style) (mention, error) {
	m, err := styled("Python", specifier, style)
	m.library = Python
	return m, err
}
