package inventory

import (
	_ "embed"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

//go:embed rule_expired_blob.md
var pageExpiredBlob string

// ExpiredBlob is PKL507; its page says what and why.
var ExpiredBlob = lint.NewRule(lint.Rule{
	ID:        "PKL507",
	Name:      "expired-blob",
	Severity:  lint.Warning,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageExpiredBlob)

func (j *judging) expired() {
	if j.Retention == "" {
		return
	}
	for _, b := range j.Blobs {
		if since, late := j.Channel.Late(b, j.facts.Today); late {
			j.tell(ExpiredBlob, lint.Location{Path: b.Path}, "this blob of %s is of %s and kept for %s: it should be gone since %s", j.label(), b.Modified, j.RetentionOf(b), since.Format(time.DateOnly))
		}
	}
}

// RetentionOf is how long one blob of the channel is kept, or "". A claim speaks for what its
// own load may read, and not for what other names of the channel stand for: whoever loads
// "m/*.tmp" says nothing of "m/net.pt".
func (c *Channel) RetentionOf(b *Blob) string {
	if c.Kept != "" {
		return c.Kept
	}
	var ages []string
	claimed := false
	for _, consumer := range c.Consumers {
		if consumer.External || consumer.Justification == nil || consumer.Justification.Retention == "" {
			continue
		}
		claimed = true
		if name := channelOf(consumer.Channel).Name; name == "" && c.Declared || Covers(name, b.Path) {
			ages = append(ages, consumer.Justification.Retention)
		}
	}
	if !claimed {
		return c.Retention
	}
	return shortest(ages)
}

// Late reports whether a blob of the channel is past its retention on a day, and since
// which day.
func (c *Channel) Late(b *Blob, today time.Time) (since time.Time, late bool) {
	age, err := justify.ParseAge(c.RetentionOf(b))
	written, ok := day(b.Modified)
	if err != nil || !ok {
		return time.Time{}, false
	}
	since = age.After(written)
	return since, !today.UTC().Before(since)
}
