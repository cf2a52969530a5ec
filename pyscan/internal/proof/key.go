package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// keyFlaw tells what is wrong with a key.
func (r *run) keyFlaw(key termID, data []termID, public bool, st *state) Flaw {
	p := r.p
	if key == 0 {
		return NoKey
	}
	if flaw := r.literalKey(key, public, 0); flaw == EmptyKey && p.isFilled(st, key) {
		return Sound
	} else if flaw != Sound {
		return flaw
	}
	// All that the key is made of comes out of what it is to vouch for.
	from := p.roots(key)
	if len(from) == 0 {
		return 0
	}
	known := make(map[termID]bool)
	for _, d := range data {
		for id := range p.roots(d) {
			known[id] = true
		}
	}
	for id := range from {
		if !known[id] {
			return 0
		}
	}
	if f, ok := p.holds(st, key, 0); ok && f.check >= 0 && f.flaw == 0 {
		return 0
	}
	return MessageKey
}

// filledMark marks a term of which it is known that it is not empty.
func (p *prover) filledMark(id termID) termID {
	return p.term(term{kind: both, text: "filled", args: []termID{id, id}})
}

// isFilled reports a key that was tested to be there.
func (p *prover) isFilled(st *state, key termID) bool {
	for range maxNest {
		if _, ok := st.facts[p.filledMark(key)]; ok {
			return true
		}
		t := &p.terms[key]
		if t.kind != carried || t.args[0] == 0 {
			return false
		}
		key = t.args[0]
	}
	return false
}

// literalKey reports a key that everybody can read in the source.
func (r *run) literalKey(key termID, public bool, depth int) Flaw {
	p := r.p
	if key == 0 || depth > maxNest/4 || !p.spend(1) {
		return 0
	}
	t := &p.terms[key]
	switch t.kind {
	case constant:
		switch {
		case t.text == "None" || emptyText(t.text):
			return EmptyKey
		case public || strings.Contains(t.text, "-----BEGIN PUBLIC") || strings.Contains(t.text, "-----BEGIN CERT"):
			return 0
		}
		return LiteralKey
	case symbol:
		if !public {
			return p.farKey(t.text)
		}
	case carried, slice, each, item:
		return r.literalKey(t.args[0], public, depth+1)
	case either:
		if left := &p.terms[t.args[0]]; left.kind == constant && falsy(left.text) {
			return r.literalKey(t.args[1], public, depth+1)
		}
		if flaw := r.literalKey(t.args[1], public, depth+1); flaw != 0 {
			return DefaultKey
		}
		return r.literalKey(t.args[0], public, depth+1)
	case chosen:
		for _, a := range t.args[1:] {
			if flaw := r.literalKey(a, public, depth+1); flaw != 0 {
				return DefaultKey
			}
		}
	case joined, result:
		for _, a := range p.inputs[key] {
			if flaw := r.literalKey(a, public, depth+1); flaw != 0 {
				return asDefault(flaw)
			}
		}
	case concat:
		for _, a := range t.args {
			if p.is(a, object) {
				if flaw := r.literalKey(a, public, depth+1); flaw != 0 {
					return flaw
				}
			} else if !p.is(a, constant) {
				return 0
			}
		}
		if len(t.args) > 0 && p.is(t.args[0], constant) {
			return LiteralKey
		}
	case digest:
		if t.args[0] == 0 && len(t.args) > 1 {
			return r.literalKey(p.term(term{kind: concat, text: "+", args: t.args[1:]}), public, depth+1)
		}
	case object:
		if made, ok := p.made[key]; ok && len(made.positional)+len(made.keywords) > 0 {
			return r.literalKey(made.get("key", 0), public, depth+1)
		}
	case opaque:
		// os.environ.get("KEY", "secret")
		if made, ok := p.made[key]; ok && p.catalog.PythonVerb(lastWord(t.text), catalog.Defaults) {
			at := 1
			if lastWord(t.text) == "getattr" {
				at = 2
			}
			value := made.get("default", at)
			if value != 0 && (!p.is(value, constant) || p.terms[value].text != "None") {
				if flaw := r.literalKey(value, public, depth+1); flaw != 0 {
					return asDefault(flaw)
				}
			}
		}
		if made, ok := p.made[key]; ok && transforms(t.text) {
			first := made.get("", 0)
			if lastWord(t.text) == "pbkdf2_hmac" {
				first = made.get("password", 1)
			}
			if first != 0 {
				return r.literalKey(first, public, depth+1)
			}
		}
	case variable, attribute, parameter:
		at, ok := p.seenAt[key]
		if !ok || p.evaluating[at] {
			return 0
		}
		p.evaluating[at] = true
		defer delete(p.evaluating, at)
		given, all := p.names.Given(at)
		if len(given) == 0 && !public {
			return p.farKey(p.imported(at))
		}
		literal, worst := 0, Sound
		for _, value := range given {
			value := r.static(value)
			flaw := r.literalKey(value, public, depth+1)
			if flaw == EmptyKey && (!all || len(given) > 1 && p.terms[value].text == "None") {
				continue // None until somebody says otherwise
			}
			if flaw != Sound {
				literal++
				worst = max(worst, flaw)
			}
		}
		if all && literal == len(given) {
			return worst
		}
		return asDefault(worst)
	}
	return 0
}

