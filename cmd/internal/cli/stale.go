package cli

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/inventory/audit"
	"github.com/pickle-lint/pickle-lint/inventory/retention"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// staleFlags are the flags of the command that lists what should be gone.
type staleFlags struct {
	lintFlags
	remove bool
	yes    bool
	log    string
}

// staleFormats are the words of its --format.
var staleFormats = []string{"text", "json", "csv"}

func newStaleCommand(streams Streams) *cobra.Command {
	f := &staleFlags{lintFlags: lintFlags{formats: staleFormats}}
	cmd := &cobra.Command{
		Use:   "stale [flags] [DIRECTORY ...]",
		Short: "List stored blobs that are kept for too long, and remove them",
		Long: `List the blobs at rest that are past the retention of their channel, with owner
and sensitivity, the longest overdue first. Channels and their retention are
those of "pickle-lint inventory": the shortest retention= of a justification at
a load, unless the configuration says more (channels.*.retention). The age of a
blob is that of its file; in a fresh checkout all files are new.

--delete removes them, and does nothing without --yes. Before each removal a
record is appended to the log and synced to disk: who, when, the file with its
SHA-256, channel, retention, owners. Without a record nothing is removed. Links
are not followed, and nothing is touched outside of the directories that were
named, nor what was written to since it was listed. An interrupted run can be
repeated: what it left open is settled first. "pickle-lint audit verify" checks
the log.

Exit codes: 0 nothing is stale, or all of it was removed; 1 something is, or
was kept; 2 usage or configuration error, or a log that cannot be written; 3
nothing is stale, but something could not be looked at.`,
		Example: `  pickle-lint stale
  pickle-lint stale --format csv spool/ > stale.csv
  pickle-lint stale --delete --yes --log removals.jsonl spool/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runStale(cmd.Context(), streams, f, args)
		},
	}
	f.register(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&f.remove, "delete", false, "remove what is listed; wants --yes, --log and directories")
	fs.BoolVar(&f.yes, "yes", false, "with --delete: really")
	fs.StringVar(&f.log, "log", "", "with --delete: append the records of removals to `FILE`")
	hide(cmd, "new-from-rev", "since", "staged", "baseline", "no-baseline", "fix", "diff", "sarif-suppressed", "sarif-category", "quick", "no-cache", "output", "fail-on", "color", "enable", "disable", "policy")
	return cmd
}

func (f *staleFlags) check(args []string) error {
	switch {
	case !slices.Contains(staleFormats, f.format):
		return fmt.Errorf("--format: unknown format %q: want %s%s", f.format, strings.Join(staleFormats, ", "), suggest.DidYouMean(f.format, staleFormats))
	case !f.remove && f.yes:
		return errors.New("--yes: it is for --delete")
	case !f.remove && f.log != "":
		return errors.New("--log: it is for --delete")
	case !f.remove:
		return nil
	case f.log == "":
		return errors.New("--delete: want --log FILE: nothing is removed without a record")
	case f.today != "":
		return errors.New("--delete: not with --today: what is removed is stale today")
	case len(args) == 0:
		return errors.New("--delete: name the directories below which something may be removed")
	}
	return nil
}

// runStale lists what is stale, and removes it if that was wanted.
func runStale(ctx context.Context, streams Streams, f *staleFlags, args []string) error {
	if err := f.check(args); err != nil {
		return err
	}
	set, err := f.resolve()
	if err != nil {
		return err
	}
	set.inventory = true
	targets, problems := parseTargets(args, allWings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(targets) == 0 || len(problems) > 0 {
		return &exitError{code: ExitUsage}
	}
	var log *audit.Log
	if f.remove && f.yes {
		if log, err = audit.Open(f.log, nil); err != nil {
			return fmt.Errorf("--log: %w; nothing was removed", err)
		}
		defer func() { _ = log.Close() }() // each record is on disk
	}
	facts := &inventoryFacts{set: set, allBlobs: true}
	out := &outputs{BlobHandler: lint.Tee(&notices{w: streams.Err, verbose: f.verbose})}
	run := &lintRun{flags: &f.lintFlags, streams: streams, set: set, wings: allWings, out: out, planned: facts.plan, only: func(r *results) {
		facts.join(ctx, "", r)
	}}
	r, err := run.lint(ctx, facts.wide(targets), args)
	if err != nil {
		return err
	}
	stale := retention.List(facts.inventory, set.trust.Today)
	stale = slices.DeleteFunc(stale, func(s *retention.Stale) bool { return !set.wanted(targets, absPath(set.anchor, s.Path)) })
	switch {
	case r.interrupted:
		return &exitError{code: ExitSkipped}
	case f.remove && f.yes:
		return f.removeAll(ctx, streams, set, targets, log, stale)
	}
	if err := writeStale(streams, f.format, stale); err != nil {
		return fmt.Errorf("writing the list: %w", err)
	}
	switch {
	case f.remove && len(stale) > 0:
		complain(streams.Err, "nothing was removed: --delete wants --yes")
		return &exitError{code: ExitUsage}
	case len(stale) > 0:
		return &exitError{code: ExitFindings}
	case r.summary().Skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// removeAll removes what is stale, one after the other.
func (f *staleFlags) removeAll(ctx context.Context, streams Streams, set *settings, targets []target, log *audit.Log, stale []*retention.Stale) error {
	r := &retention.Remover{Top: set.anchor, Log: log, By: userName()}
	for _, t := range targets {
		root, err := filepath.EvalSymlinks(t.path)
		if err != nil {
			return err
		}
		if !t.isDir {
			root = filepath.Dir(root)
		}
		r.Roots = append(r.Roots, root)
	}
	left, err := r.Resume()
	if left > 0 {
		complain(streams.Err, "settled what an interrupted run has left open in the log: %d", left)
	}
	removed, kept := 0, 0
	for _, s := range stale {
		if err != nil || ctx.Err() != nil {
			break
		}
		var why error
		if why, err = r.Remove(s); why != nil {
			kept++
			complain(streams.Err, "kept: %s: %v", lint.Printable(s.Path), why)
		} else if err == nil {
			removed++
			_, werr := fmt.Fprintf(streams.Out, "removed %s (%s, kept for %s, stale since %s)\n", lint.Printable(s.Path), lint.Printable(s.Channel), s.Retention, s.Since)
			err = errors.Join(err, werr)
		}
	}
	chain := log.Chain()
	if err != nil {
		return fmt.Errorf("%d of %d were removed: %w", removed, len(stale), err)
	}
	if _, err := fmt.Fprintf(streams.Out, "%d removed, %d kept; %s has %d records, its head is %s\n", removed, len(stale)-removed, lint.Printable(f.log), chain.Records, first(chain.Head, "none")); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return &exitError{code: ExitSkipped}
	case kept > 0:
		return &exitError{code: ExitFindings}
	}
	return nil
}

// userName is what the system calls whoever runs this.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

func writeStale(streams Streams, format string, stale []*retention.Stale) error {
	switch format {
	case "json":
		for _, s := range stale {
			if err := sayJSON(streams, map[string]*retention.Stale{"stale": s}); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		w := table.NewCSV(streams.Out)
		rows := [][]string{{"since", "modified", "retention", "channel", "owners", "sensitivity", "size", "path"}}
		for _, s := range stale {
			rows = append(rows, []string{s.Since, s.Modified, s.Retention, s.Channel, strings.Join(s.Owners, ";"), s.Sensitivity, strconv.FormatInt(s.Size, 10), s.Path})
		}
		for _, row := range rows {
			for i := range row {
				row[i] = table.Guarded(row[i])
			}
			if err := w.Write(row); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	}
	if len(stale) == 0 {
		_, err := fmt.Fprintln(streams.Out, "nothing is stale")
		return err
	}
	w := tabwriter.NewWriter(streams.Out, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(w, "SINCE\tRETENTION\tSENSITIVITY\tOWNERS\tCHANNEL\tPATH"); err != nil {
		return err
	}
	var bytes int64
	for _, s := range stale {
		bytes += s.Size
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", s.Since, s.Retention, first(s.Sensitivity, "-"), first(strings.Join(s.Owners, " "), "-"), lint.Printable(s.Channel), lint.Printable(s.Path)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(streams.Out, "%d stale, %d bytes\n", len(stale), bytes)
	return err
}
