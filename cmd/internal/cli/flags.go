package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/cmd/internal/cache"
	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/lint/suggest"
	"github.com/pickle-lint/pickle-lint/pyscan"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
)

// lintFlags are the flags of every command that lints.
type lintFlags struct {
	// formats are the words of format, nil for those of reports.
	formats         []string
	format          string
	outputs         []string
	failOn          string
	color           string
	today           string
	policy          string
	config          string
	sarifSuppressed string
	sarifCategory   string
	exclude         []string
	include         []string
	catalogs        []string
	sources         []string
	tags            string
	jobs            int
	verbose         bool
	noCache         bool
	noGitignore     bool
	noCommands      bool
	quick           bool
	progress        string
	fix             string
	diff            bool
	enable          []string
	disable         []string
	since           sinceFlags
	baseline        string
	noBaseline      bool
	// quiet: nothing is reported on standard output.
	quiet bool
	// given reports whether a flag was on the command line.
	given func(name string) bool
}

func (f *lintFlags) register(cmd *cobra.Command) {
	f.registerPlaces(cmd)
	fs := cmd.Flags()
	if f.formats == nil {
		f.formats = report.Formats()
	}
	fs.StringVarP(&f.format, "format", "f", "text", "output `format`: "+strings.Join(f.formats, ", "))
	fs.StringArrayVarP(&f.outputs, "output", "o", nil, "write to `FILE` instead of to standard output; FORMAT:FILE writes a further format beside it; repeatable")
	fs.StringVar(&f.failOn, "fail-on", "", "quietest `severity` that makes the exit code 1: error, warning, note or never (default warning)")
	fs.StringVar(&f.color, "color", "auto", "`when` to colour text: auto, always or never")
	fs.StringVar(&f.today, "today", "", "the `date` (YYYY-MM-DD) that expiry is compared with (default the current day, UTC)")
	fs.StringVar(&f.policy, "policy", "", "`policy` by which blobs are judged: default, strict or weights-only")
	fs.StringArrayVar(&f.enable, "enable", nil, "`rule` that is on, by id or name, whatever the configuration says; repeatable")
	fs.StringArrayVar(&f.disable, "disable", nil, "`rule` that is off, likewise; repeatable")
	fs.StringVar(&f.sarifSuppressed, "sarif-suppressed", "omit", "`what` SARIF does with justified findings: omit or include")
	fs.StringVar(&f.sarifCategory, "sarif-category", "", "`name` of this run in SARIF, where several upload results for one commit: everything but its own is kept")
	fs.StringArrayVar(&f.sources, "source", nil, "`directory` of Python sources that say what classes in blobs are; repeatable")
	fs.BoolVar(&f.quick, "quick", false, "of Python find sites alone: prove no verification, follow no bytes, look at no classes, protocols and wrappers")
	f.registerFixes(cmd)
	fs.BoolVar(&f.noCache, "no-cache", false, "look at every file, whatever earlier runs have seen")

	f.since.register(cmd)
	fs.StringVar(&f.baseline, "baseline", "", "`file` of findings that were accepted on a day and do not count (default that of the configuration)")
	fs.BoolVar(&f.noBaseline, "no-baseline", false, "count every finding, whatever the configuration names as baseline")

	complete(cmd, "format", f.formats...)
	completeOutput(cmd)
	complete(cmd, "fail-on", config.KeyAt("fail-on").Words...)
	complete(cmd, "color", "auto", "always", "never")
	complete(cmd, "policy", config.Policies...)
	complete(cmd, "sarif-suppressed", "omit", "include")
	complete(cmd, "enable", ruleNames()...)
	complete(cmd, "disable", ruleNames()...)
}

