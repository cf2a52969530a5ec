package db

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/inventory"
)

// Revision is what a record is of: the commit; with changes that were not committed, the
// commit and "+dirty"; outside of version control, the day.
func Revision(inv *inventory.Inventory) string {
	switch {
	case inv.Commit == "":
		return "day " + inv.Date
	case inv.Dirty:
		return inv.Commit + "+dirty"
	}
	return inv.Commit
}

// pinned reports whether the revision names contents that cannot change.
func pinned(inv *inventory.Inventory) bool { return inv.Commit != "" && !inv.Dirty }

// factsOf is a digest of what the sources say: the same commit must have the same. When
// blobs were written is left out, as a checkout writes all of them anew.
func factsOf(inv *inventory.Inventory) string {
	channels := make([]inventory.Channel, len(inv.Channels))
	for i, c := range inv.Channels {
		channels[i] = withoutTimes(c)
	}
	return digest(inv.Services, channels)
}

// verdictsOf is a digest of what also depends on the day and on the program.
func verdictsOf(inv *inventory.Inventory) string {
	return digest(inv.Findings, inv.Skips, inv.Channels, inv.Tool, inv.Version)
}

func withoutTimes(c *inventory.Channel) inventory.Channel {
	out := *c
	out.Blobs = make([]*inventory.Blob, len(c.Blobs))
	for i, b := range c.Blobs {
		blob := *b
		blob.Modified = ""
		out.Blobs[i] = &blob
	}
	return out
}

// channelFacts is a digest of what makes two records of a channel differ for those who ask
// what changed: not the lines, and not which files are at rest.
func channelFacts(c *inventory.Channel, ends []*endRow) string {
	out := withoutTimes(c)
	out.Blobs, out.MoreBlobs, out.Producers, out.Consumers = nil, 0, nil, nil
	parts := []any{out}
	for _, e := range ends {
		parts = append(parts, e.ident, e.facts)
	}
	return digest(parts...)
}

// digest is short: it tells versions of one thing apart, and proves nothing.
func digest(parts ...any) string {
	h := sha256.New()
	encoder := json.NewEncoder(h)
	for _, p := range parts {
		if err := encoder.Encode(p); err != nil {
			panic(err) // only texts, numbers and lists of them come here
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// The lengths of texts in the database. PostgreSQL refuses an entry of an index above 2700
// bytes, and of three columns together.
const (
	maxKey  = 500
	maxText = 4000
)

// key makes a text fit an index. One that is too long keeps its beginning and a digest, so
// that two stay two.
func key(s string) string {
	s = clean(s)
	if len(s) <= maxKey {
		return s
	}
	return cut(s, maxKey-35) + "… " + digest(s)
}

func text(s string) string { return shorten(clean(s), maxText) }

func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return cut(s, most) + "…"
}

func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clean replaces what PostgreSQL takes in no text.
func clean(s string) string {
	if strings.ContainsRune(s, 0) {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// list is the form of several words in one column: what people and LIKE read.
func list(words []string) string { return text(strings.Join(words, ", ")) }

func numbers(n []int) string {
	words := make([]string, len(n))
	for i := range n {
		words[i] = strconv.Itoa(n[i])
	}
	return list(words)
}
