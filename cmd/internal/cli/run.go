package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
)

// wingSet says which wings run.
type wingSet int

const (
	allWings wingSet = iota
	blobWing
)

// runLint is the main job: settings, plan, wings, report, exit code.
func runLint(ctx context.Context, streams Streams, flags *lintFlags, wings wingSet, args []string) error {
	set, err := flags.resolve()
	if err != nil {
		return err
	}
	targets, problems := parseTargets(args, wings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(targets) == 0 {
		return &exitError{code: ExitUsage}
	}
	out, err := flags.open(set, streams)
	if err != nil {
		return err
	}
	r, err := lintTargets(ctx, streams, set, wings, targets, args, out)
	if err := errors.Join(err, out.close()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return verdict(r, set, problems)
}

// verdict turns what happened into the exit code. A wrong argument outranks
// findings, as with grep: the run was not the one that was asked for.
func verdict(r *results, set *settings, problems []error) error {
	sum := r.summary()
	switch {
	case len(problems) > 0:
		return &exitError{code: ExitUsage}
	case r.failing(set.failOn) > 0:
		return &exitError{code: ExitFindings}
	case sum.Skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

func lintTargets(ctx context.Context, streams Streams, set *settings, wings wingSet, targets []target, args []string, out *outputs) (*results, error) {
	r := new(results)
	if args == nil {
		args = []string{}
	}
	err := out.Config(&lint.Config{
		Tool: "pickle-lint", Version: Version(), Root: set.root, Args: args, FailOn: set.failOn,
	})
	if err != nil {
		return r, err
	}
	p := makePlan(set, targets)
	r.add(nil, nil, p.skips, nil)
	r.add(nil, nil, set.know(wings, targets, p), nil)
	job := &fileJob{set: set, wings: wings, results: r}
	for _, t := range targets {
		if t.stdin() {
			job.stdin(ctx, streams.In)
		}
	}
	var wait sync.WaitGroup
	if wings == allWings {
		wait.Go(func() { lintModules(ctx, set, targets, p, r) })
	}
	job.all(ctx, p.files)
	wait.Wait()
	if err := ctx.Err(); err != nil {
		r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: "."}, Reason: "interrupted: the results are incomplete"}}, nil)
	}
	_, err = r.emit(out)
	return r, err
}

// lintModules runs the Go analyzers over the modules of the plan, one after the
// other: the go command uses all cores by itself.
func lintModules(ctx context.Context, set *settings, targets []target, p *plan, r *results) {
	for _, dir := range slices.Sorted(maps.Keys(p.modules)) {
		res, err := lintModule(ctx, set, p.modules[dir])
		if err != nil {
			reason := fmt.Sprintf("Go packages were not linted: %v", err)
			r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: relpath.Show(set.root, dir)}, Reason: reason}}, nil)
			continue
		}
		keep := func(at lint.Location) bool { return set.wanted(targets, absPath(set.root, at.Path)) }
		r.add(
			slices.DeleteFunc(res.Sites, func(s *lint.Site) bool { return !keep(s.Location) }),
			slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool { return !keep(f.Location) }),
			res.Skips,
			func(sum *lint.Summary) { sum.Packages += res.Packages },
		)
	}
}

// lintModule runs them over one module, with this binary as the vet tool.
func lintModule(ctx context.Context, set *settings, m *module) (*goload.Result, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	var build []string
	if set.tags != "" {
		build = append(build, "-tags="+set.tags)
	}
	return goload.Load(ctx, goload.Config{
		BuildFlags: build,
		Dir:        m.dir,
		Root:       set.root,
		Patterns:   m.patterns,
		Vettool:    self,
		Today:      set.trust.Today.Format(time.DateOnly),
		Catalogs:   set.catalogs,
		Boundaries: set.config.Boundaries,
	})
}
