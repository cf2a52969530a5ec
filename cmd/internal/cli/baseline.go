package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/baseline"
)

// baselineName is that of the file where nobody names one.
const baselineName = ".pickle-lint-baseline"

func newBaselineCommand(streams Streams) *cobra.Command {
	flags := new(lintFlags)
	var allowNew bool
	var owner string
	cmd := &cobra.Command{
		Use:   "baseline [flags] [PATTERN|PATH ...]",
		Short: "Write down the findings of today, so that only further ones count",
		Long: `Write down the findings of today in a baseline, so that only further ones count,
or bring a baseline up to date: entries whose findings are gone go, the others
keep their day and owner. Findings that are not in it are added with --allow-new
only; without, they are listed and the exit code is 1.

The file is that of --baseline, or of the key baseline of the configuration, or
` + baselineName + ` beside the configuration, or without one in the current
directory. Without an argument all of ./... counts; entries of what was not
looked at stay.

Exit codes: 0 up to date; 1 there are findings that are not accepted; 2 usage or
configuration error; 3 something could not be looked at.`,
		Example: `  pickle-lint baseline
  pickle-lint baseline --allow-new --owner storage ./spool/...`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.noBaseline {
				return errors.New("--no-baseline: there is no baseline to write then")
			}
			if flags.since.staged || flags.since.rev != "" || flags.since.alias != "" {
				return errors.New("a baseline is of all findings: not of those --since or --staged")
			}
			if flags.fix != "" || flags.diff {
				return errors.New("a baseline says what is there: first --fix, then pickle-lint baseline")
			}
			if strings.ContainsFunc(owner, func(r rune) bool { return !lint.PrintableRune(r) }) {
				return fmt.Errorf("--owner: %q is no name", owner)
			}
			return runBaseline(cmd.Context(), streams, flags, args, allowNew, owner)
		},
	}
	flags.register(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&allowNew, "allow-new", false, "add findings that are not in the baseline")
	fs.StringVar(&owner, "owner", "", "`name` of who answers for the findings that are added")
	// What is written is no report.
	hide(cmd, "format", "output", "color", "fail-on", "sarif-suppressed", "sarif-category", "since", "new-from-rev", "staged", "no-baseline", "fix", "diff")
	return cmd
}

func runBaseline(ctx context.Context, streams Streams, flags *lintFlags, args []string, allowNew bool, owner string) error {
	set, err := flags.resolve()
	if err != nil {
		return err
	}
	targets, problems := parseTargets(args, allWings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(problems) > 0 {
		return &exitError{code: ExitUsage}
	}
	name := flags.baselineName(set)
	if name == "" {
		name = filepath.Join(first(set.config.Dir, set.root), baselineName)
	}
	show := lint.Printable(relpath.Show(set.root, name))
	file, err := readBaseline(name)
	begun := errors.Is(err, fs.ErrNotExist)
	switch {
	case begun:
		// Somebody has to begin; there is nothing that grows.
		file, allowNew = &accepted{new(baseline.File), name}, true
	case err != nil:
		return fmt.Errorf("%s: %w", show, err)
	}
	if set.lock, err = openLock(set); err != nil {
		return err
	}
	quiet := &outputs{BlobHandler: lint.Tee(&notices{w: streams.Err, verbose: flags.verbose})}
	run := &lintRun{flags: flags, streams: streams, set: set, wings: allWings, out: quiet}
	r, err := run.lint(ctx, targets, args)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return &exitError{ExitSkipped, fmt.Errorf("interrupted: %s is as it was", show)}
	}
	m := file.match(set, r)
	came, went := file.Update(m, entryPath(set), func(e *baseline.Entry) bool { return !run.looked(e, targets, r) }, allowNew, set.trust.Today.Format(time.DateOnly), owner)
	if err := file.write(); err != nil {
		return fmt.Errorf("%s: %w", show, err)
	}
	if err := say(streams, "%s: %s accepted (%d added, %d gone)\n", show, counted(len(file.Entries), "finding"), came, went); err != nil {
		return err
	}
	if begun && set.config.Baseline == "" && flags.baseline == "" {
		complain(streams.Err, "so that every run knows it, write \"baseline: %s\" into .pickle-lint.yml", baselineName)
	}
	if !allowNew && len(m.New) > 0 {
		for _, f := range m.New {
			complain(streams.Err, "not accepted: %s:%d: %s %s: %s", lint.Printable(f.Path), f.Line, f.Rule, f.Name, f.Message)
		}
		return &exitError{ExitFindings, fmt.Errorf("%s not in %s: --allow-new adds them", counted(len(m.New), "finding"), show)}
	}
	if r.summary().Skips > 0 {
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// write writes the file if it differs from what is there.
func (a *accepted) write() error {
	text := a.Bytes()
	if old, err := os.ReadFile(a.name); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return replace(a.name, text)
}
