package decodesite

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Place is somewhere in the source that is no decode site and that a claim may cover
// as it covers one.
type Place struct {
	// Location is of the whole node, as in [Site].
	lint.Location
	// Function is the full name of the function around it, or "".
	Function  string
	Generated bool
	Claim     justify.Claim
	// Key is as in [Site].
	Key lint.Key
}

// Asked returns what an analyzer needs that asks for places.
func Asked(pass *analysis.Pass) (*settings.Settings, *Result, error) {
	set, ok := pass.ResultOf[settings.Analyzer].(*settings.Settings)
	sites, ok2 := pass.ResultOf[Analyzer].(*Result)
	if !ok || !ok2 {
		return nil, nil, fmt.Errorf("analyzer %s misses a result", pass.Analyzer.Name)
	}
	return set, sites, nil
}

// Finding returns a finding of a rule about what is called there, as far as its claim
// decides about it. keys are those of the rule's findings in the package.
func (p *Place) Finding(rule *lint.Rule, keys *lint.Fingerprints, callable, format string, args ...any) *lint.Finding {
	found := rule.Finding(p.Location, format, args...)
	found.Callable = callable
	found.Justification = p.Claim.Justification
	found.Suppressed = p.Claim.Suppresses
	found.Fingerprint = keys.Of(p.Key.Of(rule.ID))
	return found
}

// Place describes what stands between two positions; subject takes the place of the API
// in its key. A directive covers the first statement that asks, so the analyzers that
// ask do so one after the other, each in the order of the source: they require each
// other, and the one that judges directives requires them all. The same holds for those
// that ask [Result.Flow], which remembers what it was asked.
//
// harmless: other tools' suppressions there are about something else.
func (r *Result) Place(pos, end token.Pos, subject string, harmless bool) (*Place, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file, err := r.fileAt(pos)
	if err != nil {
		return nil, err
	}
	path, _ := astutil.PathEnclosingInterval(file.syntax, pos, end)
	extent := unitOf(path, file.commented, file.line)
	p := &Place{Location: file.location(pos, end), Generated: file.generated}
	if decl := calls.Around(path); decl != nil {
		if fn, ok := file.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			p.Function = fn.FullName()
		}
	}
	p.Key = lint.Key{Place: file.logical, API: subject, Function: p.Function, Statement: words(file.text(extent.pos, extent.end))}
	first := file.line(extent.pos)
	p.Claim = file.directives.Cover(justify.Statement{
		ID:    int64(file.tokens.Offset(extent.start)),
		First: first,
		Last:  file.line(extent.end - 1),
		Leads: file.leads(extent.start) && file.line(extent.start) == first,

		Harmless: harmless,
	})
	if j := p.Claim.Justification; j != nil {
		j.Line = file.displayLine(j.Line)
	}
	return p, nil
}

// Location returns where a stretch of a file lies for a reader.
func (r *Result) Location(pos, end token.Pos) (lint.Location, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file, err := r.fileAt(pos)
	if err != nil {
		return lint.Location{}, err
	}
	return file.location(pos, end), nil
}

// fileAt returns the file around a position, and opens it if nobody has.
func (r *Result) fileAt(pos token.Pos) (*File, error) {
	for _, f := range r.Files {
		if f.syntax.FileStart <= pos && pos < f.syntax.FileEnd {
			return f, nil
		}
	}
	i := slices.IndexFunc(r.pass.Files, func(s *ast.File) bool { return s.FileStart <= pos && pos < s.FileEnd })
	if i < 0 {
		return nil, fmt.Errorf("%s is in no file of the package", r.pass.Fset.Position(pos))
	}
	f, err := newFile(r.pass, r.policy, r.pass.Files[i])
	if err != nil {
		return nil, err
	}
	r.Files = append(r.Files, f)
	slices.SortFunc(r.Files, func(a, b *File) int {
		index := func(f *File) int { return slices.Index(r.pass.Files, f.syntax) }
		return cmp.Compare(index(a), index(b))
	})
	return f, nil
}
