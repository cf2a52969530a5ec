package lint

import "cmp"

// Dump is a place in source where objects become bytes that are stored or sent, the
// other end of a [Site]. It carries no verdict. A stream has some only where somebody
// asked for them.
type Dump struct {
	Location
	// Wing is "python" or "go".
	Wing string `json:"wing"`
	// API is the qualified name of what writes, for example "pickle.dump" or
	// "(*encoding/gob.Encoder).Encode"; of a setting, its name.
	API string `json:"api"`
	// Format is what it writes: pickle, gob, marshal, …
	Format string `json:"format"`
	// Function is the enclosing function's qualified name, or "".
	Function string `json:"function,omitempty"`
	// Argument is the source text of what is written, shortened.
	Argument string `json:"argument,omitempty"`
	// Classes are the qualified names of the classes of what is written, as far as the
	// source shows them.
	Classes []string `json:"classes,omitempty"`
	// Protocol is a number, "default" (that of the running Python), "highest", or "" where
	// nothing shows it or the format has none.
	Protocol string `json:"protocol,omitempty"`
	// Channel is where the bytes go, or nil where they stay in the process.
	Channel *Channel `json:"channel,omitempty"`
	// Setting reports a setting that makes a library write, and not a call.
	Setting bool `json:"setting,omitempty"`
	// Generated reports a file that carries the "Code generated" mark.
	Generated bool `json:"generated,omitempty"`
	// Fingerprint is what the place has in common with itself in another version of
	// the source.
	Fingerprint Fingerprint `json:"fingerprint,omitempty"`
}

// CompareDumps orders dumps by place and then by API.
func CompareDumps(a, b *Dump) int {
	return cmp.Or(a.Location.Compare(b.Location), cmp.Compare(a.API, b.API))
}
