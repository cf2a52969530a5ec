package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Fingerprint is the identity of a finding. It is made of what the finding is
// about (rule, API, file, enclosing function, the statement's own words) and
// never of line numbers, so it survives edits above it.
type Fingerprint string

// Fingerprints hands out the fingerprints of one file, package or blob. Equal
// parts get ordinals, because two equal findings are still two.
// The zero value is ready to use.
type Fingerprints struct {
	seen map[Fingerprint]int
}

// Of returns the fingerprint of the next finding with these parts. Calls must
// come in a stable order for the ordinals to be stable.
func (f *Fingerprints) Of(parts ...string) Fingerprint {
	base := digest(parts)
	if f.seen == nil {
		f.seen = make(map[Fingerprint]int)
	}
	n := f.seen[base]
	f.seen[base] = n + 1
	if n == 0 {
		return base
	}
	return digest([]string{string(base), strconv.Itoa(n)})
}

// digest hashes length-prefixed parts: ("ab","c") and ("a","bc") differ.
func digest(parts []string) Fingerprint {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return Fingerprint(hex.EncodeToString(h.Sum(nil)[:16]))
}
