// Package draft writes the first half of a justification: the directive with a boundary
// that what is decoded speaks for, and an empty reason, which only a person can give. It
// suppresses nothing as it stands. A draft is a suggested fix, and offered only where
// somebody has asked for drafts with a flag: a driver that applies every fix there is
// would otherwise write claims that nobody has made.
package draft

import (
	"bytes"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/source"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Drafter drafts for the sites of one package, in the order of the source.
type Drafter struct {
	pass *analysis.Pass
	set  *settings.Settings
	// done are the beginnings of lines above which there is a draft: a statement with
	// several sites needs one.
	done map[token.Pos]bool
}

// New returns a drafter for a pass.
func New(pass *analysis.Pass) *Drafter {
	return &Drafter{pass: pass, set: settings.Current(), done: make(map[token.Pos]bool)}
}

// Fixes returns the draft for a site as a fix, or nil where none is asked for, where there
// is a claim already, right or wrong, and where there is no line for it.
func (d *Drafter) Fixes(site *decodesite.Site) []analysis.SuggestedFix {
	if !d.set.Draft || !site.Leads || site.Claim.Justification != nil {
		return nil
	}
	file := d.pass.Fset.File(site.Node.Pos())
	// What cgo made lies in the build cache.
	if name := d.pass.Fset.PositionFor(site.Node.Pos(), false).Filename; name != site.Path {
		return nil
	}
	src, err := source.Read(d.pass, file.Name())
	if err != nil || len(src) != file.Size() {
		return nil
	}
	line := file.LineStart(site.FirstLine)
	end := file.Size()
	if site.LastLine < file.LineCount() {
		end = file.Offset(file.LineStart(site.LastLine + 1))
	}
	above := file.Offset(file.LineStart(max(1, site.FirstLine-1)))
	if d.done[line] || bytes.Contains(src[above:end], []byte("picklelint:")) {
		return nil
	}
	d.done[line] = true
	text := src[file.Offset(line):]
	indent := text[:len(text)-len(bytes.TrimLeft(text, " \t"))]
	boundary := d.boundary(site)
	return []analysis.SuggestedFix{{
		Message:   "draft a justification, of which the reason is yours to give",
		TextEdits: []analysis.TextEdit{{Pos: line, End: line, NewText: fmt.Appendf(nil, "%s%s%s", indent, d.set.Policy.Draft("//", boundary), justify.NewLine(src))}},
	}}
}
