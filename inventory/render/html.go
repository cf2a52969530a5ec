package render

import (
	"bufio"
	"cmp"
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/page"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed page/inventory.html
var pageHTML string

//go:embed page/inventory.css
var pageCSS string

//go:embed page/inventory.js
var pageJS string

var pageTemplate = template.Must(template.New("inventory").Parse(pageHTML))

// What a browser runs, and the policy that lets it.
var (
	pageStyle  = page.Style + pageCSS
	pageScript = page.Script + pageJS
	policy     = page.Policy(pageStyle, pageScript)
)

// writeHTML writes one page that needs nothing else: no network, no font, no library. The
// diagram is drawn here; the script filters the list by what is clicked.
func writeHTML(w io.Writer, inv *inventory.Inventory, _ Options) error {
	out := bufio.NewWriter(w)
	if err := pageTemplate.Execute(out, pageOf(inv)); err != nil {
		return err
	}
	return out.Flush()
}

// htmlPage is what the template shows. Every text in it is printable.
type htmlPage struct {
	Policy string
	CSS    template.CSS
	JS     template.JS

	Title, Version string
	About          [][2]string
	// Tone is good, warn or bad, as Lead says.
	Tone, Lead        string
	Sum               *sum
	Drawing           *drawing
	Channels          []*htmlChannel
	Services          []*htmlService
	Rules             []*htmlRule
	Skips             []htmlSkip
	Kinds, Boundaries []string
}

type htmlSkip struct{ Where, Reason string }

// htmlRule counts the findings of a rule.
type htmlRule struct {
	ID, Name, URL, Text, Severity string
	rank                          lint.Severity
	N                             int
}

// htmlService is a row of the table of services. N is its number on the page.
type htmlService struct {
	name                                  string
	N                                     int
	Name, Paths, Python, Boundary, Owners string
	External                              bool
	Writes, Loads                         int
}

// htmlChannel is a channel as the page shows it. What takes reading is made when the
// template asks for it, one channel after the other.
type htmlChannel struct {
	c        *inventory.Channel
	findings []*inventory.Finding

	// N is its number on the page, Node that of its box in the diagram.
	N, Node              int
	Kind, Name, Boundary string
	From, To             string
	// Services are the numbers of those at its ends, Boxes those of their boxes.
	Services, Boxes, Rules string
	Severity               string
	Rank                   int
}

func pageOf(inv *inventory.Inventory) *htmlPage {
	numbers := make(map[*inventory.Channel]int)
	for i, c := range inv.Channels {
		numbers[c] = i + 1
	}
	p := &htmlPage{
		Policy: policy, CSS: template.CSS(pageStyle), JS: template.JS(pageScript), //nolint:gosec // both are ours
		Title: cmp.Or(lint.Printable(inv.Repository), "repository"), Version: lint.Printable(inv.Version), About: about(inv), Sum: sumOf(inv),
	}
	p.Tone, p.Lead = lead(p.Sum)
	for _, s := range inv.Skips {
		if !s.Excluded {
			p.Skips = append(p.Skips, htmlSkip{placeOf(s.Location), lint.Printable(s.Reason)})
		}
	}
	var g *graph
	p.Drawing, g = draw(inv, numbers)
	node := make(map[*inventory.Channel]int)
	for _, n := range g.channels {
		for _, c := range n.channels {
			node[c] = n.n
		}
	}
	p.Services = servicesOf(inv)
	services := make(map[string]int)
	for i, s := range p.Services {
		s.N = i + 1
		services[s.name] = s.N
	}
	p.Drawing.name(g, services)
	said := make(map[string][]*inventory.Finding)
	for _, f := range inv.Findings {
		said[f.Channel] = append(said[f.Channel], f)
	}
	for _, c := range inv.Channels {
		h := &htmlChannel{c: c, findings: said[c.ID], N: numbers[c], Node: node[c], Kind: kindOf(c), Name: nameOf(c), Boundary: boundaryOf(c)}
		h.summarize(g, services)
		p.Channels = append(p.Channels, h)
		p.Kinds, p.Boundaries = append(p.Kinds, h.Kind), append(p.Boundaries, h.Boundary)
	}
	slices.Sort(p.Kinds)
	slices.Sort(p.Boundaries)
	p.Kinds, p.Boundaries = slices.Compact(p.Kinds), slices.Compact(p.Boundaries)
	p.Rules = rulesOf(inv)
	return p
}

// lead says the result in a sentence. Nothing found in what was not looked at is no good
// news.
func lead(s *sum) (tone, text string) {
	text = fmt.Sprintf("%s between %s", plural(s.Channels, "channel"), plural(s.Services, "service"))
	if s.Services == 1 {
		text = plural(s.Channels, "channel") + " in 1 service"
	}
	if s.Channels == 0 {
		text = "No channel was found"
	}
	switch {
	case s.Errors > 0:
		return "bad", text
	case s.Warnings+s.Notes+s.Skips > 0:
		return "warn", text
	case s.Channels == 0:
		return "quiet", text
	}
	return "good", text
}

func rulesOf(inv *inventory.Inventory) []*htmlRule {
	by := make(map[string]*htmlRule)
	var out []*htmlRule
	for _, f := range inv.Findings {
		r := by[f.Rule]
		if r == nil {
			r = &htmlRule{ID: lint.Printable(f.Rule), Name: lint.Printable(f.Name), Severity: f.Severity.String(), rank: f.Severity}
			if known := ruleOf(f); known != nil {
				r.Text, r.URL = known.Page.Summary, lint.PageURL(known.ID, known.Name)
			}
			by[f.Rule], out = r, append(out, r)
		}
		r.N++
	}
	slices.SortFunc(out, func(a, b *htmlRule) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func servicesOf(inv *inventory.Inventory) []*htmlService {
	by := make(map[string]*htmlService)
	var out []*htmlService
	add := func(name string, external bool) *htmlService {
		if by[name] == nil {
			by[name] = &htmlService{name: name, Name: serviceName(name), External: external}
			out = append(out, by[name])
		}
		return by[name]
	}
	for _, s := range inv.Services {
		h := add(s.Name, false)
		h.Paths, h.Python, h.Boundary, h.Owners = list(s.Paths), lint.Printable(s.Python), lint.Printable(s.Boundary), list(s.Owners)
	}
	for _, c := range inv.Channels {
		for _, e := range endsOf(c) {
			if h := add(e.service, e.external); e.word == producerWord {
				h.Writes++
			} else {
				h.Loads++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *htmlService) int {
		return cmp.Or(cmp.Compare(order(a.External), order(b.External)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// summarize makes what the closed row says and what it is found by.
func (h *htmlChannel) summarize(g *graph, services map[string]int) {
	var from, to, numbers, boxes, rules []string
	for _, e := range endsOf(h.c) {
		name := serviceName(e.service)
		if e.word == producerWord {
			from = append(from, name)
		} else {
			to = append(to, name)
		}
		numbers = append(numbers, strconv.Itoa(services[e.service]))
		boxes = append(boxes, strconv.Itoa(g.nodes[e.service].n))
	}
	if n := atRest(h.c); n > 0 {
		from = append(from, plural(n, "blob"))
	}
	for _, f := range h.findings {
		rules = append(rules, lint.Printable(f.Rule))
		if int(f.Severity) > h.Rank {
			h.Rank, h.Severity = int(f.Severity), f.Severity.String()
		}
	}
	set := func(words []string) []string {
		slices.Sort(words)
		return slices.Compact(words)
	}
	h.From, h.To = cmp.Or(strings.Join(set(from), ", "), "nobody here"), cmp.Or(strings.Join(set(to), ", "), "nobody here")
	h.Services, h.Boxes, h.Rules = strings.Join(set(numbers), " "), strings.Join(set(boxes), " "), strings.Join(set(rules), " ")
}

// Count says how many findings there are.
func (h *htmlChannel) Count() string {
	if len(h.findings) == 0 {
		return ""
	}
	return plural(len(h.findings), "finding")
}

// states are the words of the page for those of verification, and their classes.
var states = map[string][2]string{
	inventory.Proved: {"proved", "verified"}, inventory.Claimed: {"claimed", "justified"}, inventory.Restricted: {"restricted", "safe"}, inventory.Mixed: {"mixed", "open"}, inventory.Unverified: {"unverified", "open"},
}

// State is what is said of a check, "" where nobody loads.
func (h *htmlChannel) State() string {
	if len(h.c.Consumers) == 0 {
		return ""
	}
	return cmp.Or(states[h.c.Verification][0], lint.Printable(h.c.Verification))
}

// Class is that of the state.
func (h *htmlChannel) Class() string { return cmp.Or(states[h.c.Verification][1], "open") }

// Facts are what is known of the channel as a whole.
func (h *htmlChannel) Facts() [][2]string { return facts(h.c) }

// htmlEnd is a row of the table of ends.
type htmlEnd struct{ Word, Service, Place, API, Remarks, Claim string }

// Ends are the two ends.
func (h *htmlChannel) Ends() []htmlEnd {
	var out []htmlEnd
	for _, e := range endsOf(h.c) {
		row := htmlEnd{e.word, serviceName(e.service), e.place(), lint.Printable(e.api), strings.Join(e.remarks(), "; "), ""}
		if e.claim != nil {
			row.Claim = lint.Printable(e.claim.Reason)
		}
		out = append(out, row)
	}
	return out
}

// Blobs are those at rest.
func (h *htmlChannel) Blobs() []string {
	var out []string
	for _, b := range h.c.Blobs {
		text := lint.Printable(b.Path) + fmt.Sprintf(", %d bytes", b.Size)
		if b.Modified != "" {
			text += ", modified " + lint.Printable(b.Modified)
		}
		if len(b.Protocols) > 0 {
			text += ", protocol " + strings.Trim(fmt.Sprint(b.Protocols), "[]")
		}
		if len(b.Globals) > 0 {
			text += ", holds " + list(b.Globals)
		}
		out = append(out, text)
	}
	if h.c.MoreBlobs > 0 {
		out = append(out, fmt.Sprintf("and %d more", h.c.MoreBlobs))
	}
	return out
}

// htmlFinding is a finding in the record of its channel.
type htmlFinding struct{ Severity, Rule, Name, Message, Place string }

// Findings are those of the channel.
func (h *htmlChannel) Findings() []htmlFinding {
	var out []htmlFinding
	for _, f := range h.findings {
		out = append(out, htmlFinding{f.Severity.String(), lint.Printable(f.Rule), lint.Printable(f.Name), lint.Printable(f.Message), placeOf(f.Location)})
	}
	return out
}
