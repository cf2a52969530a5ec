package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
)

// lockFlags are the flags of the command that writes a lock.
type lockFlags struct {
	lintFlags
	check, patch, allowErrors bool
}

func newLockCommand(streams Streams) *cobra.Command {
	f := new(lockFlags)
	cmd := &cobra.Command{
		Use:   "lock [flags] [PATH ...]",
		Short: "Write down what each stored pickle loads and calls, for reviews",
		Long: `Write pickle.lock, or bring it up to date: of every file that holds pickles the
SHA-256, the size, the containers, the protocols, and what is loaded and called,
one fact a line, and the day on which the path was first seen. Where the file is
there, "pickle-lint" and "pickle-lint blob" report blobs that are not in it or
have changed (PKL520 to PKL523). docs/lock.md has more.

The file is that of the key lock.file of the configuration, or pickle.lock
beside the configuration, or without one at the top of the checkout. Without an
argument all of ./... counts; entries of what was not looked at stay.

What was added, changed and removed is told. A blob that is new or has changed,
and of which something is found that is an error, does not come in: the others
do, and the exit code is 1. --allow-errors takes it.

Exit codes: 0 up to date; 1 a blob was refused, or with --check or --diff the
lock would change; 2 usage or configuration error; 3 something could not be
looked at.`,
		Example: `  pickle-lint lock
  pickle-lint lock --check models/
  pickle-lint lock verify`,
		Args: cobra.ArbitraryArgs,
		// Paths are completed beside the commands.
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLock(cmd.Context(), streams, f, args)
		},
	}
	f.registerPlaces(cmd)
	fs := cmd.Flags()
	fs.Lookup("progress").Usage = "`how` to say how far the run is: auto (a line on a terminal) or never"
	fs.Lookup("verbose").Usage = "also say what was left out on purpose"
	fs.BoolVar(&f.check, "check", false, "write nothing; the exit code is 1 if the lock would change")
	fs.BoolVar(&f.patch, "diff", false, "print what would change as a diff, and write nothing")
	fs.BoolVar(&f.allowErrors, "allow-errors", false, "take over blobs of which something is found that is an error")
	fs.StringVar(&f.today, "today", "", "the `date` (YYYY-MM-DD) of what is new (default the current day, UTC)")
	fs.StringVar(&f.policy, "policy", "", "`policy` by which blobs are judged: default, strict or weights-only")
	fs.StringArrayVar(&f.sources, "source", nil, "`directory` of Python sources that say what classes in blobs are; repeatable")
	fs.BoolVar(&f.noCache, "no-cache", false, "look at every file, whatever earlier runs have seen")
	complete(cmd, "policy", config.Policies...)
	hide(cmd, "tags", "no-commands")
	cmd.AddCommand(newLockVerifyCommand(streams), newLockSignCommand(streams), newLockKeygenCommand(streams))
	return cmd
}

func runLock(ctx context.Context, streams Streams, f *lockFlags, args []string) error {
	if f.progress == progressJSON {
		return errors.New("--progress: json is for JSON output of \"pickle-lint\": want auto or never")
	}
	set, err := f.resolve()
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
	name, _ := lockName(set)
	if name == "" {
		return errors.New("the configuration says \"lock: {file: off}\": there is no lock to write then")
	}
	for _, t := range targets {
		if base := lockBase(set); !below(base, t.path) && !below(t.path, base) {
			return fmt.Errorf("%s: lies outside of %s, from where the paths of the lock lead", lint.Printable(t.arg), lint.Printable(base))
		}
	}
	if err := refuseLink(name, targets); err != nil {
		return err
	}
	show := lint.Printable(relpath.Show(set.root, name))
	file, old, err := lockToWrite(name, show, set.trust.Today)
	if err != nil {
		return err
	}
	known, err := f.accepted(set)
	if err != nil {
		return err
	}
	set.lock = &locked{file, name}
	quiet := &outputs{BlobHandler: lint.Tee(&notices{w: streams.Err, verbose: f.verbose})}
	run := &lintRun{flags: &f.lintFlags, streams: streams, set: set, wings: blobWing, out: quiet, baseline: known, locking: true}
	r, err := run.lint(ctx, targets, args)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return &exitError{ExitSkipped, fmt.Errorf("interrupted: %s is as it was", show)}
	}
	u := &lockUpdate{streams: streams, flags: f, set: set, show: show, results: r, locks: run.locks}
	c := u.update(targets, file)
	text := file.Bytes()
	if len(text) > lock.MaxSize {
		return fmt.Errorf("%s would have %d bytes, and more than %d are not read: leave out stores of many pickles with exclude", show, len(text), lock.MaxSize)
	}
	return u.finish(name, old, text, file, c)
}

// lockToWrite reads the lock that is brought up to date, and its text; both are empty if
// there is none.
func lockToWrite(name, show string, today time.Time) (*lock.File, []byte, error) {
	if !exists(name) {
		return new(lock.File), nil, nil
	}
	old, err := readLock(name, false)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", show, err)
	}
	file, err := lock.Mend(old)
	if err == nil {
		err = file.Future(today)
	}
	if err != nil {
		return nil, nil, lineIn(show, err)
	}
	return file, old, nil
}

