package justify

import (
	"regexp"
	"strings"
)

// foreignWord finds the suppression comments of other tools: bandit (nosec),
// flake8 and ruff (noqa, ruff: noqa), semgrep (nosemgrep, nosem), golangci-lint
// (nolint), gosec (#nosec, gosec:disable), staticcheck (lint:ignore), pyre and
// precli. A word inside prose does not count: it must open the comment or a
// part of it that begins with a comment sign.
var foreignWord = regexp.MustCompile(`(?i)(?:#|//)\s*(nosec|noqa|ruff:\s*noqa|ruff:\s*ignore|nosemgrep|nosem|nolint|lint:ignore|gosec:disable|lgtm|codeql|pyre-fixme|pyre-ignore|suppress:)(?:\b|\[)`)

// Foreign reports whether a comment has such a mark.
func Foreign(comment string) bool { return foreignMark(comment) != "" }

// foreignMark returns the foreign suppression in a comment, or "".
func foreignMark(text string) string {
	if !mayBeForeign(text) {
		return ""
	}
	if m := foreignWord.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// foreignStarts are the first two letters of those words.
var foreignStarts = map[string]bool{"no": true, "ru": true, "li": true, "go": true, "lg": true, "co": true, "py": true, "su": true}

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
