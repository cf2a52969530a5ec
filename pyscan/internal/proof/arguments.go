package proof

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// arguments are those of a call.
type arguments struct {
	positional []termID
	keywords   map[string]termID
	// open: there may be more than is seen.
	open bool
}

// get returns an argument by name or by position, or 0.
func (a *arguments) get(name string, position int) termID {
	if v := a.keywords[name]; v != 0 && name != "" {
		return v
	}
	if position >= 0 && position < len(a.positional) {
		return a.positional[position]
	}
	return 0
}

func (r *run) arguments(call syntax.Index, st *state) arguments {
	p, t := r.p, r.p.tree
	a := arguments{}
	list := t.Child(call, syntax.Arguments)
	if list == syntax.None {
		return a
	}
	if t.Kind(list) == syntax.GeneratorExpression {
		a.positional = []termID{r.eval(list, st)}
		return a
	}
	for c := t.First(list); c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.KeywordArgument:
			if id, v := t.Child(c, syntax.Name), t.Child(c, syntax.Value); id != syntax.None && v != syntax.None {
				if a.keywords == nil {
					a.keywords = make(map[string]termID)
				}
				a.keywords[string(t.Text(id))] = r.eval(v, st)
			}
		case syntax.ListSplat, syntax.DictionarySplat:
			a.open = true
			// f(*parts): what is handed on is some of the parts.
			if inner := t.First(c); inner != syntax.None {
				v := r.eval(inner, st)
				if c := &p.terms[v]; c.kind == concat && c.text == "" && t.Kind(list) == syntax.ArgumentList && len(a.keywords) == 0 {
					a.positional = append(a.positional, c.args...)
					continue
				}
				a.positional = append(a.positional, p.term(term{kind: item, text: "*", args: []termID{v, 0}}))
			}
		default:
			a.positional = append(a.positional, r.eval(c, st))
		}
		if len(a.positional) > maxItems {
			break
		}
	}
	return a
}
