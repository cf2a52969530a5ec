package pyscan

import (
	"bytes"
	"regexp"

	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// comment is a comment and where it lies in the text. It is small because a file
// may have half a million of them.
type comment struct {
	start, end uint32
	alone      bool
	onFunction bool
}

// generatedMark is Go's mark of generated files, behind Python's comment sign
// (go.dev/s/generatedcode).
var generatedMark = regexp.MustCompile(`^# Code generated .* DO NOT EDIT\.$`)

func (f *file) collectComments() {
	f.comments = make([]comment, 0, len(f.source.comments))
	for _, t := range f.source.comments {
		text := f.text[t.Start:t.End]
		before := f.text[f.lines[f.line(t.Start)-1]:t.Start]
		f.comments = append(f.comments, comment{start: t.Start, end: t.End, alone: len(bytes.TrimLeft(before, " \t\f")) == 0})
		f.generated = f.generated || generatedMark.Match(text)
	}
	f.markOnFunctions()
}

// markOnFunctions marks the comments that stand directly above a function or
// its decorators, with nothing but comments between.
func (f *file) markOnFunctions() {
	above := make(map[int]bool)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.FunctionDefinition {
			continue
		}
		above[f.line(f.tree.Nodes[i].Start)-1] = true
		if p := f.tree.Parent(i); f.tree.Kind(p) == syntax.DecoratedDefinition {
			above[f.line(f.tree.Nodes[p].Start)-1] = true
		}
	}
	for i := len(f.comments) - 1; i >= 0; i-- {
		c := &f.comments[i]
		if line := f.line(c.start); c.alone && above[line] {
			c.onFunction = true
			above[line-1] = true
		}
	}
}

// directives hands the comments to the grammar of justifications.
func (f *file) directives(policy justify.Policy) *justify.File {
	comments := make([]justify.Comment, len(f.comments))
	for i, c := range f.comments {
		comments[i] = justify.Comment{
			Location: f.location(c.start, c.end), Text: string(f.text[c.start:c.end]), Alone: c.alone, OnFunction: c.onFunction,
		}
	}
	return justify.NewFile(policy, comments)
}
