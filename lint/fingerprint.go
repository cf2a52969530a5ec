package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Fingerprint is the identity of a finding or a site. It is made of what that is
// about (see [Key]) and never of line numbers, so it survives edits above it.
//
// It has two halves: the first is a digest of the place, the second of everything
// else. What lies in a file that was renamed has the second half in common with what
// lay in the old one. Behind them a dot and a number tell equal things in one place
// apart, from the second on.
type Fingerprint string

// Key is what a fingerprint is made of, the same for Go, Python and stored bytes.
type Key struct {
	// Rule is the id of the rule, or "" for the site itself.
	Rule string `json:"rule,omitempty"`
	// Place is the file, as [PlaceOf] says, or for Go the package and the name of the
	// file: an import path is the same wherever the checkout lies.
	Place string `json:"place"`
	// API is what is called or imported there, or what else the finding is about.
	API string `json:"api,omitempty"`
	// Function is the full name of the function around it, Statement the words of the
	// statement without layout and comments.
	Function  string `json:"function,omitempty"`
	Statement string `json:"statement,omitempty"`
	// More tells apart what is about the same statement.
	More []string `json:"more,omitempty"`
}

// Of returns the key of what a rule says of the place of k.
func (k Key) Of(rule string, more ...string) Key {
	k.Rule = rule
	k.More = append(append([]string(nil), k.More...), more...)
	return k
}

// placeSize and restSize are the lengths of the halves, in bytes.
const (
	placeSize = 8
	restSize  = 12
)

// numbered is a member that is named by where it lies.
var numbered = regexp.MustCompile(`(^| )at (0x[0-9a-f]+|\d+)$`)

// PlaceOf is the place of a file, or of a member of it. What lies at an offset of its
// container has no other name, and moves with what is written before it.
func PlaceOf(path string, member []string) string {
	var b strings.Builder
	b.WriteString(path)
	for _, name := range member {
		b.WriteByte('/')
		b.WriteString(numbered.ReplaceAllString(name, "${1}at …"))
	}
	return b.String()
}

// Fingerprints hands out the fingerprints of one file, package or blob. Equal
// keys get ordinals, because two equal findings are still two.
// The zero value is ready to use.
type Fingerprints struct {
	seen map[Fingerprint]int
}

// Of returns the fingerprint of the next finding with this key. Calls must
// come in a stable order for the ordinals to be stable.
func (f *Fingerprints) Of(k Key) Fingerprint {
	rest := append([]string{k.Rule, k.API, k.Function, k.Statement}, k.More...)
	return f.next(Fingerprint(digest(placeSize, k.Place) + digest(restSize, rest...)))
}

// Again returns a fingerprint for what is told once more beside others of its
// fingerprint, in the same place.
func (f *Fingerprints) Again(of Fingerprint, more ...string) Fingerprint {
	of = of.Same()
	if len(more) > 0 {
		of = of[:2*placeSize] + Fingerprint(digest(restSize, append(more, of.Rest())...))
	}
	return f.next(of)
}

func (f *Fingerprints) next(base Fingerprint) Fingerprint {
	if f.seen == nil {
		f.seen = make(map[Fingerprint]int)
	}
	n := f.seen[base]
	f.seen[base] = n + 1
	if n == 0 {
		return base
	}
	return base + Fingerprint("."+strconv.Itoa(n+1))
}

// Same is the fingerprint that all equal things in one place have in common.
func (f Fingerprint) Same() Fingerprint {
	same, _, _ := strings.Cut(string(f), ".")
	return Fingerprint(same)
}

// Rest is the half of [Fingerprint.Same] that says nothing of the place.
func (f Fingerprint) Rest() string {
	same := f.Same()
	return string(same[min(len(same), 2*placeSize):])
}

// At returns the fingerprint of the same thing in another place.
func (f Fingerprint) At(place string) Fingerprint {
	if !IsFingerprint(string(f.Same())) {
		return f
	}
	return Fingerprint(digest(placeSize, place)) + f[2*placeSize:]
}

// IsFingerprint reports whether a word has the form of what [Fingerprint.Same] returns.
func IsFingerprint(word string) bool {
	return formOfFingerprint.MatchString(word)
}

var formOfFingerprint = regexp.MustCompile(fmt.Sprintf(`^[0-9a-f]{%d}$`, 2*(placeSize+restSize)))

// digest hashes length-prefixed parts: ("ab","c") and ("a","bc") differ.
func digest(size int, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return hex.EncodeToString(h.Sum(nil)[:size])
}
