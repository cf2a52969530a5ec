package justify

import "regexp"

// foreignWord finds the suppression comments of other tools: bandit (nosec),
// flake8 and ruff (noqa, ruff: noqa), semgrep (nosemgrep, nosem), golangci-lint
// (nolint), gosec (#nosec, gosec:disable), staticcheck (lint:ignore), pyre and
// precli. A word inside prose does not count: it must open the comment or a
// part of it that begins with a comment sign.
var foreignWord = regexp.MustCompile(`(?i)(?:#|//)\s*(nosec|noqa|ruff:\s*noqa|ruff:\s*ignore|nosemgrep|nosem|nolint|lint:ignore|gosec:disable|lgtm|codeql|pyre-fixme|pyre-ignore|suppress:)(?:\b|\[)`)

// foreignMark returns the foreign suppression in a comment, or "".
func foreignMark(text string) string {
	if m := foreignWord.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
