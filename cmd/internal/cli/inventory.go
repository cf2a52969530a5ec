package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/render"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
)

// inventoryFlags are the flags of the command that writes the inventory.
type inventoryFlags struct {
	lintFlags
	repository string
	findings   []string
}

func newInventoryCommand(streams Streams) *cobra.Command {
	f := &inventoryFlags{lintFlags: lintFlags{formats: render.Formats()}}
	cmd := &cobra.Command{
		Use:   "inventory [flags] [PATTERN|PATH ...]",
		Short: "Say which channels carry pickles, and who writes and loads them",
		Long: `List the channels that carry pickles and other serialised objects through a
repository: files, cache keys, queues, tables, buckets, sessions and models.
Each has its producers (dump sites) and consumers (load sites) with their
services, its trust boundary, verification, protocols, classes, sensitivity,
retention and owners. Every dump and every load stands in it exactly once; a
channel whose name the sources do not show is listed by the source.

Services are the directories with a go.mod, pyproject.toml, setup.cfg, setup.py
or Dockerfile, unless the configuration says otherwise; channels that the
sources do not show are declared there, too: see docs/inventory.md.

What is wrong with a channel are findings (rules PKL501 to PKL510). They are
part of the inventory; --findings FORMAT:FILE writes them as a report besides,
in the formats of "pickle-lint".

Exit codes: 0 no finding at or above --fail-on; 1 there are; 2 usage or
configuration error; 3 no such findings, but something could not be looked at.`,
		Example: `  pickle-lint inventory
  pickle-lint inventory -o html:inventory.html -o json:inventory.json
  pickle-lint inventory --fail-on never --format cyclonedx > services.cdx.json
  pickle-lint inventory --format codeowners >> .github/CODEOWNERS
  pickle-lint inventory --findings sarif:inventory.sarif services/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInventory(cmd.Context(), streams, f, args)
		},
	}
	f.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.repository, "repository", "", "`name` of the repository in the inventory (default that of the remote origin, or of the directory)")
	fs.StringArrayVar(&f.findings, "findings", nil, "write the findings as a report to `FORMAT:FILE`, in a format of \"pickle-lint\"; repeatable")
	fs.Lookup("verbose").Usage = "also say what was left out on purpose"
	hide(cmd, "new-from-rev", "since", "staged", "fix", "diff", "sarif-suppressed", "quick", "no-cache")
	addInventoryDatabase(cmd, streams)
	return cmd
}

// runInventory looks at all that a lint run looks at, and joins what it finds.
func runInventory(ctx context.Context, streams Streams, f *inventoryFlags, args []string) (err error) {
	set, err := f.resolve()
	if err != nil {
		return err
	}
	set.inventory = true
	if f.repository == "" && f.given("repository") {
		return errors.New("--repository: the value is empty")
	}
	targets, problems := parseTargets(args, allWings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(targets) == 0 {
		return &exitError{code: ExitUsage}
	}
	documents, err := f.documents(streams, targets)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.finish(failure(err))) }()
	reports, err := f.reports(set, streams, targets)
	if err != nil {
		return err
	}
	facts := &inventoryFacts{set: set}
	run := &lintRun{flags: &f.lintFlags, streams: streams, set: set, wings: allWings, out: reports, planned: facts.plan, only: func(r *results) {
		facts.join(ctx, f.repository, r)
	}}
	if run.baseline, err = f.accepted(set); err != nil {
		return errors.Join(err, reports.finish(err))
	}
	r, err := run.lint(ctx, targets, args)
	if err := errors.Join(err, reports.finish(err)); err != nil {
		return fmt.Errorf("writing the findings: %w", err)
	}
	facts.settle(r)
	if err := documents.write(facts.inventory, f.judgedBy(set)); err != nil {
		return fmt.Errorf("writing the inventory: %w", err)
	}
	return verdict(r, set, problems)
}

// documents are the forms of the inventory that are written, and where.
type documents struct {
	forms []document
}

type document struct {
	render render.Renderer
	w      io.Writer
	file   *reportFile
}

// documents opens what the inventory is written to, before any work is done.
func (f *inventoryFlags) documents(streams Streams, targets []target) (*documents, error) {
	d := new(documents)
	refused := func(err error) (*documents, error) { return nil, errors.Join(err, d.finish(err)) }
	toStdout := true
	add := func(format string, w io.Writer, file *reportFile) error {
		form, err := render.New(format)
		if err != nil {
			return fmt.Errorf("--format: %w%s", err, suggest.DidYouMean(format, render.Formats()))
		}
		d.forms = append(d.forms, document{form, w, file})
		return nil
	}
	for _, spec := range f.outputs {
		format, name, err := cutFormatOf(spec, render.Formats())
		if err != nil {
			return refused(err)
		}
		if format == "" {
			format, toStdout = f.format, false
		}
		file, err := createBeside(name, targets)
		if err != nil {
			return refused(fmt.Errorf("--output: %w", err))
		}
		if err := add(format, file, file); err != nil {
			return refused(errors.Join(err, file.finish(err)))
		}
	}
	if toStdout {
		if err := add(f.format, streams.Out, nil); err != nil {
			return refused(err)
		}
	}
	return d, nil
}

func (d *documents) finish(failed error) error {
	var err error
	for _, form := range d.forms {
		if form.file != nil {
			err = errors.Join(err, form.file.finish(failed))
		}
	}
	return err
}

// reports opens what the findings are written to besides.
func (f *inventoryFlags) reports(set *settings, streams Streams, targets []target) (*outputs, error) {
	flags := f.lintFlags
	flags.outputs = nil
	for _, spec := range f.findings {
		format, _, err := cutFormat(spec)
		if err == nil && format == "" {
			err = fmt.Errorf("--findings: no format in %q: want FORMAT:FILE", spec)
		}
		if err != nil {
			return nil, err
		}
		flags.outputs = append(flags.outputs, spec)
	}
	flags.quiet = true
	return flags.open(set, streams, targets)
}

// write writes the inventory in all its forms.
func (d *documents) write(inv *inventory.Inventory, opt render.Options) error {
	var err error
	for _, form := range d.forms {
		opt.Columns = siteColumns(form.w)
		err = errors.Join(err, form.render(form.w, inv, opt))
	}
	return err
}

// judgedBy says by what the repository is judged, for those who review changes of that.
func (f *inventoryFlags) judgedBy(set *settings) render.Options {
	below := func(name string) string {
		if name == "" {
			return ""
		}
		if name = absPath(set.root, name); !exists(name) {
			return ""
		}
		dir, err := filepath.EvalSymlinks(filepath.Dir(name))
		if err != nil {
			return ""
		}
		rel, ok := relpath.Below(set.anchor, filepath.Join(dir, filepath.Base(name)))
		if !ok {
			return ""
		}
		return filepath.ToSlash(rel)
	}
	lock, _ := lockName(set)
	return render.Options{
		Config: below(set.config.File), Baseline: below(f.baselineName(set)), Lock: below(lock),
		Wrapper: set.config.Wrapper, Boundaries: set.config.AllBoundaries(),
	}
}
