// Package wire carries what the analyzers found out of a driver that knows only
// diagnostics. Asked with its flag, the analyzer reports every site and every
// finding, suppressed ones too and with all their fields, as one message each, what
// somebody else can judge better, and one message more for the package itself, so that
// a reader can tell a package with nothing in it from one that was not looked at. With
// another flag it also reports every dump, and through what the bytes of both go.
//
// Without the flag it reports nothing.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/directives"
	"github.com/pickle-lint/pickle-lint/analyzers/embeddedblob"
	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/judges"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/overlaid"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/pythonexec"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Name is the name of the analyzer and Category that of its diagnostics.
const (
	Name     = "wire"
	Category = "picklelint"
)

// WithTests stands behind the path of a package that was analysed with its tests.
const WithTests = " with tests"

// OverlayVariable is the environment variable that tells the analyzer of the overlay that
// the go command was given.
const OverlayVariable = overlaid.Variable

// The flags, without the prefix. EmitFlag makes the analyzer speak, and InventoryFlag makes it
// tell of dumps and channels, too.
const (
	EmitFlag      = "emit"
	InventoryFlag = "inventory"
)

// Message is a message of a run, or something for the reader to judge, which leaves the
// command as findings.
type Message struct {
	lint.Message
	Script   *pythonexec.Script  `json:"script,omitempty"`
	Dump     *lint.Dump          `json:"dump,omitempty"`
	Embedded *embeddedblob.Found `json:"embedded,omitempty"`
}

// Analyzer reports messages; see the package.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	var emit, inventory bool
	a := &analysis.Analyzer{
		Name: Name,
		Doc: "hand sites and findings to the pickle-lint command\n\n" +
			"Without its flag it reports nothing.",
		URL:      lint.Homepage,
		Requires: append([]*analysis.Analyzer{decodesite.Analyzer, evidence.Analyzer, directives.Analyzer}, judges.Analyzers()...),
		Run: func(pass *analysis.Pass) (any, error) {
			if !emit {
				return nil, nil
			}
			return nil, send(pass, inventory)
		},
	}
	a.Flags.BoolVar(&emit, EmitFlag, false, "report everything as messages for a program to read")
	a.Flags.BoolVar(&inventory, InventoryFlag, false, "report dumps and channels, too")
	return a
}

func send(pass *analysis.Pass, inventory bool) error {
	if len(pass.Files) == 0 {
		return nil
	}
	sites, ok := pass.ResultOf[evidence.Analyzer].([]*evidence.Site)
	if !ok {
		return fmt.Errorf("analyzer %s gave no sites", evidence.Analyzer.Name)
	}
	first := pass.Files[0].Package
	files, err := overlaid.Current()
	if err != nil {
		return err
	}
	out := &sender{pass: pass, set: settings.Current(), files: files, sums: make(map[string]string)}
	whole := pass.Pkg.Path()
	if slices.ContainsFunc(pass.Files, func(f *ast.File) bool {
		return strings.HasSuffix(pass.Fset.PositionFor(f.Package, false).Filename, "_test.go")
	}) {
		whole += WithTests
	}
	out.send(first, envelope{Message: Message{Message: lint.Message{Progress: &lint.Progress{Message: whole}}}})
	for _, file := range pass.Files {
		if why := out.set.LeavesOut(pass, file.Package); why != "" {
			at := lint.Location{Path: pass.Fset.PositionFor(file.Package, false).Filename}
			out.send(file.Package, envelope{Message: Message{Message: lint.Message{Skip: &lint.Skip{Location: at, Reason: why, Excluded: true}}}})
		}
	}
	if inventory {
		if err := out.ends(sites); err != nil {
			return err
		}
	}
	for _, s := range sites {
		out.unless(s.Node.Pos(), envelope{Message: Message{Message: lint.Message{Site: &s.Shown}}})
	}
	for _, judge := range append(judges.Analyzers(), directives.Analyzer) {
		switch result := pass.ResultOf[judge].(type) {
		case []verdict.Finding:
			out.findings(result)
		case *pythonexec.Result:
			out.findings(result.Findings)
			for _, s := range result.Scripts {
				out.send(first, envelope{Message: Message{Script: s}})
			}
		case *embeddedblob.Result:
			for _, f := range result.Found {
				out.unless(f.Pos(), envelope{Message: Message{Embedded: f}})
			}
		default:
			return fmt.Errorf("analyzer %s gave no findings", judge.Name)
		}
	}
	return out.err
}

// envelope is a message, and what more general rules say of the place of its finding,
// the most specific first: the reader knows which rules are off.
type envelope struct {
	Message
	Otherwise []*lint.Finding `json:"otherwise,omitempty"`
}

type sender struct {
	pass *analysis.Pass
	set  *settings.Settings
	// files stand in the place of others.
	files *overlaid.Files
	// sums holds what [lint.Sum] says of files.
	sums map[string]string
	err  error
}

func (s *sender) findings(findings []verdict.Finding) {
	for _, f := range findings {
		f.Finding.Fixes = s.fixes(f)
		e := envelope{Message: Message{Message: lint.Message{Finding: f.Finding}}}
		for more := f.Otherwise; more != nil; more = more.Otherwise {
			more.Fixes = f.Finding.Fixes
			e.Otherwise = append(e.Otherwise, more)
		}
		s.unless(f.Pos, e)
	}
}

// ends sends the dumps of the package, and tells through what the bytes of its sites come. It is
// the last that asks about the package, see [decodesite.Result.Place].
func (s *sender) ends(sites []*evidence.Site) error {
	result, ok := s.pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok {
		return fmt.Errorf("analyzer %s gave no result", decodesite.Analyzer.Name)
	}
	ends := result.Ends(s.set)
	for _, site := range sites {
		site.Shown.Channel = ends.Channel(site.Site)
	}
	dumps, err := ends.Dumps()
	if err != nil {
		return err
	}
	for _, d := range dumps {
		s.unless(d.Node.Pos(), envelope{Message: Message{Dump: &d.Dump}})
	}
	return nil
}

// unless sends what is about a place in a file that is not left out.
func (s *sender) unless(pos token.Pos, e envelope) {
	if s.set.LeavesOut(s.pass, pos) == "" {
		s.send(pos, e)
	}
}

func (s *sender) send(pos token.Pos, e envelope) {
	text, err := json.Marshal(e)
	if err != nil {
		s.err = errors.Join(s.err, fmt.Errorf("encoding a message: %w", err))
		return
	}
	s.pass.Report(analysis.Diagnostic{Pos: pos, Category: Category, Message: s.files.Text(string(text))})
}

// Decode reads the message of one diagnostic of [Analyzer].
func Decode(text string) (*Message, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.DisallowUnknownFields()
	e := new(envelope)
	if err := dec.Decode(e); err != nil {
		return nil, fmt.Errorf("decoding a message: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("decoding a message: text behind it")
	}
	general := e.Finding
	for _, more := range e.Otherwise {
		if general == nil || more == nil {
			return nil, errors.New("decoding a message: something more general than no finding")
		}
		general.Otherwise = more
		general = more
	}
	return &e.Message, nil
}
