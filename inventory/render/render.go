package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Options say how to write. The zero value is valid.
type Options struct {
	// Columns is how wide lines of text may be; 0 means any width.
	Columns int
	// Config, Baseline and Lock are the files by which pickle-lint judges, as paths of the
	// repository, "" where there is none. Wrapper are the modules that wrap pickle.
	Config, Baseline, Lock string
	Wrapper                []string
	// Boundaries are those that a claim may name; nil means the built-in ones.
	Boundaries map[string]justify.Boundary
}

// Renderer writes an inventory in one format.
type Renderer func(w io.Writer, inv *inventory.Inventory, opt Options) error

// formats is the table of formats, in the order in which help lists them.
var formats = []struct {
	name  string
	write Renderer
}{
	{"text", writeText},
	{"json", writeJSON},
	{"csv", writeCSV},
	{"markdown", writeMarkdown},
	{"cyclonedx", writeCycloneDX},
	{"mermaid", writeMermaid},
	{"graphviz", writeGraphviz},
	{"html", writeHTML},
	{"codeowners", writeCodeOwners},
	{"review", writeReview},
}

// Formats lists the names that [New] knows.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// New returns the writer of a format. An unknown one is an error that lists those there
// are.
func New(format string) (Renderer, error) {
	for _, f := range formats {
		if f.name == format {
			return func(w io.Writer, inv *inventory.Inventory, opt Options) error {
				if err := f.write(w, inv, opt); err != nil {
					return fmt.Errorf("writing the inventory as %s: %w", f.name, err)
				}
				return nil
			}, nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: want %s", format, strings.Join(Formats(), ", "))
}
