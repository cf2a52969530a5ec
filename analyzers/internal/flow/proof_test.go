package flow

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// loadSource type-checks one file as a pass would.
func loadSource(t testing.TB, src string) *Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Scopes: make(map[ast.Node]*types.Scope), Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	pkg, err := (&types.Config{Importer: sources()}).Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return New(&analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, catalog.Builtin())
}

// sources imports from the sources of the standard library, each package once.
var sources = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

// decodes asks for every call of a method Decode.
func decodes(p *Package) []Proof {
	var out []Proof
	for _, fn := range p.Functions() {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				if callee := Callee(call.Common()); callee != nil && callee.Name() == "Decode" {
					out = append(out, p.Proof(call, Argument(call.Common(), "recv"), ""))
				}
			}
		}
	}
	return out
}

const head = `package p

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/gob"
)

func valid(key, sum, data []byte) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return hmac.Equal(sum, mac.Sum(nil))
}
`

// Functions that call each other in circles, deep nests of branches and long chains of
// copies end in time, and what is then not known is not called verified.
func TestProofIsBounded(t *testing.T) {
	var nest, chain, calls strings.Builder
	for range 300 {
		nest.WriteString("if n > 1 || len(sum) > n { n++; ok = ok || valid(key, sum, data)\n")
	}
	nest.WriteString(strings.Repeat("}\n", 300))
	for i := range 2000 {
		fmt.Fprintf(&chain, "b%d := append([]byte(nil), b%d...)\n", i+1, i)
	}
	for i := range 60 {
		fmt.Fprintf(&calls, "func f%d(key, sum, data []byte, n int) bool { if n > 3 { return f%d(key, sum, data, n-1) && f%d(key, sum, data, n-2) }; return valid(key, sum, data) }\n", i, (i+1)%60, (i+7)%60)
	}
	for name, src := range map[string]string{
		"nest":  "func f(key, sum, data []byte, n int, v any) { ok := false\n" + nest.String() + "if ok { gob.NewDecoder(bytes.NewReader(data)).Decode(v) } }\n",
		"chain": "func f(key, sum, b0 []byte, v any) { if !valid(key, sum, b0) { return }\n" + chain.String() + "gob.NewDecoder(bytes.NewReader(b2000)).Decode(v) }\n",
		"calls": calls.String() + "func f(key, sum, data []byte, v any) { if f0(key, sum, data, 3) { gob.NewDecoder(bytes.NewReader(data)).Decode(v) } }\n",
	} {
		t.Run(name, func(t *testing.T) {
			p := loadSource(t, head+src)
			proofs := decodes(p)
			if len(proofs) != 1 {
				t.Fatalf("%d decodes", len(proofs))
			}
			if p.proofSteps > 4*maxSteps {
				t.Errorf("it took %d steps", p.proofSteps)
			}
			t.Logf("%+v after %d steps", proofs[0], p.proofSteps)
		})
	}
}

// The same package gives the same answers.
func TestProofIsDeterministic(t *testing.T) {
	const src = `
func a(key, sum, data []byte, v any, n int) {
	if n > 0 && !valid(key, sum, data) {
		return
	}
	gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

func b(key, sum, data []byte, v any) {
	_ = valid(key, sum, data)
	_ = hmac.Equal(sum, data)
	gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

func c(key, other, sum, data []byte, v any) {
	if valid(key, sum, data) || valid(other, sum, data) {
		gob.NewDecoder(bytes.NewReader(data)).Decode(v)
	}
}
`
	want := fmt.Sprintf("%+v", decodes(loadSource(t, head+src)))
	if !strings.Contains(want, "leaves it out") || !strings.Contains(want, "nothing is done") || !strings.Contains(want, "Standing:1") {
		t.Fatalf("got %s", want)
	}
	for range 20 {
		if got := fmt.Sprintf("%+v", decodes(loadSource(t, head+src))); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

func BenchmarkProof(b *testing.B) {
	var src strings.Builder
	src.WriteString(head)
	for i := range 50 {
		fmt.Fprintf(&src, "func f%d(key, sum, data []byte, v any) error { if !valid(key, sum, data) { return nil }; return gob.NewDecoder(bytes.NewReader(data)).Decode(v) }\n", i)
	}
	p := loadSource(b, src.String())
	p.build()
	b.ReportAllocs()
	for b.Loop() {
		p.answers, p.proofSteps = nil, 0
		for _, proof := range decodes(p) {
			if proof.Standing != Verified {
				b.Fatalf("%+v", proof)
			}
		}
	}
}
