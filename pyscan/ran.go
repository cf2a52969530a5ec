package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// ran is the note of sites in a string that the program runs.
const ran = "in a string that is run as source"

// mayRun reports whether a file has a word that runs strings.
func (f *file) mayRun() bool {
	for _, word := range []string{"exec", "eval", "compile", `"-c"`, "'-c'"} {
		if bytes.Contains(f.plain, []byte(word)) {
			return true
		}
	}
	return false
}

// runners are the functions that run their first argument.
var runners = []string{"builtins.exec", "builtins.eval", "builtins.compile"}

// ranAt finds a sink that is called in the constant source which the call around
// the identifier at node i runs: by its tokens, with the imports of the file and
// its own.
func (f *file) ranAt(i syntax.Index) (found, bool) {
	chain := f.names.Start(i)
	for !f.isFunction(chain.Node) {
		if !chain.Step() {
			return found{}, false
		}
	}
	if !slices.ContainsFunc(chain.Result.Targets, func(t names.Target) bool { return slices.Contains(runners, t.Name) }) {
		return found{}, false
	}
	call := f.tree.Parent(chain.Node)
	args := f.arguments(call, 0)
	if len(args.positional) == 0 {
		return found{}, false
	}
	for _, source := range f.names.Strings(args.positional[0]) {
		if sink := f.sinkIn(f.tokensOf(source)); sink != nil {
			return found{node: call, reference: chain.Node, called: true, sink: sink, weak: ran}, true
		}
	}
	return found{}, false
}

// sinkIn returns the first sink that is called in a text, as far as tokens show it.
func (f *file) sinkIn(t *tokens) *catalog.PythonSink {
	var before prelex.Token
	for t.tok.Kind != prelex.EOF {
		at := t.tok
		if t.word() == "" || before.Kind == prelex.Op && t.text[before.Start] == '.' {
			before = at
			t.next()
			continue
		}
		last, sink := f.chain(t)
		before = last
		// Forms are judged where there is a tree.
		if sink != nil && t.isOp('(') && len(sink.UnsafeIf) == 0 {
			return sink
		}
	}
	return nil
}

// spawned is the note of sites in a string that another Python runs.
const spawned = "in a string that is run by python -c"

// spawnedAt finds a sink in the string behind "-c" at node i, in a list of words of
// which one before it names a Python: [sys.executable, "-c", "…"]. The other Python
// has the imports of the string, and none of the file.
func (f *file) spawnedAt(i syntax.Index) (found, bool) {
	if f.tree.Kind(i) != syntax.String || !isDashC(f.tree.Text(i)) {
		return found{}, false
	}
	code := f.tree.Next(i)
	if code == syntax.None || !f.afterPython(i) {
		return found{}, false
	}
	for _, source := range f.names.Strings(code) {
		t := newTokens(f.gate.words, []byte(source))
		t.imports()
		t.rewind()
		if sink := f.sinkIn(t); sink != nil {
			return found{node: code, reference: code, called: true, sink: sink, weak: spawned}, true
		}
	}
	return found{}, false
}

// isDashC reports a string that says -c.
func isDashC(text []byte) bool { return len(text) == 4 && string(text[1:3]) == "-c" }

// maxWords bounds the words of a command that are looked at.
const maxWords = 32

// afterPython reports whether an element before node i names a Python.
func (f *file) afterPython(i syntax.Index) bool {
	n := 0
	for c := f.tree.First(f.tree.Parent(i)); c != syntax.None && c != i && n < maxWords; c = f.tree.Next(c) {
		n++
		text := bytes.ToLower(f.tree.Text(c)[:min(len(f.tree.Text(c)), maxDotted)])
		if bytes.Contains(text, []byte("python")) || bytes.HasSuffix(text, []byte("executable")) || bytes.Contains(text, []byte("pypy")) {
			return true
		}
	}
	return false
}

// tokensOf reads a source with the imports of the file and its own.
func (f *file) tokensOf(source string) *tokens {
	if f.outer == nil {
		f.outer = newTokens(f.gate.words, f.plain)
		f.outer.module, f.outer.pkg = f.module, f.pkg
		f.outer.imports()
	}
	t := newTokens(f.gate.words, []byte(source))
	t.bound, t.stars = f.outer.bound, f.outer.stars
	t.imports() // what it imports is there for the next one, too
	t.rewind()
	return t
}
