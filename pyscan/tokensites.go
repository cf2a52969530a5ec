package pyscan

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// byTokens is the note of sites that no tree shows.
const byTokens = "found by its tokens only: the source does not parse here"

// tokenSite is a call that only its tokens show.
type tokenSite struct {
	found
	start, end uint32
}

const (
	// maxTokenSites bounds those of a file: a broken file of millions of calls
	// needs no more to be told.
	maxTokenSites = 10_000
	// maxCall bounds how far behind its bracket a call is read for the form of
	// its arguments, in bytes.
	maxCall = 4 << 10
)

// tokenSites finds calls of sinks in the parts of the file that did not parse,
// besides those whose beginnings are known.
func (f *file) tokenSites(res *Result, known map[uint32]bool) []tokenSite {
	parts := f.brokenLines()
	if len(parts) == 0 {
		return nil
	}
	t := newTokens(f.gate.words, f.whole)
	t.module, t.pkg = f.module, f.pkg
	t.imports()
	if len(t.bound) == 0 && len(t.stars) == 0 && len(f.gate.methods) == 0 {
		return nil
	}
	t.rewind()
	var out []tokenSite
	var before prelex.Token
	for word := ""; t.tok.Kind != prelex.EOF; {
		at := t.tok
		name := t.word()
		if name == "" || word == "def" || word == "class" {
			before, word = at, name
			t.next()
			continue
		}
		last, sink := f.chain(t, f.isDot(before))
		before, word = last, ""
		if last.Start == at.Start {
			word = name
		}
		if sink == nil || !t.isOp('(') || known[at.Start] || !contains(parts, at.Start) {
			continue
		}
		if len(out) == maxTokenSites {
			res.skip(f.location(at.Start, at.End), "further calls that only their tokens show are not told")
			return out
		}
		s := tokenSite{found: found{node: syntax.None, called: true, sink: sink}, start: at.Start, end: last.End}
		f.tokenForm(t, &s.found, int(t.tok.Start))
		if sink.Receiver && last.Start > at.Start {
			of := strings.Join(strings.Fields(string(f.text[at.Start:last.Start])), "")
			s.argument = lint.Shorten(strings.TrimSuffix(of, "."), maxArgument)
		}
		out = append(out, s)
		// A loose lexer may come back to a place.
		known[at.Start] = true
	}
	return out
}

// isDot reports a dot between a name and its attribute, and not the end of an
// ellipsis: that is also the prompt of an interpreter.
func (f *file) isDot(t prelex.Token) bool {
	return t.Kind == prelex.Op && f.plain[t.Start] == '.' && (t.Start == 0 || f.plain[t.Start-1] != '.')
}

// chain reads a name and the attributes behind it, and returns the last of them
// and the sink that they stand for, or nil. of says that the name is itself an
// attribute of something that tokens do not tell.
func (f *file) chain(t *tokens, of bool) (last prelex.Token, sink *catalog.PythonSink) {
	name := t.word()
	last = t.tok
	t.next()
	method := ""
	if of {
		method = name
	}
	for t.isOp('.') {
		t.next()
		part := t.word()
		if part == "" {
			break
		}
		method = part
		if len(name) <= maxDotted {
			name += "." + part
		}
		last = t.tok
		t.next()
	}
	if !of {
		for _, target := range t.standsFor(name) {
			// Whoever asks goes on only where the name is called.
			for _, sink := range []string{target, target + "()"} {
				if got, ok := f.gate.catalog.PythonSink(sink); ok {
					return last, got
				}
			}
		}
	}
	if got, ok := f.gate.methods[method]; ok && f.near(got) {
		return last, got
	}
	return last, nil
}

// contains reports whether an offset lies in one of the spans, which are sorted.
func contains(spans []span, off uint32) bool {
	i, found := slices.BinarySearchFunc(spans, off, func(s span, off uint32) int { return cmp.Compare(s.start, off) })
	return found || i > 0 && off < spans[i-1].end
}

