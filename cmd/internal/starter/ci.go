package starter

import (
	_ "embed" // the snippets
	"strings"
)

// CI is a place where a repository has itself checked.
type CI int

// The places.
const (
	GitHub CI = iota
	GitLab
	PreCommit
)

// Workflow is the file that GitHub reads.
const Workflow = ".github/workflows/pickle-lint.yml"

// Marks are the paths by which each of them is known.
var Marks = map[CI]string{GitHub: ".github", GitLab: ".gitlab-ci.yml", PreCommit: ".pre-commit-config.yaml"}

//go:embed ci/github.yml
var github string

//go:embed ci/gitlab.yml
var gitlab string

//go:embed ci/pre-commit.yaml
var preCommit string

// Snippet returns what to add for a version of pickle-lint.
func (c CI) Snippet(version string) string {
	text := map[CI]string{GitHub: github, GitLab: gitlab, PreCommit: preCommit}[c]
	return strings.ReplaceAll(text, "VERSION", version)
}

// File is where the snippet goes.
func (c CI) File() string {
	if c == GitHub {
		return Workflow
	}
	return Marks[c]
}
