package db

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/pickle-lint/pickle-lint/inventory"
)

// tableRows are the rows of one table, as they are inserted; the column snapshot is the
// first of each, and is filled in last.
type tableRows struct {
	table   string
	columns []string
	rows    [][]any
}

// record is an inventory as rows, made once however often a transaction is tried.
type record struct {
	inv                                           *inventory.Inventory
	repository, revision, day, facts, verdicts    string
	pinned                                        bool
	services, channels, ends, classes, boundaries *tableRows
	owners, serviceOwners, blobs, findings, skips *tableRows
	producers, consumers, blobCount               int
}

// endRow is a producer or a consumer.
type endRow struct {
	ident, facts string
	row          []any
}

func newRecord(inv *inventory.Inventory) *record {
	r := &record{
		inv: inv, repository: key(inv.Repository), revision: key(Revision(inv)), day: inv.Date, facts: factsOf(inv), verdicts: verdictsOf(inv), pinned: pinned(inv),
		services: &tableRows{table: "service", columns: []string{"name", "paths", "origin", "python", "boundary", "owners"}},
		channels: &tableRows{table: "channel", columns: []string{
			"number", "id", "kind", "name", "title", "declared", "producers", "consumers", "blobs", "formats", "boundaries", "verification",
			"protocols", "accepts", "sensitivity", "retention", "owners", "expires", "compat", "tickets", "facts",
		}},
		ends: &tableRows{table: "channel_end", columns: []string{
			"channel", "side", "number", "ident", "facts", "service", "external", "path", "line", "wing", "api", "format", "function", "argument",
			"protocol", "python", "verification", "proof", "boundary", "reason", "owner", "expires", "retention", "sensitivity", "ticket",
		}},
		classes:       &tableRows{table: "channel_class", columns: []string{"channel", "name"}},
		boundaries:    &tableRows{table: "channel_boundary", columns: []string{"channel", "name"}},
		owners:        &tableRows{table: "channel_owner", columns: []string{"channel", "name"}},
		serviceOwners: &tableRows{table: "service_owner", columns: []string{"service", "name"}},
		blobs:         &tableRows{table: "stored_blob", columns: []string{"channel", "number", "path", "size", "modified", "protocols", "globals"}},
		findings:      &tableRows{table: "finding", columns: []string{"number", "channel", "rule", "name", "severity", "message", "path", "line", "suppressed"}},
		skips:         &tableRows{table: "skip", columns: []string{"number", "path", "line", "reason", "excluded"}},
	}
	for _, s := range inv.Services {
		r.services.add(key(s.Name), list(s.Paths), text(s.From), text(s.Python), key(s.Boundary), list(s.Owners))
		for _, owner := range keys(s.Owners) {
			r.serviceOwners.add(key(s.Name), owner)
		}
	}
	for i, c := range inv.Channels {
		r.channel(i, c)
	}
	for i, f := range inv.Findings {
		r.findings.add(i, key(f.Channel), key(f.Rule), text(f.Name), text(f.Severity.String()), text(f.Message), text(f.Path), f.Line, f.Suppressed)
	}
	for i, s := range inv.Skips {
		r.skips.add(i, text(s.Path), s.Line, text(s.Reason), s.Excluded)
	}
	return r
}

// tables are those of the record in the order in which they refer to each other.
func (r *record) tables() []*tableRows {
	return []*tableRows{r.services, r.channels, r.ends, r.classes, r.boundaries, r.owners, r.serviceOwners, r.blobs, r.findings, r.skips}
}

func (t *tableRows) add(values ...any) { t.rows = append(t.rows, values) }

