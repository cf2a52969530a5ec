package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// gitlab writes a Code Quality report: one array, also when there is nothing in it,
// or the merge request says that the report is missing. What it may hold is in
// testdata/gitlab.
type gitlab struct {
	w       io.Writer
	opt     Options
	entries []gitlabEntry
	// seen counts fingerprints: GitLab shows one entry of those that are equal.
	seen map[string]int
}

type gitlabEntry struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"`
}

func newGitLab(w io.Writer, opt Options) lint.Handler {
	return &gitlab{w: w, opt: opt, entries: []gitlabEntry{}, seen: make(map[string]int)}
}

func (g *gitlab) Config(*lint.Config) error     { return nil }
func (g *gitlab) Progress(*lint.Progress) error { return nil }
func (g *gitlab) Site(*lint.Site) error         { return nil }

// gitlabSeverities: "blocker" is for who wants to stop a release, and "info" for
// what nobody has to act on, and neither is ours to say.
var gitlabSeverities = map[lint.Severity]string{lint.Error: "critical", lint.Warning: "major", lint.Note: "minor"}

// Skip is as loud as a warning: what was not looked at is not clean.
func (g *gitlab) Skip(m *lint.Skip) error {
	if !m.Excluded {
		where, why := skipPlace(m.Location), lint.Printable(m.Reason)
		g.add(m.Location, "skipped", gitlabSeverities[lint.Warning], "Not looked at: "+where+": "+why, digestOf("skipped", where, why))
	}
	return nil
}

func (g *gitlab) Finding(m *lint.Finding) error {
	if m.Suppressed {
		return nil
	}
	identity := string(m.Fingerprint)
	if identity == "" {
		identity = digestOf(lint.Printable(m.Rule), place(m.Location), resultMessage(m))
	}
	g.add(m.Location, m.Rule+" "+m.Name, gitlabSeverities[m.Severity], resultMessage(m), identity)
	return nil
}

func (g *gitlab) add(at lint.Location, check, severity, description, identity string) {
	e := gitlabEntry{
		Description: lint.Printable(description),
		CheckName:   lint.Printable(check),
		Fingerprint: lint.Printable(identity),
		Severity:    severity,
		Location:    gitlabLocation{Path: validText(g.opt.fromRepository(at.Path)), Lines: gitlabLines{Begin: 1}},
	}
	// The lines of a member are not those of the file.
	if at.Line > 0 && len(at.Member) == 0 {
		e.Location.Lines.Begin = at.Line
		if at.EndLine > at.Line {
			e.Location.Lines.End = at.EndLine
		}
	}
	g.seen[identity]++
	if n := g.seen[identity]; n > 1 {
		e.Fingerprint = digestOf(identity, strconv.Itoa(n))
	}
	g.entries = append(g.entries, e)
}

func (g *gitlab) Summary(*lint.Summary) error {
	text, err := marshal(g.entries, "  ")
	if err == nil {
		_, err = g.w.Write(text)
	}
	if err != nil {
		return fmt.Errorf("writing GitLab report: %w", err)
	}
	return nil
}

// digestOf stands in for a fingerprint where there is none, or one that others have.
func digestOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
