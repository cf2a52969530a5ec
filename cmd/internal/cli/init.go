package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/starter"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// starting is one run of init.
type starting struct {
	streams            Streams
	force, dryRun, yes bool
	// answers reads what somebody types; nil: nobody is asked.
	answers *bufio.Scanner
}

func newInitCommand(streams Streams) *cobra.Command {
	s := &starting{streams: streams}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a " + config.Name + " with what is found in the repository",
		Long: `Write a ` + config.Name + ` with all keys, commented, and with what is found in
the repository: Go modules, Python packages, the oldest Python and the torch
that are declared, a wrapper around pickle, boundaries that directives name and
nobody declares, and how directives are written.

Where there is a .github, a workflow is written, too; for GitLab and pre-commit,
whose files are there already, what to add to them is printed.

On a terminal it asks a question or two. Nothing is overwritten: if there is a
configuration, the exit code is 2.`,
		Example: `  pickle-lint init --dry-run
  pickle-lint init --yes && pickle-lint ./...`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context()) },
	}
	fs := cmd.Flags()
	fs.BoolVar(&s.force, "force", false, "write over a "+config.Name+" and a workflow that are there")
	fs.BoolVar(&s.dryRun, "dry-run", false, "print the files, write none")
	fs.BoolVarP(&s.yes, "yes", "y", false, "take the defaults, ask nothing")
	return cmd
}

func (s *starting) run(ctx context.Context) error {
	root, err := workingDir()
	if err != nil {
		return err
	}
	if !s.dryRun {
		if err := s.refuse(root); err != nil {
			return err
		}
	}
	facts, skips := gather(ctx, root)
	if ctx.Err() != nil {
		return errors.New("init: interrupted; nothing was written")
	}
	for _, skip := range skips {
		complain(s.streams.Err, "skipped: %s: %s", skip.Path, skip.Reason)
	}
	if !s.yes && !s.dryRun && progress.Terminal(s.streams.In) && progress.Terminal(s.streams.Err) {
		s.answers = bufio.NewScanner(s.streams.In)
	}
	choices := starter.Choices{FailOn: s.ask("What makes a run fail", config.Default("fail-on"), config.KeyAt("fail-on").Words)}
	text := starter.Config(facts, choices)
	if _, err := config.Parse([]byte(text)); err != nil {
		return fmt.Errorf("init: what would be written is wrong, which is a mistake of this program: %w", err)
	}
	files := []starterFile{{config.Name, text}}
	for _, ci := range facts.CI {
		if ci != starter.GitHub {
			continue
		}
		_, err := os.Lstat(filepath.Join(root, filepath.FromSlash(starter.Workflow)))
		if there := err == nil; there && !s.force && !s.dryRun {
			complain(s.streams.Err, "%s is there already and stays", starter.Workflow)
		} else if s.ask("Write "+starter.Workflow, "yes", []string{"yes", "no"}) == "yes" {
			files = append(files, starterFile{starter.Workflow, ci.Snippet(pinned())})
		}
	}
	if s.dryRun {
		return s.show(facts, files)
	}
	for _, f := range files {
		if err := s.write(root, f); err != nil {
			return err
		}
	}
	return s.tell(facts, files)
}

// starterFile is one file that is written.
type starterFile struct{ name, text string }

// refuse reports a configuration that is there. One in a pyproject.toml stays whatever is
// said: two beside one another would be an error.
func (s *starting) refuse(root string) error {
	there, err := config.FindIn(root)
	if err == nil && there == "" {
		s.noteAbove(root)
		return nil
	}
	_, own := os.Lstat(filepath.Join(root, config.Name))
	switch {
	case own == nil && s.force && (err != nil || filepath.Base(there) == config.Name):
		return nil //nolint:nilerr // what is wrong with a file that is written over matters no more
	case own == nil:
		return fmt.Errorf("%s is there already: --force writes over it, --dry-run prints what would be written", config.Name)
	case err != nil:
		return err
	}
	return fmt.Errorf("%s has a table [tool.pickle-lint] already, and only one configuration may be in a directory", relpath.Show(root, there))
}

