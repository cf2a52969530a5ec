package spelled

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/embedded"
)

// through are functions that give back, more or less, one of their arguments.
var through = map[string]int{
	"strings.TrimSpace": 0, "strings.Trim": 0, "strings.TrimPrefix": 0, "strings.TrimSuffix": 0, "strings.TrimLeft": 0, "strings.TrimRight": 0,
	"strings.Replace": 0, "strings.ReplaceAll": 0, "strings.Clone": 0, "bytes.TrimSpace": 0, "bytes.Clone": 0,
	"(*strings.Replacer).Replace": 0, "fmt.Sprint": 0,
	"strings.NewReader": 0, "bytes.NewReader": 0, "bytes.NewBufferString": 0, "bytes.NewBuffer": 0, "io.NopCloser": 0, "bufio.NewReader": 0,
	"github.com/lithammer/dedent.Dedent": 0, "github.com/MakeNowJust/heredoc.Doc": 0,
}

// call works out what a call returns.
func (r *Reader) call(call *ast.CallExpr) (*Text, bool) {
	if tv := r.info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return r.Text(call.Args[0]) // a conversion
	}
	fn := typeutil.StaticCallee(r.info, call)
	if fn == nil {
		return nil, false
	}
	name := fn.FullName()
	if i, ok := through[name]; ok && i < len(call.Args) {
		return r.Text(call.Args[i])
	}
	switch name {
	case "fmt.Sprintf", "github.com/MakeNowJust/heredoc.Docf":
		if len(call.Args) > 0 && !call.Ellipsis.IsValid() {
			if format, ok := r.Text(call.Args[0]); ok && format.Embedded == "" {
				return r.sprintf(format, call.Args[1:]), true
			}
		}
	case "strings.Join":
		if len(call.Args) == 2 {
			between, ok := r.Text(call.Args[1])
			elts, whole := r.Slice(call.Args[0])
			if ok {
				return r.join(elts, whole, between)
			}
		}
	case "path/filepath.Join", "path.Join":
		between := new(Text)
		between.add([]byte("/"), call.Pos(), true)
		return r.join(call.Args, !call.Ellipsis.IsValid(), between)
	case "(embed.FS).ReadFile", "io/fs.ReadFile":
		return r.first(call)
	case "(*strings.Builder).String", "(*bytes.Buffer).String", "(*bytes.Buffer).Bytes":
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			if buffer := r.buffer(sel.X); buffer != nil {
				return r.written(buffer)
			}
		}
	default:
		return r.returned(fn)
	}
	return nil, false
}

// first works out the first of several results.
func (r *Reader) first(call *ast.CallExpr) (*Text, bool) {
	fn := typeutil.StaticCallee(r.info, call)
	if fn == nil {
		return nil, false
	}
	var tree, name ast.Expr
	switch fn.FullName() {
	case "(embed.FS).ReadFile", "(embed.FS).Open":
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && len(call.Args) == 1 {
			tree, name = sel.X, call.Args[0]
		}
	case "io/fs.ReadFile":
		if len(call.Args) == 2 {
			tree, name = call.Args[0], call.Args[1]
		}
	}
	if tree == nil {
		return nil, false
	}
	v := r.Embed(tree)
	path, ok := r.Text(name)
	if v == nil || !ok || path.Holes {
		return nil, false
	}
	return fileText(v, string(path.Bytes))
}

// fileText reads an embedded file: the only one of a variable, or of a tree the one of
// that name.
func fileText(v *embedded.Variable, name string) (*Text, bool) {
	for _, f := range v.Files {
		if f.Name != name && (name != "" || len(v.Files) != 1) {
			continue
		}
		b, err := f.Read(maxText)
		if err != nil {
			return nil, false // embeddedblob tells of files that cannot be read
		}
		t := &Text{Embedded: f.Name}
		t.add(b, token.NoPos, true)
		return t, true
	}
	return nil, false
}

// returned follows a function of this package whose body is one return statement.
func (r *Reader) returned(fn *types.Func) (*Text, bool) {
	if fn.Pkg() != r.pass.Pkg || fn.Signature().Params().Len() > 0 {
		return nil, false
	}
	r.index()
	decl := r.bodies[fn]
	if decl == nil || decl.Body == nil || len(decl.Body.List) != 1 {
		return nil, false
	}
	ret, ok := decl.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return nil, false
	}
	return r.Text(ret.Results[0])
}

// join joins strings, which are all unless more may follow.
func (r *Reader) join(elts []ast.Expr, whole bool, between *Text) (*Text, bool) {
	out, known := &Text{Holes: !whole}, false
	for i, e := range elts {
		if i > 0 {
			out.all(between)
		}
		if t, ok := r.Text(e); ok {
			out.all(t)
			known = true
		} else {
			out.hole(e.Pos())
		}
		if len(out.Bytes) > maxText {
			return nil, false
		}
	}
	return out, known
}

// maxElements bounds a slice.
const maxElements = 4096

// Slice works out the elements of a slice of strings, as far as the source spells them,
// and reports whether these are all.
func (r *Reader) Slice(e ast.Expr) (elts []ast.Expr, whole bool) {
	if !r.deeper() {
		r.done()
		return nil, false
	}
	defer r.done()
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			elts = append(elts, elt)
		}
		return elts[:min(len(elts), maxElements)], len(elts) <= maxElements
	case *ast.CallExpr:
		return r.appended(e)
	case *ast.SliceExpr:
		// The rest of a list: args[1:].
		low, ok := 0, e.Low == nil
		if !ok {
			low, ok = r.number(e.Low)
		}
		elts, whole := r.Slice(e.X)
		if !ok || e.High != nil || low > len(elts) {
			return nil, false
		}
		return elts[low:], whole
	case *ast.Ident, *ast.SelectorExpr:
		v, ok := r.object(e).(*types.Var)
		if !ok {
			return nil, false
		}
		r.index()
		whole = true
		for i, a := range r.values[v] {
			if a.value == nil || i > 0 && !r.appends(a.value, v) {
				whole = false
				continue
			}
			if i > 0 {
				// args = append(args, …): what was there is there already.
				call := ast.Unparen(a.value).(*ast.CallExpr)
				more, all := r.rest(call)
				elts, whole = append(elts, more...), whole && all
				continue
			}
			elts, whole = r.Slice(a.value)
		}
		return elts[:min(len(elts), maxElements)], whole && len(elts) <= maxElements && len(r.values[v]) > 0
	}
	return nil, false
}

// appends reports a call of append to a variable.
func (r *Reader) appends(e ast.Expr, v types.Object) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	b, ok := r.info.Uses[id].(*types.Builtin)
	return ok && b.Name() == "append" && (v == nil || r.object(call.Args[0]) == v)
}

func (r *Reader) appended(call *ast.CallExpr) ([]ast.Expr, bool) {
	if tv := r.info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return r.Slice(call.Args[0])
	}
	if !r.appends(call, nil) {
		return nil, false
	}
	elts, whole := r.Slice(call.Args[0])
	more, all := r.rest(call)
	return append(elts[:len(elts):len(elts)], more...), whole && all
}

// rest are the elements that a call of append adds.
func (r *Reader) rest(call *ast.CallExpr) ([]ast.Expr, bool) {
	if call.Ellipsis.IsValid() && len(call.Args) == 2 {
		return r.Slice(call.Args[1])
	}
	return call.Args[1:], true
}
