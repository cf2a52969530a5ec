package since

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// mergeBase returns the commit at which the work since a revision began.
func (c *Comparison) mergeBase(ctx context.Context, rev string) (string, error) {
	if _, err := c.git.line(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return "", c.noCommit(ctx, "HEAD", err)
	}
	commit, err := c.git.line(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return "", c.noCommit(ctx, rev, err)
	}
	base, err := c.git.line(ctx, "merge-base", commit, "HEAD")
	var f *failure
	if errors.As(err, &f) && f.code == 1 {
		return "", fmt.Errorf("%s and HEAD have no common ancestor%s", rev, c.hint(ctx))
	}
	if err != nil {
		return "", err
	}
	base, _, _ = strings.Cut(base, "\n")
	return base, nil
}

// noCommit says why a revision is none.
func (c *Comparison) noCommit(ctx context.Context, rev string, err error) error {
	var f *failure
	if !errors.As(err, &f) {
		return err
	}
	if rev == "HEAD" {
		return errors.New("the repository has no commit yet, so that there is nothing to compare with: --staged tells what is in the index")
	}
	if of, n := c.beyond(ctx, rev); n > 0 {
		commits := "1 commit"
		if n > 1 {
			commits = fmt.Sprintf("%d commits", n)
		}
		return fmt.Errorf("git knows no commit %q: the history of %s has %s, and goes back no further", rev, of, commits)
	}
	return fmt.Errorf("git knows no commit %q%s", rev, c.hint(ctx))
}

// beyond reports a revision that goes back from a commit by more than its history has, and
// how many commits that are; of a shallow clone nobody knows.
func (c *Comparison) beyond(ctx context.Context, rev string) (of string, commits int) {
	at := strings.IndexAny(rev, "~^")
	if at < 0 || c.git.shallow(ctx) {
		return "", 0
	}
	if of = rev[:at]; of == "" || of == "@" {
		of = "HEAD"
	}
	count, err := c.git.line(ctx, "rev-list", "--count", "--first-parent", "--end-of-options", of)
	if err != nil {
		return "", 0
	}
	commits, _ = strconv.Atoi(count) // or it is none
	return of, commits
}

// hint says what to do where a commit may be missing because it was not fetched.
func (c *Comparison) hint(ctx context.Context) string {
	if c.git.shallow(ctx) {
		return " in this shallow clone: run \"git fetch --deepen=100\" or \"git fetch --unshallow\", or in GitHub Actions give actions/checkout \"fetch-depth: 0\""
	}
	return ": if it is a branch of a remote, run \"git fetch\" first (in GitHub Actions, give actions/checkout \"fetch-depth: 0\")"
}
