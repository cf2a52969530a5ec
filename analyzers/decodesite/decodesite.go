package decodesite

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/honnef"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Analyzer reports nothing; its result is a *[Result].
var Analyzer = &analysis.Analyzer{
	Name: "decodesite",
	Doc: "find the places where bytes become values\n\n" +
		"It reports nothing. Other analyzers of pickle-lint judge what it finds.",
	URL:        lint.Homepage,
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, honnef.Generated},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Decodes), new(Verifies), new(Gives), new(Behind)},
}

// The rule that looks at sites which are none otherwise, see [Site.SizeOnly].
const (
	BoundID   = "PKL304"
	BoundName = "unbounded-decode"
)

// Result is what a package holds.
type Result struct {
	// Sites are ordered by position.
	Sites []*Site
	// Files are the files that hold a site or a directive, in the order of
	// the pass. [Result.Place] adds to them.
	Files []*File
	// Flow follows bytes through the package.
	Flow *flow.Package

	mu     sync.Mutex
	pass   *analysis.Pass
	policy justify.Policy
}

// Form says how a sink is used.
type Form string

// The forms. A value is a method value, a method expression or a function that
// is not called where it is named.
const (
	Call  Form = "call"
	Defer Form = "defer"
	Go    Form = "go"
	Value Form = "value"
)

// Site is one use of a sink.
type Site struct {
	// Site is the part that leaves the run. Its path is as the driver gave it.
	lint.Site
	Sink *catalog.GoSink
	Form Form
	// Node is the call, or for a value the expression that names the sink.
	Node ast.Expr
	// Decoded is the expression that is decoded, or nil where none is written.
	Decoded ast.Expr
	// Name is the identifier that names it.
	Name *ast.Ident
	// Callee is the sink's object, or the method of an interface behind which it
	// stands.
	Callee *types.Func
	// Open: what is decoded into can hold values of types that the bytes choose.
	Open bool
	// FirstLine and LastLine are the physical lines of the statement, as far
	// as a directive on one of them covers the site.
	FirstLine, LastLine int
	// Leads: a directive directly above the first line covers the site.
	Leads bool
	// Claim is what covers the statement.
	Claim justify.Claim
	// SizeOnly: it is a site only for rule unbounded-decode, because the decoder does no
	// more than its input is long.
	SizeOnly bool
	// Element is the size in bytes of the largest element of a slice, an array or a map
	// that is decoded into, 0 without one, or -1 where that is not to be seen.
	Element int64
	// Within is the boundary by which the decode is justified in the function of another
	// package that is used here, where that says that the bytes stay close, or "".
	Within string
	// Key says what the site is about without line numbers.
	Key lint.Key
}

// Taint finds out where the bytes come from that a site decodes, of which v is the
// argument.
func (s *Site) Taint(pkg *flow.Package, v ssa.Value) flow.Taint {
	if s.Sink.File {
		return pkg.TaintOfFile(v)
	}
	return pkg.Taint(v)
}

func run(pass *analysis.Pass) (any, error) {
	set, ok := pass.ResultOf[settings.Analyzer].(*settings.Settings)
	if !ok {
		return nil, fmt.Errorf("analyzer %s gave no settings", settings.Analyzer.Name)
	}
	files := make(map[*ast.File]*File)
	open := func(syntax *ast.File) (*File, error) {
		if files[syntax] == nil {
			file, err := newFile(pass, set.Policy, syntax)
			if err != nil {
				return nil, err
			}
			files[syntax] = file
		}
		return files[syntax], nil
	}
	for _, syntax := range pass.Files {
		if mentionsDirective(syntax) {
			if _, err := open(syntax); err != nil {
				return nil, err
			}
		}
	}

	result := &Result{Flow: flow.New(pass, set.Catalog), pass: pass, policy: set.Policy}
	shareVerifiers(pass, set.Catalog, result.Flow)
	takeSources(pass, result.Flow)
	find := newFinder(pass, set, result.Flow)
	// A claim of boundary=caller makes its function a sink, whose uses in this
	// package are sites in turn and may carry such a claim themselves. Each
	// round declares at least one more function, or is the last.
	for uses := find.uses(); len(uses) > 0; uses = find.usesOfDeclared() {
		for _, u := range uses {
			if u.sizeOnly && !find.unlimited(u) {
				continue // no site, and no claim is about it
			}
			file, err := open(u.syntax)
			if err != nil {
				return nil, err
			}
			site := file.site(u)
			site.Within = find.within[u.callee]
			result.Sites = append(result.Sites, site)
			if !site.SizeOnly {
				find.declare(site, u)
			}
		}
	}
	find.wrappers(result.Sites)
	find.shareBehind()
	shareSources(pass, set.Catalog, result.Flow)
	slices.SortFunc(result.Sites, func(a, b *Site) int {
		return cmp.Or(cmp.Compare(a.Node.Pos(), b.Node.Pos()), cmp.Compare(a.API, b.API))
	})
	for _, syntax := range pass.Files {
		if file := files[syntax]; file != nil {
			result.Files = append(result.Files, file)
		}
	}
	return result, nil
}
