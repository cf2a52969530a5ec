package pyscan

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

// Scanner lints Python sources. It may be used by several goroutines at once.
type Scanner struct {
	// Catalog knows the sinks; nil means the built-in catalogue.
	Catalog *catalog.Catalog
	// Policy is what justifications are measured against.
	Policy justify.Policy
	// Modules, if not nil, are the sources among which the scanned files are, by
	// the paths that it shows: names that one of them gives to others are followed
	// there by [Scanner.Again].
	Modules *Modules
	// Versions, if not nil, tells which versions of libraries are declared. Without,
	// only the header of a script declares any.
	Versions Versions
	// Verdicts are what the pickles that stand in literals of the sources are judged
	// by; nil means the catalogue alone.
	Verdicts *blob.Settings
	// Stored, if not nil, finds the stored file to which a relative path leads that
	// a source names: from the directory of the source or, unless beside, from one
	// above it, up to the root of the run. It returns the file as messages name it,
	// or "", and never one outside of that root or no regular file.
	Stored func(source, name string, beside bool) string

	// States, if not nil, returns the states that stored pickles hold of objects of
	// classes of a qualified name, whatever their module. They are older ones that a
	// __setstate__ still has to take.
	States func(class string) []StoredState

	// Wrappers are the modules, or functions of modules, through which the project loads
	// its pickles. If it is nil, they are looked for among Modules; if it is empty, there
	// are none.
	Wrappers []string

	// Protocols is what the project has settled about the protocols of its pickles.
	Protocols ProtocolPolicy

	// Sources maps sources that are not outside, by the kind of their origin or by the
	// first words of their dotted name, to the boundary behind which they are, or to
	// [TrustedSource].
	Sources map[string]string

	// Asserts says that an assert statement counts as a check of bytes: the project never
	// runs under python -O, which leaves them out.
	Asserts bool

	// SitesOnly: nothing is asked but where the sites are and whether their form is safe:
	// no bytes are followed, so that none is proved to be verified, and classes, protocols
	// and wrappers are not looked at.
	SitesOnly bool

	// Inventory: results tell what the files dump, too, and through what the bytes of dumps
	// and sites go.
	Inventory bool

	// Fixes: findings carry what may be done about them without being asked, and with
	// Drafts also the beginning of a justification. Only a file that holds Python as it
	// stands is changed.
	Fixes, Drafts bool
	// Wraps: findings of calls that go past a wrapper which "pickle-lint wrapper init" has
	// written carry what leads them through it.
	Wraps bool

	// UTF8: sources are UTF-8, whatever they declare, as in an editor, which has read the
	// declaration.
	UTF8 bool

	// moved: places are to be moved to those of a file, so that there are no fixes.
	moved bool
	// meets: nothing is asked but what a source gives to others.
	meets bool
	// whole: nothing is left out of a source before it is parsed.
	whole bool
	// budget is how long a parse may take; 0 is what the size of the source allows.
	budget time.Duration
}

// Result is what one file holds, in the order of the file.
type Result struct {
	// Sites are all sites, safe and justified ones included.
	Sites []*lint.Site
	// Dumps are the places where objects become bytes, for who asks for an inventory.
	Dumps []*lint.Dump
	// Findings are sorted by [lint.CompareFindings].
	Findings []*lint.Finding
	// Skips say what was not looked at, or not fully.
	Skips []*lint.Skip
	// Literals are the places of the literals that were judged as pickles. Whoever
	// looks for pickles in the text of the file would find some of them again.
	Literals []Literal

	// thin: something was left out before the source was parsed.
	thin bool
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
	embedded := *s
	embedded.moved = true
	alone := embedded
	alone.Modules = nil
	switch KindOf(path, raw[:min(len(raw), headSize)]) {
	case Notebook:
		embedded.notebook(ctx, path, raw, res)
	case Commands:
		alone.commands(ctx, path, raw, res)
	default:
		if strings.EqualFold(filepath.Ext(path), ".ipy") {
			alone.session(ctx, path, raw, res)
			return
		}
		s.module(ctx, path, raw, res)
	}
}

