package proof

import "strings"

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
