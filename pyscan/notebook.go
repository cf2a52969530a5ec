package pyscan

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/command"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/notebook"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// notebook lints the code cells of a notebook as one module: they share their
// names, in the order in which they stand.
func (s *Scanner) notebook(ctx context.Context, path string, raw []byte, res *Result) {
	book, err := notebook.Parse(raw)
	if err != nil {
		res.skip(lint.Location{Path: path}, "not fully read: %v", err)
	}
	if len(book.Cells) == 0 {
		return
	}
	sites := len(res.Sites)
	e := cellsOf(book, raw)
	s.inside(ctx, path, e, res)
	var keys lint.Fingerprints
	for _, cell := range book.Cells {
		if scripts := notebook.Shell(cell.Text); len(scripts) > 0 {
			s.scripts(ctx, path, e, cell, scripts, &keys, res)
		}
	}
	res.sort()
	if book.Conflicts && len(res.Sites) > sites {
		res.skip(lint.Location{Path: path}, "the notebook has the marks of a merge: both sides were read as its cells")
	}
}

// cellsOf makes one module of the cells of a notebook.
func cellsOf(book *notebook.Notebook, raw []byte) *embedded {
	e := &embedded{text: new(pieces.Text), raw: raw, outer: lineStarts(raw)}
	// What does not end would swallow the cells behind it.
	var last []notebook.Cell
	e.text.Fill(noCookie, 0)
	for _, cell := range book.Cells {
		if !e.cell(cell) {
			last = append(last, cell)
		}
	}
	for _, cell := range last {
		e.keep(cell, pythonOf(cell))
	}
	return e
}

// scripts lints the Python that a cell runs through a shell, each by itself.
func (s *Scanner) scripts(ctx context.Context, path string, book *embedded, cell notebook.Cell, scripts []*pieces.Text, keys *lint.Fingerprints, res *Result) {
	alone := *s
	alone.Modules = nil
	found, whole := command.Scripts(book.raw, scripts)
	if !whole {
		res.skip(lint.Location{Path: path}, "there are more commands in cell %d than are looked at for Python", cell.Number)
	}
	for _, piece := range found {
		inner := new(Result)
		e := &embedded{text: new(pieces.Text), raw: book.raw, outer: book.outer}
		e.text.Fill(noCookie, piece.Code.At(0))
		e.text.Copy(piece.Code, 0, len(piece.Code.Bytes))
		alone.inside(ctx, path, e, inner)
		for _, site := range inner.Sites {
			inCell(&site.Location, cell)
		}
		for _, finding := range inner.Findings {
			inCell(&finding.Location, cell)
			// Equal commands are different findings, and others than those of the cells.
			finding.Fingerprint = keys.Again(finding.Fingerprint, "shell")
			for k := range finding.Trace {
				inCell(&finding.Trace[k].Location, cell)
			}
		}
		for _, skip := range inner.Skips {
			inCell(&skip.Location, cell)
		}
		res.Sites = append(res.Sites, inner.Sites...)
		res.Dumps = append(res.Dumps, inner.Dumps...)
		res.Findings = append(res.Findings, inner.Findings...)
		res.Skips = append(res.Skips, inner.Skips...)
	}
}

// inCell says where in a cell a place of the file is.
func inCell(l *lint.Location, cell notebook.Cell) {
	if l.Line == 0 {
		return
	}
	text := cell.Text
	at := sort.Search(len(text.Bytes), func(i int) bool { return text.At(i) >= int(l.Offset) })
	l.Cell = cell.Number
	l.CellLine = bytes.Count(text.Bytes[:at], []byte("\n")) + 1
	l.CellColumn = at - bytes.LastIndexByte(text.Bytes[:at], '\n')
}

func (r *Result) sort() {
	slices.SortStableFunc(r.Sites, lint.CompareSites)
	slices.SortStableFunc(r.Dumps, lint.CompareDumps)
	slices.SortStableFunc(r.Findings, lint.CompareFindings)
}

// session lints a script of IPython.
func (s *Scanner) session(ctx context.Context, path string, raw []byte, res *Result) {
	e := &embedded{text: new(pieces.Text), raw: raw, outer: lineStarts(raw)}
	notebook.Python(e.text, pieces.Of(raw, 0))
	s.inside(ctx, path, e, res)
}

// noCookie keeps what stands in the text from being a declaration of its encoding,
// which counts on the first two lines only.
const noCookie = "\n\n"

func pythonOf(cell notebook.Cell) *pieces.Text {
	code := new(pieces.Text)
	notebook.Python(code, cell.Text)
	return code
}

// cell adds a cell, unless it does not end.
func (e *embedded) cell(cell notebook.Cell) bool {
	code := new(pieces.Text)
	if !notebook.Python(code, cell.Text) {
		return false
	}
	e.keep(cell, code)
	return true
}

// keep adds the code of a cell. Blank lines stand before it: no justification
// reaches over them; and so many that lines have the numbers they have in the file,
// where that can be.
func (e *embedded) keep(cell notebook.Cell, code *pieces.Text) {
	if len(code.Bytes) == 0 {
		return
	}
	at := code.At(0)
	have := bytes.Count(e.text.Bytes[e.counted:], []byte("\n"))
	e.newlines += have
	e.counted = len(e.text.Bytes)
	blank := max(0, lineOf(e.outer, at)-1-e.newlines)
	e.text.Fill(strings.Repeat("\n", blank), at)
	e.cells = append(e.cells, cellStart{len(e.text.Bytes), cell.Number})
	e.text.Copy(code, 0, len(code.Bytes))
	e.text.Fill("\n\n", code.At(len(code.Bytes)-1))
}

// inside lints embedded Python.
func (s *Scanner) inside(ctx context.Context, path string, e *embedded, res *Result) {
	inner := new(Result)
	s.module(ctx, path, e.text.Bytes, inner)
	if len(inner.Sites)+len(inner.Dumps)+len(inner.Findings)+len(inner.Skips) == 0 {
		return
	}
	e.lines = lineStarts(e.text.Bytes)
	inner.moveTo(e)
	res.Sites = append(res.Sites, inner.Sites...)
	res.Dumps = append(res.Dumps, inner.Dumps...)
	res.Findings = append(res.Findings, inner.Findings...)
	res.Skips = append(res.Skips, inner.Skips...)
}
