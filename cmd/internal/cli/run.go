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
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/since"
	"github.com/pickle-lint/pickle-lint/lint"
)

// wingSet says which wings run.
type wingSet int

const (
	pythonWing wingSet = 1 << iota
	goWing
	blobWing

	sourceWings = pythonWing | goWing
	allWings    = sourceWings | blobWing
)

func (w wingSet) has(wing wingSet) bool { return w&wing != 0 }

// runLint is the main job: settings, plan, wings, report, exit code.
func runLint(ctx context.Context, streams Streams, flags *lintFlags, wings wingSet, args []string) (err error) {
	set, err := flags.resolve()
	if err != nil {
		return err
	}
	// What is downloaded or made is ignored by git, as a rule, and is what somebody
	// wants to see who asks for stored bytes.
	set.gitignore = set.gitignore && wings != blobWing
	targets, problems := parseTargets(args, wings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(targets) == 0 {
		return &exitError{code: ExitUsage}
	}
	compared, err := flags.since.open(ctx, set)
	if err != nil {
		return err
	}
	if compared != nil {
		defer func() { err = errors.Join(err, compared.Close()) }()
	}
	known, err := flags.accepted(set)
	if err != nil {
		return err
	}
	streams = judging(streams)
	if set.lock, err = openLock(set); err != nil {
		return err
	}
	out, err := flags.open(set, streams, targets)
	if err != nil {
		return err
	}
	run := &lintRun{flags: flags, streams: streams, set: set, wings: wings, out: out, since: compared, baseline: known}
	r, err := run.lint(ctx, targets, args)
	if err := errors.Join(err, out.finish(err)); err != nil {
		return &exitError{ExitUsage, fmt.Errorf("writing the report: %w", err)}
	}
	return verdict(r, set, problems)
}

// verdict turns what happened into the exit code. A wrong argument outranks
// findings, as with grep: the run was not the one that was asked for. Nor was one that
// was interrupted.
func verdict(r *results, set *settings, problems []error) error {
	sum := r.summary()
	switch {
	case len(problems) > 0:
		return &exitError{code: ExitUsage}
	case r.interrupted:
		return &exitError{code: ExitSkipped}
	case r.failing(set.failOn) > 0:
		return &exitError{code: ExitFindings}
	case sum.Skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// lintRun is one run of the main job.
type lintRun struct {
	flags   *lintFlags
	streams Streams
	set     *settings
	wings   wingSet
	out     *outputs
	// planned, if not nil, is told what will be looked at.
	planned func(*plan)
	// only, if not nil, sifts the results before they are told.
	only func(*results)
	// since, if not nil, is what the results are compared with; args are the arguments.
	since *since.Comparison
	// baseline, if not nil, is what was accepted before.
	baseline *accepted
	args     []string
	// locking: what belongs into a lock is gathered, and then in locks.
	locking bool
	locks   *locks
}

func (l *lintRun) lint(ctx context.Context, targets []target, args []string) (*results, error) {
	if args == nil {
		args = []string{}
	}
	l.args = args
	err := l.out.Config(&lint.Config{
		Tool: "pickle-lint", Version: Version(), Root: l.set.root, Args: args, FailOn: l.set.failOn,
	})
	if err != nil {
		return new(results), err
	}
	r, err := l.found(ctx, targets)
	if err == nil && len(l.set.fixes) > 0 {
		r, err = l.fix(ctx, targets, r)
	}
	if err == nil {
		_, err = r.emit(l.out)
	}
	return r, err
}

// found looks at all targets, and returns what is to be told of them.
func (l *lintRun) found(ctx context.Context, targets []target) (*results, error) {
	r := new(results)
	mem := newMemory(l.set, l.streams.Getenv)
	if l.flags.noCache {
		mem = nil
	}
	meter := progress.NewMeter()
	stop := l.flags.watch(ctx, l.streams, meter, l.out)
	l.look(ctx, targets, meter, mem, r)
	r.anchor(l.set.root, l.set.anchor)
	if l.only != nil {
		l.only(r)
	}
	r.level(l.set.levels, l.set.root)
	if l.since != nil {
		l.compare(ctx, targets, mem, r)
	}
	if l.baseline != nil {
		l.baseline.apply(ctx, l, targets, r)
	}
	err := stop()
	if l.set.quick {
		r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: "."}, Excluded: true, Reason: "--quick: of Python the rules about verification, origins, wrappers, protocols and classes were not asked"}}, nil)
	}
	if ctx.Err() != nil {
		r.interrupted = true
		r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: "."}, Reason: "interrupted: the results are incomplete"}}, nil)
	}
	if trouble := mem.close(); trouble != nil && l.set.verbose {
		complain(l.streams.Err, "cache: %v", trouble)
	}
	return r, err
}

