package decodesite

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/honnef"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/source"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// File is one source file with its directives.
type File struct {
	pass       *analysis.Pass
	syntax     *ast.File
	tokens     *token.File
	src        []byte
	generated  bool
	cgo        bool
	directives *justify.File
	// logical names the file by package and base name. It takes the place of
	// the path in fingerprints, which must not know where a checkout lies.
	logical string
	// comments by physical line and column.
	comments map[[2]int]*ast.Comment
}

// mentionsDirective is a cheap look for anything that justify might take for a
// directive, misspelled ones included. It runs over every comment of every
// dependency.
func mentionsDirective(syntax *ast.File) bool {
	for _, group := range syntax.Comments {
		for _, c := range group.List {
			if justify.Mentions(strings.TrimLeft(c.Text[2:], " \t\r\n")) {
				return true
			}
		}
	}
	return false
}

func newFile(pass *analysis.Pass, policy justify.Policy, syntax *ast.File) (*File, error) {
	name := position(pass.Fset, syntax.FileStart).Filename
	src, err := source.Read(pass, name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	f := &File{
		pass:     pass,
		syntax:   syntax,
		tokens:   pass.Fset.File(syntax.FileStart),
		src:      src,
		comments: make(map[[2]int]*ast.Comment),
	}
	if len(src) != f.tokens.Size() {
		return nil, fmt.Errorf("%s changed during the run", name)
	}
	if f.generated, err = honnef.IsGenerated(pass, syntax.FileStart); err != nil {
		return nil, err
	}
	if f.cgo, err = honnef.IsCgo(pass, syntax.FileStart); err != nil {
		return nil, err
	}
	f.logical = path.Join(pass.Pkg.Path(), filepath.Base(f.shown(syntax.Package).Filename))
	f.directives = justify.NewFile(policy, f.readComments())
	return f, nil
}

func (f *File) readComments() []justify.Comment {
	onFunction := make(map[*ast.CommentGroup]bool)
	unfit := make(map[*ast.CommentGroup]string)
	for _, decl := range f.syntax.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil {
			onFunction[fn.Doc] = true
			if obj, ok := f.pass.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				unfit[fn.Doc] = flow.Unfit(obj)
			}
		}
	}
	var out []justify.Comment
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			start, end := position(f.pass.Fset, c.Pos()), position(f.pass.Fset, c.End())
			f.comments[[2]int{start.Line, start.Column}] = c
			out = append(out, justify.Comment{
				Location: lint.Location{
					Path:    f.logical,
					Offset:  int64(start.Offset),
					Line:    start.Line,
					Column:  start.Column,
					EndLine: end.Line, EndColumn: end.Column,
				},
				Text:       c.Text,
				Alone:      f.alone(start.Offset, end.Offset),
				OnFunction: onFunction[group],
				Unfit:      unfit[group],
			})
		}
	}
	return out
}

// alone reports whether nothing but white space shares the lines of the bytes
// from start to end.
func (f *File) alone(start, end int) bool {
	before := f.src[bytes.LastIndexByte(f.src[:start], '\n')+1 : start]
	after, _, _ := bytes.Cut(f.src[min(end, len(f.src)):], []byte("\n"))
	return len(bytes.TrimSpace(before)) == 0 && len(bytes.TrimSpace(after)) == 0
}

// commented reports whether a comment stands between two positions.
func (f *File) commented(from, to token.Pos) bool {
	for _, group := range f.syntax.Comments {
		if from < group.Pos() && group.Pos() < to {
			return true
		}
	}
	return false
}

func (f *File) line(pos token.Pos) int { return position(f.pass.Fset, pos).Line }

// position returns the physical position. Lines are counted in it, because
// comments and statements must agree on them whatever //line directives say.
func position(fset *token.FileSet, pos token.Pos) token.Position {
	return fset.PositionFor(pos, false)
}

// Locate returns where a position of any file of a pass lies for a reader.
func Locate(pass *analysis.Pass, pos token.Pos) lint.Location {
	at := position(pass.Fset, pos)
	if cgo, err := honnef.IsCgo(pass, pos); err == nil && cgo {
		at = honnef.DisplayPosition(pass.Fset, pos)
		at.Offset = 0
	}
	return lint.Location{
		Path: at.Filename, Offset: int64(at.Offset),
		Line: at.Line, Column: at.Column, EndLine: at.Line, EndColumn: at.Column,
	}
}

