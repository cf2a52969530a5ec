package decodesite

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Behind is the fact that results of a function are interfaces behind which a decoder is
// known to stand: the methods that whoever gets them calls are sinks.
type Behind struct {
	// Results are their indices, and Types what stands behind each, as the receivers of
	// the sinks are written.
	Results []int
	Types   []string
}

// AFact marks Behind as a fact.
func (*Behind) AFact() {}

func (b *Behind) String() string {
	return fmt.Sprintf("behind(%v: %s)", b.Results, strings.Join(b.Types, ", "))
}

// shareBehind exports which functions of the package return decoders behind interfaces.
func (f *finder) shareBehind() {
	if f.pass.Pkg.Name() == "main" || isStandard(f.pass) {
		return
	}
	methods := f.methodNames()
	for fn := range f.declared {
		if fn.Pkg() == f.pass.Pkg && fn.Signature().Recv() != nil {
			methods[fn.Name()] = true
		}
	}
	if len(methods) == 0 {
		return
	}
	for _, file := range f.pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || !decl.Name.IsExported() {
				continue
			}
			fn, ok := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			fact := new(Behind)
			for i := range fn.Signature().Results().Len() {
				if of := f.returns(fn, i, methods); of != "" {
					fact.Results, fact.Types = append(fact.Results, i), append(fact.Types, of)
				}
			}
			if len(fact.Results) > 0 {
				f.pass.ExportObjectFact(fn, fact)
			}
		}
	}
}

// returns is the receiver of the sinks that stand behind a result, or "".
func (f *finder) returns(fn *types.Func, result int, methods map[string]bool) string {
	iface, ok := types.Unalias(fn.Signature().Results().At(result).Type()).Underlying().(*types.Interface)
	if !ok {
		return ""
	}
	found := ""
	for m := range iface.Methods() {
		if !methods[m.Name()] {
			continue
		}
		for _, v := range f.flow.Returned(fn, result) {
			f.flow.Types(v, func(t types.Type) bool {
				method := methodOf(t, m.Name())
				if method != nil && found == "" && f.sink(method) != nil {
					name := method.FullName()
					if f.sinks.libraries.Of(method.Pkg()) != "" {
						name = f.sinks.libraries.Name(method.Pkg(), name)
					}
					found = name[:strings.LastIndexByte(name, '.')]
				}
				return method == nil
			})
		}
	}
	return found
}

// given adds the names of the methods that are sinks of what functions of imported packages
// return.
func (f *finder) given(methods map[string]bool) {
	for _, of := range f.pass.AllObjectFacts() {
		if _, ok := of.Fact.(*Behind); ok && slices.Contains(f.pass.Pkg.Imports(), of.Object.Pkg()) {
			maps.Copy(methods, f.sinks.methods)
			for _, sinks := range []map[*types.Func]*catalog.GoSink{f.declared, f.wrapped} {
				for fn := range sinks {
					methods[fn.Name()] = true
				}
			}
			return
		}
	}
}

// givenBy returns the sink that a method is of what a function of another package returned.
func (f *finder) givenBy(fn *types.Func, result int, method string) *catalog.GoSink {
	var fact Behind
	if !f.pass.ImportObjectFact(fn, &fact) {
		return nil
	}
	i := slices.Index(fact.Results, result)
	if i < 0 {
		return nil
	}
	name := fact.Types[i] + "." + method
	if s, ok := f.sinks.catalog.GoSink(name); ok && f.sinks.counts(s) {
		return s
	}
	for _, sinks := range []map[*types.Func]*catalog.GoSink{f.declared, f.wrapped} {
		for fn, s := range sinks {
			if fn.FullName() == name {
				return s
			}
		}
	}
	return nil
}
