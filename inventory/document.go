package inventory

import "github.com/pickle-lint/pickle-lint/lint"

// Form is the version of the JSON form of an inventory. It rises when a reader of an
// older form would misread a newer one; new keys alone do not raise it.
const Form = 1

// Inventory is the record of one repository at one commit: each dump and each load site
// stands in it exactly once.
type Inventory struct {
	Form    int    `json:"form"`
	Tool    string `json:"tool"`
	Version string `json:"version"`
	// Repository is what the repository is called, and Commit what was looked at, or
	// "" outside version control. Dirty reports changes that were not committed.
	Repository string `json:"repository"`
	Commit     string `json:"commit,omitempty"`
	Dirty      bool   `json:"dirty,omitempty"`
	// Date is the day of the record (YYYY-MM-DD, UTC).
	Date     string       `json:"date"`
	Services []*Service   `json:"services"`
	Channels []*Channel   `json:"channels"`
	Findings []*Finding   `json:"findings"`
	Skips    []*lint.Skip `json:"skips"`
}

// Finding is what is wrong with a channel, for those who only read the record.
type Finding struct {
	*lint.Finding
	// Channel is the ID of the channel.
	Channel string `json:"channel"`
}

// Service is a part of the repository that runs by itself.
type Service struct {
	Name string `json:"name"`
	// Paths are the directories that belong to it, relative to the repository.
	Paths []string `json:"paths"`
	// From is the file that made it one, or "configuration", or "repository" for the
	// rest of the repository.
	From string `json:"from"`
	// Python is the oldest Python that it runs on, as far as it is declared.
	Python string `json:"python,omitempty"`
	// Boundary is where the service stands, if the configuration says so.
	Boundary string `json:"boundary,omitempty"`
	// Owners are those of the configuration, or else of the CODEOWNERS file.
	Owners []string `json:"owners,omitempty"`
}

// Channel is one record.
type Channel struct {
	// ID is the kind and the name; of a channel without a name, the kind and the source
	// file whose sites use it. It is the same in the next commit, wherever the lines go.
	ID   string           `json:"id"`
	Kind lint.ChannelKind `json:"kind"`
	// Name is what it is called: a pattern, in which a star stands for what only the run
	// knows, or "".
	Name string `json:"name,omitempty"`
	// Title is what the configuration calls it.
	Title string `json:"title,omitempty"`
	// Declared reports a channel of the configuration.
	Declared  bool        `json:"declared,omitempty"`
	Producers []*Producer `json:"producers"`
	Consumers []*Consumer `json:"consumers"`
	Blobs     []*Blob     `json:"blobs,omitempty"`
	// MoreBlobs counts those at rest that are not listed.
	MoreBlobs int `json:"more_blobs,omitempty"`
	// Formats are those of both ends, sorted: pickle, gob, …
	Formats []string `json:"formats"`
	// Boundaries are the claims of the consumers, or that of the configuration.
	Boundaries []string `json:"boundaries"`
	// Verification is "proved" where the bytes are proved to be checked at every consumer,
	// "claimed" where a claim names a check, "restricted" where the form of the load is
	// safe, "mixed" where consumers differ, or "none".
	Verification string `json:"verification"`
	// Protocols are those that are written: numbers, "default", "highest".
	Protocols []string `json:"protocols,omitempty"`
	// Accepts is the newest protocol that every consumer reads, where it is known.
	Accepts *int `json:"accepts,omitempty"`
	// Classes are those that it carries, from blobs at rest and from what is dumped.
	Classes []string `json:"classes,omitempty"`
	// Sensitivity is the highest of what is said of it.
	Sensitivity string `json:"sensitivity,omitempty"`
	// Retention is the shortest of what is said of it.
	Retention string `json:"retention,omitempty"`
	// Owners, Expires (the earliest), Compat and Tickets are from claims and configuration.
	Owners  []string `json:"owners,omitempty"`
	Expires string   `json:"expires,omitempty"`
	Compat  []string `json:"compat,omitempty"`
	Tickets []string `json:"tickets,omitempty"`
	// Kept is the retention of the configuration, or "".
	Kept string `json:"-"`
}

// Producer is a dump site, or whoever the configuration names.
type Producer struct {
	Service string `json:"service"`
	// External reports a producer outside the repository, that the configuration names.
	External bool `json:"external,omitempty"`
	// Dump is nil for an external one.
	*lint.Dump
}

// Consumer is a load site, or whoever the configuration names.
type Consumer struct {
	Service  string `json:"service"`
	External bool   `json:"external,omitempty"`
	// Python is the oldest Python that loads there, where it is declared.
	Python string `json:"python,omitempty"`
	// Verification is as that of the channel; nothing is known of an external one.
	Verification string `json:"verification,omitempty"`
	// Site is nil for an external one.
	*lint.Site
}

// Blob is a file of stored bytes that a channel has at rest.
type Blob struct {
	Path      string   `json:"path"`
	Size      int64    `json:"size"`
	Modified  string   `json:"modified,omitempty"`
	Protocols []int    `json:"protocols,omitempty"`
	Globals   []string `json:"globals,omitempty"`
}
