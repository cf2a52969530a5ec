package justify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// minReason is the length, in bytes, below which a reason cannot say who wrote
// the bytes and why nobody else could.
const minReason = 10

// placeholders are reasons that give none.
var placeholders = []string{
	"todo", "fixme", "xxx", "tbd", "n/a", "na", "none", "because", "trusted", "trust me", "safe",
	"is safe", "it is safe", "this is safe", "ok", "okay", "fine", "ignore", "reason", "no reason",
	"internal use", "internal only", "false positive", "known", "legacy", "temporary", "for now",
	"trusted source", "trusted data", "trusted input", "we trust this", "placeholder", "see ticket",
	"needs review", "to be done", "to do", "not needed", "not applicable",
}

// vapid are words that say nothing of who wrote the bytes, and fillers those that stand
// between them. A reason of nothing else is a placeholder.
var (
	vapid = words("trusted trust trustworthy safe secure secured ok okay fine good known internal legit reason justification justified todo fixme " +
		"ignore ignored suppress suppressed silence warning finding linter lint false positive legacy temporary placeholder needed required dummy " +
		"internally controlled verified checked reviewed")
	fillers = words("this that is are it its the a an we our us data input bytes file files source sources content pickle pickles load loads loaded loading comes only always just very here and " +
		"to be for of by in on please now see all from with no not so must will has needs need as goes")
)

func words(list string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// ticket is a name of something that may hold the reason.
var ticket = regexp.MustCompile(`^(?:[a-z][a-z0-9]*-[0-9]+|#[0-9]+|https?://.*)$`)

// isVapid reports a reason that says nothing: see vapid, and text that is no words.
func isVapid(text string) bool {
	letters := make(map[rune]bool)
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters[r] = true
		}
	}
	if len(letters) < 4 {
		return true
	}
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, ".,;:!?()<>[]{}\"'*_")
		if word != "" && !vapid[word] && !fillers[word] && word != "ticket" && word != "issue" && !ticket.MatchString(word) {
			return false
		}
	}
	return true
}

func (p Policy) checkReason(d *directive, reason string) {
	text := strings.Trim(strings.ToLower(strings.Join(strings.Fields(reason), " ")), " .!?-…\"'")
	first, _, _ := strings.Cut(strings.ReplaceAll(text, ":", " "), " ")
	switch {
	case text == "":
		d.fault(EmptyReason, "the reason is empty")
	case slices.Contains(placeholders, text), first == "todo", first == "fixme", first == "xxx", first == "tbd":
		d.fault(EmptyReason, "the reason %q is a placeholder", reason)
	case p.isBoundaryWord(text):
		d.fault(EmptyReason, "the reason %q only repeats a boundary", reason)
	case isVapid(text):
		d.fault(EmptyReason, "the reason %q is a placeholder: it does not say who wrote the bytes", reason)
	case len(text) < minReason:
		d.fault(EmptyReason, "the reason %q is too short to say who wrote the bytes", reason)
	}
}

// isBoundaryWord reports a reason such as "internal" or "internal boundary".
func (p Policy) isBoundaryWord(text string) bool {
	for _, filler := range []string{" boundary", " data", " source", " only", " input", " bytes"} {
		text = strings.TrimSuffix(text, filler)
	}
	_, ok := p.Boundaries[text]
	return ok
}
