package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// The words for the two ends of a channel.
const (
	producerWord = "producer"
	consumerWord = "consumer"
)

// end is one end of a channel, whichever it is.
type end struct {
	word, service string
	external      bool
	at            lint.Location
	wing, api     string
	format        string
	function      string
	argument      string
	// Of a producer:
	protocol string
	classes  []string
	// Of a consumer:
	python, verification, check, note string
	claim                             *lint.Justification
}

// endsOf lists the ends of a channel, producers first. External ones have a service and
// nothing else.
func endsOf(c *inventory.Channel) []*end {
	var out []*end
	for _, p := range c.Producers {
		e := &end{word: producerWord, service: p.Service, external: p.External}
		if d := p.Dump; d != nil {
			e.at, e.wing, e.api, e.format, e.function, e.argument, e.protocol, e.classes = d.Location, d.Wing, d.API, d.Format, d.Function, d.Argument, d.Protocol, d.Classes
		}
		out = append(out, e)
	}
	for _, p := range c.Consumers {
		e := &end{word: consumerWord, service: p.Service, external: p.External, python: p.Python, verification: p.Verification}
		if s := p.Site; s != nil {
			e.at, e.wing, e.api, e.format, e.function, e.argument, e.claim, e.note = s.Location, s.Wing, s.API, s.Format, s.Function, s.Argument, s.Justification, s.Note
			e.check = cmp.Or(s.Verified, s.Safe)
			if e.check == "" && s.Justification != nil {
				e.check = s.Justification.VerifiedBy
			}
		}
		out = append(out, e)
	}
	return out
}

// place is where an end is, "" for an external one.
func (e *end) place() string {
	if e.at.Path == "" {
		return ""
	}
	return placeOf(e.at)
}

// placeOf names a place without its column: an inventory is read, and not jumped from.
func placeOf(at lint.Location) string {
	text := lint.Printable(strings.Join(append([]string{at.Path}, at.Member...), " » "))
	if at.Line > 0 {
		text += fmt.Sprintf(":%d", at.Line)
	}
	return text
}

// remarks say in a few words what is special about an end.
func (e *end) remarks() []string {
	var out []string
	add := func(word, text string) {
		if text != "" {
			out = append(out, strings.TrimLeft(word+" "+lint.Printable(text), " "))
		}
	}
	if e.external {
		add("", "outside of the repository")
	}
	add("protocol", e.protocol)
	add("carries", strings.Join(e.classes, ", "))
	if e.word == consumerWord && !e.external {
		boundary := ""
		if e.claim != nil {
			boundary = e.claim.Boundary
		}
		add("boundary", cmp.Or(boundary, "unnamed"))
		add("verification", strings.TrimSpace(e.verification+" "+inParentheses(e.check)))
		add("Python", e.python)
	}
	if e.claim != nil {
		add("owner", e.claim.Owner)
		add("expires", e.claim.Expires)
		add("ticket", e.claim.Ticket)
	}
	add("note:", e.note)
	return out
}

func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}

// nameOf is what a channel is called beside its kind: of one without a name, where it is
// used.
func nameOf(c *inventory.Channel) string {
	switch {
	case strings.TrimSpace(c.Title) != "":
		return lint.Printable(c.Title)
	case c.Name != "" && strings.HasPrefix(c.ID, "rest@"):
		return lint.Printable(c.Name) + " (at rest)"
	case strings.TrimSpace(c.Name) != "":
		return lint.Printable(c.Name)
	}
	if path, ok := strings.CutPrefix(c.ID, string(c.Kind)+"@"); ok {
		return "unnamed in " + lint.Printable(path)
	}
	return "unnamed"
}

// kindOf is the kind of a channel as one printable word.
func kindOf(c *inventory.Channel) string {
	return lint.Printable(string(cmp.Or(c.Kind, lint.UnknownChannel)))
}

// noBoundary stands for channels of which nobody says where their bytes come from.
const noBoundary = "no boundary named"

// boundaryOf is what the ends of a channel say of its boundary, as one text.
func boundaryOf(c *inventory.Channel) string {
	var names []string
	for _, b := range c.Boundaries {
		if strings.TrimSpace(b) != "" {
			names = append(names, lint.Printable(b))
		}
	}
	return cmp.Or(strings.Join(names, " + "), noBoundary)
}

// printableOr is the printable form of a word, or another where there is none.
func printableOr(word, other string) string {
	if strings.TrimSpace(word) == "" {
		return other
	}
	return lint.Printable(word)
}