// registerPlaces declares the flags that say where to look and by which words.
func (f *lintFlags) registerPlaces(cmd *cobra.Command) {
	fs := cmd.Flags()
	f.given = fs.Changed
	fs.StringVar(&f.config, "config", "", "configuration `file` (default the nearest "+config.Name+" or "+config.ProjectName+" with [tool.pickle-lint])")
	fs.StringArrayVar(&f.exclude, "exclude", nil, "`glob` of paths to leave out, as in .gitignore; repeatable")
	fs.StringArrayVar(&f.include, "include", nil, "`glob` of paths to look at, the rest is left out; repeatable, --exclude wins")
	fs.StringArrayVar(&f.catalogs, "catalog", nil, "`file` of catalogue facts that win over the built-in ones; repeatable")
	fs.BoolVar(&f.noGitignore, "no-gitignore", false, "also look at what git ignores")
	fs.BoolVar(&f.noCommands, "no-commands", false, "do not look for Python in the commands of scripts, workflows and Dockerfiles")
	fs.StringVar(&f.tags, "tags", "", "comma-separated `list` of build tags for Go packages")
	fs.IntVarP(&f.jobs, "jobs", "j", 0, "`number` of files read at a time (default one a processor)")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "also print justified findings, what is in each blob, and what was left out on purpose")
	fs.StringVar(&f.progress, "progress", progressAuto, "`how` to say how far the run is: auto (a line on a terminal), never, or json (messages in JSON output)")
	complete(cmd, "progress", progressAuto, progressNever, progressJSON)
}

// settings is what flags and configuration come to.
type settings struct {
	failOn   lint.Severity // 0: never
	root     string
	config   *config.Config
	exclude  []string
	include  []string
	catalogs []string
	catalog  *catalog.Catalog
	// catalogKey is the key of what the catalogue has besides the built-in one.
	catalogKey cache.Key
	// quick: Python sources are asked for their sites alone.
	quick bool
	// inventory: it is asked where bytes come from and go to, and what rests in files.
	inventory bool
	policy    blob.Policy
	sources   []target
	verdicts  *blob.Settings
	modules   *pyscan.Modules // nil: Python sources are looked at one by one
	versions  *declared.Project
	trust     justify.Policy
	levels    *levels
	tags      string
	jobs      int
	verbose   bool
	// written are the files that the run itself writes.
	written written
	// fixes are the kinds of fixes that are made; none without --fix and --diff.
	fixes []lint.FixKind
	// gitignore: what git ignores is left out. commands: Python is looked for in
	// commands, too.
	gitignore, commands bool
	// anchor is where the places in fingerprints begin.
	anchor string
	// view is the state of the files that is looked at; nil is what is on disk.
	view *view
	// scope, if not nil, is what is looked at of it.
	scope *scope
	// lock, if not nil, is the lock of the project in that state.
	lock *locked
}

// resolve reads the configuration, lets flags win over it, and checks every
// value, so that nothing is half done when a word is wrong.
func (f *lintFlags) resolve() (*settings, error) {
	root, err := workingDir()
	if err != nil {
		return nil, err
	}
	if err := f.checkGiven(); err != nil {
		return nil, err
	}
	s := &settings{root: root, tags: f.tags, jobs: f.jobs, verbose: f.verbose}
	if s.jobs == 0 {
		s.jobs = runtime.GOMAXPROCS(0)
	}
	if s.config, err = f.loadConfig(root); err != nil {
		return nil, err
	}
	s.anchor = anchorOf(root, s.config)
	if s.fixes, err = f.wantedFixes(); err != nil {
		return nil, err
	}
	if s.levels, err = newLevels(s.config, f.enable, f.disable); err != nil {
		return nil, err
	}
	if s.failOn, err = parseFailOn(first(f.failOn, s.config.FailOn, config.Default("fail-on"))); err != nil {
		return nil, err
	}
	if s.policy, err = blob.ParsePolicy(first(f.policy, s.config.Policy, config.Default("policy"))); err != nil {
		return nil, fmt.Errorf("--policy: %w%s", err, suggest.DidYouMean(f.policy, config.Policies))
	}
	if err := f.checkGlobs(); err != nil {
		return nil, err
	}
	s.exclude, s.include = f.exclude, f.include
	s.gitignore = !f.noGitignore && unlessFalse(s.config.Gitignore)
	s.commands = !f.noCommands && unlessFalse(s.config.Commands)
	s.quick = f.quick
	today := time.Now()
	if f.today != "" {
		if today, err = time.Parse(time.DateOnly, f.today); err != nil {
			return nil, fmt.Errorf("--today: %q is not a date of the form YYYY-MM-DD", f.today)
		}
	}
	s.trust = justify.Policy{Boundaries: s.config.AllBoundaries(), Today: today.UTC()}
	s.catalogs = slices.Concat(s.config.Catalog, f.catalogs)
	if s.catalog, s.catalogKey, err = loadCatalog(s.catalogs); err != nil {
		return nil, err
	}
	return s, f.resolveKnowledge(s)
}

