package lint

import (
	"path"
	"regexp"
	"strings"
	"unicode"
)

// Channel is what bytes go through between a [Dump] and a [Site], as the source at one of
// the two shows it.
type Channel struct {
	// Kind is one of the words below.
	Kind ChannelKind `json:"kind"`
	// Name is what the channel is called, or "" where nothing shows it. A part that only
	// the run knows is a star; a file's name is a slash path, and what a program
	// has been told by its user is all stars.
	Name string `json:"name,omitempty"`
	// From says how the name was found: "literal", "constant" (a name that stands for
	// one), "format" (text with holes), "config" (a setting of the source), or "".
	From string `json:"from,omitempty"`
	// Via is the API that the bytes go through, for example "open" or
	// "redis.Redis.get", or "".
	Via string `json:"via,omitempty"`
}

// ChannelKind is what a channel is.
type ChannelKind string

// The kinds.
const (
	// FileChannel is a file or a pattern of files.
	FileChannel ChannelKind = "file"
	// CacheChannel is a key of a cache or of a key-value store.
	CacheChannel ChannelKind = "cache"
	// QueueChannel is a queue, a topic or the queue of a task.
	QueueChannel ChannelKind = "queue"
	// TableChannel is a table, a column or a collection of a database.
	TableChannel ChannelKind = "table"
	// BucketChannel is a prefix in an object store.
	BucketChannel ChannelKind = "bucket"
	// RegistryChannel is a name in a registry of models.
	RegistryChannel ChannelKind = "registry"
	// NetworkChannel is a socket, a request or an answer.
	NetworkChannel ChannelKind = "network"
	// ProcessChannel is another process of the same program.
	ProcessChannel ChannelKind = "process"
	// SessionChannel is what a web framework keeps of a visitor.
	SessionChannel ChannelKind = "session"
	// UnknownChannel is none that the source shows.
	UnknownChannel ChannelKind = "unknown"
)

// ChannelKinds are the words of the kinds that somebody can declare, sorted.
func ChannelKinds() []string {
	var words []string
	for _, k := range []ChannelKind{BucketChannel, CacheChannel, FileChannel, NetworkChannel, ProcessChannel, QueueChannel, RegistryChannel, SessionChannel, TableChannel} {
		words = append(words, string(k))
	}
	return words
}

// Hole is what stands in a name for what only the run knows.
const Hole = "*"

var manyStars = regexp.MustCompile(`\*(?:/?\*)+`)

// Stars makes one of holes that stand together.
func Stars(text string) string {
	if !strings.Contains(text, "**") && !strings.Contains(text, "*/*") {
		return text
	}
	return manyStars.ReplaceAllString(text, Hole)
}

// Normalize writes the name of a channel as the other end of it writes it, too, whatever its
// language. A file of which nothing is known is a hole, other kinds have no name then.
func (c *Channel) Normalize() {
	name := strings.TrimSpace(c.Name)
	if !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		name = Hole // *.*
	}
	switch c.Kind {
	case FileChannel:
		name = strings.ReplaceAll(name, `\`, "/")
		if name != Hole && !strings.Contains(name, "://") {
			name = path.Clean(name)
		}
	case BucketChannel:
		if _, rest, ok := strings.Cut(name, "://"); ok {
			name = rest
		}
		name = strings.Trim(name, "/")
	case TableChannel:
		name = strings.ToLower(name)
	case UnknownChannel, ProcessChannel:
		name = ""
	}
	if name = Stars(name); name == Hole && c.Kind != FileChannel {
		name = ""
	}
	if name == "" || name == Hole {
		c.From = ""
	}
	c.Name = Printable(name)
}
