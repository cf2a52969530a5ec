package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/cmd/internal/facts"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// factCommand declares a command that says what the streams of files do, and
// nothing about what to think of it. trace, dis and their like differ in what
// they write only.
type factCommand struct {
	name, short, long, example string
	// formats are what it can write; the first is the default.
	formats []factFormat
	// limited: the command shows arguments, and has --limit.
	limited bool
}

type factFormat struct {
	name  string
	write func(*facts.Run, context.Context, *blob.Report) error
}

// factFlags are the flags of a fact command.
type factFlags struct {
	readingFlags
	format string
	output string
	limit  int
	given  func(string) bool
}

const (
	defaultLimit = 80
	leastLimit   = 16
	mostLimit    = 1 << 20
)

func newFactCommand(streams Streams, c *factCommand) *cobra.Command {
	f := new(factFlags)
	cmd := &cobra.Command{
		Use:     c.name + " [flags] FILE ...",
		Short:   c.short,
		Long:    c.long,
		Example: c.example,
		Args:    needsFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFacts(cmd.Context(), streams, c, f, args)
		},
	}
	fs := cmd.Flags()
	f.given = fs.Changed
	f.readingFlags.register(cmd)
	words := c.words()
	fs.StringVarP(&f.format, "format", "f", words[0], "output `format`: "+strings.Join(words, ", "))
	complete(cmd, "format", words...)
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of to standard output")
	if c.limited {
		fs.IntVar(&f.limit, "limit", defaultLimit, fmt.Sprintf("`number` of bytes of an argument that are shown, %d to %d", leastLimit, mostLimit))
	}
	return cmd
}

func (c *factCommand) words() []string {
	var words []string
	for _, f := range c.formats {
		words = append(words, f.name)
	}
	return words
}

// resolve checks every value, so that nothing is half done when a word is wrong.
func (c *factCommand) resolve(f *factFlags) (pickle.Options, *factFormat, error) {
	o, err := f.readingFlags.resolve(f.given)
	if err != nil {
		return o, nil, err
	}
	if f.output == "" && f.given("output") {
		return o, nil, errors.New("--output: the value is empty")
	}
	if c.limited && (f.limit < leastLimit || f.limit > mostLimit) {
		return o, nil, fmt.Errorf("--limit: %d is not a number of bytes from %d to %d", f.limit, leastLimit, mostLimit)
	}
	i := slices.Index(c.words(), f.format)
	if i < 0 {
		return o, nil, fmt.Errorf("--format: unknown format %q: want %s", f.format, strings.Join(c.words(), " or "))
	}
	return o, &c.formats[i], nil
}

func runFacts(ctx context.Context, streams Streams, c *factCommand, f *factFlags, args []string) (err error) {
	reading, format, err := c.resolve(f)
	if err != nil {
		return err
	}
	files, problems := factFiles(args)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(files) == 0 {
		return &exitError{code: ExitUsage}
	}
	out := streams.Out
	if f.output == "-" {
		return errDash
	}
	if f.output != "" {
		file, cerr := createBeside(f.output, files)
		if cerr != nil {
			return fmt.Errorf("--output: %w", cerr)
		}
		defer func() { err = errors.Join(err, file.finish(failure(err))) }()
		out = file
	}
	job := &factJob{streams: streams, format: format, reading: reading}
	job.run = facts.NewRun(out, reading, f.limit, job.skip)
	for _, t := range files {
		if err := job.one(ctx, t); err != nil {
			return err
		}
		if ctx.Err() != nil {
			break // told as a skip of this file
		}
	}
	switch {
	case len(problems) > 0:
		return &exitError{code: ExitUsage}
	case job.skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// factJob writes the facts of one file after the other.
type factJob struct {
	streams Streams
	format  *factFormat
	reading pickle.Options
	run     *facts.Run
	skips   int
}

func (j *factJob) skip(s *lint.Skip) {
	j.skips++
	notes := &notices{w: j.streams.Err}
	_ = notes.Skip(s) // it has no error of its own
}

// one returns an error of the output only. Whatever else goes wrong is a skip.
func (j *factJob) one(ctx context.Context, t target) error {
	var broken error
	err := t.read(ctx, j.streams.In, func(r io.ReaderAt, size int64) (err error) {
		defer caught(&err)
		rep := blob.Scan(ctx, t.arg, r, size, blob.Options{Reading: j.reading, Named: true, Forced: true})
		for _, s := range rep.Skips() {
			j.skip(s)
		}
		broken = j.format.write(j.run, ctx, rep)
		return nil
	})
	switch {
	case broken != nil:
		return fmt.Errorf("writing the output: %w", broken)
	case ctx.Err() != nil:
		j.skip(&lint.Skip{Location: lint.Location{Path: t.arg}, Reason: "interrupted: the results are incomplete"})
	case err != nil:
		j.skip(&lint.Skip{Location: lint.Location{Path: t.arg}, Reason: reasonOf(err)})
	}
	return nil
}

// factFiles turns arguments into files. As in [parseTargets], one that is wrong
// does not lose the others.
func factFiles(args []string) (files []target, problems []error) {
	stdin := false
	for _, arg := range args {
		t, err := parseTarget(arg, blobWing)
		switch {
		case err != nil:
		case t.isDir:
			err = fmt.Errorf("%s: is a directory: name a file", lint.Printable(arg))
		case t.stdin() && stdin:
			err = errStdinOnce
		}
		if err != nil {
			problems = append(problems, err)
			continue
		}
		stdin = stdin || t.stdin()
		files = append(files, t)
	}
	return files, problems
}

// read opens the file, or spools standard input.
func (t target) read(ctx context.Context, in io.Reader, use func(r io.ReaderAt, size int64) error) (err error) {
	if t.stdin() {
		return spooled(ctx, in, use)
	}
	if t.unreadable != nil {
		return t.unreadable
	}
	r, info, err := openRegular(t.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return use(r, info.Size())
}
