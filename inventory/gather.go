package inventory

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// The words of verification.
const (
	// Proved: on every way to the load its bytes are checked.
	Proved = "proved"
	// Restricted: the form of the load builds no arbitrary objects.
	Restricted = "restricted"
	// Claimed: a justification names a check.
	Claimed = "claimed"
	// Unverified: nothing is said of a check.
	Unverified = "none"
	// Mixed: consumers differ.
	Mixed = "mixed"
)

func verificationOf(s *lint.Site) string {
	switch {
	case s.Verified != "":
		return Proved
	case s.Safe != "":
		return Restricted
	case s.Justification != nil && s.Justification.VerifiedBy != "":
		return Claimed
	}
	return Unverified
}

// gather says of a channel what its ends, its blobs and the configuration say.
func (b *builder) gather(c *Channel) {
	set := b.settings[c]
	if set == nil {
		set = &ChannelSetting{}
	}
	if c.Producers == nil {
		c.Producers = []*Producer{}
	}
	if c.Consumers == nil {
		c.Consumers = []*Consumer{}
	}
	var ages []string
	level := -1
	more := func(word string) { level = max(level, slices.Index(justify.Sensitivities(), word)) }
	for _, p := range c.Producers {
		if p.External {
			continue
		}
		c.Formats = append(c.Formats, p.Format)
		c.Classes = append(c.Classes, p.Classes...)
		if p.Protocol != "" {
			c.Protocols = append(c.Protocols, p.Protocol)
		}
	}
	for _, consumer := range c.Consumers {
		if consumer.External {
			continue
		}
		switch c.Verification {
		case "":
			c.Verification = consumer.Verification
		case consumer.Verification:
		default:
			c.Verification = Mixed
		}
		c.Formats = append(c.Formats, consumer.Format)
		if j := consumer.Justification; j != nil {
			c.Boundaries = append(c.Boundaries, j.Boundary)
			c.Owners = add(c.Owners, j.Owner)
			c.Compat = add(c.Compat, j.Compat)
			c.Tickets = add(c.Tickets, j.Ticket)
			ages = add(ages, j.Retention)
			more(j.Sensitivity)
			if j.Expires != "" && (c.Expires == "" || j.Expires < c.Expires) {
				c.Expires = j.Expires
			}
		}
		b.accepts(c, consumer)
	}
	c.Verification = cmp.Or(c.Verification, Unverified)
	for _, blob := range c.Blobs {
		c.Classes = append(c.Classes, blob.Globals...)
	}
	c.Formats, c.Classes, c.Protocols = unique(c.Formats), unique(c.Classes), unique(c.Protocols)
	// What the configuration says of a channel is the last word.
	if set.Boundary != "" {
		c.Boundaries = []string{set.Boundary}
	}
	c.Boundaries = unique(c.Boundaries)
	c.Owners, c.Compat, c.Tickets = add(c.Owners, set.Owner), add(c.Compat, set.Compat), add(c.Tickets, set.Ticket)
	c.Compat, c.Tickets = unique(c.Compat), unique(c.Tickets)
	c.Expires = cmp.Or(set.Expires, c.Expires)
	for _, class := range c.Classes {
		for glob, word := range b.facts.Settings.Sensitive {
			if spells(glob, class) {
				more(word)
			}
		}
	}
	more(set.Sensitivity)
	if level >= 0 {
		c.Sensitivity = justify.Sensitivities()[level]
	}
	c.Kept = set.Retention
	c.Retention = cmp.Or(set.Retention, shortest(ages))
	b.own(c)
}

// accepts notes the newest protocol that a consumer reads.
func (b *builder) accepts(c *Channel, consumer *Consumer) {
	newest, known := newestProtocol(consumer.Python)
	if known && consumer.Format == "pickle" && (c.Accepts == nil || newest < *c.Accepts) {
		c.Accepts = &newest
	}
}

// own gives a channel that nobody claims to the owners of the services at its ends.
func (b *builder) own(c *Channel) {
	c.Owners = unique(c.Owners)
	if len(c.Owners) > 0 {
		return
	}
	for _, service := range b.services.all {
		if c.has(service.Name) {
			c.Owners = append(c.Owners, service.Owners...)
		}
	}
	if len(c.Producers)+len(c.Consumers) == 0 {
		for _, blob := range c.Blobs {
			c.Owners = append(c.Owners, b.facts.Owners.Of(blob.Path)...)
		}
	}
	c.Owners = unique(c.Owners)
}

// has reports whether a service is at one of the ends.
func (c *Channel) has(service string) bool {
	return slices.ContainsFunc(c.Producers, func(p *Producer) bool { return p.Service == service && !p.External }) ||
		slices.ContainsFunc(c.Consumers, func(p *Consumer) bool { return p.Service == service && !p.External })
}

// add appends a word that is one.
func add(words []string, word string) []string {
	if word == "" {
		return words
	}
	return append(words, word)
}

// unique sorts words and drops what stands twice.
func unique(words []string) []string {
	if words == nil {
		return []string{}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// shortest returns the shortest of several lengths of time. All were checked where they
// were read; one that is none is passed over.
func shortest(texts []string) string {
	var best justify.Age
	var out string
	for _, text := range texts {
		age, err := justify.ParseAge(text)
		if err == nil && (out == "" || age.Shorter(best)) {
			best, out = age, text
		}
	}
	return out
}
