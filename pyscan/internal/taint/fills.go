package taint

import "strings"

// Put says what a function may do to the things that it is given, by its last word.
type Put uint8

// What it may do.
const (
	// PutNothing: none of them holds anything else afterwards.
	PutNothing Put = iota
	// PutOwn: one of them may hold what the object gives whose method it is.
	PutOwn
	// PutAll: or any other of them.
	PutAll
)

// Puts tells what following bytes takes a function for that is called with a buffer, a
// container, an open file, or a path.
func Puts(name string) Put {
	lower := strings.ToLower(name)
	switch {
	case fills[name], puts[name], name == "copyfileobj", name == "heappush", strings.HasPrefix(lower, "copy"), lower == "move", lower == "rename", lower == "replace",
		lower == "write_bytes", lower == "write_text", lower == "atomic_write":
		return PutAll
	case strings.HasSuffix(name, "_into"), saves[lower]:
		return PutOwn
	}
	for _, begin := range [...]string{"readinto", "download", "get", "retr", "fget", "save"} {
		if strings.HasPrefix(lower, begin) {
			return PutOwn
		}
	}
	return PutNothing
}
