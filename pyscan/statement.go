package pyscan

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// statementKinds maps the kinds that are statements, or clauses of one, to
// whether they hold blocks of others.
var statementKinds = map[syntax.Kind]bool{
	syntax.AssertStatement:     false,
	syntax.BreakStatement:      false,
	syntax.CaseClause:          true,
	syntax.ClassDefinition:     true,
	syntax.ContinueStatement:   false,
	syntax.Decorator:           false,
	syntax.DeleteStatement:     false,
	syntax.ElifClause:          true,
	syntax.ElseClause:          true,
	syntax.ExceptClause:        true,
	syntax.ExceptGroupClause:   true,
	syntax.ExecStatement:       false,
	syntax.ExpressionStatement: false,
	syntax.FinallyClause:       true,
	syntax.ForStatement:        true,
	syntax.FunctionDefinition:  true,
	syntax.IfStatement:         true,
	syntax.MatchStatement:      true,
	syntax.PassStatement:       false,
	syntax.PrintStatement:      false,
	syntax.RaiseStatement:      false,
	syntax.ReturnStatement:     false,
	syntax.TryStatement:        true,
	syntax.TypeAliasStatement:  false,
	syntax.WhileStatement:      true,
	syntax.WithStatement:       true,
}

// findStatements fills f.statement. What stands under an ERROR node has no
// statement: the node may span the whole file, and a claim anywhere in it would
// cover everything.
func (f *file) findStatements() {
	f.statement = make([]syntax.Index, len(f.tree.Nodes))
	for i := range f.tree.Nodes {
		n := &f.tree.Nodes[i]
		switch _, is := statementKinds[n.Kind]; {
		case is:
			f.statement[i] = syntax.Index(i)
		case n.Parent == syntax.None || n.Kind == syntax.Error || n.Kind == syntax.Block:
			f.statement[i] = syntax.None
		default:
			f.statement[i] = f.statement[n.Parent]
		}
	}
}

// span is a range of the text and the node it belongs to.
type span struct {
	start, end uint32
	// decorated is where the decorators begin that stand before, or start.
	decorated uint32
	// key is the text without blanks and comments, or a digest of it.
	key string
}

// statementOf returns the part of the statement around a site that a
// justification covers: all of a simple statement, the header of one that holds
// blocks, and where there is no statement the line on which the site begins.
func (f *file) statementOf(site syntax.Index) span {
	s := f.statement[site]
	if s == syntax.None {
		// The line begins with what would be the statement.
		n := &f.tree.Nodes[site]
		out := f.lineStatement(n.Start)
		out.end = min(n.End, f.lineEnd(n.Start))
		out.key = f.excerpt(site, longKey)
		return out
	}
	if known, ok := f.headers[s]; ok {
		return known
	}
	n := &f.tree.Nodes[s]
	out := span{start: n.Start, end: n.End, decorated: n.Start}
	if statementKinds[n.Kind] {
		out.end = f.headerEnd(s)
	}
	if p := f.tree.Parent(s); f.tree.Kind(p) == syntax.DecoratedDefinition {
		out.decorated = f.tree.Nodes[p].Start
	}
	out.key = f.normalised(out.start, out.end)
	f.headers[s] = out
	return out
}

// siteKey is what the fingerprints of a site are made of, and of what is said of it.
func siteKey(site *lint.Site, s span) lint.Key {
	return lint.Key{Place: site.Path, API: site.API, Function: site.Function, Statement: s.key}
}

// key is the same for something else at a node.
func (f *file) key(at syntax.Index, api string, s span) lint.Key {
	return lint.Key{Place: f.path, API: api, Function: lint.Printable(f.names.Function(at)), Statement: s.key}
}

// claimed describes a statement to the grammar of justifications. What stands above a
// logical line is about all of it: "if flag: load()" is one line to whoever writes a
// comment above it.
func (f *file) claimed(s span) justify.Statement {
	first, indent := f.indentation(s.start)
	return justify.Statement{
		ID: int64(s.start), First: f.line(s.start), Last: f.line(s.end), Top: f.line(s.decorated),
		Leads: first == s.start || f.begins(first), Indent: int(indent) + 1,
	}
}

// indentation returns where the blanks end with which the line of an offset begins, or
// the offset if that is before, and how wide they are as CPython counts: a tab leads to
// the next multiple of eight, and a form feed back to the margin
// (https://docs.python.org/3/reference/lexical_analysis.html#indentation).
func (f *file) indentation(off uint32) (first, width uint32) {
	for first = f.lines[f.line(off)-1]; first < off; first++ {
		switch f.text[first] {
		case ' ':
			width++
		case '\t':
			width = width&^7 + 8
		case '\f':
			width = 0
		default:
			return first, width
		}
	}
	return first, width
}

// begins reports whether a statement begins at an offset.
func (f *file) begins(off uint32) bool {
	i, _ := slices.BinarySearchFunc(f.tree.Nodes, off, func(n syntax.Node, off uint32) int { return cmp.Compare(n.Start, off) })
	for ; i < len(f.tree.Nodes) && f.tree.Nodes[i].Start == off; i++ {
		// Those that can hold no site, such as imports, are known by where they stand.
		n := &f.tree.Nodes[i]
		if _, is := statementKinds[n.Kind]; is || n.Parent == 0 || f.tree.Kind(n.Parent) == syntax.Block {
			return true
		}
	}
	return false
}

// lineEnd returns where the line of an offset ends.
func (f *file) lineEnd(off uint32) uint32 {
	if line := f.line(off); line < len(f.lines) {
		return f.lines[line] - 1
	}
	return uint32(len(f.text))
}

// headerEnd returns where the last part before the first block ends.
func (f *file) headerEnd(s syntax.Index) uint32 {
	end := f.tree.Nodes[s].Start
	for c := f.tree.First(s); c != syntax.None; c = f.tree.Next(c) {
		switch f.tree.Kind(c) {
		case syntax.Block, syntax.CaseClause:
			return end
		}
		end = f.tree.Nodes[c].End
	}
	return end
}

// longKey is the length, in bytes, above which a digest stands for a text.
const longKey = 256

// normalised returns the text of a range with comments cut out and every run of
// blanks as one, so that neither layout nor a justification changes it.
func (f *file) normalised(start, end uint32) string {
	var parts [][]byte
	i, _ := slices.BinarySearchFunc(f.comments, start, func(c prelex.Token, at uint32) int { return cmp.Compare(c.Start, at) })
	for ; i < len(f.comments) && f.comments[i].Start < end; i++ {
		parts = append(parts, f.text[start:f.comments[i].Start])
		start = min(f.comments[i].End, end)
	}
	parts = append(parts, f.text[start:end])
	text := strings.Join(strings.Fields(string(bytes.Join(parts, []byte(" ")))), " ")
	if len(text) <= longKey {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// excerpt returns the text of a node on one line, shortened.
func (f *file) excerpt(i syntax.Index, most int) string {
	n := &f.tree.Nodes[i]
	// Enough to fill the excerpt when it is mostly blanks.
	end := min(n.End, n.Start+uint32(8*most))
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(f.text[n.Start:end]), "")), " ")
	if end < n.End {
		text += "…"
	}
	return lint.Shorten(text, most)
}
