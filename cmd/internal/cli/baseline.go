package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	var allow allowed
	var owner string
	cmd := &cobra.Command{
		Use:   "baseline [flags] [PATTERN|PATH ...]",
		Short: "Write down the findings of today, so that only further ones count",
		Long: `Write down the findings of today in a baseline, so that only further ones count,
or bring a baseline up to date: entries whose findings are gone go, the others
keep their day and owner. Findings that are not in it are added with --allow-new
only; without, they are listed and the exit code is 1.

An error in stored bytes (PKL1xx: whoever loads them runs what is in them) is no
debt but an incident, and is added with --allow-blob-errors only, also to a new
file. Those that the file accepts are counted on standard error.

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
			return runBaseline(cmd.Context(), streams, flags, args, allow, owner)
		},
	}
	flags.register(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&allow.added, "allow-new", false, "add findings that are not in the baseline, but for errors in stored bytes")
	fs.BoolVar(&allow.blobErrors, "allow-blob-errors", false, "add errors in stored bytes")
	fs.StringVar(&owner, "owner", "", "`name` of who answers for the findings that are added")
	// What is written is no report.
	hide(cmd, "format", "output", "color", "fail-on", "sarif-suppressed", "sarif-category", "since", "new-from-rev", "staged", "no-baseline", "fix", "diff")
	return cmd
}

func runBaseline(ctx context.Context, streams Streams, flags *lintFlags, args []string, allow allowed, owner string) error {
	streams = judging(streams)
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
		file, allow.added = &accepted{new(baseline.File), name}, true
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
	refused := allow.refuse(m)
	came, went := file.Update(m, entryPath(set), func(e *baseline.Entry) bool { return !run.looked(e, targets, r) }, true, set.trust.Today.Format(time.DateOnly), owner)
	if err := file.write(); err != nil {
		return fmt.Errorf("%s: %w", show, err)
	}
	if err := say(streams, "%s: %s accepted (%d added, %d gone)\n", show, counted(len(file.Entries), "finding"), came, went); err != nil {
		return err
	}
	if begun && set.config.Baseline == "" && flags.baseline == "" {
		complain(streams.Err, "so that every run knows it, write \"baseline: %s\" into .pickle-lint.yml", baselineName)
	}
	tellBlobErrors(streams, show, m)
	for _, f := range refused {
		complain(streams.Err, "not accepted: %s: %s %s: %s", foundAt(f), f.Rule, f.Name, f.Message)
	}
	if len(refused) > 0 {
		return &exitError{ExitFindings, fmt.Errorf("%s not in %s: %s", counted(len(refused), "finding"), show, allow.remedy(refused))}
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

// allowed says which findings may come into a baseline.
type allowed struct{ added, blobErrors bool }

// blobError reports an error in stored bytes: whoever loads them runs what is in them, on
// every day that the baseline lasts.
func blobError(f *lint.Finding) bool {
	return f.Severity == lint.Error && strings.HasPrefix(f.Rule, "PKL1")
}

func (a allowed) allows(f *lint.Finding) bool {
	if blobError(f) {
		return a.blobErrors
	}
	return a.added
}

// refuse takes what may not come in out of what is new, and returns it.
func (a allowed) refuse(m *baseline.Match) (refused []*lint.Finding) {
	m.New = slices.DeleteFunc(m.New, func(f *lint.Finding) bool {
		if a.allows(f) {
			return false
		}
		refused = append(refused, f)
		return true
	})
	return refused
}

// remedy says which flags add what was refused.
func (a allowed) remedy(refused []*lint.Finding) string {
	errs := 0
	for _, f := range refused {
		if blobError(f) {
			errs++
		}
	}
	const look = "of stored bytes, look at them first (pickle-lint trace FILE): --allow-blob-errors adds what may stay"
	switch errs {
	case 0:
		return "--allow-new adds them"
	case len(refused):
		return counted(errs, "error") + " " + look
	}
	return fmt.Sprintf("--allow-new adds them, but for %s %s", counted(errs, "error"), look)
}

// tellBlobErrors counts the errors in stored bytes that a baseline accepts, old ones and those
// that came: nobody else will tell them from now on.
func tellBlobErrors(streams Streams, show string, m *baseline.Match) {
	var dangers []*lint.Finding
	for f := range m.Known {
		if blobError(f) {
			dangers = append(dangers, f)
		}
	}
	for _, f := range m.New {
		if blobError(f) {
			dangers = append(dangers, f)
		}
	}
	if len(dangers) == 0 {
		return
	}
	slices.SortFunc(dangers, lint.CompareFindings)
	complain(streams.Err, "%s accepts %s in stored bytes, which run for whoever loads them:", show, counted(len(dangers), "error"))
	for _, f := range dangers {
		complain(streams.Err, "accepted: %s: %s %s: %s", foundAt(f), f.Rule, f.Name, f.Message)
	}
}

// foundAt is where a finding is, for a line on standard error: a place in a source, or in a
// container.
func foundAt(f *lint.Finding) string {
	at := lint.Printable(strings.Join(append([]string{f.Path}, f.Member...), " » "))
	if f.Line > 0 {
		at += fmt.Sprintf(":%d", f.Line)
	}
	return at
}
