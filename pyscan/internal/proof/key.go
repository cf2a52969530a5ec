package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
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
