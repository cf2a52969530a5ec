package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// isNamed reports a call of the function by which somebody says that the bytes are
// verified: it is spelled as it is named, or without the first parts of that.
func (p *prover) isNamed(call syntax.Index) bool {
	f := p.tree.Child(call, syntax.Function)
	if p.named == "" || f == syntax.None {
		return false
	}
	text := strings.Join(strings.Fields(string(p.tree.Text(f))), "")
	text = strings.TrimPrefix(strings.TrimPrefix(text, "self."), "cls.")
	return text == p.named || strings.HasSuffix(p.named, "."+text)
}

// unnamed reports that the named function is in reach of the call, and is not called on
// every way to it.
func (p *prover) unnamed(root syntax.Index, g *flow.Graph) bool {
	if p.named == "" || !p.inReach(root) {
		return false
	}
	var checks []int32
	for k := range g.Steps {
		if s := &g.Steps[k]; s.Op == flow.Call && p.isNamed(s.Node) {
			checks = append(checks, int32(k))
		}
	}
	for _, site := range g.CallSteps(p.site) {
		if reaches(g, 0, site, checks...) {
			return true
		}
	}
	return false
}

// inReach reports that the file defines or imports the named function, and that nobody
// but the function around the call can be where it is called.
func (p *prover) inReach(root syntax.Index) bool {
	first, _, _ := strings.Cut(p.named, ".")
	last := lastWord(p.named)
	if id := p.tree.Child(root, syntax.Name); p.tree.Kind(root) == syntax.FunctionDefinition && id != syntax.None {
		name := string(p.tree.Text(id))
		if name == last || strings.HasPrefix(name, "_") || p.names.CodeAt(root) != 0 || len(p.decorators(root)) > 0 {
			return false
		}
	}
	if p.names.Bound(p.variableOf(first, p.site)) {
		return true
	}
	in := p.names.ClassAt(root)
	return in != syntax.None && p.named == last && p.method(in, last) > 0
}
