package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// tokens reads what the tokens of a source say of names where there is no tree:
// imports bind, wherever they stand, and nothing hides a binding.
type tokens struct {
	words *names.Vocabulary
	text  []byte
	lex   *prelex.Lexer
	tok   prelex.Token
	// all are the tokens that mean something, if they are kept; at is the next.
	all []prelex.Token
	at  int
	// bound maps names to what they may stand for; stars are the modules all
	// of whose names were imported.
	bound map[string][]string
	stars []string
	// module is the name of the module of the source, if it is known.
	module string
	pkg    bool
}

// maxBound bounds what one name may stand for, maxDotted the length of a dotted
// name in bytes.
const (
	maxBound  = 8
	maxDotted = 256
)

func newTokens(words *names.Vocabulary, text []byte) *tokens {
	t := &tokens{words: words, text: text, bound: make(map[string][]string)}
	t.rewind()
	return t
}

// read reads a source once, for those who go through it one after the other, and what
// it imports.
func (g *gate) read(text []byte, module string, pkg bool) *tokens {
	t := newTokens(g.words, text)
	t.module, t.pkg = module, pkg
	if len(text) <= syntax.MaxSource {
		all := make([]prelex.Token, 0, len(text)/4)
		for ; t.tok.Kind != prelex.EOF; t.next() {
			all = append(all, t.tok)
		}
		all = append(all, t.tok)
		t.all = all
		t.rewind()
	}
	t.imports()
	return t
}

func (t *tokens) rewind() {
	if t.all != nil {
		t.at = 0
		t.next()
		return
	}
	t.lex = prelex.NewLooseLexer(t.text)
	t.next()
}

// next goes to the next token that means something.
func (t *tokens) next() {
	if t.all == nil {
		t.tok = t.lex.NextCode()
		return
	}
	t.tok = t.all[t.at]
	t.at = min(t.at+1, len(t.all)-1)
}

func (t *tokens) word() string {
	if t.tok.Kind != prelex.Name || t.tok.End-t.tok.Start > maxDotted {
		return ""
	}
	return string(t.text[t.tok.Start:t.tok.End])
}

func (t *tokens) isOp(b byte) bool {
	return t.tok.Kind == prelex.Op && t.text[t.tok.Start] == b
}

// imports reads all imports. The word import stands nowhere else, so it need
// not begin a line: a prompt or the mark of a merge may stand before it.
func (t *tokens) imports() {
	for t.tok.Kind != prelex.EOF {
		switch {
		case t.is("from"):
			t.next()
			dots := 0
			for ; t.isOp('.'); dots++ {
				t.next()
			}
			if module := t.dotted(); t.word() == "import" {
				t.next()
				full, ok := t.absolute(module, dots)
				t.importFrom(full, !ok)
			}
		case t.is("import"):
			t.next()
			t.importModules()
		default:
			t.next()
		}
	}
}

// absolute returns the module that an import names with so many dots before it.
func (t *tokens) absolute(module string, dots int) (full string, ok bool) {
	if dots == 0 {
		return module, true
	}
	return names.Relative(t.module, t.pkg, dots, module)
}

// is reports whether the token is a name that says so.
func (t *tokens) is(word string) bool {
	return t.tok.Kind == prelex.Name && string(t.text[t.tok.Start:t.tok.End]) == word
}

// passDotted passes over what dotted would read.
func (t *tokens) passDotted() {
	for t.tok.Kind == prelex.Name && !t.is("import") {
		if t.next(); !t.isOp('.') {
			return
		}
		t.next()
	}
}

// dotted reads a dotted name, or "".
func (t *tokens) dotted() string {
	var b strings.Builder
	for {
		word := t.word()
		if word == "" || word == "import" {
			return strings.TrimSuffix(b.String(), ".")
		}
		b.WriteString(word)
		t.next()
		if !t.isOp('.') || b.Len() > maxDotted {
			return b.String()
		}
		b.WriteByte('.')
		t.next()
	}
}

// as reads the other name of an import, or returns the one it has.
func (t *tokens) as(name string) string {
	if t.word() != "as" {
		return name
	}
	t.next()
	name = t.word()
	t.next()
	return name
}

func (t *tokens) importModules() {
	for {
		module := t.dotted()
		if module == "" {
			return
		}
		first, _, _ := strings.Cut(module, ".")
		if name := t.as(""); name != "" {
			t.bind(name, module)
		} else {
			t.bind(first, first)
		}
		if !t.isOp(',') {
			return
		}
		t.next()
	}
}

func (t *tokens) importFrom(module string, relative bool) {
	if t.isOp('(') {
		t.next()
	}
	if t.isOp('*') {
		if canonical, ok := t.words.Canonical(module); ok && !relative && len(t.stars) < maxBound {
			t.stars = append(t.stars, canonical)
		}
		return
	}
	for {
		name := t.word()
		if name == "" {
			return
		}
		t.next()
		if bound := t.as(name); !relative && module != "" {
			t.bind(bound, module+"."+name)
		}
		if !t.isOp(',') {
			return
		}
		t.next()
	}
}

func (t *tokens) bind(name, to string) {
	if canonical, ok := t.words.Canonical(to); ok && len(t.bound[name]) < maxBound {
		t.bound[name] = append(t.bound[name], canonical)
	}
}

// passImport passes over what is imported, as far as it can be a list of names.
func (t *tokens) passImport(bracket bool) {
	if bracket {
		t.next()
	}
	for before := ""; ; t.next() {
		word := t.word()
		last := before
		before = word
		switch {
		case t.tok.Kind == prelex.Name:
			// A name right behind another is no part of the list.
			if word != "as" && (prelex.IsKeyword([]byte(word)) || last != "" && last != "as") {
				return
			}
		case bracket && t.isOp(')'):
			t.next()
			return
		case !t.isOp('.') && !t.isOp(',') && !t.isOp('*'):
			return
		}
	}
}

// assigns reports that a single equals sign comes next: what stands before it is
// bound or is a keyword.
func (t *tokens) assigns() bool {
	return t.isOp('=') && (int(t.tok.End) == len(t.text) || t.text[t.tok.End] != '=')
}

// standsFor returns what a dotted name may stand for. A module stands for itself where
// its attributes are got at by strings: pickle.__dict__["loads"].
func (t *tokens) standsFor(name string) []string {
	if at := strings.Index(name, ".__"); at >= 0 && (strings.HasPrefix(name[at:], ".__dict__") || strings.HasPrefix(name[at:], ".__getattribute__")) {
		name = name[:at]
	}
	first, rest, more := strings.Cut(name, ".")
	targets := t.bound[first]
	for _, module := range t.stars {
		targets = append(targets[:len(targets):len(targets)], module+"."+first)
	}
	var out []string
	for _, target := range targets {
		if more {
			target += "." + rest
		}
		if canonical, ok := t.words.Canonical(target); ok {
			out = append(out, canonical)
		}
	}
	return out
}
