package goload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/embeddedblob"
	"github.com/pickle-lint/pickle-lint/analyzers/pythonexec"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// ErrNoGo says that there is no go command to ask. A caller makes it a skip of
// everything written in Go.
var ErrNoGo = errors.New("the go command was not found")

// Config says what to load and how.
type Config struct {
	// Dir is the directory that the go command runs in; patterns are relative
	// to it.
	Dir string
	// Root is the directory that paths are made relative to. If empty, it is
	// Dir.
	Root string
	// Patterns are package patterns as go list takes them. None means ./...
	Patterns []string
	// Vettool is the executable that speaks go vet's protocol for the suite.
	Vettool string
	// Today, Catalogs and Boundaries are as in [analyzers.Options], but Today
	// is required: a cached result must know its day.
	Today      string
	Catalogs   []string
	Boundaries map[string]justify.Boundary
	// SkipTests and SkipGenerated are as in [analyzers.Options].
	SkipTests, SkipGenerated bool
	// Rules names rules that are off by default, and are looked for.
	Rules map[string]string
	// OptionalSinks and Draft are as in [analyzers.Options].
	OptionalSinks, Draft bool
	// Inventory: the dumps are told, too, and the channels of these and of the sites.
	Inventory bool
	// BuildFlags go to go list and go vet, for example -tags=integration.
	BuildFlags []string
	// Overlay replaces files, by their absolute paths; "" takes one away.
	Overlay map[string]string
	// Changed, if not nil, are absolute paths: only packages that these files are of, and
	// those that import them, directly or not, are looked at.
	Changed []string
	// Env is added to the environment of the go command.
	Env []string
}

// Result is what was found. Everything is sorted, and paths are relative to
// Config.Root, with slashes, where they lie below it.
type Result struct {
	// Packages counts the packages that were looked at, a package and its
	// tests as one.
	Packages int
	Sites    []*lint.Site
	// Dumps are the places where values become bytes, for who asks for an inventory.
	Dumps    []*lint.Dump
	Findings []*lint.Finding
	Skips    []*lint.Skip
	// Scripts are the Python that the packages run. What the words of one give is in
	// it, and in no finding.
	Scripts []*Script
	// Embedded is what the packages embed. Its findings and skips are in no other list.
	Embedded []*Embedded
}

// Embedded is a finding or a skip about an embedded file or a literal.
type Embedded = embeddedblob.Found

// Script is Python that a Go package spells and runs.
type Script = pythonexec.Script

// Load runs the analyzers. Whatever is wrong with the code that is looked at
// becomes a skip; an error means that the run itself failed, and wraps [ErrNoGo]
// if there is no go command.
func Load(ctx context.Context, cfg Config) (*Result, error) {
	l, err := newLoader(cfg)
	if err != nil {
		return nil, err
	}
	if err := l.overlay(); err != nil {
		return nil, err
	}
	defer l.removeOverlay()
	packages, err := l.list(ctx)
	if err != nil {
		return nil, err
	}
	if err := l.skipExcluded(packages); err != nil {
		return nil, err
	}
	packages = l.affected(packages)
	var sound []*listedPackage
	l.packages = make(map[string]*listedPackage, len(packages))
	for _, p := range packages {
		l.packages[p.ImportPath] = p
		if l.loadable(p) {
			sound = append(sound, p)
		}
	}
	if err := l.analyse(ctx, sound); err != nil {
		return nil, err
	}
	l.sort()
	return &l.result, nil
}

// loader is one run of [Load].
type loader struct {
	Config
	flags  []string
	result Result
	// packages are those of the run, by import path.
	packages map[string]*listedPackage
	seen     map[any]bool
	// ends are the channels of sites and dumps, by the keys of seen.
	ends map[any]end
	// units counts the units of go vet's answers; told are the findings of all of them.
	units int
	told  []told
	// listFailed: go list answered nothing at all, so that no file was left
	// out for a reason of its own.
	listFailed bool
	// overlayFile is that of Overlay, or "".
	overlayFile string
}

func newLoader(cfg Config) (*loader, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoGo, err)
	}
	if cfg.Vettool == "" || cfg.Today == "" {
		return nil, errors.New("goload: Vettool and Today are required")
	}
	var err error
	// go vet runs the tool in the directory of each package.
	if cfg.Vettool, err = filepath.Abs(cfg.Vettool); err != nil {
		return nil, fmt.Errorf("finding the vettool: %w", err)
	}
	if cfg.Dir, err = filepath.Abs(cfg.Dir); err != nil {
		return nil, fmt.Errorf("finding the directory of the module: %w", err)
	}
	if cfg.Root, err = filepath.Abs(cmp.Or(cfg.Root, cfg.Dir)); err != nil {
		return nil, fmt.Errorf("finding the root: %w", err)
	}
	if len(cfg.Patterns) == 0 {
		cfg.Patterns = []string{"./..."}
	}
	options := analyzers.Options{
		Today: cfg.Today, Catalogs: cfg.Catalogs, Boundaries: cfg.Boundaries, Rules: cfg.Rules,
		SkipTests: cfg.SkipTests, SkipGenerated: cfg.SkipGenerated, OptionalSinks: cfg.OptionalSinks, Draft: cfg.Draft,
	}
	flags, err := options.Flags()
	if err != nil {
		return nil, err
	}
	return &loader{Config: cfg, flags: flags, seen: make(map[any]bool), ends: make(map[any]end)}, nil
}

// skip records something that was not looked at.
func (l *loader) skip(at lint.Location, excluded bool, format string, args ...any) {
	at.Path = l.relative(at.Path)
	s := &lint.Skip{Location: at, Reason: lint.Printable(fmt.Sprintf(format, args...)), Excluded: excluded}
	type key struct {
		path, reason string
		line, column int
	}
	if l.first(key{at.Path, s.Reason, at.Line, at.Column}) {
		l.result.Skips = append(l.result.Skips, s)
	}
}

// first reports whether the key is new: the files of a package are also those
// of its test variants.
func (l *loader) first(key any) bool {
	if l.seen[key] {
		return false
	}
	l.seen[key] = true
	return true
}

func (l *loader) sort() {
	slices.SortFunc(l.result.Sites, lint.CompareSites)
	slices.SortFunc(l.result.Dumps, lint.CompareDumps)
	l.result.Findings = findings(l.told)
	slices.SortFunc(l.result.Findings, lint.CompareFindings)
	slices.SortFunc(l.result.Skips, lint.CompareSkips)
	slices.SortStableFunc(l.result.Scripts, func(a, b *Script) int { return a.Call.Location.Compare(b.Call.Location) })
}