// asDefault is the flaw of a key that is one of several.
func asDefault(flaw Flaw) Flaw {
	if flaw == LiteralKey {
		return DefaultKey
	}
	return flaw
}

// transforms reports a function that makes a key out of another: of a literal it makes
// one that everybody can make.
func transforms(name string) bool {
	last := lastWord(name)
	return last == "new" || strings.HasPrefix(last, "sha") || strings.HasPrefix(last, "md5") || last == "pbkdf2_hmac" || last == "derive" || last == "bytes" || last == "digest"
}

// roots are the values out of which a term is made that come from somewhere: parameters,
// what calls returned, variables of which nothing is known.
func (p *prover) roots(id termID) map[termID]bool {
	out := make(map[termID]bool)
	seen := make(map[termID]bool)
	var walk func(id termID, depth int)
	walk = func(id termID, depth int) {
		if id == 0 || seen[id] || depth > maxNest || len(seen) > maxVisit || !p.spend(1) {
			return
		}
		seen[id] = true
		t := &p.terms[id]
		switch t.kind {
		case constant, function, class, noTerm:
		case symbol:
			if of := requestOf(t.text); of != "" {
				out[p.term(term{kind: symbol, text: of})] = true
			}
		case parameter:
			if !p.selves[id] {
				out[id] = true
			}
		case variable:
			out[id] = true
		case attribute:
			if base := t.args[0]; p.selves[base] || p.is(base, object) {
				out[id] = true
				return
			}
			walk(t.args[0], depth+1)
		case item, slice, each, stream, carried:
			walk(t.args[0], depth+1)
		case opaque:
			inner := false
			args := t.args
			if p.derives(t.text) && len(args) > 1 {
				args = args[:1] // by which key something is looked up is another matter
			}
			for _, a := range args {
				before := len(out)
				walk(a, depth+1)
				inner = inner || len(out) > before
			}
			if !inner {
				out[id] = true
			}
		default:
			for _, a := range p.parts(id) {
				walk(a, depth+1)
			}
		}
	}
	walk(id, 0)
	return out
}

// pinFlaw tells what is wrong with what a digest without a key is compared with.
func (r *run) pinFlaw(other termID, data []termID) Flaw {
	p := r.p
	if r.pinned(other, 0) {
		return 0
	}
	mine := make(map[termID]bool)
	for _, d := range data {
		for id := range p.roots(d) {
			mine[id] = true
		}
	}
	for id := range p.roots(other) {
		t := &p.terms[id]
		switch {
		case mine[id]:
			return Unkeyed
		case t.kind == parameter && expected(t.text), t.kind == attribute && expected(t.text), t.kind == variable && t.text != "request":
		case t.kind == attribute && p.selves[t.args[0]]:
		case t.kind == opaque && settled(t.text):
		default:
			return Unkeyed
		}
	}
	return 0
}

// pinned reports a value that stands in the source, or in what the program is configured
// by.
func (r *run) pinned(id termID, depth int) bool {
	p := r.p
	if depth > maxNest/4 {
		return false
	}
	t := &p.terms[id]
	switch t.kind {
	case constant:
		return true
	case symbol:
		return requestOf(t.text) == ""
	case carried, slice, item, each, attribute:
		return r.pinned(t.args[0], depth+1)
	case opaque:
		return len(t.args) > 0 && (lastWord(t.text) == "get" || lastWord(t.text) == "getenv" || lastWord(t.text) == "pop") && r.pinned(t.args[0], depth+1)
	case concat:
		for _, a := range t.args {
			if !r.pinned(a, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

// expected reports the name of something that its owner knew before.
func expected(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"expect", "pinned", "known", "trusted", "allow", "approved", "good", "setting", "config"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func settled(name string) bool {
	return strings.HasPrefix(name, "os.getenv") || strings.HasPrefix(name, "os.environ") || strings.Contains(name, "settings") || strings.Contains(name, "config")
}

// requestOf returns the part of a dotted name that is a request, or "": what clients sent
// stands in its attributes.
func requestOf(name string) string {
	if at := strings.Index(name+".", ".request."); at >= 0 {
		return name[:at+len(".request")]
	}
	return ""
}

func lastWord(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// short reports arguments that ask for a digest of only a few bytes.
func (p *prover) short(a *arguments) bool {
	v := a.keywords["digest_size"]
	if v == 0 || !p.is(v, constant) {
		return false
	}
	n := number(p.terms[v].text)
	return n > 0 && n < minDigest
}

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
