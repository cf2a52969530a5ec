package pythonexec

import (
	_ "embed"
	"go/ast"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/pywords"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/templatetext"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

//go:embed pythonexec.md
var page string

// Rule is PKL307; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL307",
	Name:             "python-exec",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL307. Its result is a *[Result].
var Analyzer = &analysis.Analyzer{
	Name: "pythonexec",
	Doc:  verdict.Doc(Rule),
	URL:  lint.PageURL(Rule.ID, Rule.Name),
	Run:  judge,
	// templatetext asks for claims before; see decodesite.Result.Place.
	Requires:   []*analysis.Analyzer{settings.Analyzer, decodesite.Analyzer, templatetext.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// Result is what a package runs.
type Result struct {
	// Findings are those that need no reading of Python.
	Findings []verdict.Finding
	Scripts  []*Script
	// Told is what a reader hears who reads no Python: Findings, and what the words of
	// the scripts give.
	Told []verdict.Finding
}

type judging struct {
	*finder
	sites  *decodesite.Result
	whole  func() *catalog.Catalog
	policy justify.Policy
	keys   lint.Fingerprints
	result Result
	seen   map[token.Pos]bool
}

func judge(pass *analysis.Pass) (any, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
	}
	j := &judging{
		finder: &finder{pass: pass, info: pass.TypesInfo, reader: spelled.New(pass), cat: set.Catalog},
		sites:  sites, whole: set.Whole, policy: set.Policy, seen: make(map[token.Pos]bool),
	}
	for _, c := range j.commands() {
		if err := j.command(c); err != nil {
			return nil, err
		}
	}
	verdict.Sort(j.result.Told)
	verdict.Report(pass, j.result.Told)
	return &j.result, nil
}

func (j *judging) command(c *command) error {
	c.words = j.more(c)
	r := j.runs(c)
	switch r.way {
	case code, shell:
		return j.given(c, r, []ast.Expr{r.expr})
	case input:
		return j.given(c, r, j.stdin(c))
	case file:
		return j.given(c, r, j.contents(c, r.expr))
	case module:
		return j.module(c, r)
	}
	return nil
}

// maxScripts bounds the scripts of one command: each caller of a helper may have one.
const maxScripts = 100

// given judges what a command is given to run. What a parameter brings is what the
// callers in the package spell, and each of them is judged at the call.
func (j *judging) given(c *command, r run, exprs []ast.Expr) error {
	for _, e := range exprs {
		texts := j.reader.Texts(e)
		for _, t := range texts {
			if err := j.script(c.at, c.api, r, t); err != nil {
				return err
			}
		}
		if len(texts) > 0 {
			continue
		}
		fn, index, ok := j.parameter(e, c.around)
		if !ok {
			continue
		}
		callers := j.callersOf(fn)
		for _, caller := range callers[:min(len(callers), maxScripts)] {
			if index >= len(caller.call.Args) || fn.Signature().Variadic() && index == fn.Signature().Params().Len()-1 {
				continue
			}
			for _, t := range j.reader.Texts(caller.call.Args[index]) {
				if err := j.script(caller.call, c.api, r, t); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// script judges a script by its words, and keeps it for whoever knows better.
func (j *judging) script(at ast.Expr, api string, r run, t *spelled.Text) error {
	if r.way == code && r.from > 0 {
		t = t.From(r.from)
	}
	text := t.Bytes
	if r.way == shell && !python.Match(text) {
		return nil
	}
	loads := pywords.Loads(j.whole(), text)
	if r.way == shell && len(loads) == 0 {
		// The quotes of the shell hide what is between them.
		loads = pywords.Loads(j.whole(), unquoted(text))
	}
	if r.guessed && len(loads) == 0 {
		return nil
	}
	place, err := j.sites.Place(at.Pos(), at.End(), api, len(loads) == 0)
	if err != nil {
		return err
	}
	s := &Script{
		Call: *Rule.Finding(place.Location, ""), Standing: place.Claim.Standing(), Key: place.Key.Of(Rule.ID),
		Text: text, Shell: r.way == shell, Holes: t.Holes, From: t.Embedded,
	}
	s.Call.Callable = api
	s.Call.Justification = place.Claim.Justification
	s.Call.Suppressed = place.Claim.Suppresses
	if s.Runs, err = runsOf(j.sites, t); err != nil {
		return err
	}
	inside := newClaims(j.policy, text)
	for _, load := range loads {
		found := s.Finding(load.Offset, load.End, load.API, s.Standing, load.Danger+" (told by the words of the script; the pickle-lint command reads it as Python)")
		if claim := inside.cover(load.Offset); claim.Justification != nil && found.Justification == nil {
			found.Justification, found.Suppressed = claim.Justification, claim.Suppresses
			if loc, ok := s.Spelled(load.Offset, load.End); ok {
				found.Justification.Line += loc.Line - inside.line(load.Offset)
			} else {
				found.Justification.Line = s.Call.Line
			}
		}
		found.Fingerprint = j.keys.Of(s.Key.Of(Rule.ID, load.API))
		s.Words = append(s.Words, found)
		pos, end := at.Pos(), at.End()
		var related []analysis.RelatedInformation
		if p := t.Pos(load.Offset); p.IsValid() {
			if _, here := s.Place(load.Offset, load.End); here {
				pos, end = p, p
				if q := t.Pos(load.End - 1); q > p {
					end = q + 1
				}
			} else {
				related = append(related, analysis.RelatedInformation{Pos: p, Message: "the script unpickles"})
			}
		}
		if !j.seen[pos] {
			j.seen[pos] = !found.Suppressed // another statement may run it without a claim
			j.result.Told = append(j.result.Told, verdict.Finding{Finding: found, Pos: pos, End: end, Related: related})
		}
	}
	j.result.Scripts = append(j.result.Scripts, s)
	return nil
}

// unquoted returns a command line with blanks for the quotes of a shell.
func unquoted(line []byte) []byte {
	out := make([]byte, len(line))
	for i, c := range line {
		if c == '\'' || c == '"' || c == '\\' {
			c = '\n'
		}
		out[i] = c
	}
	return out
}

// Finding returns a finding about a stretch of the script. standing is part of the
// message, and "" where why says it.
func (s *Script) Finding(from, to int, api, standing, why string) *lint.Finding {
	if s.From != "" {
		api += " (" + s.From + ")"
	}
	if standing != "" {
		standing = " " + standing
	}
	at, _ := s.Place(from, to)
	f := Rule.Finding(at, "%s runs Python that unpickles with %s%s: %s", s.Call.Callable, api, standing, why)
	f.Callable, _, _ = strings.Cut(api, " ")
	f.Justification, f.Suppressed = s.Call.Justification, s.Call.Suppressed
	f.Trace = s.steps(from, to)
	return f
}

// picklePy is the module that loads the files that python -m gives it: at the end of
// Lib/pickle.py each is opened and loaded. Lib/pickletools.py only disassembles.
const picklePy = "pickle"

// module judges python -m.
func (j *judging) module(c *command, r run) error {
	if r.name != picklePy {
		return nil
	}
	const api = "python -m " + picklePy
	files := false
	for _, e := range r.rest {
		w, ok := j.word(e)
		switch {
		case ok && (w == "-t" || w == "--test" || w == "-h" || w == "--help"):
			return nil // it runs its own tests, or says how it is used
		case !ok || w == "-" || !strings.HasPrefix(w, "-"):
			files = true
		}
	}
	if !files && c.whole {
		return nil
	}
	place, err := j.sites.Place(c.at.Pos(), c.at.End(), c.api, false)
	if err != nil {
		return err
	}
	found := place.Finding(Rule, &j.keys, api, "%s runs Python that unpickles with %s %s: each file is loaded to be shown, and loading a pickle runs the program inside it",
		c.api, api, place.Claim.Standing())
	v := verdict.Finding{Finding: found, Pos: c.at.Pos(), End: c.at.End()}
	j.result.Findings = append(j.result.Findings, v)
	j.result.Told = append(j.result.Told, v)
	return nil
}
