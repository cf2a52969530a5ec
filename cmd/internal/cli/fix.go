package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/fix"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
)

// mostRounds bounds how often fixes are made and files looked at again. One fix rarely
// makes room for another.
const mostRounds = 10

func (f *lintFlags) registerFixes(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.fix, "fix", "", "`what` to change in files: safe; justify, which drafts the justifications that are missing; wrap, which leads pickles through the wrapper of the project")
	fs.Lookup("fix").NoOptDefVal = string(lint.SafeFix)
	fs.BoolVar(&f.diff, "diff", false, "print what --fix would change instead of the report, and change nothing")
	complete(cmd, "fix", string(lint.SafeFix), string(lint.JustifyFix), string(lint.WrapFix), string(lint.SafeFix)+","+string(lint.JustifyFix))
}

// wantedFixes reads --fix, in the order in which the kinds are preferred. With --diff
// alone it is the default.
func (f *lintFlags) wantedFixes() ([]lint.FixKind, error) {
	words := f.fix
	if words == "" && f.diff {
		words = string(lint.SafeFix)
	}
	if words == "" {
		return nil, nil
	}
	var kinds []lint.FixKind
	for word := range strings.SplitSeq(words, ",") {
		switch kind := lint.FixKind(word); kind {
		case lint.SafeFix, lint.JustifyFix, lint.WrapFix:
			kinds = append(kinds, kind)
		default:
			return nil, fmt.Errorf("--fix: %q is not safe, justify or wrap", word)
		}
	}
	return kinds, nil
}

// drafts reports that drafts of justifications are asked for.
func (s *settings) drafts() bool { return slices.Contains(s.fixes, lint.JustifyFix) }

// wraps reports that calls are to be led through a wrapper.
func (s *settings) wraps() bool { return slices.Contains(s.fixes, lint.WrapFix) }

// fix makes the fixes that are wanted and looks again, until there is nothing left to do,
// and returns what is found then. With --diff it prints them, and returns what it was given.
func (l *lintRun) fix(ctx context.Context, targets []target, r *results) (*results, error) {
	fixed, files, told := 0, make(map[string]bool), make(map[fix.Notice]bool)
	var failed error
	for range mostRounds {
		if ctx.Err() != nil {
			break // what was seen is not all there is
		}
		slices.SortStableFunc(r.findings, lint.CompareFindings)
		changes, notices := fix.Plan(r.findings, fix.Options{
			Root: l.set.root, Kinds: l.set.fixes,
			May: func(path string) error { return l.set.mayChange(targets, path) },
		})
		for _, n := range notices {
			if !told[n] {
				complain(l.streams.Err, "not fixed: %s: %s", lint.Printable(n.Show), lint.Printable(n.Reason))
			}
			told[n] = true
		}
		wrote := false
		for _, c := range changes {
			if l.flags.diff {
				if err := l.show(c); err != nil {
					return r, err
				}
			} else if err := c.Write(); err != nil {
				failed = errors.Join(failed, err)
				continue
			}
			wrote = true
			fixed, files[c.Path] = fixed+c.Fixed, true
		}
		if !wrote || failed != nil || l.flags.diff {
			break
		}
		again, err := l.found(ctx, targets)
		if err != nil {
			return r, err
		}
		r = again
	}
	verb := "fixed"
	if l.flags.diff {
		verb = "would fix"
	}
	complain(l.streams.Err, "%s %s in %s", verb, counted(fixed, "finding"), counted(len(files), "file"))
	return r, failed
}

// show prints a change. What a terminal obeys is not printed to one.
func (l *lintRun) show(c *fix.Change) error {
	text := c.Diff()
	if isTerminal(l.streams.Out) {
		var printable strings.Builder
		for line := range strings.Lines(string(text)) {
			printable.WriteString(lint.Printable(strings.TrimRight(line, "\r\n")) + "\n")
		}
		text = []byte(printable.String())
	}
	if _, err := l.streams.Out.Write(text); err != nil {
		return fmt.Errorf("writing a diff: %w", err)
	}
	return nil
}

// errUnasked is what is wrong with a file that nobody named.
var errUnasked = errors.New("no argument names it")

// mayChange returns why a file is not to be changed, or nil.
func (s *settings) mayChange(targets []target, path string) error {
	if !s.wanted(targets, path) {
		return errUnasked
	}
	for _, t := range targets {
		leads := t.path == path || t.isDir && below(t.path, path)
		if t.linked && leads && !below(s.root, path) {
			return errors.New("a symbolic link leads to it, out of the directory of the run")
		}
	}
	return nil
}

func below(dir, path string) bool {
	_, is := relpath.Below(dir, path)
	return is
}
