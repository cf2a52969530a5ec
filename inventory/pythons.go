package inventory

import (
	"strconv"
	"strings"
)

// newestProtocol returns the newest protocol of pickle that a release of Python reads, and
// whether the text names one: PEP 307 (2.3), PEP 3154 (3.4) and PEP 574 (3.8), and protocol
// 3 came with 3.0.
func newestProtocol(python string) (int, bool) {
	major, minor, ok := release(python)
	switch {
	case !ok:
		return 0, false
	case major < 3:
		return 2, true
	case major > 3 || minor >= 8:
		return 5, true
	case minor >= 4:
		return 4, true
	}
	return 3, true
}

// release reads the first two parts of a version.
func release(text string) (major, minor int, ok bool) {
	parts := strings.SplitN(text, ".", 3)
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, 0, false
	}
	if len(parts) == 1 {
		return major, 0, true
	}
	minor, err = strconv.Atoi(parts[1])
	return major, minor, err == nil
}

// before reports whether a release is older than another.
func before(a, b string) bool {
	amajor, aminor, aok := release(a)
	bmajor, bminor, bok := release(b)
	return aok && bok && (amajor < bmajor || amajor == bmajor && aminor < bminor)
}
