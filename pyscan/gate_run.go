package pyscan

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

// maxRun bounds a string that is looked into because it may be run, in bytes.
const maxRun = 4 << 10

// runsBound reports whether a file that runs strings has one which uses what the file
// imports, as the whole of it would be used: exec("p.loads(b)") behind an import of
// pickle as p.
func (g *gate) runsBound(t *tokens) bool {
	if !bytes.Contains(t.text, []byte("exec")) && !bytes.Contains(t.text, []byte("eval")) {
		return false
	}
	runs, uses := false, false
	var before prelex.Token
	for t.rewind(); t.tok.Kind != prelex.EOF && (!runs || !uses); t.next() {
		switch t.tok.Kind {
		case prelex.Name:
			// A method of that name runs something else.
			if word := t.word(); word == "exec" || word == "eval" {
				runs = runs || before.Kind != prelex.Op || t.text[before.Start] != '.'
			}
		case prelex.String:
			uses = uses || t.tok.End-t.tok.Start <= maxRun && g.usesIn(t, t.text[t.tok.Start:t.tok.End])
		}
		before = t.tok
	}
	return runs && uses
}

// usesIn reports whether a string literal, read as source, uses what t knows.
func (g *gate) usesIn(t *tokens, literal []byte) bool {
	quote := bytes.IndexAny(literal, `"'`)
	if quote < 0 {
		return false
	}
	source := bytes.Trim(literal[quote:], string(literal[quote]))
	inside := newTokens(t.words, source)
	inside.bound, inside.stars = t.bound, t.stars
	return inside.uses(func(name string) bool { return g.leads(t, name) })
}
