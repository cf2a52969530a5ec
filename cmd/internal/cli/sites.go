package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/lint"
)

// siteFlags are the flags of the command that lists sites. Of those of a lint run it
// has what says where to look; nothing in it is judged.
type siteFlags struct {
	lintFlags
	output      string
	sort        string
	wing        string
	apis        []string
	unjustified bool
}

// siteOrders are the orders in which sites can be listed; ties are by place.
var siteOrders = []struct {
	name string
	by   func(*lint.Site) string
}{
	{"place", func(*lint.Site) string { return "" }},
	{"api", func(s *lint.Site) string { return s.API }},
	{"format", func(s *lint.Site) string { return s.Format }},
	{"boundary", boundaryOf},
}

func boundaryOf(s *lint.Site) string {
	if s.Justification == nil {
		return ""
	}
	return s.Justification.Boundary
}

// siteWings are the words of --wing.
var siteWings = map[string]wingSet{"all": sourceWings, "python": pythonWing, "go": goWing}

func newSitesCommand(streams Streams) *cobra.Command {
	f := new(siteFlags)
	cmd := &cobra.Command{
		Use:   "sites [flags] [PATTERN|PATH ...]",
		Short: "List where bytes become objects in sources, without a verdict",
		Long: `List every place in Python and Go sources where bytes become objects, also those
that are fine: place, API, format, the function around it, what is decoded, the
file it loads where that is a constant path, the form that makes it safe, what
proves that its bytes were checked, and the claim about it with all its keys.
Nothing is judged: that is "pickle-lint".
Without an argument the sources are those of ./...

--format text is a table with a line at its end that says how much was looked
at. On a terminal long cells are cut to its width, and remarks stand below their
sites if it is narrow; elsewhere nothing is cut.

--format csv is RFC 4180 with a header. A cell that begins with = + - @, their
full-width forms or an apostrophe has an apostrophe put before it, so that no
spreadsheet takes it for a formula; take one off to have the text back.

--format json is JSON Lines: {"site":{...}}, as in "pickle-lint --format json",
and {"skip":{...}} for what was not looked at.

Exit codes: 0 all was looked at, whatever was found; 2 usage or configuration
error; 3 something could not be looked at, and the list may lack sites.`,
		Example: `  pickle-lint sites
  pickle-lint sites --unjustified --sort api src/
  pickle-lint sites --format csv --output sites.csv ./...
  pickle-lint sites --api 'pickle.*' --api '*.Decode' --format json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSites(cmd.Context(), streams, f, args)
		},
	}
	f.registerPlaces(cmd)
	fs := cmd.Flags()
	fs.Lookup("verbose").Usage = "also say what was left out on purpose"
	fs.Lookup("progress").Usage = "`how` to say how far the run is: auto (a line on a terminal) or never"
	fs.StringVarP(&f.format, "format", "f", "text", "output `format`: "+strings.Join(report.SiteFormats(), ", "))
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of to standard output")
	fs.StringVar(&f.sort, "sort", "place", "`order` of the sites: "+strings.Join(orderWords(), ", "))
	fs.StringVar(&f.wing, "wing", "all", "`language` of the sources: python, go or all")
	fs.StringArrayVar(&f.apis, "api", nil, "`glob` of the APIs to list: * stands for any text, ? for one character; repeatable")
	fs.BoolVar(&f.unjustified, "unjustified", false, "list only sites without a claim, a safe form and a check that is proved")
	complete(cmd, "format", report.SiteFormats()...)
	complete(cmd, "sort", orderWords()...)
	complete(cmd, "wing", "python", "go", "all")
	return cmd
}

func orderWords() []string {
	var words []string
	for _, o := range siteOrders {
		words = append(words, o.name)
	}
	return words
}

// runSites runs the wings that read sources, and lists what they found.
func runSites(ctx context.Context, streams Streams, f *siteFlags, args []string) (err error) {
	list, err := f.list()
	if err != nil {
		return err
	}
	set, err := f.resolve()
	if err != nil {
		return err
	}
	targets, problems := parseTargets(args, list.wings)
	for _, p := range problems {
		complain(streams.Err, "%v", p)
	}
	if len(targets) == 0 {
		return &exitError{code: ExitUsage}
	}
	streams = judging(streams)
	out := streams.Out
	if f.output != "" {
		file, cerr := createBeside(f.output, targets)
		if cerr != nil {
			return fmt.Errorf("--output: %w", cerr)
		}
		defer func() { err = errors.Join(err, file.finish(failure(err))) }()
		out = file
	}
	h, err := report.NewSites(f.format, out, siteColumns(out))
	if err != nil {
		return fmt.Errorf("--format: %w", err)
	}
	run := &lintRun{flags: &f.lintFlags, streams: streams, set: set, wings: list.wings, out: &outputs{
		BlobHandler: lint.Tee(h, &notices{w: streams.Err, verbose: set.verbose}),
	}, only: list.wanted}
	r, err := run.lint(ctx, targets, args)
	switch {
	case err != nil:
		return &exitError{ExitUsage, fmt.Errorf("writing the list: %w", err)}
	case len(problems) > 0:
		return &exitError{code: ExitUsage}
	case r.summary().Skips > 0:
		return &exitError{code: ExitSkipped}
	}
	return nil
}

// siteColumns is how wide a table may be: as wide as the terminal it goes to, and 0,
// which means any width, everywhere else.
func siteColumns(w io.Writer) int {
	if f := terminalOf(w); f != nil && isTerminal(f) {
		return progress.Width(f)()
	}
	return 0
}

// siteList says which sites are listed, and how.
type siteList struct {
	wings       wingSet
	by          func(*lint.Site) string
	apis        []*regexp.Regexp
	unjustified bool
}

// list checks the flags that are the command's own.
func (f *siteFlags) list() (*siteList, error) {
	if f.output == "" && f.given("output") {
		return nil, errors.New("--output: the value is empty")
	}
	if f.output == "-" {
		return nil, errDash
	}
	if f.progress == progressJSON {
		return nil, errors.New("--progress: json is for JSON output of \"pickle-lint\": want auto or never")
	}
	if !slices.Contains(report.SiteFormats(), f.format) {
		return nil, fmt.Errorf("--format: unknown format %q: want %s", f.format, strings.Join(report.SiteFormats(), ", "))
	}
	wings, ok := siteWings[f.wing]
	if !ok {
		return nil, fmt.Errorf("--wing: %q is not python, go or all", f.wing)
	}
	l := &siteList{wings: wings, unjustified: f.unjustified}
	order := slices.Index(orderWords(), f.sort)
	if order < 0 {
		return nil, fmt.Errorf("--sort: unknown order %q: want %s", f.sort, strings.Join(orderWords(), ", "))
	}
	l.by = siteOrders[order].by
	for _, glob := range f.apis {
		if glob == "" {
			return nil, errors.New("--api: the value is empty")
		}
		l.apis = append(l.apis, apiGlob(glob))
	}
	return l, nil
}

// apiGlob compiles a glob of APIs. The names hold dots, slashes, stars and brackets,
// so only * and ? mean something.
func apiGlob(glob string) *regexp.Regexp {
	text := regexp.QuoteMeta(glob)
	text = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(text)
	return regexp.MustCompile("^(?s:" + text + ")$")
}

// wanted leaves the sites that are listed, in their order, and no verdict.
func (l *siteList) wanted(r *results) {
	r.findings = nil
	r.sites = slices.DeleteFunc(r.sites, func(s *lint.Site) bool {
		if l.unjustified && (s.Justification != nil || s.Safe != "" || s.Verified != "") {
			return true
		}
		return len(l.apis) > 0 && !slices.ContainsFunc(l.apis, func(glob *regexp.Regexp) bool { return glob.MatchString(s.API) })
	})
	r.order = func(a, b *lint.Site) int { return cmp.Or(cmp.Compare(l.by(a), l.by(b)), lint.CompareSites(a, b)) }
}
