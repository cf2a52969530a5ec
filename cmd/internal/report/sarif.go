package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// GitHub code scanning refuses a file with more results, and a code flow with
// more locations ("SARIF results exceed limits", GitHub documentation).
const (
	mostResults   = 25_000
	mostFlowSteps = 10_000
)

// sarif writes one log at the end of the run, also when there is nothing to say:
// an upload step fails on a missing file.
type sarif struct {
	w        io.Writer
	opt      Options
	sources  *sources
	config   lint.Config
	findings []*lint.Finding
	skips    []*lint.Skip
	summary  lint.Summary
}

func newSARIF(w io.Writer, opt Options) lint.Handler {
	return &sarif{w: w, opt: opt, sources: newSources(opt.Source), config: lint.Config{Root: opt.Root, Version: opt.Version}}
}

func (s *sarif) Config(m *lint.Config) error {
	s.config = *m
	if s.config.Root == "" {
		s.config.Root = s.opt.Root
	}
	if s.config.Version == "" {
		s.config.Version = s.opt.Version
	}
	return nil
}

func (s *sarif) Progress(*lint.Progress) error { return nil }
func (s *sarif) Site(*lint.Site) error         { return nil }

func (s *sarif) Skip(m *lint.Skip) error {
	if !m.Excluded {
		s.skips = append(s.skips, m)
	}
	return nil
}

// Finding leaves justified findings out by default: code scanning ignores
// suppressions[] and opens an alert for each (github/codeql-action#1230). Those that
// were there before stay: it would close their alerts, and open them again later.
func (s *sarif) Finding(m *lint.Finding) error {
	if !m.Suppressed || m.Known() || s.opt.SarifSuppressed == SarifInclude {
		s.findings = append(s.findings, m)
	}
	return nil
}

func (s *sarif) Summary(m *lint.Summary) error {
	s.summary = *m
	text, err := marshal(s.log(), "  ")
	if err == nil {
		_, err = s.w.Write(text)
	}
	if err != nil {
		return fmt.Errorf("writing SARIF report: %w", err)
	}
	return nil
}

// semantic is the form of semver.org, without build metadata.
var semantic = regexp.MustCompile(`^v?([0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$`)

func (s *sarif) log() *sarifLog {
	findings, cut := loudest(s.findings, mostResults)
	rules := newRuleTable(s.opt.Rules, findings)
	driver := sarifComponent{
		Name:           "pickle-lint",
		Version:        numbered(s.config.Version),
		InformationURI: lint.Homepage,
		Rules:          rules.descriptors,
		Notifications:  notificationDescriptors,
	}
	if m := semantic.FindStringSubmatch(s.config.Version); m != nil {
		driver.SemanticVersion = m[1]
	}
	run := sarifRun{
		Invocations:        []sarifInvocation{s.invocation(cut)},
		OriginalURIBaseIDs: map[string]sarifArtifactLocation{srcRoot: rootLocation(s.base())},
		ColumnKind:         "utf16CodeUnits",
		Automation:         sarifAutomation{ID: category(s.opt.Category)},
		Results:            make([]sarifResult, 0, len(findings)),
	}
	if len(rules.taxa) > 0 {
		driver.Supported = []sarifToolRef{cweRef}
		run.Taxonomies = []sarifComponent{cweTaxonomy(rules.taxa)}
	}
	run.Tool.Driver = driver
	for _, f := range findings {
		run.Results = append(run.Results, s.result(f, rules))
	}
	return &sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{run}}
}

// numbered is a version that begins with a number, as SARIF validators want it.
func numbered(version string) string {
	number := strings.TrimPrefix(version, "v")
	if number == "" || number[0] < '0' || number[0] > '9' {
		return strings.TrimSpace("0.0.0 " + version)
	}
	return number
}

// category is the id of a run. Whatever stands behind its last slash would name the run
// and not its kind.
func category(name string) string {
	return "pickle-lint/" + strings.TrimPrefix(strings.Trim(name, "/")+"/", "/")
}

// loudest returns at most n findings in the order they came, the loudest ones if
// there are more, and how many were cut.
func loudest(findings []*lint.Finding, n int) (kept []*lint.Finding, cut int) {
	if len(findings) <= n {
		return findings, 0
	}
	order := make([]int, len(findings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(findings[b].Severity) - int(findings[a].Severity) })
	order = order[:n]
	slices.Sort(order)
	for _, i := range order {
		kept = append(kept, findings[i])
	}
	return kept, len(findings) - n
}

// The notifications that a run can carry.
const (
	noteSkipped = iota
	noteCut
	noteReconfigured
)

var notificationDescriptors = []sarifDescriptor{
	noteSkipped:      noted("skipped", "Something was not looked at, or not fully.", "That nothing is reported there says nothing."),
	noteCut:          noted("results-cut", "There are more results than code scanning takes.", "The quietest are left out. Lint a part of the tree at a time, with a category each."),
	noteReconfigured: noted("configuration-changed", "The change brings a configuration of its own.", "It may switch off what it breaks: look at the file, or judge by that of the base with --config."),
}

// noted is a descriptor with all texts that code scanning requires, of notifications too.
func noted(id, what, help string) sarifDescriptor {
	return sarifDescriptor{ID: id, ShortDescription: &sarifText{Text: what}, FullDescription: &sarifText{Text: what + " " + help}, Help: &sarifText{Text: help}}
}

func notification(kind int, level, text string) sarifNotification {
	return sarifNotification{
		Descriptor: sarifReference{ID: notificationDescriptors[kind].ID, Index: &kind},
		Level:      level,
		Message:    sarifText{Text: text},
	}
}

// invocation says whether everything was looked at. What could not be is an
// error of the execution, or a red run would look green.
func (s *sarif) invocation(cut int) sarifInvocation {
	inv := sarifInvocation{Arguments: s.config.Args, Successful: len(s.skips) == 0 && cut == 0}
	for _, m := range s.skips {
		n := notification(noteSkipped, "error", plainMessage(skipPlace(m.Location)+": "+m.Reason))
		n.Locations = []sarifLocation{s.location(m.Location)}
		if m.Line == 0 && m.Offset == 0 {
			n.Locations[0].Physical.Region = nil
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	for _, c := range s.summary.Reconfigured {
		n := notification(noteReconfigured, "warning", plainMessage(Reconfigured(&s.summary, c)))
		n.Locations = []sarifLocation{s.location(lint.Location{Path: c.Path})}
		n.Locations[0].Physical.Region = nil
		inv.Configured = append(inv.Configured, n)
	}
	if cut > 0 {
		text := fmt.Sprintf("%d of %d results are left out, the quietest ones: code scanning takes no more than %d", cut, len(s.findings), mostResults)
		inv.Notifications = append(inv.Notifications, notification(noteCut, "error", text))
	}
	return inv
}
