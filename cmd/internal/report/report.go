package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Options say how to write. The zero value is valid: no colour, no excerpts.
type Options struct {
	// Color allows escape sequences for colour in text. No other format has any.
	Color bool
	// Verbose also prints suppressed findings and what was left out on purpose.
	Verbose bool
	// Rules are all rules that could fire, for the metadata of SARIF.
	Rules []*lint.Rule
	// Version is that of the tool, used when the stream carries none.
	Version string
	// Root is the absolute directory that relative paths start from, used when
	// the stream carries none.
	Root string
	// Repository is the absolute directory that GitHub and GitLab resolve paths from, the
	// top of the work tree. Where it is "" that is Root.
	Repository string
	// Category tells the runs of one tool over one commit apart, "" if there is one only:
	// code scanning keeps the newest results of each.
	Category string
	// Day is the day of the run, for people.
	Day string
	// SkipsElsewhere leaves the lines about skips out of text, because the
	// caller writes them where the reader of this text sees them too.
	SkipsElsewhere bool
	// Source returns the contents of a source file by the path that messages
	// carry. It may be nil; an error means no excerpt, and no columns in SARIF.
	Source func(path string) ([]byte, error)
	// SarifSuppressed is SarifOmit, which "" means too, or SarifInclude.
	SarifSuppressed string
}

// The values of [Options.SarifSuppressed].
const (
	SarifOmit    = "omit"
	SarifInclude = "include"
)

// formats is the table of formats, in the order in which help lists them.
var formats = []struct {
	name string
	make func(io.Writer, Options) lint.Handler
}{
	{"text", newText},
	{"json", newJSON},
	{"sarif", newSARIF},
	{"github", newGitHub},
	{"gitlab", newGitLab},
	{"junit", newJUnit},
	{"html", newHTML},
	{"markdown", newMarkdown},
}

// Formats lists the names that [New] knows.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// New returns the handler of a format. An unknown format or option word is an
// error that lists the known ones. The handler does not close w, and has written
// everything when Summary returns.
func New(format string, w io.Writer, opt Options) (lint.Handler, error) {
	switch opt.SarifSuppressed {
	case "", SarifOmit, SarifInclude:
	default:
		return nil, fmt.Errorf("suppressed findings in SARIF: unknown word %q: want %s or %s", opt.SarifSuppressed, SarifOmit, SarifInclude)
	}
	for _, f := range formats {
		if f.name == format {
			return f.make(w, opt), nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: want %s", format, strings.Join(Formats(), ", "))
}
