package justify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// opening is how a directive begins, right or wrong.
type opening struct {
	// spelled is what stands before the verb, rest what begins with it.
	spelled, rest string
	// problem says what is wrong with the place, in the words of PKL910, and stray
	// what is wrong with what stands before, in those of PKL901.
	problem, stray string
}

// right reports an opening without a slip.
func (o *opening) right() bool { return o.spelled == prefix }

// suppressing are words of other tools that somebody might expect to find here.
var suppressing = []string{"ignore", "disable", "skip", "allow", "off", "suppress", "noqa", "nosec", "trusted", "safe", "verified", "ok"}

// isBlank reports a blank of any script, and what looks like one or like nothing.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// cutName cuts the name off s, with what joins its halves in near misses.
func cutName(s string) (rest string, ok bool) {
	const first, second = "pickle", "lint"
	if len(s) < len(first)+len(second) || !strings.EqualFold(s[:len(first)], first) {
		return "", false
	}
	rest = s[len(first):]
	if strings.IndexByte("-_ ", rest[0]) >= 0 {
		rest = rest[1:]
	}
	if len(rest) < len(second) || !strings.EqualFold(rest[:len(second)], second) {
		return "", false
	}
	return rest[len(second):], true
}

// cutOpening reads what stands before the verb. colon reports that it has one.
func cutOpening(s string) (o opening, colon, ok bool) {
	rest, ok := cutName(s)
	if !ok {
		return opening{}, false, false
	}
	tail := strings.TrimLeftFunc(rest, isBlank)
	if tail != "" && strings.IndexByte(":=.-", tail[0]) >= 0 {
		colon = tail[0] == ':'
		tail = strings.TrimLeftFunc(tail[1:], isBlank)
	}
	if tail == rest {
		return opening{}, false, false // some other word
	}
	return opening{spelled: s[:len(s)-len(tail)], rest: tail}, colon, true
}

// verbOf returns the letters that a text begins with, in lower case.
func verbOf(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return strings.ToLower(s[:end])
}

// opens reports a text that begins like a directive, near misses included, and no
// prose about them.
func opens(s string) (opening, bool) {
	o, colon, ok := cutOpening(s)
	if !ok {
		return o, false
	}
	if strings.HasPrefix(s, prefix) && (o.right() || o.rest == "") || colon && !endsBlank(o.spelled) {
		return o, true
	}
	if colon && startsWithField(o.rest) {
		return o, true
	}
	verb := verbOf(o.rest)
	tail := strings.TrimLeftFunc(o.rest[min(len(verb), len(o.rest)):], isBlank)
	ours := verb == Trust || verb == Verifier
	return o, (ours || slices.Contains(suppressing, verb)) && (ours && colon || tail == "" || strings.ContainsAny(tail, "=:"))
}

func endsBlank(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isBlank(r)
}

// Mentions reports text that begins like a directive, near misses included. It
// is the cheap look with which a wing finds out whether a file has any, and needs no
// more than the first 32 bytes.
func Mentions(text string) bool {
	o, colon, ok := cutOpening(text)
	if !ok || colon {
		return ok
	}
	verb := verbOf(o.rest)
	return verb == Trust || verb == Verifier || slices.Contains(suppressing, verb)
}

// mark finds a comment for another tool at the beginning of a text: none of these
// knows what stands behind it.
var mark = regexp.MustCompile(`(?i)^#\s*(noqa|nosec|nosem|nosonar|type:|pylint:|fmt:|isort:|pragma:|mypy:|pyright:|pytype:|pyre-|ruff:|flake8:|yapf:|lgtm|codeql|skipcq|deepcode|suppress:|cspell:|noinspection|nopep8|autopep8:)`)

// findOpening returns how the directive of a Python comment begins, if it has one: at
// its start, or behind a # of its own, for the marks of other tools must stand first.
func findOpening(c Comment) (opening, bool) {
	body := c.Text[1:]
	start := strings.TrimLeftFunc(body, func(r rune) bool { return isBlank(r) || r == '#' || r == ':' || r == '!' })
	if o, ok := opens(start); ok {
		if before := body[:len(body)-len(start)]; strings.Trim(before, "# \t") != "" {
			o.stray = before
		}
		return o, true
	}
	marked := mark.MatchString(c.Text)
	// What a line of nothing but a comment says of code is no code.
	if o, ok := behindSign(c.Text); ok && (marked || !c.Alone) {
		return o, true
	}
	for at := range c.Text {
		if marked && at > 0 && isBlank(rune(c.Text[at-1])) {
			if o, ok := opens(c.Text[at:]); ok {
				o.problem = "behind the mark of another tool a directive begins with a # of its own"
				return o, true
			}
		}
	}
	return opening{}, false
}

// behindSign finds an opening behind a # further on in a comment. What stands between
// quotes is an example.
func behindSign(text string) (opening, bool) {
	for at := 1; ; at++ {
		next := strings.IndexByte(text[at:], '#')
		if next < 0 {
			return opening{}, false
		}
		at += next
		o, ok := opens(strings.TrimLeft(text[at:], "# \t"))
		if ok && strings.Count(text[:at], `"`)%2 == 0 && strings.Count(text[:at], "`")%2 == 0 {
			return o, true
		}
	}
}