// module lints what is Python as it stands.
func (s *Scanner) module(ctx context.Context, path string, raw []byte, res *Result) {
	c := s.Catalog
	if c == nil {
		c = catalog.Builtin()
	}
	g := s.gateFor(c)
	text, notices, ok := s.read(g, path, raw)
	for _, notice := range notices {
		res.skip(lint.Location{Path: path}, "%s", notice)
	}
	if !ok {
		return
	}
	seen := exact{gate: g}
	normal := prelex.Normalise(text.Bytes, seen.visit)
	module, pkg := s.Modules.nameOf(path)
	// Where the tokens cannot be told from each other, the rough look stands.
	v := open
	if len(normal.Faults) == 0 {
		v = seen.verdict(normal.Text)
	}
	s.Modules.imports(path, normal.Text, importPlaces(normal.Text))
	var more aside
	if !s.meets {
		more = s.asked(g, &seen, path)
	}
	if v == closed {
		s.Modules.mayGive(g, path, normal.Text, seen.names)
		if more == 0 {
			return
		}
	}
	// What is imported for others to use is bound, and not used.
	t := g.read(normal.Text, module, pkg)
	if v != closed {
		s.Modules.gives(g, path, t)
	}
	if s.meets {
		return
	}
	if v == asks && more == 0 && !g.bound(t) {
		return
	}
	if seen.directive && s.Modules.waits(path) {
		return // what a directive excuses may be known later only
	}
	l := &look{scanner: s, gate: g, path: path, raw: raw, text: text, normal: normal, plain: normal.Text, asides: more, bare: v == closed && more == customs}
	if s.moved || len(notices) > 0 {
		l.raw = nil
	}
	if !s.whole && !s.Inventory {
		var cold bool
		if l.plain, l.cuts, cold = seen.thinned(normal, t, !s.SitesOnly, more, l.bare); cold {
			if w := s.wrapping(g, path); !l.bare || !w.any() {
				return
			}
		}
	}
	if l.at(ctx, res) {
		s.Modules.told(path, res)
	}
}

// parse makes a tree of a source without the cuts, or leaves it to its tokens where that fails. It
// returns nil if the run was ended.
func (s *Scanner) parse(ctx context.Context, g *gate, res *Result, path string, text *decode.Text, normal *prelex.Normal, plain []byte, cuts []syntax.Cut, bare bool) *file {
	if normal.Blanked {
		res.skip(lint.Location{Path: path}, "the source contains NUL bytes, which CPython refuses: read as blanks")
	}
	src := newSource(path, text, normal)
	src.plain = plain
	tree, err := syntax.ParseWithout(ctx, src.plain, cuts, cmp.Or(s.budget, syntax.Budget(len(src.plain))))
	if err != nil {
		res.skip(lint.Location{Path: path}, "%s", parseFailure(err))
		if ctx.Err() != nil {
			return nil
		}
		tree = &syntax.Tree{Source: src.plain}
		if errors.Is(err, syntax.ErrTooLarge) {
			// So much text may have millions of comments.
			src.comments = nil
		}
	}
	conflict, asWritten := -1, src
	if err == nil && len(tree.Broken)+len(normal.Faults) > 0 {
		src, tree, conflict = untemplated(ctx, path, text, src, tree)
	}
	module, pkg := s.Modules.nameOf(path)
	wrapping := s.wrapping(g, path)
	f := newFile(src, tree, g, module, pkg, bare && err == nil && !wrapping.any())
	f.rewritten = src != asWritten
	f.unparsed, f.versions, f.modules, f.shallow, f.inside = err != nil, s.Versions, s.Modules, s.SitesOnly, s.Sources
	f.asserts = s.Asserts && !optimised(text.Bytes)
	f.wrapping = wrapping
	f.blobs = &inlineBlobs{ctx: ctx, scanner: s, reader: valueReader(f), hit: make(map[string]bool)}
	if conflict >= 0 {
		at := f.location(uint32(conflict), uint32(conflict)+1)
		res.skip(at, "syntax error: the marks of a merge stand in the source; both sides were read, one after the other")
	}
	return f
}

// untemplated reads a source that does not parse as a template, or without the marks
// of a merge, if that parses better.
func untemplated(ctx context.Context, path string, text *decode.Text, src *source, tree *syntax.Tree) (*source, *syntax.Tree, int) {
	plainer, conflict := prelex.Untemplate(text.Bytes)
	if plainer == nil {
		return src, tree, -1
	}
	normal := prelex.Normalise(plainer, nil)
	better, err := syntax.Parse(ctx, normal.Text, syntax.Budget(len(normal.Text)))
	if err != nil || len(better.Broken)+len(normal.Faults) >= len(tree.Broken)+len(src.faults) {
		return src, tree, -1
	}
	return newSource(path, text, normal), better, conflict
}

