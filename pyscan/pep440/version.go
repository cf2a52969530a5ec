package pep440

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Version is a version by PEP 440.
type Version struct {
	text    string
	epoch   uint64
	release []uint64 // without the zeros at its end
	// pre is a, b or c (a release candidate), or 0.
	pre       byte
	preNumber uint64
	// post and dev are the numbers of such releases and 1, or 0.
	post, dev uint64
	local     []string
}

// maxText bounds a version or a specifier, in bytes; released ones have less than 40.
const maxText = 512

// form is the expression of PEP 440, appendix B.
var form = regexp.MustCompile(`^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)` +
	`(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?([0-9]*))?` +
	`(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?` +
	`(?:[-_.]?(dev)[-_.]?([0-9]*))?` +
	`(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`)

// Parse reads a version.
func Parse(text string) (Version, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxText {
		return Version{}, fmt.Errorf("a version of %d bytes", len(text))
	}
	m := form.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return Version{}, fmt.Errorf("%q is not a version", text)
	}
	v := Version{text: text}
	numbers := numbers{}
	v.epoch = numbers.read(m[1])
	for part := range strings.SplitSeq(m[2], ".") {
		v.release = append(v.release, numbers.read(part))
	}
	for n := len(v.release); n > 1 && v.release[n-1] == 0; n-- {
		v.release = v.release[:n-1]
	}
	if m[3] != "" {
		v.pre, v.preNumber = phase(m[3]), numbers.read(m[4])
	}
	switch {
	case m[5] != "":
		v.post = numbers.read(m[5]) + 1
	case m[6] != "":
		v.post = numbers.read(m[7]) + 1
	}
	if m[8] != "" {
		v.dev = numbers.read(m[9]) + 1
	}
	if m[10] != "" {
		v.local = strings.FieldsFunc(m[10], func(r rune) bool { return strings.ContainsRune("-_.", r) })
	}
	if numbers.large {
		return Version{}, fmt.Errorf("%q is not a version: a number in it is too large", text)
	}
	return v, nil
}

// MustParse reads a version that is known to be one.
func MustParse(text string) Version {
	v, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return v
}

// numbers reads numbers, and remembers that one was too large.
type numbers struct{ large bool }

// maxNumber leaves room for one more.
const maxNumber = 1 << 62

// read returns a number; none counts as 0.
func (n *numbers) read(s string) uint64 {
	if s == "" {
		return 0
	}
	got, err := strconv.ParseUint(s, 10, 64)
	if err != nil || got > maxNumber {
		n.large = true
	}
	return got
}

func phase(word string) byte {
	switch word {
	case "a", "alpha":
		return 'a'
	case "b", "beta":
		return 'b'
	}
	return 'c'
}

// String returns the version as it was written.
func (v Version) String() string { return v.text }

// Compare returns -1 if v is older than w, 0 if they are equal, and 1 otherwise.
func (v Version) Compare(w Version) int {
	return cmp.Or(
		cmp.Compare(v.epoch, w.epoch),
		slices.Compare(v.release, w.release),
		cmp.Compare(v.stage(), w.stage()),
		cmp.Compare(v.preNumber, w.preNumber),
		cmp.Compare(v.post, w.post),
		cmp.Compare(v.ready(), w.ready()),
		slices.CompareFunc(v.local, w.local, compareLocal),
	)
}

// stage orders 1.dev0, 1a0, 1b0, 1rc0 and 1.
func (v Version) stage() byte {
	switch {
	case v.pre != 0:
		return v.pre
	case v.post == 0 && v.dev > 0:
		return 'A'
	}
	return 'z'
}

// ready orders what is in development before what is not.
func (v Version) ready() uint64 {
	if v.dev == 0 {
		return maxNumber + 2
	}
	return v.dev
}

// compareLocal compares parts of local versions: numbers are later than words.
func compareLocal(a, b string) int {
	m, errM := strconv.ParseUint(a, 10, 64)
	n, errN := strconv.ParseUint(b, 10, 64)
	switch {
	case errM == nil && errN == nil:
		return cmp.Compare(m, n)
	case errM == nil:
		return 1
	case errN == nil:
		return -1
	}
	return strings.Compare(a, b)
}

// next returns the version whose release is the first parts numbers of v, of which the
// last is counted up: what ~= and .* end before.
func (v Version) next(parts int) Version {
	w := Version{epoch: v.epoch, release: make([]uint64, parts)}
	copy(w.release, v.release)
	w.release[parts-1]++
	words := make([]string, parts)
	for i, n := range w.release {
		words[i] = strconv.FormatUint(n, 10)
	}
	w.text = strings.Join(words, ".")
	if w.epoch > 0 {
		w.text = strconv.FormatUint(w.epoch, 10) + "!" + w.text
	}
	return w
}

// parts counts the numbers of a release as it is written.
func parts(text string) int {
	if _, rest, ok := strings.Cut(text, "!"); ok {
		text = rest
	}
	n := 1
	for _, r := range strings.TrimLeft(text, "vV") {
		switch {
		case r == '.':
			n++
		case r < '0' || r > '9':
			return n
		}
	}
	return n
}
