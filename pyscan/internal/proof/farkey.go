package proof

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// farKey asks another module about a key that it gives a name.
func (p *prover) farKey(name string) Flaw {
	if p.Elsewhere == nil || name == "" {
		return Sound
	}
	if s := p.farAsk(&Question{Name: name, IsKey: true}); s != nil {
		return s.flaw
	}
	return Sound
}

// keyOf says what is wrong with what a name at the top of the file holds, as a key.
func (f *File) keyOf(name string) *Summary {
	p := f.prover(syntax.None, syntax.None, "")
	r := &run{p: p, graph: p.graph(0), outside: true}
	worst, all := Sound, true
	for _, i := range f.uses[name] {
		up := f.tree.Parent(i)
		if f.tree.Nodes[i].Field != syntax.Left || f.tree.Kind(up) != syntax.Assignment || f.names.Variable(i).Scope != 0 {
			continue
		}
		flaw := r.literalKey(r.eval(f.tree.Child(up, syntax.Right), &state{}), false, 0)
		if flaw == LiteralKey || flaw == DefaultKey {
			worst = max(worst, flaw)
		} else {
			all = false
		}
	}
	if p.over || worst == Sound {
		return nil
	}
	if !all {
		worst = asDefault(worst)
	}
	return &Summary{flaw: worst, About: syntax.None, work: p.work}
}
