package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// ErrNoGit says that there is no git command.
var ErrNoGit = errors.New("the git command was not found")

// git runs the git command in a directory.
type git struct {
	dir string
	// config overrides the configuration of the repository.
	config []string
}

// environment keeps git from taking locks, asking people and going to the network: a
// partial clone would fetch what it has not, one file at a time. That no protocol is
// allowed is for a git that does not know GIT_NO_LAZY_FETCH.
var environment = []string{
	"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_LITERAL_PATHSPECS=1", "LC_ALL=C",
}

// always keeps git from running what the configuration of a repository names, and from
// taking a directory that lies in a tree for a repository.
var always = []string{
	"-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "safe.bareRepository=explicit",
}

func (g git) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", slices.Concat(always, g.config, args)...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), environment...)
	return cmd
}

// failure is a git command that ended with an error of its own.
type failure struct {
	code int
	text string
}

func (f *failure) Error() string { return f.text }

// run returns what git prints.
func (g git) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := g.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := explain(ctx, cmd.Run(), args[0], &errs)
	return out.Bytes(), err
}

// explain returns the error of a git command in the words of git.
func explain(ctx context.Context, err error, verb string, errs *bytes.Buffer) error {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("git %s: %w", verb, ctx.Err())
	case errors.Is(err, exec.ErrNotFound):
		return ErrNoGit
	case errors.As(err, &exit):
		text := strings.TrimSpace(errs.String())
		if text == "" {
			text = fmt.Sprintf("exit status %d", exit.ExitCode())
		}
		first, _, _ := strings.Cut(text, "\n")
		return &failure{exit.ExitCode(), fmt.Sprintf("git %s: %s%s", verb, strings.TrimPrefix(first, "fatal: "), remedy(text))}
	}
	return fmt.Errorf("git %s: %w", verb, err)
}

// remedy is what git says that one may do about a repository of somebody else, which is what a
// container sees of a directory that is mounted into it.
func remedy(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "git config --global --add safe.directory") {
			return fmt.Sprintf(": if it is to be trusted, run %q", line)
		}
	}
	return ""
}

// line is run for what prints one line.
func (g git) line(ctx context.Context, args ...string) (string, error) {
	out, err := g.run(ctx, args...)
	return strings.TrimRight(string(out), "\r\n"), err
}

// shallow reports a clone that lacks history.
func (g git) shallow(ctx context.Context) bool {
	word, err := g.line(ctx, "rev-parse", "--is-shallow-repository")
	return err == nil && word == "true"
}

// Refs lists the branches and tags of the repository around a directory that begin with a
// word, for a shell. Where something is wrong, there are none.
func Refs(ctx context.Context, dir, word string) (names []string) {
	out, err := git{dir: dir}.run(ctx, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
	if err != nil {
		return nil
	}
	for _, name := range append([]string{"HEAD"}, strings.Fields(string(out))...) {
		if strings.HasPrefix(name, word) {
			names = append(names, name)
		}
	}
	return names
}
