package inventory

import (
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Facts is what [Build] joins. Paths are relative to the top of the repository.
type Facts struct {
	Repository, Commit string
	Dirty              bool
	Tool, Version      string
	// Today is the day that ages and expiry are compared with, in UTC.
	Today time.Time

	Dumps []*lint.Dump
	Sites []*lint.Site
	Blobs []*Blob
	Skips []*lint.Skip
	// AllBlobs: a channel lists all that it has, however many.
	AllBlobs bool

	// Roots are the files that make their directories services.
	Roots []Root
	// Python returns the oldest Python that the source at a path runs on, or "".
	Python func(path string) string
	// Owners is the CODEOWNERS file, or nil.
	Owners *Owners
	// Settings is what the project says of itself.
	Settings Settings
}

// Root is a file that makes its directory a service: go.mod, pyproject.toml, Dockerfile.
type Root struct {
	// Path is the file's.
	Path string
	// Name is what the file calls the service, or "".
	Name string
}

// Settings is what the configuration says of services and channels.
type Settings struct {
	Services []ServiceSetting
	Channels []ChannelSetting
	// Sensitive are classes, by glob, with the sensitivity of what carries them.
	Sensitive map[string]string
}

// ServiceSetting declares a service.
type ServiceSetting struct {
	Name     string
	Paths    []string
	Python   string
	Boundary string
	Owners   []string
}

// ChannelSetting declares a channel, or says more of those that the sources show.
type ChannelSetting struct {
	// Title is the key in the configuration.
	Title string
	// Kind is that of the channel; "" is any.
	Kind lint.ChannelKind
	// Match are patterns of names, and Sites patterns of paths: of sources whose sites
	// without a name belong to the channel.
	Match, Sites []string
	// Producers and Consumers are services, of this repository or others, that no source
	// here shows.
	Producers, Consumers []string
	// The others stand for the words of a justification.
	Boundary, Owner, Retention, Sensitivity, Compat, Ticket, Expires string
}

// longest is the length of the longest pattern: it says most.
func (s *ChannelSetting) longest() int {
	n := 0
	for _, m := range s.Match {
		n = max(n, len(m))
	}
	return n
}