// shown returns where a position lies for a reader: in the file itself, and for
// a file of cgo in the one that it was made from.
func (f *File) shown(pos token.Pos) token.Position {
	if f.cgo {
		return honnef.DisplayPosition(f.pass.Fset, pos)
	}
	return position(f.pass.Fset, pos)
}

// location returns where a stretch of the file lies for a reader.
func (f *File) location(pos, end token.Pos) lint.Location {
	at, to := f.shown(pos), f.shown(end)
	loc := lint.Location{Path: at.Filename, Line: at.Line, Column: at.Column, EndLine: to.Line, EndColumn: to.Column}
	// Offsets count in the physical file. In the one that cgo read they would
	// point anywhere, so there they stay 0.
	if at.Filename == position(f.pass.Fset, pos).Filename {
		loc.Offset = int64(at.Offset)
	}
	if to.Filename != at.Filename || to.Line < at.Line {
		loc.EndLine, loc.EndColumn = at.Line, at.Column
	}
	return loc
}

// site describes a use and asks for the claim that covers it.
func (f *File) site(u use) *Site {
	node, form := expression(u.path)
	extent := unitOf(u.path, f.commented, f.line)
	s := &Site{
		Site: lint.Site{
			Location:  f.location(node.Pos(), node.End()),
			Wing:      "go",
			API:       u.sink.Name,
			Format:    u.sink.Format,
			Generated: f.generated,
		},
		Sink:      u.sink,
		Form:      form,
		Node:      node,
		Name:      u.ident,
		Open:      open(node, u.sink, f.pass.TypesInfo),
		SizeOnly:  u.sizeOnly,
		Element:   element(node, u.sink, f.pass),
		Callee:    u.callee,
		FirstLine: f.line(extent.pos),
		LastLine:  f.line(extent.end - 1),
	}
	docFirst, docLast := 0, 0
	if decl := calls.Around(u.path); decl != nil {
		if fn, ok := f.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			s.Function = fn.FullName()
		}
		if decl.Doc != nil {
			docFirst, docLast = f.line(decl.Doc.Pos()), f.line(decl.Doc.End()-1)
		}
	}
	if arg := decodedExpr(node, u.sink, f.pass.TypesInfo); arg != nil {
		s.Decoded = arg
		s.Argument = lint.Shorten(oneLine(f.text(arg.Pos(), arg.End())), maxArgument)
	}
	s.Key = lint.Key{Place: f.logical, API: s.API, Function: s.Function, Statement: words(f.text(extent.pos, extent.end))}
	s.Leads = f.leads(extent.start) && f.line(extent.start) == s.FirstLine
	s.Claim = f.directives.Cover(justify.Statement{
		ID:    int64(f.tokens.Offset(extent.start)),
		First: s.FirstLine,
		Last:  s.LastLine,
		Leads: s.Leads,

		DocFirst: docFirst, DocLast: docLast,
	})
	if j := s.Claim.Justification; j != nil {
		j.Line = f.displayLine(j.Line)
		s.Justification = j
	}
	return s
}

// leads reports whether only white space stands before a position on its line.
func (f *File) leads(pos token.Pos) bool {
	start := f.tokens.Offset(pos)
	return len(bytes.TrimSpace(f.src[bytes.LastIndexByte(f.src[:start], '\n')+1:start])) == 0
}

// text returns the source between two positions.
func (f *File) text(pos, end token.Pos) []byte {
	return f.src[f.tokens.Offset(pos):f.tokens.Offset(end)]
}

// displayLine returns the line of a directive as a reader counts it.
func (f *File) displayLine(line int) int {
	if line < 1 || line > f.tokens.LineCount() {
		return line
	}
	return f.shown(f.tokens.LineStart(line)).Line
}

// Hygiene returns what is wrong with the directives of the file. It is for the
// one analyzer that reports them: fingerprints are handed out in passing, so it
// is called once.
func (f *File) Hygiene() []verdict.Finding {
	var out []verdict.Finding
	for _, found := range f.directives.Problems() {
		pos, end := f.syntax.FileStart, f.syntax.FileStart
		if c := f.comments[[2]int{found.Line, found.Column}]; c != nil {
			pos, end = c.Pos(), c.End()
		}
		found.Location = f.location(pos, end)
		out = append(out, verdict.Finding{Finding: found.Finding, Pos: pos, End: end, Fixes: f.mend(found, pos, end), Kind: lint.SafeFix})
	}
	return out
}