func (r *record) channel(number int, c *inventory.Channel) {
	seen := make(map[string]int)
	var ends []*endRow
	for i, p := range c.Producers {
		ends = append(ends, producerRow(number, i, c, p, seen))
	}
	for i, p := range c.Consumers {
		ends = append(ends, consumerRow(number, i, c, p, seen))
	}
	blobs := len(c.Blobs) + max(0, c.MoreBlobs)
	var accepts any
	if c.Accepts != nil {
		accepts = *c.Accepts
	}
	r.channels.add(
		number, key(c.ID), key(string(c.Kind)), text(c.Name), text(c.Title), c.Declared, len(c.Producers), len(c.Consumers), blobs, list(c.Formats), list(c.Boundaries),
		text(c.Verification), list(c.Protocols), accepts, text(c.Sensitivity), text(c.Retention), list(c.Owners), text(c.Expires), list(c.Compat), list(c.Tickets),
		channelFacts(c, ends),
	)
	for _, e := range ends {
		r.ends.add(e.row...)
	}
	for _, words := range []struct {
		in *tableRows
		of []string
	}{{r.classes, c.Classes}, {r.boundaries, c.Boundaries}, {r.owners, c.Owners}} {
		for _, word := range keys(words.of) {
			words.in.add(number, word)
		}
	}
	for i, b := range c.Blobs {
		r.blobs.add(number, i, text(b.Path), b.Size, text(b.Modified), numbers(b.Protocols), list(b.Globals))
	}
	r.producers, r.consumers, r.blobCount = r.producers+len(c.Producers), r.consumers+len(c.Consumers), r.blobCount+blobs
}

// identOf is the identity of an end. Of several that look alike the second is another.
func identOf(seen map[string]int, parts ...any) string {
	id := digest(parts...)
	seen[id]++
	if seen[id] > 1 {
		id += "-" + strconv.Itoa(seen[id])
	}
	return id
}

func producerRow(channel, number int, c *inventory.Channel, p *inventory.Producer, seen map[string]int) *endRow {
	e := new(endRow)
	if p.Dump == nil {
		e.ident, e.facts = identOf(seen, "producer", c.ID, p.Service), ""
		e.row = []any{
			channel, "producer", number, e.ident, e.facts, key(p.Service), true, "", 0, "", "", "", "", "",
			"", "", "", "", "", "", "", "", "", "", "",
		}
		return e
	}
	d := p.Dump
	e.ident = identOf(seen, "producer", c.ID, d.Path, cmp.Or(string(d.Fingerprint), d.API+"\n"+d.Function+"\n"+d.Argument))
	e.facts = digest(p.Service, d.API, d.Format, d.Protocol, d.Classes)
	e.row = []any{
		channel, "producer", number, e.ident, e.facts, key(p.Service), p.External, text(d.Path), d.Line, text(d.Wing), text(d.API), text(d.Format), text(d.Function), text(d.Argument),
		text(d.Protocol), "", "", "", "", "", "", "", "", "", "",
	}
	return e
}

func consumerRow(channel, number int, c *inventory.Channel, p *inventory.Consumer, seen map[string]int) *endRow {
	e := new(endRow)
	if p.Site == nil {
		e.ident, e.facts = identOf(seen, "consumer", c.ID, p.Service), digest(p.Verification)
		e.row = []any{
			channel, "consumer", number, e.ident, e.facts, key(p.Service), true, "", 0, "", "", "", "", "",
			"", text(p.Python), text(p.Verification), "", "", "", "", "", "", "", "",
		}
		return e
	}
	s := p.Site
	var boundary, reason, owner, expires, retention, sensitivity, ticket string
	proof := cmp.Or(s.Verified, s.Safe)
	if j := s.Justification; j != nil {
		boundary, reason, owner, expires, retention, sensitivity, ticket = j.Boundary, j.Reason, j.Owner, j.Expires, j.Retention, j.Sensitivity, j.Ticket
		proof = cmp.Or(proof, j.VerifiedBy)
	}
	e.ident = identOf(seen, "consumer", c.ID, s.Path, cmp.Or(string(s.Fingerprint), s.API+"\n"+s.Function+"\n"+s.Argument))
	e.facts = digest(p.Service, p.Python, p.Verification, s.API, s.Format, proof, boundary, reason, owner, expires, retention, sensitivity, ticket)
	e.row = []any{
		channel, "consumer", number, e.ident, e.facts, key(p.Service), p.External, text(s.Path), s.Line, text(s.Wing), text(s.API), text(s.Format), text(s.Function), text(s.Argument),
		"", text(p.Python), text(p.Verification), text(proof), key(boundary), text(reason), text(owner), text(expires), text(retention), text(sensitivity), text(ticket),
	}
	return e
}

// keys are the different words of a list.
func keys(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if w != "" {
			out = append(out, key(w))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
