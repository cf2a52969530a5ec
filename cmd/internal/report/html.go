package report

import (
	"bufio"
	"cmp"
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/page"
	"github.com/pickle-lint/pickle-lint/lint"
)

// htmlReport writes one page that needs nothing else: no network, no font, no library. It
// is a plain list; the script sorts and filters what is there and adds nothing, so
// that foreign words are only ever text.
type htmlReport struct {
	w        io.Writer
	opt      Options
	sources  *sources
	config   lint.Config
	sites    []*lint.Site
	blobs    []*lint.Blob
	findings []*lint.Finding
	skips    []*lint.Skip
}

func newHTML(w io.Writer, opt Options) lint.Handler {
	return &htmlReport{w: w, opt: opt, sources: newSources(opt.Source), config: lint.Config{Root: opt.Root, Version: opt.Version}}
}

func (h *htmlReport) Config(m *lint.Config) error {
	h.config = *m
	h.config.Root = cmp.Or(h.config.Root, h.opt.Root)
	h.config.Version = cmp.Or(h.config.Version, h.opt.Version)
	return nil
}

func (h *htmlReport) Progress(*lint.Progress) error { return nil }

func (h *htmlReport) Site(m *lint.Site) error {
	h.sites = append(h.sites, m)
	return nil
}

// Blob implements [lint.BlobHandler].
func (h *htmlReport) Blob(m *lint.Blob) error {
	h.blobs = append(h.blobs, m)
	return nil
}

func (h *htmlReport) Skip(m *lint.Skip) error {
	h.skips = append(h.skips, m)
	return nil
}

func (h *htmlReport) Finding(m *lint.Finding) error {
	h.findings = append(h.findings, m)
	return nil
}

//go:embed page/page.html
var pageHTML string

//go:embed page/page.js
var pageJS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// pageScript is all of the script, and policy what lets a browser run it.
var (
	pageScript = page.Script + pageJS
	policy     = page.Policy(page.Style, pageScript)
)

func (h *htmlReport) Summary(m *lint.Summary) error {
	w := bufio.NewWriter(h.w)
	err := pageTemplate.Execute(w, h.page(m))
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing HTML report: %w", err)
	}
	return nil
}

// htmlPage is what the template shows. Every text in it is printable.
type htmlPage struct {
	Policy string
	CSS    template.CSS
	JS     template.JS

	Title, Version, Day, Args string
	// Tone is good, warn or bad, as Lead says.
	Tone, Lead, Looked string
	Sum                *lint.Summary
	Rules              []*htmlGroup
	Folders            []*htmlGroup
	Map                *htmlMap
	Findings           []*htmlFinding
	Sites              []*htmlSite
	Blobs              []string
	Skips, Excluded    []htmlSkip
}

type htmlSkip struct{ Where, Reason string }

func (h *htmlReport) page(m *lint.Summary) *htmlPage {
	p := &htmlPage{
		Policy: policy, CSS: template.CSS(page.Style), JS: template.JS(pageScript), //nolint:gosec // both are ours
		Title: lint.Printable(path.Base(slashed(cmp.Or(h.config.Root, ".")))), Version: lint.Printable(h.config.Version), Day: h.opt.Day,
		Args: lint.Printable(strings.Join(h.config.Args, " ")), Looked: lookedAt(m), Sum: m,
	}
	p.Tone, p.Lead = lead(m)
	for _, s := range h.skips {
		skip := htmlSkip{skipPlace(s.Location), lint.Printable(s.Reason)}
		if s.Excluded {
			p.Excluded = append(p.Excluded, skip)
		} else {
			p.Skips = append(p.Skips, skip)
		}
	}
	for _, b := range h.blobs {
		p.Blobs = append(p.Blobs, blobLine(b))
	}
	folders := h.folders()
	p.Findings = h.list(folders)
	p.Rules, p.Folders = groups(p.Findings, h.opt.Rules)
	p.Sites, p.Map = h.boundaries(folders)
	return p
}

// lead says the result in a sentence. Nothing found in what was not looked at is no
// good news.
func lead(m *lint.Summary) (tone, text string) {
	switch n := m.Errors + m.Warnings + m.Notes; {
	case n == 1:
		tone, text = "bad", "1 finding"
	case n > 1:
		tone, text = "bad", fmt.Sprintf("%d findings", n)
	case m.Skips > 0:
		return "warn", "No findings, but not everything was looked at"
	case m.Files+m.Packages == 0:
		return "warn", "Nothing was looked at"
	case m.Suppressed > 0:
		return "good", "No open findings"
	default:
		return "good", "No findings"
	}
	if m.Errors+m.Warnings == 0 {
		tone = "warn"
	}
	return tone, text
}

