package justify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// foreignWord finds the suppression comments of other tools: bandit (nosec),
// flake8 and ruff (noqa, ruff: noqa), semgrep (nosemgrep, nosem), golangci-lint
// (nolint), gosec (#nosec, gosec:disable), staticcheck (lint:ignore), pyre and
// precli. A word inside prose does not count: it must open the comment or a
// part of it that begins with a comment sign.
var foreignWord = regexp.MustCompile(`(?i)(?:#|//)\s*(nosec|noqa|ruff:\s*noqa|ruff:\s*ignore|nosemgrep|nosem|nosonar|nolint|lint:ignore|lint:file-ignore|gosec:disable|lgtm|codeql|pyre-fixme|pyre-ignore|skipcq|deepcode\s+ignore|suppress:)(?:\b|\[)`)

// foreignCodes are the codes that a mark is limited to. Most marks are about something
// else then: line length, an unused import, an error that is not looked at.
var foreignCodes = map[string]*regexp.Regexp{
	"noqa":        regexp.MustCompile(`(?i)^:\s*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)`),
	"nolint":      regexp.MustCompile(`^:([-\w]+(?:,[-\w]+)*)`),
	"pyre-fixme":  regexp.MustCompile(`^\[([0-9, ]+)\]`),
	"pyre-ignore": regexp.MustCompile(`^\[([0-9, ]+)\]`),
}

// aboutLoads finds the codes that are about loads: those of flake8-bandit and ruff
// (S301, S506 …), of dlint, of the linters of Go that know unsafe decoding, and of Pysa.
var aboutLoads = regexp.MustCompile(`(?i)^(?:S[0-9]+|B[36][0-9]{2}|DUO[0-9]+|PKL[0-9]+|all|gosec|pickle-?lint|semgrep|[56][0-9]{3})$`)

// namesUs finds the marks of Go's tools that name this linter. Such a mark may stand on a
// function or at the head of a file, and silences everything in it.
var namesUs = regexp.MustCompile(`(?i)//\s*(nolint:(?:[-\w]+,)*pickle-?lint|lint:(?:file-)?ignore\s+(?:[\w*]+,)*PKL[\w*]+)(?:[,\s]|$)`)

// namedMarks returns the marks that name this linter and stand somewhere above a statement
// that has a site and no claim, sorted by line.
func (f *File) namedMarks() []Comment {
	last := 0
	for _, s := range f.uncovered {
		if !s.Harmless {
			last = max(last, s.Last)
		}
	}
	var out []Comment
	for line, c := range f.foreign {
		if line < last && namesUs.MatchString(c.Text) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Comment) int { return cmp.Compare(a.Line, b.Line) })
	return out
}

// Foreign reports whether a comment has such a mark.
func Foreign(comment string) bool { return foreignMark(comment) != "" }

// foreignMark returns the foreign suppression in a comment, or "".
func foreignMark(text string) string {
	if !mayBeForeign(text) {
		return ""
	}
	for _, m := range foreignWord.FindAllStringSubmatchIndex(text, mostMarks) {
		word := text[m[2]:m[3]]
		codes := foreignCodes[strings.ToLower(word)]
		if codes == nil {
			return word
		}
		list := codes.FindStringSubmatch(text[m[3]:])
		if list == nil || slices.ContainsFunc(strings.FieldsFunc(list[1], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }), aboutLoads.MatchString) {
			return word
		}
	}
	return ""
}

// mostMarks bounds the marks of a comment that are looked at.
const mostMarks = 8

// foreignStarts are the first two letters of those words.
var foreignStarts = map[string]bool{"no": true, "ru": true, "li": true, "go": true, "lg": true, "co": true, "py": true, "su": true, "sk": true, "de": true}

// mayBeForeign reports whether a word behind some comment sign begins like one of them:
// the expression takes longer than most else that is done with a comment.
func mayBeForeign(text string) bool {
	for rest := text; ; {
		at := strings.IndexAny(rest, "#/")
		if at < 0 {
			return false
		}
		rest = rest[at+1:]
		if word := strings.TrimLeft(rest, "/ \t\n\f\r"); len(word) > 1 && foreignStarts[strings.ToLower(word[:2])] {
			return true
		}
	}
}