// read decodes a file. ok is false if its words hold no site: nobody needs to
// know then that CPython would refuse its bytes, unless they may hide words.
func (s *Scanner) read(g *gate, path string, raw []byte) (text *decode.Text, notices []string, ok bool) {
	enc := s.encodingOf(raw)
	if enc.UTF8 {
		plain := bytes.TrimPrefix(raw, utf8BOM)
		if seen, open := g.rough(plain); !open {
			s.Modules.closed(g, path, plain, &seen)
			return nil, nil, false
		}
	}
	text, notices = decode.Decode(raw, enc)
	if enc.UTF8 {
		return text, notices, true
	}
	if seen, open := g.rough(text.Bytes); !open {
		s.Modules.closed(g, path, text.Bytes, &seen)
		if !text.Opaque {
			notices = nil
		}
		return nil, notices, false
	}
	return text, notices, true
}

var utf8BOM = []byte("\xef\xbb\xbf")

func (r *Result) skip(at lint.Location, format string, args ...any) {
	r.Skips = append(r.Skips, &lint.Skip{Location: at, Reason: lint.Printable(fmt.Sprintf(format, args...))})
}

// MaxFile bounds a file that is handed to Scan, in bytes. Its words are read
// whatever its size; only a file whose words can hold a site is parsed, and then
// syntax.MaxSource is the bound.
const MaxFile = 64 << 20

// file is one parsed file.
type file struct {
	*source
	gate *gate
	tree *syntax.Tree
	// names is the table that finds the sites, tables are all that were asked for.
	names  *names.Table
	tables []wordsTable
	// bare: there are no sites, and the names are those that the rules about rebuilding
	// follow, or if they have nothing to say those about state.
	bare, rebuilds bool
	// outlined is the outline of the tree, once somebody asks.
	outlined *classes.Outline
	// statement holds the innermost statement around each node, or None.
	statement []syntax.Index
	headers   map[syntax.Index]span
	overrides map[syntax.Index]override
	generated bool
	// unparsed: there is no tree, for a limit or want of a parser. rewritten: what was read
	// is not what was written.
	unparsed, rewritten bool
	// scanned is the scanner that asks, and mender writes fixes, or is nil.
	scanned *Scanner
	mender  *mender
	// shallow: no bytes are followed.
	shallow bool
	// asides is what the file is asked besides, and protocolPolicy by what its dumps are judged.
	asides         aside
	protocolPolicy ProtocolPolicy
	// statesOf is [Scanner.States], or nil.
	statesOf func(class string) []StoredState
	// module is the name of the module, if it is known; pkg: of its __init__.py.
	module string
	pkg    bool
	// outer holds the imports of the file, for the strings that it runs.
	outer *tokens
	loose *loosened
	// modules, if not nil, are those in reach; everything is the file with every name
	// followed, once asked for.
	modules    *Modules
	everything *file

	versions Versions
	// asserts is [Scanner.Asserts].
	asserts bool
	// starModules are the modules of which the file imports everything, once somebody asks.
	starModules []string
	// header is what the file declares itself, once headed.
	header    *declared.Header
	headerErr error
	headed    bool
	// spelled are the names of the file, once somebody asks.
	spelled map[string]bool
	// extensions are the nodes that add to a list, by its name, once somebody asks.
	extensions map[string][]syntax.Index
	// worked counts the expressions that were looked at for one argument.
	worked int
	set    settingFacts
	// proving proves that bytes were verified.
	proving proving
	// tainting follows bytes, once somebody asks; inside are the Sources of the scanner.
	tainting *taint.File
	inside   map[string]string
	// followed counts the functions of other modules that were asked about.
	followed int
	// ways tells through what bytes go, if anybody asks.
	ways *ways
	// blobs looks at what is decoded, where that is a constant.
	blobs *inlineBlobs

	// wrapping is what wrappers are to the file, and the rest is known of one that holds
	// some, once somebody asks: the checks and the payloads in its functions, and __all__.
	wrapping   wrapping
	checksIn   map[syntax.Index][]syntax.Index
	payloadsIn map[syntax.Index]map[string]bool
	exposed    map[syntax.Index]bool
	listed     struct {
		known, is bool
		text      []byte
	}
}
