package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// generatedStart is how the mark of generated files begins, which few comments do.
var generatedStart = []byte("# Code generated ")

// isGenerated reports whether a comment says that the file is.
func (f *file) isGenerated() bool {
	return slices.ContainsFunc(f.comments, func(t prelex.Token) bool {
		text := f.text[t.Start:t.End]
		return bytes.HasPrefix(text, generatedStart) && lint.IsGenerated(text)
	})
}

// directives hands the comments to the grammar of justifications: all of them if there is
// a directive, which may stand above others, and else the marks of other linters.
func (f *file) directives(policy justify.Policy) *justify.File {
	some := slices.ContainsFunc(f.comments, func(t prelex.Token) bool { return directiveIn(f.text[t.Start:t.End]) })
	var above map[int]bool
	if some {
		above = f.aboveFunctions()
	}
	var comments []justify.Comment
	for _, t := range f.comments {
		text := string(f.text[t.Start:t.End])
		if !some && !justify.Foreign(text) {
			continue
		}
		at := f.location(t.Start, t.End)
		first, indent := f.indentation(t.Start)
		comments = append(comments, justify.Comment{Location: at, Text: text, Alone: first == t.Start, Indent: int(indent) + 1, OnFunction: above[at.Line]})
	}
	return justify.NewFile(policy, comments)
}

// aboveFunctions returns the lines of comments that stand directly above a function or
// its decorators, with nothing but comments between.
func (f *file) aboveFunctions() map[int]bool {
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
	out := make(map[int]bool)
	for _, t := range slices.Backward(f.comments) {
		first, _ := f.indentation(t.Start)
		if line := f.line(t.Start); above[line] && first == t.Start {
			out[line], above[line-1] = true, true
		}
	}
	return out
}
