// Package wire carries what the analyzers found out of a driver that knows only
// diagnostics. Asked with its flag, the analyzer reports every site and every
// finding, suppressed ones too and with all their fields, as one lint.Message
// each, and one message more for the package itself, so that a reader can tell a
// package with nothing in it from one that was not looked at.
//
// Without the flag it reports nothing.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/directives"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/unjustifieddecode"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Name is the name of the analyzer and Category that of its diagnostics.
const (
	Name     = "wire"
	Category = "picklelint"
)

// EmitFlag is the flag that makes the analyzer speak, without the prefix.
const EmitFlag = "emit"

// judges are the analyzers whose result is a []verdict.Finding.
var judges = []*analysis.Analyzer{unjustifieddecode.Analyzer, directives.Analyzer}

// Analyzer reports messages; see the package.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	var emit bool
	a := &analysis.Analyzer{
		Name: Name,
		Doc: "hand sites and findings to the pickle-lint command\n\n" +
			"Without its flag it reports nothing.",
		URL:      lint.Homepage,
		Requires: append([]*analysis.Analyzer{decodesite.Analyzer}, judges...),
		Run: func(pass *analysis.Pass) (any, error) {
			if !emit {
				return nil, nil
			}
			return nil, send(pass)
		},
	}
	a.Flags.BoolVar(&emit, EmitFlag, false, "report everything as messages for a program to read")
	return a
}

func send(pass *analysis.Pass) error {
	if len(pass.Files) == 0 {
		return nil
	}
	result, ok := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok {
		return fmt.Errorf("analyzer %s gave no sites", decodesite.Analyzer.Name)
	}
	first := pass.Files[0].Package
	err := report(pass, first, lint.Message{Progress: &lint.Progress{Message: pass.Pkg.Path()}})
	for _, s := range result.Sites {
		err = errors.Join(err, report(pass, s.Node.Pos(), lint.Message{Site: &s.Site}))
	}
	for _, judge := range judges {
		findings, ok := pass.ResultOf[judge].([]verdict.Finding)
		if !ok {
			return fmt.Errorf("analyzer %s gave no findings", judge.Name)
		}
		for _, f := range findings {
			err = errors.Join(err, report(pass, f.Pos, lint.Message{Finding: f.Finding}))
		}
	}
	return err
}

func report(pass *analysis.Pass, pos token.Pos, m lint.Message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encoding a message: %w", err)
	}
	pass.Report(analysis.Diagnostic{Pos: pos, Category: Category, Message: string(text)})
	return nil
}

// Decode reads the message of one diagnostic of [Analyzer].
func Decode(text string) (*lint.Message, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.DisallowUnknownFields()
	m := new(lint.Message)
	if err := dec.Decode(m); err != nil {
		return nil, fmt.Errorf("decoding a message: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("decoding a message: text behind it")
	}
	return m, nil
}