// mostFolders is how many folders are told apart. Where there are more, they are
// told by fewer of their elements.
const mostFolders = 24

// folders maps the paths of findings and sites to the folders that the page names.
func (h *htmlReport) folders() func(string) string {
	depth := 1
	seen := make(map[string]bool)
	for _, f := range h.findings {
		seen[path.Dir(f.Path)] = true
	}
	for _, s := range h.sites {
		seen[path.Dir(s.Path)] = true
	}
	for dir := range seen {
		depth = max(depth, strings.Count(dir, "/")+1)
	}
	for ; depth > 1; depth-- {
		short := make(map[string]bool)
		for dir := range seen {
			short[upTo(dir, depth)] = true
		}
		if len(short) <= mostFolders {
			break
		}
	}
	return func(name string) string { return lint.Printable(upTo(path.Dir(name), depth)) }
}

// upTo cuts a path to a number of elements.
func upTo(dir string, depth int) string {
	parts := strings.SplitAfterN(dir, "/", depth+1)
	if len(parts) > depth {
		parts = parts[:depth]
	}
	if short := strings.TrimSuffix(strings.Join(parts, ""), "/"); short != "" {
		return short
	}
	return "/"
}

// fewSites is how many sites are shown without being asked for: tables of thousands
// of rows take a browser seconds to lay out.
const fewSites = 200

// FewSites reports that the table of sites is open from the start.
func (p *htmlPage) FewSites() bool { return len(p.Sites) <= fewSites }

// htmlGroup counts the findings of a rule or a folder.
type htmlGroup struct {
	Name, Label, Text, URL string
	Severity               lint.Severity
	// Errors, Warnings, Notes and Justified have as Most the longest row of the table.
	Errors, Warnings, Notes, Justified int
	Most                               int
}

func (g *htmlGroup) Total() int { return g.Errors + g.Warnings + g.Notes }

// Bars are the parts of a row, of 100 for the longest one.
func (g *htmlGroup) Bars() []htmlBar {
	return bars(g.Most, htmlBar{Class: "error", N: g.Errors}, htmlBar{Class: "warning", N: g.Warnings}, htmlBar{Class: "note", N: g.Notes})
}

// htmlBar is one part of a bar.
type htmlBar struct {
	Class string
	N     int
	X, W  string
}

func bars(most int, parts ...htmlBar) []htmlBar {
	x := 0
	for i := range parts {
		of := func(n int) string { return fmt.Sprintf("%.2f", 100*float64(n)/float64(max(most, 1))) }
		parts[i].X, parts[i].W = of(x), of(parts[i].N)
		x += parts[i].N
	}
	return slices.DeleteFunc(parts, func(b htmlBar) bool { return b.N == 0 })
}

func (g *htmlGroup) count(f *lint.Finding) {
	switch {
	case f.Suppressed:
		g.Justified++
	case f.Severity == lint.Error:
		g.Errors++
	case f.Severity == lint.Warning:
		g.Warnings++
	default:
		g.Notes++
	}
}

// groups counts findings by rule, the loudest and most frequent first, and by folder.
func groups(findings []*htmlFinding, known []*lint.Rule) (rules, folders []*htmlGroup) {
	byRule, byFolder := make(map[string]*htmlGroup), make(map[string]*htmlGroup)
	for _, f := range findings {
		g := byRule[f.Rule]
		if g == nil {
			g = &htmlGroup{Name: f.Rule, Label: f.Name, Severity: f.f.Severity}
			if i := slices.IndexFunc(known, func(r *lint.Rule) bool { return r.ID == f.f.Rule }); i >= 0 {
				g.Text, g.URL = known[i].Page.Summary, lint.PageURL(known[i].ID, known[i].Name)
			}
			byRule[f.Rule], rules = g, append(rules, g)
		}
		g.count(f.f)
		f.rule = g
		if g = byFolder[f.Folder]; g == nil {
			g = &htmlGroup{Name: f.Folder}
			byFolder[f.Folder], folders = g, append(folders, g)
		}
		g.count(f.f)
	}
	slices.SortFunc(rules, func(a, b *htmlGroup) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Name, b.Name))
	})
	slices.SortFunc(folders, func(a, b *htmlGroup) int {
		return cmp.Or(cmp.Compare(b.Errors, a.Errors), cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Name, b.Name))
	})
	for _, table := range [][]*htmlGroup{rules, folders} {
		most := 0
		for _, g := range table {
			most = max(most, g.Total())
		}
		for _, g := range table {
			g.Most = most
		}
	}
	return rules, folders
}
