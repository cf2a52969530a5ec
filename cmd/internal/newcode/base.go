package newcode

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Base is what is kept of the results of the older state.
type Base struct {
	Findings []Finding `json:"findings"`
	Sites    []Site    `json:"sites"`
	// Skips are what was not looked at in the older state.
	Skips []Skip `json:"skips,omitempty"`
}

// Skip is one of them.
type Skip struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Finding is a finding of the older state.
type Finding struct {
	// Prints are its fingerprint and those of what more general rules say of the place.
	Prints []lint.Fingerprint `json:"prints"`
	Path   string             `json:"path"`
	// Site is the fingerprint of the site that it is about, if it is about one.
	Site lint.Fingerprint `json:"site,omitempty"`
	// Reason is why it was suppressed, if it was.
	Suppressed bool   `json:"suppressed,omitempty"`
	Reason     string `json:"reason,omitempty"`
}

// Site is a site of the older state.
type Site struct {
	Print lint.Fingerprint `json:"print"`
	Path  string           `json:"path"`
	// Verified and Reason are what was known of it.
	Verified string `json:"verified,omitempty"`
	Reason   string `json:"reason,omitempty"`
	// Claim is all of the justification, for comparing.
	Claim string `json:"claim,omitempty"`
}

// NewBase keeps of results what is compared.
func NewBase(findings []*lint.Finding, sites []*lint.Site, skips []*lint.Skip) *Base {
	b := new(Base)
	at := make(map[place]lint.Fingerprint)
	for _, s := range sites {
		at[placeOf(&s.Location)] = s.Fingerprint
	}
	for _, f := range findings {
		kept := Finding{Path: f.Path, Site: at[placeOf(&f.Location)], Suppressed: f.Suppressed, Reason: reason(f.Justification)}
		for told := f; told != nil; told = told.Otherwise {
			kept.Prints = append(kept.Prints, told.Fingerprint)
		}
		b.Findings = append(b.Findings, kept)
	}
	for _, s := range sites {
		b.Sites = append(b.Sites, Site{Print: s.Fingerprint, Path: s.Path, Verified: withoutLine(s.Verified), Reason: reason(s.Justification), Claim: claim(s.Justification)})
	}
	for _, s := range skips {
		if !s.Excluded {
			b.Skips = append(b.Skips, Skip{s.Path, s.Reason})
		}
	}
	return b
}

func reason(j *lint.Justification) string {
	if j == nil {
		return ""
	}
	return "boundary=" + j.Boundary + ": " + j.Reason
}

// claim is all that a justification says, wherever it stands.
func claim(j *lint.Justification) string {
	if j == nil {
		return ""
	}
	said := *j
	said.Line = 0
	return fmt.Sprintf("%#v", said)
}

// withoutLine leaves out where something was: the line is that of another text.
func withoutLine(verified string) string {
	text, _, _ := strings.Cut(verified, " on line ")
	return text
}
