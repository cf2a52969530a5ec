package inventory

import (
	"slices"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// judging is what the rules ask of one channel.
type judging struct {
	*builder
	*Channel
	inventory *Inventory
	keys      *lint.Fingerprints
}

// judge adds what the rules say of each channel.
func (b *builder) judge(inv *Inventory) {
	keys := new(lint.Fingerprints)
	for _, c := range inv.Channels {
		j := &judging{builder: b, Channel: c, inventory: inv, keys: keys}
		j.unproduced()
		j.boundaries()
		j.foreign()
		j.newer()
		j.unpinned()
		j.retention()
		j.expired()
		j.sensitive()
		j.owners()
	}
	slices.SortStableFunc(inv.Findings, func(x, y *Finding) int { return lint.CompareFindings(x.Finding, y.Finding) })
}

// tell adds a finding of a rule.
func (j *judging) tell(rule *lint.Rule, at lint.Location, format string, args ...any) {
	f := rule.Finding(at, format, args...)
	f.Callable = j.ID
	f.Fingerprint = j.keys.Of(lint.Key{Rule: rule.ID, Place: lint.PlaceOf(at.Path, at.Member), API: j.ID})
	j.inventory.Findings = append(j.inventory.Findings, &Finding{Finding: f, Channel: j.ID})
}

// label is what messages call the channel.
func (j *judging) label() string {
	switch {
	case j.Title != "":
		return "channel " + j.Title
	case j.Name != "":
		return string(j.Kind) + " " + j.Name
	}
	return "a channel without a name"
}

// producers and consumers are those that sources here show.
func (j *judging) producers() []*Producer {
	return slices.DeleteFunc(slices.Clone(j.Producers), func(p *Producer) bool { return p.External })
}

func (j *judging) consumers() []*Consumer {
	return slices.DeleteFunc(slices.Clone(j.Consumers), func(c *Consumer) bool { return c.External })
}

// place is where something is said of the channel as a whole: the first of its ends or
// blobs, or nowhere.
func (j *judging) place() (lint.Location, bool) {
	if p := j.producers(); len(p) > 0 {
		return p[0].Dump.Location, true
	}
	if c := j.consumers(); len(c) > 0 {
		return c[0].Site.Location, true
	}
	if len(j.Blobs) > 0 {
		return lint.Location{Path: j.Blobs[0].Path}, true
	}
	return lint.Location{}, false
}

// durable reports a kind of channel that holds what goes through it.
func (j *judging) durable() bool {
	switch j.Kind {
	case lint.FileChannel, lint.CacheChannel, lint.QueueChannel, lint.TableChannel, lint.BucketChannel, lint.RegistryChannel, lint.SessionChannel:
		return true
	}
	return j.Declared && j.Kind == lint.UnknownChannel
}

// tested reports a channel between tests alone: they make what they load, or it is a fixture
// that a review sees. Nobody asks who owns it, or for how long.
func (j *judging) tested() bool {
	producers, consumers := j.producers(), j.consumers()
	return !j.Declared && len(producers)+len(consumers) > 0 &&
		!slices.ContainsFunc(producers, func(p *Producer) bool { return !lint.IsTest(p.Path) }) &&
		!slices.ContainsFunc(consumers, func(c *Consumer) bool { return !lint.IsTest(c.Path) })
}

// named reports a channel of which two ends could be told to meet.
func (j *judging) named() bool { return j.Name != "" || j.Declared }

// day reads a day of a record.
func day(text string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, text)
	return t, err == nil
}