// noteAbove says that a configuration above stands in the shade of the new one. What is wrong
// with it matters no more.
func (s *starting) noteAbove(root string) {
	if above, err := config.Find(root); err == nil && above != "" {
		complain(s.streams.Err, "%s counts no more in this directory", above)
	}
}

// ask asks for one of some words. Whoever is not there, or says nothing, takes the default.
func (s *starting) ask(question, otherwise string, words []string) string {
	for s.answers != nil {
		// A broken standard error leaves nobody to ask.
		_, _ = fmt.Fprintf(s.streams.Err, "%s (%s)? [%s] ", question, strings.Join(words, ", "), otherwise)
		if !s.answers.Scan() {
			s.answers = nil
			break
		}
		answer := strings.ToLower(strings.TrimSpace(s.answers.Text()))
		for _, w := range words {
			if answer == w || answer != "" && len(words) == 2 && answer == w[:1] {
				return w
			}
		}
		if answer == "" {
			break
		}
		complain(s.streams.Err, "%q is none of them%s", answer, suggest.DidYouMean(answer, words))
	}
	return otherwise
}

// write writes one file, which must not be there without --force. It is there whole or
// not at all. Links in the repository do not lead out of it.
func (s *starting) write(root string, f starterFile) (err error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	defer func() { _ = dir.Close() }() // what was written is closed
	path := filepath.FromSlash(f.name)
	if err := dir.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	if info, err := dir.Lstat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s: is a directory, not a file", f.name)
	}
	temp := filepath.Join(filepath.Dir(path), ".pickle-lint-"+rand.Text())
	part, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	defer func() { _ = dir.Remove(temp) }() // it is gone if all went well
	_, err = part.WriteString(f.text)
	if err = errors.Join(err, part.Chmod(0o644), part.Close()); err != nil {
		return fmt.Errorf("init: writing %s: %w", f.name, err)
	}
	if s.force {
		err = dir.Rename(temp, path)
	} else if err = dir.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		// Not every file system has links.
		err = dir.Rename(temp, path)
	}
	if err != nil {
		return fmt.Errorf("init: writing %s: %w", f.name, err)
	}
	return nil
}

// show prints files with their names, as head does with several.
func (s *starting) show(facts *starter.Facts, files []starterFile) error {
	for i, f := range files {
		gap := ""
		if i > 0 {
			gap = "\n"
		}
		if _, err := fmt.Fprintf(s.streams.Out, "%s==> %s <==\n%s", gap, f.name, f.text); err != nil {
			return err
		}
	}
	_, err := fmt.Fprint(s.streams.Out, toAdd(facts))
	return err
}

// tell says what was found and written, and what is left to do.
func (s *starting) tell(facts *starter.Facts, files []starterFile) error {
	var b strings.Builder
	for _, line := range facts.Lines() {
		fmt.Fprintf(&b, "found %s\n", lint.Printable(line))
	}
	for _, f := range files {
		fmt.Fprintf(&b, "wrote %s\n", f.name)
	}
	b.WriteString(toAdd(facts))
	b.WriteString("\nnext: pickle-lint ./...\n")
	_, err := fmt.Fprint(s.streams.Out, b.String())
	return err
}

// toAdd is what belongs into files that are somebody's already.
func toAdd(facts *starter.Facts) string {
	var b strings.Builder
	for _, ci := range facts.CI {
		if ci != starter.GitHub {
			fmt.Fprintf(&b, "\nadd to %s:\n\n%s", ci.File(), ci.Snippet(pinned()))
		}
	}
	return b.String()
}

// pinned is the release that a CI is told to use: this one, or the one that this leads up to.
func pinned() string {
	if v := Version(); strings.HasPrefix(v, "v") && !strings.ContainsAny(v, "+-") {
		return v
	}
	return "v" + strings.TrimSuffix(release, "-dev")
}

// presentCI returns the places where the repository has itself checked.
func presentCI(root string) (out []starter.CI) {
	for ci, mark := range starter.Marks {
		if exists(filepath.Join(root, mark)) {
			out = append(out, ci)
		}
	}
	slices.Sort(out)
	return out
}
