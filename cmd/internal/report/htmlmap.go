package report

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/pickle-lint/pickle-lint/lint"
)

// The states of a site, the one to act on first. A claim does not make a site
// justified where a finding about it still counts.
const (
	siteOpen = iota
	siteJustified
	siteVerified
	siteSafe
	siteStates
)

var siteStateNames = [siteStates]string{"open", "justified", "verified", "safe form"}

// htmlSite is a site as the page shows it.
type htmlSite struct {
	Place                                       int
	At, API, Format, Function, Argument, Folder string
	Boundary, State, Remarks                    string
	state                                       int
}

// noBoundary is the row of sites of which nobody says where their bytes come from.
const noBoundary = "no boundary named"

// htmlMap is the map of trust boundaries: what crosses which, and where.
type htmlMap struct {
	Boundaries []*htmlBoundary
	Folders    []*htmlCrossing
	// Open counts all sites that are open.
	Open int
}

// htmlBoundary is one boundary.
type htmlBoundary struct {
	Name   string
	States [siteStates]int
	most   int
}

// Total counts the sites behind it.
func (b *htmlBoundary) Total() int {
	n := 0
	for _, s := range b.States {
		n += s
	}
	return n
}

// Bars are its states as parts of a bar.
func (b *htmlBoundary) Bars() []htmlBar {
	return bars(b.most, htmlBar{Class: "open", N: b.States[siteOpen]}, htmlBar{Class: "justified", N: b.States[siteJustified]},
		htmlBar{Class: "verified", N: b.States[siteVerified]}, htmlBar{Class: "safe", N: b.States[siteSafe]})
}

// htmlCrossing is what crosses the boundaries in one folder, in their order.
type htmlCrossing struct {
	Folder string
	Cells  []htmlCell
	Total  int
	Open   int
}

type htmlCell struct{ N, Open int }

// boundaries lists the sites and draws the map of them.
func (h *htmlReport) boundaries(folder func(string) string) ([]*htmlSite, *htmlMap) {
	open := make(map[string]bool)
	for _, f := range h.findings {
		if !f.Suppressed {
			open[place(f.Location)] = true
		}
	}
	var sites []*htmlSite
	byName := make(map[string]*htmlBoundary)
	m := new(htmlMap)
	for i, s := range h.sites {
		v := htmlSiteOf(s, open[place(s.Location)])
		v.Place, v.Folder = i, folder(s.Path)
		sites = append(sites, v)
		name := cmp.Or(v.Boundary, noBoundary)
		if byName[name] == nil {
			byName[name] = &htmlBoundary{Name: name}
			m.Boundaries = append(m.Boundaries, byName[name])
		}
		byName[name].States[v.state]++
		if v.state == siteOpen {
			m.Open++
		}
	}
	slices.SortFunc(m.Boundaries, func(a, b *htmlBoundary) int {
		return cmp.Or(compareBool(a.Name == noBoundary, b.Name == noBoundary), cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Name, b.Name))
	})
	for _, b := range m.Boundaries {
		for _, c := range m.Boundaries {
			b.most = max(b.most, c.Total())
		}
	}
	m.cross(sites)
	return sites, m
}

func (m *htmlMap) cross(sites []*htmlSite) {
	column := make(map[string]int)
	for i, b := range m.Boundaries {
		column[b.Name] = i
	}
	rows := make(map[string]*htmlCrossing)
	for _, s := range sites {
		row := rows[s.Folder]
		if row == nil {
			row = &htmlCrossing{Folder: s.Folder, Cells: make([]htmlCell, len(column))}
			rows[s.Folder], m.Folders = row, append(m.Folders, row)
		}
		cell := &row.Cells[column[cmp.Or(s.Boundary, noBoundary)]]
		cell.N++
		row.Total++
		if s.state == siteOpen {
			cell.Open++
			row.Open++
		}
	}
	slices.SortFunc(m.Folders, func(a, b *htmlCrossing) int {
		return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(b.Total, a.Total), cmp.Compare(a.Folder, b.Folder))
	})
}

func htmlSiteOf(s *lint.Site, found bool) *htmlSite {
	v := &htmlSite{
		At: place(s.Location), API: lint.Printable(s.API), Format: lint.Printable(s.Format), Function: lint.Printable(s.Function), Argument: lint.Printable(s.Argument),
	}
	add := func(word, text string) {
		if text != "" {
			if v.Remarks != "" {
				v.Remarks += "; "
			}
			v.Remarks += word + lint.Printable(text)
		}
	}
	switch {
	case found:
		v.state = siteOpen
	case s.Verified != "":
		v.state = siteVerified
	case s.Justification != nil:
		v.state = siteJustified
	case s.Safe != "":
		v.state = siteSafe
	}
	v.State = siteStateNames[v.state]
	add("loads ", s.Loads)
	add("", s.Verified)
	add("", s.Safe)
	if j := s.Justification; j != nil {
		v.Boundary = lint.Printable(j.Boundary)
		add("", j.Reason)
		add("verified by ", j.VerifiedBy)
		add("owner ", j.Owner)
		add("expires ", j.Expires)
		add("ticket ", j.Ticket)
	}
	add("note: ", s.Note)
	if s.Generated {
		add("", "generated code")
	}
	return v
}

// Class is the state as one word for the style.
func (s *htmlSite) Class() string {
	return [siteStates]string{"open", "justified", "verified", "safe"}[s.state]
}

// Rank orders states.
func (s *htmlSite) Rank() string { return strconv.Itoa(s.state) }