// list joins printable forms of words.
func list(words []string) string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if w != "" {
			out = append(out, lint.Printable(w))
		}
	}
	return strings.Join(out, ", ")
}

// atRest says how many blobs a channel has at rest.
func atRest(c *inventory.Channel) int { return len(c.Blobs) + c.MoreBlobs }

// facts are what is known of a channel as a whole, where it is, as pairs of a word and a
// printable text.
func facts(c *inventory.Channel) [][2]string {
	var out [][2]string
	add := func(word, text string) {
		if text != "" {
			out = append(out, [2]string{word, lint.Printable(text)})
		}
	}
	add("Boundary", boundaryOf(c))
	if len(c.Consumers) > 0 {
		add("Verification", c.Verification)
	}
	add("Formats", strings.Join(c.Formats, ", "))
	add("Protocols written", strings.Join(c.Protocols, ", "))
	if c.Accepts != nil {
		add("Protocols read", fmt.Sprintf("up to %d", *c.Accepts))
	}
	add("Classes", strings.Join(c.Classes, ", "))
	add("Sensitivity", c.Sensitivity)
	add("Retention", c.Retention)
	add("Owners", strings.Join(c.Owners, ", "))
	add("Claims expire", c.Expires)
	add("Compatibility", strings.Join(c.Compat, ", "))
	add("Tickets", strings.Join(c.Tickets, ", "))
	if c.Declared {
		add("Declared", "in the configuration")
	}
	return out
}

// ruleOf is the rule of a finding, nil for one that a record of another version has.
func ruleOf(f *inventory.Finding) *lint.Rule {
	i := slices.IndexFunc(inventory.Rules, func(known *lint.Rule) bool { return known.ID == f.Rule })
	if i < 0 {
		return nil
	}
	return inventory.Rules[i]
}

// sum are the numbers of a record.
type sum struct {
	Channels, Services, Producers, Consumers, Blobs int
	Errors, Warnings, Notes, Skips, Excluded        int
	kinds                                           []counted
}

type counted struct {
	word string
	n    int
}

func sumOf(inv *inventory.Inventory) *sum {
	s := &sum{Channels: len(inv.Channels), Services: len(inv.Services)}
	kinds := make(map[string]int)
	for _, c := range inv.Channels {
		s.Producers += len(c.Producers)
		s.Consumers += len(c.Consumers)
		s.Blobs += atRest(c)
		kinds[kindOf(c)]++
	}
	for _, f := range inv.Findings {
		switch f.Severity {
		case lint.Error:
			s.Errors++
		case lint.Warning:
			s.Warnings++
		default:
			s.Notes++
		}
	}
	for _, skip := range inv.Skips {
		if skip.Excluded {
			s.Excluded++
		} else {
			s.Skips++
		}
	}
	for word, n := range kinds {
		s.kinds = append(s.kinds, counted{word, n})
	}
	slices.SortFunc(s.kinds, func(a, b counted) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.word, b.word)) })
	return s
}

// lines say the numbers in sentences.
func (s *sum) lines() []string {
	line := plural(s.Channels, "channel")
	if len(s.kinds) > 0 {
		kinds := make([]string, len(s.kinds))
		for i, k := range s.kinds {
			kinds[i] = fmt.Sprintf("%d %s", k.n, k.word)
		}
		line += ": " + strings.Join(kinds, ", ")
	}
	out := []string{
		line,
		fmt.Sprintf("%s, %s, %s, %s at rest", plural(s.Services, "service"), plural(s.Producers, "producer"), plural(s.Consumers, "consumer"), plural(s.Blobs, "blob")),
		fmt.Sprintf("%s, %s, %s", plural(s.Errors, "error"), plural(s.Warnings, "warning"), plural(s.Notes, "note")),
	}
	if s.Skips > 0 {
		out = append(out, fmt.Sprintf("%d not looked at: what they write and load is missing here", s.Skips))
	}
	return out
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// about says what the record is of, as pairs.
func about(inv *inventory.Inventory) [][2]string {
	commit := inv.Commit
	if commit != "" && inv.Dirty {
		commit += " and uncommitted changes"
	}
	var out [][2]string
	for _, pair := range [][2]string{{"Repository", inv.Repository}, {"Commit", commit}, {"Date", inv.Date}} {
		if pair[1] != "" {
			out = append(out, [2]string{pair[0], lint.Printable(pair[1])})
		}
	}
	return out
}
