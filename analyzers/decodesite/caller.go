package decodesite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// callerBoundary is the boundary that hands the question on to whoever calls
// the function around the site.
const callerBoundary = "caller"

// Decodes is the fact that a function decodes what its caller passes in, and
// says so with boundary=caller. It makes the function a sink in every package.
type Decodes struct {
	Format string
	// Arg is as in [catalog.GoSink], or "" if no parameter could be named.
	Arg string
	// Via and Danger are of the sink of the catalogue at the end of the chain.
	Via, Danger string
}

// AFact marks Decodes as a fact.
func (*Decodes) AFact() {}

func (d *Decodes) String() string { return fmt.Sprintf("decodes(%s via %s)", d.Format, d.Via) }

func (d *Decodes) sink(fn *types.Func) *catalog.GoSink {
	return &catalog.GoSink{
		Name:   fn.FullName(),
		Format: d.Format,
		Arg:    d.Arg,
		Danger: fmt.Sprintf("%s decodes what its caller passes in with %s, and %s", fn.Name(), d.Via, d.Danger),
		Reason: "declared with boundary=" + callerBoundary,
	}
}

// declare makes the function around a site a sink, if the site's claim says so
// and is in order.
func (f *finder) declare(site *Site, u use) {
	if site.Claim.Justification == nil || site.Claim.Justification.Boundary != callerBoundary || !site.Claim.Suppresses {
		return
	}
	fn := f.function(u)
	if fn == nil || f.declared[fn] != nil {
		return
	}
	fact := &Decodes{Format: site.Format, Arg: f.parameter(site, fn), Via: u.sink.Name, Danger: u.sink.Danger}
	var inner Decodes
	if f.pass.ImportObjectFact(u.callee, &inner) {
		fact.Via, fact.Danger = inner.Via, inner.Danger
	}
	f.pass.ExportObjectFact(fn, fact)
	f.declared[fn] = fact.sink(fn)
	f.fresh[fn] = true
}

// parameter returns the parameter of fn that the decoded expression mentions
// first, as the arg of a sink. A decoder that was made in an earlier statement
// hides it; then the answer is "".
func (f *finder) parameter(site *Site, fn *types.Func) string {
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