// checkGiven refuses flags that were given a value nobody can mean: in a script
// an empty value is an unset variable.
func (f *lintFlags) checkGiven() error {
	for _, flag := range []struct{ name, value string }{
		{"fail-on", f.failOn}, {"today", f.today}, {"policy", f.policy}, {"config", f.config}, {"progress", f.progress}, {"baseline", f.baseline}, {"fix", f.fix},
	} {
		if flag.value == "" && f.given(flag.name) {
			return fmt.Errorf("--%s: the value is empty", flag.name)
		}
	}
	switch f.progress {
	case progressAuto, progressNever, progressJSON:
	default:
		return fmt.Errorf("--progress: %q is not auto, never or json", f.progress)
	}
	if err := f.since.check(f.given); err != nil {
		return err
	}
	if f.noBaseline && f.given("baseline") {
		return errors.New("--baseline and --no-baseline: one says which file, the other that there is none: leave one of them out")
	}
	if f.jobs < 0 || f.jobs == 0 && f.given("jobs") {
		return fmt.Errorf("--jobs: %d is not a number of files", f.jobs)
	}
	return nil
}

func (f *lintFlags) checkGlobs() error {
	for _, flag := range []struct {
		name  string
		globs []string
	}{{"exclude", f.exclude}, {"include", f.include}} {
		for _, glob := range flag.globs {
			if err := config.CheckGlob(glob); err != nil {
				return fmt.Errorf("--%s: %w", flag.name, err)
			}
		}
	}
	return nil
}

// workingDir returns the directory of the run with symbolic links resolved,
// because the go command reports resolved paths and ours must agree.
func workingDir() (string, error) {
	dir, err := os.Getwd()
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return "", fmt.Errorf("finding the working directory: %w", err)
	}
	return dir, nil
}

func (f *lintFlags) loadConfig(dir string) (*config.Config, error) {
	path := f.config
	if path == "" {
		var err error
		if path, err = config.Find(dir); err != nil {
			return nil, err
		}
	}
	if path == "" {
		return new(config.Config), nil
	}
	return config.Load(path)
}

func parseFailOn(word string) (lint.Severity, error) {
	if word == config.Never {
		return 0, nil
	}
	s, err := lint.ParseSeverity(word)
	if err != nil {
		return 0, fmt.Errorf("--fail-on: %q is not error, warning, note or never%s", word, suggest.DidYouMean(word, config.KeyAt("fail-on").Words))
	}
	return s, nil
}

// loadCatalog also returns the key of what the files say.
func loadCatalog(files []string) (*catalog.Catalog, cache.Key, error) {
	c := catalog.Builtin()
	var texts [][]byte
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, cache.Key{}, fmt.Errorf("reading catalogue: %w", err)
		}
		if c, err = c.With(name, bytes.NewReader(text)); err != nil {
			return nil, cache.Key{}, fmt.Errorf("catalogue: %w", err)
		}
		texts = append(texts, text)
	}
	return c, cache.KeyOf(texts...), nil
}

func unlessFalse(b *bool) bool { return b == nil || *b }

// first returns the first word that is not empty.
func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
