package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Package is one package as it runs. Its SSA form is built by the first question.
type Package struct {
	pass    *analysis.Pass
	catalog *catalog.Catalog

	built bool
	// funcs are the functions of the sources with their literals, and the
	// initialiser of the package.
	funcs []*ssa.Function
	// calls are by the position of their opening parenthesis.
	calls map[token.Pos]ssa.CallInstruction
	// callers are the calls of a function from inside the package, and values
	// are the functions that are also used in another way than by a call.
	callers map[*ssa.Function][]ssa.CallInstruction
	values  map[*ssa.Function]bool
	// closures are the places that make a function literal with what it captures.
	closures map[*ssa.Function][]*ssa.MakeClosure
	// plainly are the calls that a function literal which captures nothing is an argument of.
	plainly map[*ssa.Function][]ssa.CallInstruction
	// bounds are the method values, by the position of the method's name.
	bounds map[token.Pos]*ssa.MakeClosure
	// stores are what is put into a global, or into a field of any value of a type.
	stores map[types.Object][]ssa.Value
	// addresses are all places where the address of a field is taken, and globals those
	// that use a variable of the package.
	addresses map[*types.Var][]ssa.Value
	globals   map[*ssa.Global][]ssa.Instruction
	// dynamic are the calls of values and of methods of interfaces, in source order.
	dynamic []ssa.CallInstruction
	// resolved are the functions of the package that they may call, and dynamically the
	// calls by the function.
	resolved    map[*ssa.CallCommon]targets
	dynamically map[*ssa.Function][]ssa.CallInstruction
	// embedded are the variables that //go:embed fills.
	embedded map[types.Object]bool
	frames   map[entry]*frame
	// sources are by type, see sourceOfType.
	sources    map[types.Type]*catalog.GoSource
	interfaces []interfaceSource
	shapes     map[string][]*catalog.GoSource
	owns       map[ownKey]bool
	reading    map[*types.TypeName]bool

	// Facts, if set, tells what functions of other packages verify, as their facts say.
	Facts func(*types.Func) *catalog.GoVerifier
	// Gives, if set, tells what results of functions of other packages come from.
	// field is the name of the field of the result that is asked for, or "".
	Gives func(fn *types.Func, result int, field string) *catalog.GoSource
	// verifiers and checkers are what verifier.go finds out, once.
	verifiers map[*types.Func]*catalog.GoVerifier
	checkers  map[*ssa.Function]bool
	// origins are the answers about where bytes come from.
	origins map[originKey]Taint
	// hopsGiven is what Given has cost, in values.
	hopsGiven int
	// proofs are the names of values, for all proofs, and answers what was found out.
	proofs  *names
	answers map[question]Proof
	// scribbling are the functions that may write to memory of others.
	scribbling map[*ssa.Function]bool
	// proofSteps is what proofs have cost.
	proofSteps int
}

// New returns the package of a pass, of which nothing is built yet.
func New(pass *analysis.Pass, cat *catalog.Catalog) *Package {
	return &Package{pass: pass, catalog: cat}
}

// Functions are the functions of the sources, with literals, in source order.
func (p *Package) Functions() []*ssa.Function {
	p.build()
	return p.funcs
}

// Function returns a declared function as it runs, or nil where there is no body.
func (p *Package) Function(fn *types.Func) *ssa.Function {
	p.build()
	for _, f := range p.funcs {
		if f.Object() == fn {
			return f
		}
	}
	return nil
}

// Literal returns a function literal as it runs, or nil where it never does.
func (p *Package) Literal(lit *ast.FuncLit) *ssa.Function {
	p.build()
	for _, f := range p.funcs {
		if f.Syntax() == lit {
			return f
		}
	}
	return nil
}

func (p *Package) build() {
	if p.built {
		return
	}
	p.built = true
	prog := ssa.NewProgram(p.pass.Fset, 0)
	prog.SetNoReturn(p.noReturn())
	for _, imported := range p.pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	pkg := prog.CreatePackage(p.pass.Pkg, p.pass.Files, p.pass.TypesInfo, false)
	pkg.Build()

	add := func(f *ssa.Function) {
		queue := []*ssa.Function{f}
		for len(queue) > 0 {
			f, queue = queue[0], append(queue[1:], queue[0].AnonFuncs...)
			p.funcs = append(p.funcs, f)
		}
	}
	for _, file := range p.pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				if fn, ok := p.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
					if f := prog.FuncValue(fn); f != nil {
						add(f)
					}
				}
			}
		}
	}
	if init := pkg.Func("init"); init != nil {
		add(init)
	}
	p.index()
}

