package pickle

import (
	"fmt"
	"strconv"
	"strings"
)

// Release is a release of CPython, from 3.8 to 3.14, or 2.7. One without a
// micro version, such as 3.13, stands for all that share its minor version, as
// the zero value stands for all of Python 3: what any of them reads is followed.
type Release struct {
	major, minor int
	micro        int // anyMicro: all of them
}

const anyMicro = -1

// The minor versions of Python 3 that are told apart. Older ones read like
// [oldest] as far as the stream language of their protocol goes; newer ones are
// not known.
const (
	oldest = 8
	newest = 14
)

// ParseRelease reads "2.7", "3.11", "3.13.15".
func ParseRelease(text string) (Release, error) {
	parts := strings.Split(text, ".")
	r := Release{micro: anyMicro}
	wrong := fmt.Errorf("%q is no release of Python that is known: want 2.7, or 3.%d to 3.%d, with or without a third number", text, oldest, newest)
	if len(parts) < 2 || len(parts) > 3 {
		return Release{}, wrong
	}
	for i, field := range []*int{&r.major, &r.minor, &r.micro}[:len(parts)] {
		n, err := strconv.ParseUint(parts[i], 10, 16)
		if err != nil || parts[i] != strconv.FormatUint(n, 10) {
			return Release{}, wrong
		}
		*field = int(n)
	}
	known := r.major == 2 && r.minor == 7 || r.major == 3 && r.minor >= oldest && r.minor <= newest
	if !known {
		return Release{}, wrong
	}
	return r, nil
}

// Releases are the minor versions that ParseRelease knows, oldest first.
func Releases() []string {
	words := []string{"2.7"}
	for minor := oldest; minor <= newest; minor++ {
		words = append(words, fmt.Sprintf("3.%d", minor))
	}
	return words
}

// IsZero reports whether r stands for every release of Python 3.
func (r Release) IsZero() bool { return r == Release{} }

// String returns what ParseRelease reads, or "3" for the zero value.
func (r Release) String() string {
	switch {
	case r.IsZero():
		return "3"
	case r.micro == anyMicro:
		return fmt.Sprintf("%d.%d", r.major, r.minor)
	}
	return fmt.Sprintf("%d.%d.%d", r.major, r.minor, r.micro)
}

// from reports whether every release that r stands for is minor or newer.
func (r Release) from(minor int) bool { return !r.IsZero() && r.minor >= minor }

// before reports whether every release that r stands for is older than minor.
func (r Release) before(minor int) bool { return !r.IsZero() && r.minor < minor }

// patched reports whether every release that r stands for has a change that
// came with a micro version of its minor one.
func (r Release) patched(micro int) bool { return r.micro != anyMicro && r.micro >= micro }

// readingOf says what any of the releases that r stands for does. The changes are
// listed in RATIONALE.md ("Which releases read differently?").
func readingOf(r Release) reading {
	if r.major == 2 {
		return reading{python2: true, manyDigits: true, laxFrames: true}
	}
	limited := r.from(11) || r.minor == 10 && r.patched(7) || r.before(10) && r.patched(14)
	signed := r.from(14) || r.minor == 13 && r.patched(5)
	framed := r.minor == 13 && r.patched(15) || r.minor == 14 && r.patched(7)
	return reading{
		base0:          !r.from(14),
		base10:         !r.before(14),
		manyDigits:     !limited,
		unsignedString: !signed,
		laxFrames:      !framed,
		locals:         !r.before(14),
		tix:            !r.from(13),
	}
}
