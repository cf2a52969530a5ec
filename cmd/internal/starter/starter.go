package starter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Facts are what was found in a repository. All of it may be hostile text.
type Facts struct {
	GoModules []string
	// Packages are the Python packages at the top.
	Packages []string
	// Python and Torch say which versions are declared, and where; or "".
	Python, Torch string
	// UsesPython and UsesTorch: there are sources that are Python, that import torch.
	UsesPython, UsesTorch bool
	// Wrappers are the modules through which pickles are loaded.
	Wrappers []string
	// Boundaries are those that directives name and nobody declares, each with the
	// first place.
	Boundaries []Boundary
	// Claims is how many directives there are.
	Claims int
	CI     []CI
}

// Boundary is a name in a directive.
type Boundary struct{ Name, Place string }

// Choices are what somebody was asked.
type Choices struct {
	FailOn string
}

// Config returns the text of a .pickle-lint.yml.
func Config(f *Facts, c Choices) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%s\n#\n", config.SchemaURL)
	b.WriteString("# Configuration of pickle-lint. Everything has a default: what is commented out shows\n# an example. \"pickle-lint config\" says what is in force.\n")
	if found := f.Lines(); len(found) > 0 {
		b.WriteString("#\n# Found here:\n")
		for _, line := range found {
			fmt.Fprintf(&b, "#   %s\n", clean(line))
		}
	}
	for _, key := range config.Shapes().Fields {
		b.WriteString("\n")
		comment(&b, key.Key.About)
		f.key(&b, key, c)
	}
	fmt.Fprintf(&b, directives, strings.Join(slices.Sorted(maps.Keys(justify.BuiltinBoundaries())), " "))
	return b.String()
}

// key writes what is said of one key.
func (f *Facts) key(b *strings.Builder, key config.Field, c Choices) {
	switch {
	case key.Name == "fail-on" && c.FailOn != "":
		fmt.Fprintf(b, "fail-on: %s\n", c.FailOn)
	case key.Name == "wrapper" && len(f.Wrappers) > 0:
		fmt.Fprintf(b, "wrapper: [%s]\n", strings.Join(f.Wrappers, ", "))
	case key.Name == "allow-packages" && len(f.Packages) > 0:
		fmt.Fprintf(b, "# allow-packages: [%s]\n", strings.Join(f.Packages, ", "))
	case key.Name == "boundaries" && len(f.Boundaries) > 0:
		b.WriteString("# Directives name these, and nobody declares them; say who may have written the bytes:\n# boundaries:\n")
		for _, boundary := range f.Boundaries {
			fmt.Fprintf(b, "#   %s: {description: \"…\"}   # %s\n", boundary.Name, clean(boundary.Place))
		}
	case key.Name == "python" && (f.Python != "" || f.Torch != ""):
		comment(b, "Nothing to say here: "+strings.Join(slices.DeleteFunc([]string{f.Python, f.Torch}, func(s string) bool { return s == "" }), ", ")+".")
	default:
		fmt.Fprintf(b, "# %s: %s\n", key.Name, key.Key.Example)
	}
}

// Lines say what was found, for people.
func (f *Facts) Lines() (lines []string) {
	list := func(one, many string, words []string) {
		const most = 8
		if len(words) == 1 {
			lines = append(lines, one+" "+words[0])
		} else if len(words) > 1 {
			more := ""
			if n := len(words) - most; n > 0 {
				words, more = words[:most], fmt.Sprintf(" and %d more", n)
			}
			lines = append(lines, many+" "+strings.Join(words, ", ")+more)
		}
	}
	list("Go module", "Go modules", f.GoModules)
	list("Python package", "Python packages", f.Packages)
	switch {
	case f.Python != "":
		lines = append(lines, "oldest Python: "+f.Python)
	case f.UsesPython:
		lines = append(lines, "no declaration of the oldest Python; see the key python")
	}
	switch {
	case f.Torch != "":
		lines = append(lines, "torch: "+f.Torch)
	case f.UsesTorch:
		lines = append(lines, "torch is imported, and no version of it is declared: torch.load counts as unsafe")
	}
	list("wrapper around pickle:", "wrappers around pickle:", f.Wrappers)
	if f.Claims > 0 {
		lines = append(lines, fmt.Sprintf("directives: %d", f.Claims))
	}
	var names []string
	for _, b := range f.Boundaries {
		names = append(names, fmt.Sprintf("%s (%s)", b.Name, b.Place))
	}
	list("boundary that nobody declares:", "boundaries that nobody declares:", names)
	return lines
}

// comment writes text as comments of some width.
func comment(b *strings.Builder, text string) {
	const width = 96
	line := "#"
	for _, word := range strings.Fields(clean(text)) {
		if len(line)+1+len(word) > width && line != "#" {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}

// clean keeps text from a repository within the comment in which it stands, and from
// steering a terminal on which that is shown.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, text)
}

const directives = `
# A site is excused where it stands, by one comment above the statement or on it:
#
#   # picklelint:trust boundary=build reason="table made by make tables, shipped in the image"
#   table = pickle.load(fh)
#
#   //picklelint:trust boundary=host reason="spool written by this binary only, mode 0600" owner=storage
#   err := gob.NewDecoder(f).Decode(&state)
#
# Boundaries: %s.
# docs: https://github.com/pickle-lint/pickle-lint#justifications
`
