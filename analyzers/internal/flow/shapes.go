package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Sources that no name tells, because the types are generated for each program: they are
// known by the shape of a signature.
var (
	grpcRequest = &catalog.GoSource{Origin: catalog.FromRequest, Called: "a gRPC message"}
	grpcAnswer  = &catalog.GoSource{Origin: catalog.FromNetwork, Called: "the answer of another server"}
	rpcRequest  = &catalog.GoSource{Origin: catalog.FromRequest, Called: "a call over RPC"}
)

// sourceOfShape looks at a call of what is generated for gRPC: stream.Recv() of a message,
// and a method of a client, which ends in options of the call.
func (p *Package) sourceOfShape(call *ssa.Call, callee *types.Func, result int) *catalog.GoSource {
	if result != 0 || !isMessage(resultType(call, 0)) {
		return nil
	}
	sig := callee.Signature()
	if callee.Name() == "Recv" && sig.Params().Len() == 0 && sig.Recv() != nil {
		return grpcRequest
	}
	if n := sig.Params().Len(); sig.Variadic() && n > 0 {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			if name := typeName(s.Elem()); name != nil && fullName(name) == "google.golang.org/grpc.CallOption" {
				return grpcAnswer
			}
		}
	}
	return nil
}

// isMessage reports a pointer to what protoc generates.
func isMessage(t types.Type) bool {
	if _, ok := types.Unalias(t).(*types.Pointer); !ok {
		return false
	}
	set := types.NewMethodSet(t)
	return set.Lookup(nil, "ProtoReflect") != nil || set.Lookup(nil, "ProtoMessage") != nil
}

// sourceOfParameter looks at the function that a parameter is of.
func (p *Package) sourceOfParameter(v *ssa.Parameter) *catalog.GoSource {
	fn := v.Parent()
	sig := fn.Signature
	index := parameterIndex(v)
	if sig.Recv() != nil {
		index--
	}
	if index < 0 {
		return nil
	}
	if s := p.sourceOfSignature(fn, index); s != nil {
		return s
	}
	switch {
	case sig.Recv() == nil || fn.Object() == nil || !fn.Object().Exported():
	case index == 1 && isGRPC(sig):
		return grpcRequest
	case index == 0 && isRPC(sig) && p.imports("net/rpc"):
		return rpcRequest
	}
	return nil
}

// isGRPC reports func(context.Context, *Message) (*Message, error), which servers of
// gRPC and of Twirp implement.
func isGRPC(sig *types.Signature) bool {
	return sig.Params().Len() == 2 && sig.Results().Len() == 2 && isMessage(sig.Params().At(1).Type()) && isMessage(sig.Results().At(0).Type()) &&
		types.TypeString(sig.Params().At(0).Type(), nil) == "context.Context"
}

// isRPC reports func(args, *reply) error, which package net/rpc serves.
func isRPC(sig *types.Signature) bool {
	if sig.Params().Len() != 2 || sig.Results().Len() != 1 {
		return false
	}
	_, ok := sig.Params().At(1).Type().(*types.Pointer)
	return ok && types.TypeString(sig.Results().At(0).Type(), nil) == "error"
}

func (p *Package) imports(path string) bool {
	return slices.ContainsFunc(p.pass.Pkg.Imports(), func(pkg *types.Package) bool { return packagePath(pkg) == path })
}

// sourceOfSignature looks for a shape of the catalogue.
func (p *Package) sourceOfSignature(fn *ssa.Function, index int) *catalog.GoSource {
	if p.shapes == nil {
		p.shapes = make(map[string][]*catalog.GoSource)
		for _, s := range p.catalog.GoSources() {
			if s.Function != "" {
				p.shapes[s.Function] = append(p.shapes[s.Function], s)
			}
		}
	}
	for _, s := range slices.Concat(p.shapes[fn.Name()], p.shapes["*"]) {
		if s.Arg == index && parametersAre(fn.Signature, s.Parameters) && (len(s.Near) == 0 || slices.ContainsFunc(s.Near, p.imports)) {
			if s.Function == "*" || fn.Signature.Recv() != nil {
				return s
			}
		}
	}
	return nil
}

func parametersAre(sig *types.Signature, want []string) bool {
	if sig.Params().Len() != len(want) {
		return false
	}
	for i, w := range want {
		t := sig.Params().At(i).Type()
		if w == "any" && isAny(t) {
			continue
		}
		if strings.ReplaceAll(types.TypeString(t, packagePath), " ", "") != w {
			return false
		}
	}
	return true
}
