package pyscan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// leads is what tells of a path where it leads: the texts in it, and the variables and
// attributes that are the same wherever they are read.
type leads struct{ texts, names []string }

// meet reports that two paths may be one.
func (a leads) meet(b leads) bool {
	common := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
	}
	texts, names := len(a.texts) > 0 && len(b.texts) > 0, len(a.names) > 0 && len(b.names) > 0
	return (texts || names) && (!texts || common(a.texts, b.texts)) && (!names || common(a.names, b.names))
}

const (
	// maxReread bounds the loads of a file that are looked at, and maxLeads the nodes of a path.
	maxReread = 64
	maxLeads  = 256
)

// rereads reports a dump to a file that the same source loads again: from the same text or
// constant, the same variable of a function that is no parameter, or the same attribute of a
// class. Nothing says that another program reads it.
func (p *protocolJudge) rereads(d *dumped) bool {
	if d.fact == nil || d.fact.To != catalog.ToFile && d.fact.To != catalog.ToPath || len(p.loads) == 0 {
		return false
	}
	value, _ := d.arguments.find(d.fact.Arg)
	if value == syntax.None {
		return false
	}
	var written leads
	p.addLeads(&written, value, d.fact.To == catalog.ToPath, 0)
	p.addRenames(&written, d.node)
	if p.read == nil {
		spent := p.steps
		p.read = make([]leads, min(len(p.loads), maxReread))
		for k := range p.read {
			p.steps = 0
			p.addLeads(&p.read[k], p.loads[k], true, 0)
		}
		p.steps = spent
	}
	return slices.ContainsFunc(p.read, written.meet)
}

// addLeads adds what is in a path, or in what opens one. whole: a name that leads to nothing
// is a path itself.
func (p *protocolJudge) addLeads(out *leads, i syntax.Index, whole bool, hops int) {
	i = p.unwrap(i)
	if p.tree.Kind(i) == syntax.Identifier && !whole {
		if i = p.table.OnlyValue(i); i == syntax.None {
			return
		}
	}
	for n := i; n < min(p.tree.Nodes[i].After, i+maxLeads) && p.step(); n++ {
		switch p.tree.Kind(n) {
		case syntax.ArgumentList:
			if ch := p.channel(p.lastWord(p.tree.Child(p.tree.Parent(n), syntax.Function))); n > i && (ch == nil || !ch.Is(catalog.MakesPath) && !ch.Is(catalog.NamesFile) && !ch.Is(catalog.Passes)) {
				n = p.tree.Nodes[n].After - 1 // what else is called gives something else
			}
		case syntax.String:
			// What is shorter is a mode or an ending of one.
			if text := p.keyText(n); len(text) > 4 {
				out.texts = append(out.texts, text)
			}
		case syntax.Identifier:
			p.addName(out, n, hops)
		}
	}
}

// addName adds a constant of the module, what a variable of a function is made of, or an
// attribute of the class around. What a parameter is, others know.
func (p *protocolJudge) addName(out *leads, n syntax.Index, hops int) {
	if !p.table.IsUse(n) || p.table.Imported(n) {
		return
	}
	parent, word := p.tree.Parent(n), string(p.tree.Text(n))
	if p.tree.Kind(parent) == syntax.Attribute && p.tree.Nodes[n].Field == syntax.Object && (word == "self" || word == "cls") {
		out.names = append(out.names, fmt.Sprintf("%d.%s", p.classAround(n), p.lastWord(parent)))
		return
	}
	v := p.table.Variable(n)
	if !p.table.Bound(v) {
		return
	}
	name := fmt.Sprintf("%d %s", v.Scope, v.Name)
	if p.table.Code(v) == 0 {
		out.names = append(out.names, name)
		return
	}
	value := p.table.OnlyValue(n)
	if value == syntax.None || hops == maxWayHops {
		return
	}
	before := len(out.texts) + len(out.names)
	if p.addLeads(out, value, true, hops+1); len(out.texts)+len(out.names) == before {
		out.names = append(out.names, name)
	}
}

// classAround returns the class around a node, or None.
func (p *protocolJudge) classAround(i syntax.Index) syntax.Index {
	for n := 0; i != syntax.None && n < maxClimb; i, n = p.tree.Parent(i), n+1 {
		if p.tree.Kind(i) == syntax.ClassDefinition {
			return i
		}
	}
	return syntax.None
}

// addRenames adds the names that a file gets in the function around a node.
func (p *protocolJudge) addRenames(out *leads, node syntax.Index) {
	around := p.around(node)
	if !p.mentions(around, renames...) {
		return
	}
	for n := around; n < p.tree.Nodes[around].After && p.step(); n++ {
		if p.tree.Kind(n) != syntax.Call {
			continue
		}
		called, list := p.tree.Child(n, syntax.Function), p.tree.Child(n, syntax.Arguments)
		if called == syntax.None || list == syntax.None {
			continue
		}
		text := string(p.tree.Text(called)) + "("
		if slices.ContainsFunc(renames, func(name string) bool { return strings.Contains(text, name) }) {
			p.addLeads(out, list, true, 1)
		}
	}
}
