package pyscan

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
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
	s.inside(ctx, path, cellsOf(book, raw), res)
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

func (r *Result) sort() {
	slices.SortStableFunc(r.Sites, lint.CompareSites)
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
	if len(inner.Sites)+len(inner.Findings)+len(inner.Skips) == 0 {
		return
	}
	e.lines = lineStarts(e.text.Bytes)
	inner.moveTo(e)
	res.Sites = append(res.Sites, inner.Sites...)
	res.Findings = append(res.Findings, inner.Findings...)
	res.Skips = append(res.Skips, inner.Skips...)
}