// index notes what a walk up a value needs to know of the whole package.
func (p *Package) index() {
	p.calls = make(map[token.Pos]ssa.CallInstruction)
	p.callers = make(map[*ssa.Function][]ssa.CallInstruction)
	p.values = make(map[*ssa.Function]bool)
	p.closures = make(map[*ssa.Function][]*ssa.MakeClosure)
	p.plainly = make(map[*ssa.Function][]ssa.CallInstruction)
	p.bounds = make(map[token.Pos]*ssa.MakeClosure)
	p.stores = make(map[types.Object][]ssa.Value)
	p.addresses = make(map[*types.Var][]ssa.Value)
	p.globals = make(map[*ssa.Global][]ssa.Instruction)
	p.frames = make(map[entry]*frame)
	p.origins = make(map[originKey]Taint)
	var operands []*ssa.Value
	for _, f := range p.funcs {
		for _, block := range f.Blocks {
			for _, instr := range block.Instrs {
				var callee *ssa.Value
				switch instr := instr.(type) {
				case ssa.CallInstruction:
					common := instr.Common()
					p.calls[common.Pos()] = instr
					if fn := p.local(common); fn != nil {
						p.callers[fn] = append(p.callers[fn], instr)
						callee = &common.Value
					} else if _, builtin := common.Value.(*ssa.Builtin); !builtin && (common.IsInvoke() || common.StaticCallee() == nil) {
						p.dynamic = append(p.dynamic, instr)
					}
				case *ssa.Store:
					if obj := stored(instr.Addr); obj != nil {
						p.stores[obj] = append(p.stores[obj], instr.Val)
					}
				case *ssa.MakeClosure:
					if fn, ok := instr.Fn.(*ssa.Function); ok {
						p.closures[fn] = append(p.closures[fn], instr)
						if fn.Synthetic != "" && len(instr.Bindings) == 1 {
							p.bounds[instr.Pos()] = instr
						}
						if called(instr) {
							callee = &instr.Fn
						}
					}
				case *ssa.FieldAddr:
					if field := fieldOf(instr.X.Type(), instr.Field); field != nil {
						p.addresses[field] = append(p.addresses[field], instr)
					}
				}
				operands = instr.Operands(operands[:0])
				for _, op := range operands {
					switch v := (*op).(type) {
					case *ssa.Function:
						if op != callee {
							p.values[p.declared(v)] = true
						}
						if call, ok := instr.(ssa.CallInstruction); ok && v.Parent() != nil && call.Common().Value != v {
							p.plainly[v] = append(p.plainly[v], call)
						}
					case *ssa.Global:
						p.globals[v] = append(p.globals[v], instr)
					}
				}
			}
		}
	}
}

// declared returns the function that was written down: for a method value or a method
// expression that of the method, for an instance the generic one.
func (p *Package) declared(fn *ssa.Function) *ssa.Function {
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" {
		if f := fn.Prog.FuncValue(obj.Origin()); f != nil {
			return f
		}
	}
	return origin(fn)
}

// called reports a function literal that is called where it stands, and nothing else.
func called(closure *ssa.MakeClosure) bool {
	for _, ref := range *closure.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if !ok || call.Common().Value != closure {
			return false
		}
	}
	return true
}

// local returns the function of this package that a call surely calls, or nil: one
// with a body, generic as it was written.
func (p *Package) local(common *ssa.CallCommon) *ssa.Function {
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	fn = origin(fn)
	if len(fn.Blocks) == 0 {
		return nil
	}
	return fn
}

// origin returns the generic function that fn is an instance of, or fn.
func origin(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		return o
	}
	return fn
}

// stored returns the global or the field that an address is of, or nil.
func stored(addr ssa.Value) types.Object {
	switch addr := addr.(type) {
	case *ssa.Global:
		return addr.Object()
	case *ssa.FieldAddr:
		return fieldOf(addr.X.Type(), addr.Field)
	}
	return nil
}

// fieldOf returns field i of a struct or of what a pointer to one points to.
func fieldOf(t types.Type, i int) *types.Var {
	if ptr, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := types.Unalias(t).Underlying().(*types.Struct)
	if !ok || i >= s.NumFields() {
		return nil
	}
	return s.Field(i).Origin()
}
