package embeddedblob

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/pythonexec"
	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed embeddedblob.md
var page string

// Rule is PKL309; its page says what and why. Its findings have the severity of what is
// in the pickle.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL309",
	Name:             "embedded-blob",
	Severity:         lint.Error,
	CWE:              506,
	SecuritySeverity: 8.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL309. Its result is a *[Result].
var Analyzer = &analysis.Analyzer{
	Name: "embeddedblob",
	Doc:  verdict.Doc(Rule),
	URL:  lint.PageURL(Rule.ID, Rule.Name),
	Run:  run,
	// pythonexec asks for claims before; see decodesite.Result.Place.
	Requires:   []*analysis.Analyzer{settings.Analyzer, decodesite.Analyzer, pythonexec.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// Result is what is in a package.
type Result struct {
	Found []*Found
	// Told are the findings of Found.
	Told []verdict.Finding
}

// Found is a finding, or a skip, about an embedded file or a literal.
type Found struct {
	Finding *lint.Finding `json:"finding,omitempty"`
	Skip    *lint.Skip    `json:"skip,omitempty"`
	// File is the embedded file, or "".
	File string `json:"file,omitempty"`
	// Start and End are where a literal is in its file, in bytes. Whoever looks for
	// pickles in the text of the file may find it, too.
	Start int64 `json:"start,omitempty"`
	End   int64 `json:"end,omitempty"`
	// Rule, Member and Offset are those of the finding about the stored bytes.
	Rule   string   `json:"rule,omitempty"`
	Member []string `json:"member,omitempty"`
	Offset int64    `json:"offset,omitempty"`

	pos token.Pos
}

// Pos is where the finding or the skip is, in the file set of the pass.
func (f *Found) Pos() token.Pos { return f.pos }

// Bounds of what a package costs.
const (
	// maxFile bounds one embedded file and maxBytes all of a package, in bytes.
	maxFile  = 64 << 20
	maxBytes = 256 << 20
	// oneTime is the wall clock for one file or literal.
	oneTime = 10 * time.Second
	// maxFound bounds the findings about one file or literal.
	maxFound = 20
)

type judging struct {
	pass   *analysis.Pass
	sites  *decodesite.Result
	set    *settings.Settings
	keys   lint.Fingerprints
	result Result
	bytes  int64 // left of maxBytes
	full   bool
}

func run(pass *analysis.Pass) (any, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
	}
	j := &judging{pass: pass, sites: sites, set: set, bytes: maxBytes}
	if err := j.embeds(); err != nil {
		return nil, err
	}
	found, more := literals(pass)
	for _, l := range found {
		if err := j.literal(l); err != nil {
			return nil, err
		}
	}
	if more {
		last := found[len(found)-1].node
		if err := j.skip(last.Pos(), last.End(), "", "more than %d literals of a package are not looked at as pickles", maxLiterals); err != nil {
			return nil, err
		}
	}
	verdict.Sort(j.result.Told)
	verdict.Report(pass, j.result.Told)
	return &j.result, nil
}

// subject is one thing that is looked at.
type subject struct {
	pos, end token.Pos
	// claimed is in the statement or declaration that a claim is about.
	claimed ast.Node
	// name is what messages call it, and file the path of a file.
	name, file   string
	start, end64 int64
	data         []byte
	named        bool
	// keep says which findings count.
	keep func(*blob.Report, *lint.Finding) bool
}

// look hands bytes to package blob and reports what it says.
func (j *judging) look(s subject) error {
	limits := blob.DefaultLimits()
	limits.Duration = oneTime
	judge := &blob.Settings{Catalog: j.set.Whole()}
	rep := blob.Scan(context.Background(), filepath.ToSlash(s.file), bytes.NewReader(s.data), int64(len(s.data)), blob.Options{
		Limits: limits, Named: s.named, Catalog: judge.Catalog,
	})
	found, skips := judge.Judge(rep)
	if s.file != "" && (rep.Recognised() || s.named) {
		for _, skip := range skips {
			if err := j.skip(s.pos, s.end, s.file, "%s: %s", where(&s, skip.Member), skip.Reason); err != nil {
				return err
			}
		}
	}
	told := 0
	for _, in := range found {
		if s.keep != nil && !s.keep(rep, in) {
			continue
		}
		if told++; told > maxFound {
			return j.skip(s.pos, s.end, "", "%s: more than %d findings are not listed", s.name, maxFound)
		}
		if err := j.finding(s, in); err != nil {
			return err
		}
	}
	return nil
}

func where(s *subject, member []string) string {
	switch {
	case len(member) > 0:
		return strings.Join(member, " » ") + " in " + s.name
	case s.file == "":
		return "a pickle in " + s.name
	}
	return s.name
}

func (j *judging) finding(s subject, in *lint.Finding) error {
	place, err := j.sites.Place(s.claimed.Pos(), s.claimed.End(), s.name, true)
	if err != nil {
		return err
	}
	at, err := j.sites.Location(s.pos, s.end)
	if err != nil {
		return err
	}
	out := Rule.Finding(at, "%s, at byte %d: %s", where(&s, in.Member), in.Offset, in.Message)
	out.Severity = in.Severity
	out.Callable = in.Callable
	for _, step := range in.Trace {
		// Offsets count in the literal, which has no path.
		step.Path = s.file
		out.Trace = append(out.Trace, step)
	}
	out.Justification = place.Claim.Justification
	// A claim says who may have written bytes. What these are is known.
	out.Suppressed = place.Claim.Suppresses && in.Severity < lint.Error
	out.Fingerprint = j.keys.Of(place.Key.Of(Rule.ID, in.Rule, in.Callable))
	j.result.Found = append(j.result.Found, &Found{
		Finding: out, File: s.file, Start: s.start, End: s.end64, Rule: in.Rule, Member: in.Member, Offset: in.Offset, pos: s.pos,
	})
	j.result.Told = append(j.result.Told, verdict.Finding{Finding: out, Pos: s.pos, End: s.end})
	return nil
}

func (j *judging) skip(pos, end token.Pos, file, format string, args ...any) error {
	at, err := j.sites.Location(pos, end)
	if err != nil {
		return err
	}
	skip := &lint.Skip{Location: at, Reason: lint.Printable(fmt.Sprintf(format, args...))}
	j.result.Found = append(j.result.Found, &Found{Skip: skip, File: file, pos: pos})
	return nil
}

// literal judges a literal. One that begins like text says too little by a name alone,
// and one that breaks off is the test of some decoder.
func (j *judging) literal(l literal) error {
	at, err := j.sites.Location(l.node.Pos(), l.node.End())
	if err != nil {
		return err
	}
	return j.look(subject{
		pos: l.node.Pos(), end: l.node.End(), claimed: l.node, name: "this literal", data: l.data,
		start: at.Offset, end64: at.Offset + int64(l.node.End()-l.node.Pos()),
		keep: func(rep *blob.Report, f *lint.Finding) bool {
			return f.Rule != blob.BrokenStream.ID && (f.Severity > lint.Note || l.sure && complete(rep))
		},
	})
}

func complete(rep *blob.Report) bool {
	return !slices.ContainsFunc(rep.Streams, func(s *blob.Stream) bool { return !s.Trace.Complete })
}