// look runs the wings over all targets.
func (l *lintRun) look(ctx context.Context, targets []target, meter *progress.Meter, mem *memory, r *results) {
	p := makePlan(ctx, l.set, targets, meter.Found)
	defer p.close()
	if !l.wings.has(goWing) {
		p.skips = slices.DeleteFunc(p.skips, func(s *lint.Skip) bool { return s.Reason == noModule })
	}
	if l.planned != nil {
		l.planned(p)
	}
	r.add(nil, nil, p.skips, nil)
	r.add(nil, nil, l.set.know(ctx, l.wings, targets, p), nil)
	declarations := l.set.declare(targets)
	defer declarations.close()
	job := &fileJob{set: l.set, wings: l.wings, results: r, meter: meter, memory: mem}
	if l.wings.has(blobWing) {
		job.locks = newLocks(l.set, l.locking)
		l.locks = job.locks
	}
	if l.wings.has(pythonWing) {
		job.loads = newLoads(l.set, targets)
		defer job.loads.close()
		if !l.set.quick {
			job.states = &states{ctx: ctx, set: l.set, files: p.files, tell: func(skip *lint.Skip) { r.add(nil, nil, []*lint.Skip{skip}, nil) }}
		}
	}
	files := l.within(p, r)
	stdin := slices.ContainsFunc(targets, target.stdin)
	total := len(files)
	if stdin {
		total++
	}
	meter.Listed(total)
	if stdin {
		job.stdin(ctx, l.streams.In)
	}
	var wait sync.WaitGroup
	var embedded []*goload.Embedded
	if l.wings.has(goWing) {
		wait.Go(func() { embedded = lintModules(ctx, l.set, l.wings, targets, p, meter, r) })
	}
	job.all(ctx, files)
	wait.Wait()
	looked := make(map[string]bool)
	if l.wings.has(blobWing) {
		for _, f := range p.files {
			looked[f.show] = true
		}
	}
	r.embeds(embedded, looked)
	r.add(nil, nil, declarations.skips(), nil)
	r.noteLoads()
	findings, skips := job.locks.judge(ctx, targets, p.files)
	r.add(nil, findings, skips, nil)
	r.sift()
}

// lintModules runs the Go analyzers over the modules of the plan, one after the
// other: the go command uses all cores by itself. It returns what they embed.
func lintModules(ctx context.Context, set *settings, wings wingSet, targets []target, p *plan, meter *progress.Meter, r *results) (embedded []*goload.Embedded) {
	for _, dir := range slices.Sorted(maps.Keys(p.modules)) {
		job := meter.Begin("the Go packages of " + relpath.Show(set.root, dir))
		res, err := lintModule(ctx, set, p.modules[dir])
		if err != nil {
			job.End(0)
			reason := fmt.Sprintf("Go packages were not linted: %v", err)
			r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: relpath.Show(set.root, dir)}, Reason: reason}}, nil)
			continue
		}
		scripts := &goScripts{set: set, wings: wings}
		for _, s := range res.Scripts {
			scripts.judge(ctx, s)
		}
		res.Sites, res.Findings, res.Skips = append(res.Sites, scripts.sites...), append(res.Findings, scripts.findings...), append(res.Skips, scripts.skips...)
		keep := func(at lint.Location) bool { return set.wanted(targets, absPath(set.root, at.Path)) }
		findings := slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool { return !keep(f.Location) })
		for _, e := range res.Embedded {
			if e.Finding == nil || keep(e.Finding.Location) {
				embedded = append(embedded, e)
			}
		}
		job.End(len(findings))
		r.dumped(slices.DeleteFunc(res.Dumps, func(d *lint.Dump) bool { return !keep(d.Location) }))
		r.add(
			slices.DeleteFunc(res.Sites, func(s *lint.Site) bool { return !keep(s.Location) }),
			findings,
			res.Skips,
			func(sum *lint.Summary) { sum.Packages += res.Packages },
		)
	}
	return embedded
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
		// Which rules are on is asked of what was found, for it may differ by path.
		Rules:         set.levels.wanted(),
		SkipTests:     !unlessFalse(set.config.Go.Tests),
		SkipGenerated: !unlessFalse(set.config.Go.Generated),
		OptionalSinks: set.config.Go.OptionalSinks,
		Overlay:       set.view.forGo(),
		Changed:       set.scope.forGo(),
		Draft:         set.drafts(),
		Inventory:     set.inventory,
	})
}
