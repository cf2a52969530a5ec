package pyscan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Scanner lints Python sources. It may be used by several goroutines at once.
type Scanner struct {
	// Catalog knows the sinks; nil means the built-in catalogue.
	Catalog *catalog.Catalog
	// Policy is what justifications are measured against.
	Policy justify.Policy
}

// Result is what one file holds, in the order of the file.
type Result struct {
	// Sites are all sites, safe and justified ones included.
	Sites []*lint.Site
	// Findings are sorted by [lint.CompareFindings].
	Findings []*lint.Finding
	// Skips say what was not looked at, or not fully.
	Skips []*lint.Skip
}

// Scan lints one file. Findings about directives (PKL9xx) are included. Whatever
// goes wrong with a file is a skip in the result: one hostile file never ends a
// run.
func (s *Scanner) Scan(ctx context.Context, path string, src []byte) *Result {
	res := &Result{}
	s.scan(ctx, path, src, res)
	return res
}

func (s *Scanner) scan(ctx context.Context, path string, raw []byte, res *Result) {
	defer func() {
		if r := recover(); r != nil {
			res.skip(lint.Location{Path: path}, "the scanner crashed: %v", r)
		}
	}()
	c := s.Catalog
	if c == nil {
		c = catalog.Builtin()
	}
	g := gateFor(c)
	enc := declaredEncoding(raw)
	if !g.opens(raw) && !enc.opaque {
		checkSyntax(ctx, path, raw, enc, g, res)
		return
	}
	text, notices := newSource(path, raw, enc)
	for _, notice := range notices {
		res.skip(lint.Location{Path: path}, "%s", notice)
	}
	tree, err := syntax.Parse(ctx, text.text, syntax.Budget(len(text.text)))
	if err != nil {
		res.skip(lint.Location{Path: path}, "%s", parseFailure(err))
		return
	}
	f := newFile(text, tree, g)
	f.sites(res, s.Policy)
	f.syntaxErrors(res)
}

// checkSyntax reports a syntax error in a file that the gate dropped: its words
// hold no site, but a broken source is a broken source to whoever reads the
// report. That it was too large to check is no matter then, nor that this
// program has no parser.
func checkSyntax(ctx context.Context, path string, raw []byte, enc encoding, g *gate, res *Result) {
	text, _ := newSource(path, raw, enc)
	tree, err := syntax.ParseBroken(ctx, text.text, syntax.Budget(len(text.text)))
	switch {
	case errors.Is(err, syntax.ErrTooLarge), errors.Is(err, syntax.ErrNoCgo):
	case err != nil:
		res.skip(lint.Location{Path: path}, "%s", parseFailure(err))
	case tree != nil:
		newFile(text, tree, g).syntaxErrors(res)
	}
}

func parseFailure(err error) string {
	switch {
	case errors.Is(err, syntax.ErrNoCgo):
		return "this program was built without cgo and cannot parse Python"
	case errors.Is(err, syntax.ErrTooLarge):
		return fmt.Sprintf("Python sources of more than %d bytes are not parsed", syntax.MaxSource)
	}
	return "not parsed: " + err.Error()
}

func (r *Result) skip(at lint.Location, format string, args ...any) {
	r.Skips = append(r.Skips, &lint.Skip{Location: at, Reason: lint.Printable(fmt.Sprintf(format, args...))})
}

// MaxFile bounds a file that is handed to Scan, in bytes. Its words are read
// whatever its size; only a file whose words can hold a site is parsed, and then
// syntax.MaxSource is the bound.
const MaxFile = 64 << 20

// IsPython reports whether a file is Python source, by its name or by the
// interpreter its first line asks for. head is the beginning of the file.
func IsPython(name string, head []byte) bool {
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".py", ".pyi", ".pyw":
		return true
	}
	line, ok := bytes.CutPrefix(bytes.TrimPrefix(head, utf8BOM), []byte("#!"))
	if !ok {
		return false
	}
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	for word := range strings.FieldsSeq(string(line[:min(len(line), 256)])) {
		base := word[strings.LastIndexByte(word, '/')+1:]
		version, ok := strings.CutPrefix(base, "python")
		if !ok {
			version, ok = strings.CutPrefix(base, "pypy")
		}
		if ok && strings.Trim(version, "0123456789.w") == "" {
			return true
		}
	}
	return false
}

// file is one parsed file.
type file struct {
	*source
	gate  *gate
	tree  *syntax.Tree
	names *names.Table
	// statement holds the innermost statement around each node, or None.
	statement []syntax.Index
	headers   map[syntax.Index]span
	overrides map[syntax.Index]override
	comments  []comment
	generated bool
}

func newFile(src *source, tree *syntax.Tree, g *gate) *file {
	f := &file{
		source: src, gate: g, tree: tree, names: names.Build(tree, g.words),
		headers: make(map[syntax.Index]span), overrides: make(map[syntax.Index]override),
	}
	f.findStatements()
	f.collectComments()
	return f
}
