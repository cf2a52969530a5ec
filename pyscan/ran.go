package pyscan

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

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
		if bytes.Contains(f.whole, []byte(word)) {
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
	return f.ranIn(call, chain.Node, args.positional[0])
}

// executedAt is ranAt for the statement of Python 2, which is read as an assignment to
// exec without blanks.
func (f *file) executedAt(i syntax.Index) (found, bool) {
	n, p := &f.tree.Nodes[i], f.tree.Parent(i)
	if f.tree.Kind(p) != syntax.Assignment || n.Field != syntax.Left || string(f.tree.Text(i)) != "exec" || f.plain[n.End] != '=' {
		return found{}, false
	}
	source := f.tree.Child(p, syntax.Right)
	if f.tree.Kind(source) == syntax.ComparisonOperator { // exec source in namespace
		source = f.tree.First(source)
	}
	if source == syntax.None {
		return found{}, false
	}
	return f.ranIn(p, i, source)
}

// ranIn looks into the constant source that a call or statement at a node runs.
func (f *file) ranIn(node, reference, source syntax.Index) (found, bool) {
	for _, source := range f.names.Strings(source) {
		if sink := f.sinkIn(f.tokensOf(plainImports(source))); sink != nil {
			return found{node: node, reference: reference, called: true, sink: sink, weak: ran}, true
		}
	}
	return found{}, false
}

// importCall is an import by its name in the middle of an expression.
var importCall = regexp.MustCompile(`(?:__import__|(?:importlib\.)?import_module)\(\s*["']([A-Za-z_][\w.]*)["']\s*\)`)

// plainImports writes __import__("pickle").loads as what it means.
func plainImports(source string) string {
	var imports strings.Builder
	for _, m := range importCall.FindAllStringSubmatch(source, -1) {
		imports.WriteString("import " + m[1] + "\n")
	}
	if imports.Len() == 0 {
		return source
	}
	return imports.String() + importCall.ReplaceAllString(source, "$1")
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
		last, sink := f.chain(t, false)
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
		t := newTokens(f.gate.words, []byte(plainImports(source)))
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
		f.outer = newTokens(f.gate.words, f.whole)
		f.outer.module, f.outer.pkg = f.module, f.pkg
		f.outer.imports()
	}
	t := newTokens(f.gate.words, []byte(source))
	t.bound, t.stars = f.outer.bound, f.outer.stars
	t.imports() // what it imports is there for the next one, too
	t.rewind()
	return t
}
