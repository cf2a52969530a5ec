package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// siteFormats are the forms of a list of sites, in the order in which help lists
// them. columns is how wide lines may be, 0 for any width.
var siteFormats = []struct {
	name string
	make func(w io.Writer, columns int) lint.Handler
}{
	{"text", newSiteTable},
	{"json", func(w io.Writer, _ int) lint.Handler { return &siteLines{jsonLines: jsonLines{w}} }},
	{"csv", newSiteCSV},
}

// SiteFormats lists the names that [NewSites] knows.
func SiteFormats() []string {
	names := make([]string, len(siteFormats))
	for i, f := range siteFormats {
		names[i] = f.name
	}
	return names
}

// NewSites returns the handler that lists the sites of a run and says nothing of its
// findings. columns is how wide text may be; 0 means any width. An unknown format is
// an error that lists the known ones.
func NewSites(format string, w io.Writer, columns int) (lint.Handler, error) {
	for _, f := range siteFormats {
		if f.name == format {
			return f.make(w, columns), nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: want %s", format, strings.Join(SiteFormats(), ", "))
}

// noVerdict leaves out all messages but sites, skips and the summary.
type noVerdict struct{}

func (noVerdict) Config(*lint.Config) error     { return nil }
func (noVerdict) Progress(*lint.Progress) error { return nil }
func (noVerdict) Finding(*lint.Finding) error   { return nil }

// siteLines is JSON Lines of sites and skips. A summary would count findings.
type siteLines struct {
	noVerdict
	jsonLines jsonLines
}

func (l *siteLines) Site(m *lint.Site) error     { return l.jsonLines.Site(m) }
func (l *siteLines) Skip(m *lint.Skip) error     { return l.jsonLines.Skip(m) }
func (l *siteLines) Summary(*lint.Summary) error { return nil }

// claimKeys lists the keys of a justification, in the order of the documentation.
var claimKeys = []struct {
	name string
	of   func(*lint.Justification) string
}{
	{"boundary", func(j *lint.Justification) string { return j.Boundary }},
	{"reason", func(j *lint.Justification) string { return j.Reason }},
	{"verified-by", func(j *lint.Justification) string { return j.VerifiedBy }},
	{"owner", func(j *lint.Justification) string { return j.Owner }},
	{"expires", func(j *lint.Justification) string { return j.Expires }},
	{"retention", func(j *lint.Justification) string { return j.Retention }},
	{"sensitivity", func(j *lint.Justification) string { return j.Sensitivity }},
	{"compat", func(j *lint.Justification) string { return j.Compat }},
	{"ticket", func(j *lint.Justification) string { return j.Ticket }},
}
