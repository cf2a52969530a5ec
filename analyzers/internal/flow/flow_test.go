package flow

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// loadReal returns real packages. PICKLELINT_FLOW_OVER names others, for a longer look:
// "std" are all of the standard library.
func loadReal(t testing.TB, patterns ...string) []*Package {
	t.Helper()
	if over := os.Getenv("PICKLELINT_FLOW_OVER"); over != "" {
		patterns = strings.Fields(over)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
	}, patterns...)
	if err != nil || len(pkgs) == 0 {
		t.Fatalf("%d packages, %v", len(pkgs), err)
	}
	var out []*Package
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			t.Logf("%s: %v", pkg.PkgPath, pkg.Errors[0])
			continue
		}
		out = append(out, New(&analysis.Pass{
			Fset: pkg.Fset, Files: pkg.Syntax, Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes,
		}, catalog.Builtin()))
	}
	return out
}

// arguments calls f with every argument of every call of a package, in source order.
func arguments(p *Package, f func(ssa.CallInstruction, ssa.Value)) {
	for _, fn := range p.Functions() {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					for _, op := range call.Operands(nil) {
						if *op != nil {
							f(call, *op)
						}
					}
				}
			}
		}
	}
}

// maxOne is far above what a walk takes, and far below one that does not end.
const maxOne = 20 * time.Second

// Whatever the code is, an answer comes, soon, and is the same again.
func TestTaintOfEverything(t *testing.T) {
	for _, p := range loadReal(t, "net/rpc", "container/list") {
		var first []string
		asked, tainted, own := 0, 0, 0
		var slowest time.Duration
		arguments(p, func(call ssa.CallInstruction, v ssa.Value) {
			began := time.Now()
			taint := p.Taint(v)
			took := time.Since(began)
			slowest = max(slowest, took)
			if took > maxOne {
				t.Errorf("%s: %s took %v", p.pass.Fset.Position(call.Pos()), v, took)
			}
			asked++
			switch taint.Origin {
			case Tainted:
				tainted++
				if taint.Source == "" || len(taint.Trace) == 0 {
					t.Errorf("%s: tainted without a source: %+v", p.pass.Fset.Position(call.Pos()), taint)
				}
			case Own:
				own++
			}
			first = append(first, told(taint))
		})
		t.Logf("%s: %d values, %d tainted, %d own, the slowest took %v", p.pass.Pkg.Path(), asked, tainted, own, slowest)
		if os.Getenv("PICKLELINT_FLOW_OVER") != "" {
			continue
		}
		again := New(p.pass, p.catalog)
		i := 0
		arguments(again, func(call ssa.CallInstruction, v ssa.Value) {
			if got := told(again.Taint(v)); got != first[i] {
				t.Errorf("%s: %s\nthen %s", p.pass.Fset.Position(call.Pos()), first[i], got)
			}
			i++
		})
	}
}

// told is what an answer says.
func told(t Taint) string {
	return fmt.Sprint(t.Origin, t.Source, t.Network, t.Unbounded, t.Trace)
}

// Questions are asked at decode sites, a few in a package.
func BenchmarkTaint(b *testing.B) {
	p := loadReal(b, "net/rpc")[0]
	var values []ssa.Value
	arguments(p, func(call ssa.CallInstruction, v ssa.Value) {
		if callee := Callee(call.Common()); callee != nil && callee.FullName() == "(*encoding/gob.Decoder).Decode" {
			values = append(values, v)
		}
	})
	if len(values) == 0 {
		b.Fatal("no site")
	}
	b.ReportAllocs()
	for b.Loop() {
		clear(p.origins)
		for _, v := range values {
			if p.Taint(v).Origin > Tainted {
				b.Fatal("no answer")
			}
		}
	}
}