// brokenLines returns the lines that the grammar could not read, merged and
// sorted.
func (f *file) brokenLines() []span {
	if f.unparsed {
		return []span{{end: uint32(len(f.text))}}
	}
	var out []span
	for _, i := range f.tree.Broken {
		n := &f.tree.Nodes[i]
		out = append(out, span{start: n.Start, end: n.End})
	}
	if len(out) > 0 {
		// What the grammar misreads behind an error may be none to it: it
		// takes "finally:" for an annotated name.
		for i := range f.tree.Nodes {
			n := &f.tree.Nodes[i]
			if n.Kind == syntax.Identifier && prelex.IsKeyword(f.plain[n.Start:n.End]) {
				out = append(out, span{start: n.Start, end: n.End})
			}
		}
	}
	for _, fault := range f.faults {
		out = append(out, span{start: fault.At, end: fault.End})
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	merged := out[:0]
	for _, s := range out {
		s.start, s.end = f.lines[f.line(s.start)-1], f.lineEnd(min(s.end, uint32(len(f.text))))
		if k := len(merged) - 1; k >= 0 && s.start <= merged[k].end {
			merged[k].end = max(merged[k].end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// lineStatement is the statement of a site without a tree: what stands on its
// line from the last semicolon on.
func (f *file) lineStatement(at uint32) span {
	start, end := f.lines[f.line(at)-1], f.lineEnd(at)
	if i := bytes.LastIndexByte(f.plain[start:at], ';'); i >= 0 {
		start += uint32(i) + 1
	}
	end = min(end, at+longKey)
	for start < at && strings.IndexByte(" \t\f", f.text[start]) >= 0 {
		start++
	}
	return span{start: start, end: end, decorated: start, key: f.normalised(max(start, at-min(at, longKey)), end)}
}

// tokenForm reads the arguments behind the bracket at an offset, and judges the
// form of the call as far as it is plain.
func (f *file) tokenForm(t *tokens, s *found, bracket int) {
	a := readArguments(f.plain[bracket:min(len(f.plain), bracket+maxCall)])
	if !a.closed {
		return
	}
	if value, ok := a.find(s.sink.Arg); ok {
		s.argument = lint.Shorten(strings.Join(strings.Fields(value), " "), maxArgument)
	}
	s.safe, s.weak = f.byRelease(&s.sink.Releases, s.sink.UnsafeIf, t.safeForm(s.sink, &a), textForms{t, &a})
}

// safeForm returns why the form of a call is safe in itself, or "".
func (t *tokens) safeForm(sink *catalog.PythonSink, a *tokenArguments) string {
	for _, form := range sink.SafeIf {
		if value, ok := a.find(form.Argument); ok && t.isValue(value, form.Value) {
			return form.Name + "=" + value
		}
	}
	if len(sink.UnsafeIf) == 0 || a.more && !sink.UnsafeIf[0].Sure {
		return ""
	}
	var absent []string
	for _, form := range sink.UnsafeIf {
		value, ok := a.find(form.Argument)
		suffix := form.Suffix()
		switch {
		case suffix != "" && ok && strings.HasSuffix(constantText(value), suffix+`"`):
			return ""
		case suffix != "":
			continue
		case ok && form.Sure && !strings.Contains(value, strings.Trim(form.Value, `'"`)):
		case ok && (form.Value != "True" || !falsy[value]):
			return ""
		}
		absent = append(absent, "no "+form.String())
	}
	return strings.Join(absent, ", ")
}

// isValue reports whether a text is a literal, or a name for nothing but it.
func (t *tokens) isValue(text, want string) bool {
	if constantText(text) == constantText(want) {
		return true
	}
	targets := t.standsFor(text)
	canonical, _ := t.words.Canonical(want)
	return len(targets) > 0 && !slices.ContainsFunc(targets, func(target string) bool { return target != canonical })
}

// tokenArguments are those of a call without a tree.
type tokenArguments struct {
	positional []string
	keywords   map[string]string
	// more: stars may bring any argument; closed: the bracket was closed.
	more, closed bool
}

func (a *tokenArguments) find(arg catalog.Argument) (string, bool) {
	if value, ok := a.keywords[arg.Name]; ok && arg.Name != "" {
		return value, true
	}
	if arg.Position >= 0 && arg.Position < len(a.positional) {
		return a.positional[arg.Position], true
	}
	return "", false
}

// readArguments reads a text that begins with the bracket of a call.
func readArguments(text []byte) tokenArguments {
	a := tokenArguments{keywords: make(map[string]string)}
	lex := prelex.NewLooseLexer(text)
	lex.Next()
	start, key, first := uint32(1), "", true
	var last prelex.Token
	for {
		tok := lex.Next()
		ends := tok.Kind == prelex.Op && (lex.Depth() == 0 || lex.Depth() == 1 && text[tok.Start] == ',')
		switch {
		case tok.Kind == prelex.EOF || tok.Kind == prelex.Newline:
			return a
		case ends:
			if value := strings.TrimSpace(string(text[start:tok.Start])); value != "" && key != "" {
				a.keywords[key] = value
			} else if value != "" {
				a.positional = append(a.positional, value)
			}
			if lex.Depth() == 0 {
				a.closed = true
				return a
			}
			start, key, first = tok.End, "", true
			continue
		case tok.Kind == prelex.Comment, tok.Kind == prelex.Join:
			continue
		case first && tok.Kind == prelex.Op && text[tok.Start] == '*':
			a.more = true
		case tok.Kind == prelex.Op && text[tok.Start] == '=' && lex.Depth() == 1 && key == "" && last.Kind == prelex.Name && int(tok.End) < len(text) && text[tok.End] != '=':
			key, start = string(text[last.Start:last.End]), tok.End
		}
		first, last = false, tok
	}
}
