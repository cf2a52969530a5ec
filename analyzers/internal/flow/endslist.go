package flow

import (
	"go/constant"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// sprintf fills a format.
func (e *Ends) sprintf(format phrase, list ssa.Value, f *frame, depth int) phrase {
	args := e.elements(list, f, depth)
	out, rest, next := phrase{}, format.text, 0
	for {
		before, after, found := strings.Cut(rest, "%")
		out = out.join(phrase{before, format.from})
		if !found {
			return out
		}
		end := strings.IndexFunc(after, func(r rune) bool { return r == '%' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
		if end < 0 {
			return unknownText
		}
		verb := after[:end+1]
		rest = after[end+1:]
		if verb == "%" {
			out = out.join(phrase{"%", format.from})
			continue
		}
		field := unknownText
		if next < len(args) && (verb == "s" || verb == "v" || verb == "d") {
			field = e.text(args[next], f, depth)
		}
		next++
		out = out.join(field)
	}
}

// elements are those of a list that is written down: the arguments of a variadic call, or a
// slice literal. An element that is a struct may be given by its address.
func (e *Ends) elements(v ssa.Value, f *frame, depth int) []ssa.Value {
	if e.work++; depth > maxText || e.work > maxWork {
		return nil
	}
	if p, ok := v.(*ssa.Parameter); ok {
		values, frames := e.passed(p, f)
		if len(values) == 1 {
			return e.elements(values[0], frames[0], depth+1)
		}
		return nil
	}
	slice, ok := v.(*ssa.Slice)
	if !ok || slice.Low != nil || slice.High != nil {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	type element struct {
		index int64
		value ssa.Value
	}
	var found []element
	for _, ref := range *array.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		c, ok := at.Index.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
			return nil
		}
		value := ssa.Value(at)
		if stored := storesTo(at); len(stored) == 1 {
			value = stored[0]
		}
		found = append(found, element{c.Int64(), value})
	}
	slices.SortStableFunc(found, func(a, b element) int { return int(a.index - b.index) })
	var out []ssa.Value
	for _, el := range found {
		out = append(out, el.value)
	}
	return out
}

// step goes to an element, or to what is put into a field of a struct that is in sight.
func (e *Ends) step(v ssa.Value, f *frame, step string, depth int) (ssa.Value, *frame) {
	if e.work++; v == nil || depth > maxText || e.work > maxWork {
		return nil, nil
	}
	depth++
	if n, err := strconv.Atoi(step); err == nil {
		if all := e.elements(v, f, depth); n < len(all) {
			return all[n], f
		}
		return nil, nil
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return e.step(v.X, f, step, depth)
	case *ssa.UnOp:
		return e.step(v.X, f, step, depth)
	case *ssa.Parameter:
		if values, frames := e.passed(v, f); len(values) == 1 {
			return e.step(values[0], frames[0], step, depth)
		}
	case *ssa.FreeVar:
		if all := e.bindings(v); len(all) == 1 {
			return e.step(all[0], nil, step, depth)
		}
	case *ssa.Call:
		if fn := e.p.local(v.Common()); fn != nil && !f.full(fn) {
			if all := returns(fn); len(all) == 1 {
				return e.step(all[0].Results[0], e.p.enter(f, fn, v), step, depth)
			}
		}
	case *ssa.Global:
		if all := e.p.stores[v.Object()]; len(all) == 1 {
			return e.step(all[0], nil, step, depth)
		}
	case *ssa.Alloc, *ssa.IndexAddr, *ssa.FieldAddr:
		return e.member(v, f, step, depth)
	}
	return nil, nil
}

// member goes to what is put into a field of a struct at an address.
func (e *Ends) member(addr ssa.Value, f *frame, name string, depth int) (ssa.Value, *frame) {
	for _, ref := range *addr.Referrers() {
		at, ok := ref.(*ssa.FieldAddr)
		if !ok || at.X != addr {
			continue
		}
		if field := fieldOf(at.X.Type(), at.Field); field == nil || field.Name() != name {
			continue
		}
		switch stored := storesTo(at); len(stored) {
		case 0:
			if len(*at.Referrers()) > 0 {
				return at, f // a struct within, filled field by field
			}
		case 1:
			return stored[0], f
		default:
			return nil, nil
		}
	}
	// The whole of it is put there, as the only thing: a variable, or a field of the package.
	whole := storesTo(addr)
	if at, ok := addr.(*ssa.FieldAddr); ok && len(whole) == 0 {
		if field := fieldOf(at.X.Type(), at.Field); field != nil && field.Pkg() == e.p.pass.Pkg {
			whole, f = e.p.stores[field], nil
		}
	}
	if len(whole) == 1 {
		return e.step(whole[0], f, name, depth)
	}
	return nil, nil
}