// lockUpdate brings a lock up to date with what a run has met.
type lockUpdate struct {
	streams Streams
	flags   *lockFlags
	set     *settings
	show    string
	results *results
	locks   *locks
	// errors are the first finding of each file that is an error.
	errors map[string]*lint.Finding
}

func (u *lockUpdate) update(targets []target, file *lock.File) *lock.Changes {
	u.errors = make(map[string]*lint.Finding)
	for _, f := range u.results.findings {
		if f.Severity == lint.Error && !f.Suppressed && u.errors[f.Path] == nil {
			u.errors[f.Path] = f
		}
	}
	gone := func(entry *lock.Blob) bool { return u.locks.plain[entry.Path] || u.locks.missing(targets, entry) }
	refused := func(b *lock.Blob) bool { return !u.flags.allowErrors && u.errors[u.path(b)] != nil }
	return file.Update(u.locks.blobs, u.set.trust.Today.Format(time.DateOnly), gone, refused)
}

// path names a blob as findings do.
func (u *lockUpdate) path(b *lock.Blob) string {
	return relpath.Show(u.set.root, filepath.Join(u.locks.dir, filepath.FromSlash(b.Path)))
}

// finish tells what has changed, writes the lock, and says how it went.
func (u *lockUpdate) finish(name string, old, text []byte, file *lock.File, c *lock.Changes) error {
	dry := u.flags.check || u.flags.patch
	differs := !bytes.Equal(old, text)
	if u.flags.patch {
		if _, err := u.streams.Out.Write(u.printable(lock.Diff(old, text))); err != nil {
			return fmt.Errorf("writing a diff: %w", err)
		}
	} else if err := u.tell(file, c); err != nil {
		return err
	}
	if differs && !dry {
		if err := replace(name, text); err != nil {
			return fmt.Errorf("%s: %w", u.show, err)
		}
		if exists(name + signatureEnd) {
			complain(u.streams.Err, "%s%s is the signature of the lock as it was: sign it again", u.show, signatureEnd)
		}
	}
	for _, b := range c.Refused {
		f := u.errors[u.path(b)]
		complain(u.streams.Err, "not taken over: %s: %s %s: %s", lint.Printable(f.Path), f.Rule, f.Name, f.Message)
	}
	switch {
	case len(c.Refused) > 0:
		return &exitError{ExitFindings, fmt.Errorf("%s with errors: --allow-errors takes them over", counted(len(c.Refused), "blob"))}
	case differs && dry:
		if !u.flags.patch {
			complain(u.streams.Err, "%s is not up to date: run \"pickle-lint lock\"", u.show)
		}
		return &exitError{code: ExitFindings}
	case u.results.summary().Skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// printable is a text for where it is written. Whatever a lock holds is printable; what
// stood in its place may not be.
func (u *lockUpdate) printable(text []byte) []byte {
	if !isTerminal(u.streams.Out) {
		return text
	}
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		out.WriteString(lint.Printable(strings.TrimRight(string(line), "\r\n")) + "\n")
	}
	return out.Bytes()
}

// tell says what has changed: a line for each blob, and one for each name that came or went.
func (u *lockUpdate) tell(file *lock.File, c *lock.Changes) error {
	var out bytes.Buffer
	names := func(sign, word string, names []string) {
		for _, name := range names {
			fmt.Fprintf(&out, "  %s %s %s\n", sign, word, lint.Printable(name))
		}
	}
	for _, b := range c.Added {
		fmt.Fprintf(&out, "added %s (%s)\n", lint.Printable(u.path(b)), counted(int(b.Size), "byte"))
		names("+", "global", b.Globals())
	}
	for _, change := range c.Changed {
		what := "its bytes are others"
		if !change.Bytes {
			what = "its bytes are the same, and the entry said something else"
		}
		fmt.Fprintf(&out, "changed %s: %s\n", lint.Printable(u.path(change.After)), what)
		names("+", "global", change.NewGlobals)
		names("+", "call", change.NewCalls)
		names("-", "global", change.Gone)
	}
	for _, b := range c.Removed {
		fmt.Fprintf(&out, "removed %s\n", lint.Printable(u.path(b)))
	}
	fmt.Fprintf(&out, "%s: %s (%d added, %d changed, %d removed)\n", u.show, counted(len(file.Blobs), "blob"), len(c.Added), len(c.Changed), len(c.Removed))
	return say(u.streams, "%s", out.String())
}

// lockFile is the lock of a command that only reads it: the one that a flag names, or that
// of the project.
func lockFile(set *settings, flag string) (name string, text []byte, err error) {
	name = flag
	if name == "" {
		if name, _ = lockName(set); name == "" {
			return "", nil, errors.New("the configuration says \"lock: {file: off}\": name a lock with --lock")
		}
	} else if name, err = filepath.Abs(name); err != nil {
		return "", nil, fmt.Errorf("--lock: %w", err)
	}
	show := lint.Printable(relpath.Show(set.root, name))
	if !exists(name) {
		return "", nil, fmt.Errorf("%s: %w; \"pickle-lint lock\" writes it", show, errNoFile)
	}
	if text, err = readLock(name, flag != ""); err != nil {
		return "", nil, fmt.Errorf("%s: %w", show, err)
	}
	return name, text, nil
}
