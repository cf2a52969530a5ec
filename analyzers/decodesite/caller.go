package decodesite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Decodes is the fact that a function decodes what its caller passes in.
type Decodes struct {
	Format string
	// Arg is as in [catalog.GoSink], or "" if no parameter could be named.
	Arg string
	// Via, Danger and Tainted are of the sink of the catalogue at the end of the
	// chain.
	Via, Danger, Tainted string
	// File: Arg is the name of the file that is decoded.
	File bool
	// Declared: the function says so with boundary=caller, which makes it a sink in
	// every package. Otherwise its own decode is a site, and a use of the function
	// counts only where the bytes come from outside.
	Declared bool
	// Boundary is that of a claim by which the bytes never leave the process, the host
	// or the build: then a use counts only where they come straight from the network,
	// which contradicts the claim.
	Boundary string
}

// AFact marks Decodes as a fact.
func (*Decodes) AFact() {}

func (d *Decodes) String() string {
	if d.Boundary != "" {
		return fmt.Sprintf("wraps(%s of %s via %s, %s)", d.Format, d.Arg, d.Via, d.Boundary)
	}
	if d.Declared {
		return fmt.Sprintf("decodes(%s via %s)", d.Format, d.Via)
	}
	return fmt.Sprintf("wraps(%s of %s via %s)", d.Format, d.Arg, d.Via)
}

func (d *Decodes) sink(fn *types.Func) *catalog.GoSink {
	s := &catalog.GoSink{
		Name:    fn.FullName(),
		Format:  d.Format,
		Arg:     d.Arg,
		File:    d.File,
		Tainted: d.Tainted,
		Danger:  fmt.Sprintf("%s decodes what its caller passes in with %s, and %s", fn.Name(), d.Via, d.Danger),
		Reason:  "declared with boundary=" + justify.CallerBoundary,
	}
	if !d.Declared {
		s.Untainted, s.Reason = "silent", "it passes a parameter on to a decoder"
	}
	return s
}

// fact is what a function says of itself that holds a use of a sink.
func (f *finder) fact(u *Site, arg string) *Decodes {
	fact := &Decodes{Format: u.Format, Arg: arg, Via: u.Sink.Name, Danger: u.Sink.Danger, Tainted: u.Sink.Tainted, File: u.Sink.File}
	var inner Decodes
	if f.pass.ImportObjectFact(u.Callee, &inner) {
		fact.Via, fact.Danger = inner.Via, inner.Danger
	}
	return fact
}

// wrappers notes the functions whose parameters reach a site, of which nobody has said
// anything: no claim covers the site, no check precedes it, and where the bytes come
// from is not to be seen in this package. Where a claim says that the bytes stay close
// it is noted, too: that is for all callers, and one may contradict it.
func (f *finder) wrappers(sites []*Site) {
	// One without a claim says more of its function than one with.
	for _, claimed := range []bool{false, true} {
		for _, s := range sites {
			if s.Claim.Suppresses == claimed && (!claimed || Close(s.Claim.Justification)) {
				f.wrapper(s)
			}
		}
	}
}

// Close reports a claim by which the bytes never leave the process, the host or the build.
func Close(j *lint.Justification) bool {
	if j == nil {
		return false
	}
	switch j.Boundary {
	case "process", "host", "build":
		return true
	}
	return false
}

func (f *finder) wrapper(s *Site) {
	if s.Sink.Serves || s.SizeOnly {
		return
	}
	at, bytes := f.flow.Place(s.Node, s.Name, s.Sink.Arg)
	if bytes == nil || s.Taint(f.flow, bytes).Origin == flow.Tainted || f.flow.Proof(at, bytes, "").Standing == flow.Verified {
		return
	}
	for _, param := range f.flow.Parameters(bytes) {
		fn, ok := param.Parent().Object().(*types.Func)
		if !ok || fn.Pkg() != f.pass.Pkg || f.declared[fn] != nil || f.opens(fn) {
			continue
		}
		arg := position10(param.Parameter)
		if arg == "" || f.pass.ImportObjectFact(fn, new(Decodes)) {
			continue
		}
		fact := f.fact(s, arg)
		fact.File = fact.File || param.File
		if s.Claim.Suppresses {
			fact.Boundary = s.Claim.Justification.Boundary
		} else {
			fact.Boundary = s.Within
		}
		f.pass.ExportObjectFact(fn, fact)
	}
}

// position10 returns which parameter one is, as the catalogue counts them, which is up
// to the tenth.
func position10(param *ssa.Parameter) string {
	fn := param.Parent()
	shift := 0
	if fn.Signature.Recv() != nil {
		shift = 1
	}
	for i, p := range fn.Params {
		switch {
		case p != param:
		case i < shift:
			return "recv"
		case i-shift < 10:
			return strconv.Itoa(i - shift)
		}
	}
	return ""
}

// declare makes the function around a site a sink, if the site's claim says so
// and is in order.
func (f *finder) declare(site *Site, u use) {
	if site.Claim.Justification == nil || site.Claim.Justification.Boundary != justify.CallerBoundary || !site.Claim.Suppresses {
		return
	}
	fn := f.function(u)
	if fn == nil || f.declared[fn] != nil {
		return
	}
	arg, file := f.parameter(site, fn)
	fact := f.fact(site, arg)
	fact.File = fact.File || file
	fact.Declared = true
	f.pass.ExportObjectFact(fn, fact)
	f.declared[fn] = fact.sink(fn)
	f.fresh[fn] = true
}

// parameter returns the parameter of fn that is decoded, as the arg of a sink: the one
// that the decoded expression mentions first, or else the first that the bytes are made
// of, or "". And it reports whether that is the name of a file.
func (f *finder) parameter(site *Site, fn *types.Func) (arg string, file bool) {
	arg = f.mentioned(site, fn)
	_, bytes := f.flow.Place(site.Node, site.Name, site.Sink.Arg)
	if bytes == nil {
		return arg, false
	}
	for _, param := range f.flow.Parameters(bytes) {
		if param.Parent().Object() != fn {
			continue
		}
		if at := position10(param.Parameter); arg == "" || arg == at {
			return at, param.File
		}
	}
	return arg, false
}

func (f *finder) mentioned(site *Site, fn *types.Func) string {
	expr := decodedExpr(site.Node, site.Sink, f.pass.TypesInfo)
	if expr == nil {
		return ""
	}
	sig := fn.Signature()
	found := ""
	ast.Inspect(expr, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found != "" {
			return found == ""
		}
		obj := f.pass.TypesInfo.Uses[id]
		if recv := sig.Recv(); recv != nil && obj == recv {
			found = "recv"
		}
		for i := range min(sig.Params().Len(), 10) {
			if obj == sig.Params().At(i) {
				found = strconv.Itoa(i)
			}
		}
		return found == ""
	})
	return found
}
