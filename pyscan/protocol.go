package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// ProtocolPolicy is what a project has settled about the protocols of its pickles. The
// zero value settles nothing.
type ProtocolPolicy struct {
	// Min and Max bound the protocols that may be written; nil for no bound.
	Min, Max *int
	// Require: every dump says its protocol, unless it is known to stay in the process.
	Require bool
}

// pins reports that a protocol that hangs on the running Python is against the policy.
func (p ProtocolPolicy) pins() bool { return p.Min != nil || p.Max != nil }

// dumped is a place where a protocol is chosen, or none is.
type dumped struct {
	// node is the call, or the setting.
	node syntax.Index
	// what is how messages call it, and to what is behind "writes".
	what string
	// fact is what the catalogue says of the call; nil for a setting.
	fact *catalog.PythonDump
	// arguments are those of the call.
	arguments arguments
	// value is the argument that holds the protocol, or None.
	value syntax.Index
	// bound: the call only binds arguments ahead of another. hidden: the protocol may be
	// passed where the source does not show it. reference: nothing is called there.
	bound, hidden, reference bool
	// via is what was bound to the name that is called, or None.
	via syntax.Index
}

// protocols looks at all of what writes pickles in the file.
func (f *file) protocols(j *judging, policy ProtocolPolicy) {
	p := &protocolJudge{file: f, table: f.table(f.gate.dumps.words), policy: policy, loads: j.loads}
	calls := make(map[syntax.Index]bool)
	all := p.find()
	for _, d := range all {
		calls[d.node] = true
	}
	settings := p.findSettings(calls)
	p.settle(all, settings)
	all = append(all, settings...)
	for k := range all {
		if k == maxDumps {
			n := &p.tree.Nodes[all[k].node]
			j.res.skip(p.location(n.Start, n.End), "of more than %d calls and settings that write pickles the protocol is not looked at", maxDumps)
			break
		}
		p.judge(j, &all[k])
	}
}

// protocolJudge looks at the dumps of one file.
type protocolJudge struct {
	*file
	// table follows the names of what writes pickles, too.
	table  *names.Table
	policy ProtocolPolicy
	// uses holds the places at which names are read, and sets the values that attributes are
	// set to, by their names; once asked.
	uses, sets map[string][]syntax.Index
	// imports are those from modules, see given.
	imports map[string]string
	settled settled
	// loads are the expressions that the file decodes, and read where these lead, once asked.
	loads []syntax.Index
	read  []leads
	// steps counts what was looked at for one dump, see maxProtocolSteps.
	steps int
	// all: calls are also wanted of which the source does not show the protocol, or where
	// nobody chooses it, and references that are not called.
	all bool
	// python2 says whether something in the file speaks of Python 2, once asked.
	python2 *bool
}

// maxDumps bounds the dumps of a file that are looked at.
const maxDumps = 10_000

// maxProtocolSteps bounds the expressions that are looked at for one dump. Beyond it nothing is
// known of where the bytes go.
const maxProtocolSteps = 512

// find returns the calls that write pickles, in order.
func (p *protocolJudge) find() (out []dumped) {
	seen := make(map[syntax.Index]bool)
	take := func(d dumped, ok bool) {
		if ok && !seen[d.node] {
			seen[d.node] = true
			out = append(out, d)
		}
	}
	for i := range p.tree.Nodes {
		i := syntax.Index(i)
		switch p.tree.Kind(i) {
		case syntax.Identifier:
			if p.table.IsUse(i) {
				take(p.callAt(i))
			}
		case syntax.Attribute:
			take(p.methodAt(i))
		}
	}
	return out
}

// callAt looks at the expression that begins with the identifier at node i.
func (p *protocolJudge) callAt(i syntax.Index) (dumped, bool) {
	chain := p.table.Start(i)
	for more := true; more; more = chain.Step() {
		for _, target := range chain.Result.Targets {
			fact, ok := p.gate.catalog.PythonDump(target.Name)
			if !ok || target.Called || len(fact.Protocol) == 0 && !p.all {
				continue
			}
			if d, ok := p.callOf(chain.Node, target, fact); ok {
				return d, true
			}
		}
	}
	return p.givenAt(i)
}

// givenAt looks at a call of an attribute of a module that another module gives under its own
// name: from .compat import pickle.
func (p *protocolJudge) givenAt(i syntax.Index) (dumped, bool) {
	attribute := p.tree.Parent(i)
	if p.tree.Kind(attribute) != syntax.Attribute || p.tree.Nodes[i].Field != syntax.Object || !p.isFunction(attribute) {
		return dumped{}, false
	}
	module := p.given()[string(p.tree.Text(i))]
	if module == "" || len(p.table.Identifier(i).Targets) > 0 {
		return dumped{}, false
	}
	fact, ok := p.gate.catalog.PythonDump(p.gate.catalog.PythonAlias(module + "." + p.lastWord(attribute)))
	if !ok || len(fact.Protocol) == 0 && !p.all {
		return dumped{}, false
	}
	d := dumped{node: p.tree.Parent(attribute), what: fact.Name, fact: fact}
	d.arguments = p.file.arguments(d.node, 0)
	value, hidden := p.protocolIn(&d)
	d.value, d.hidden = value, hidden
	return d, p.all || !hidden
}

// given returns the names that the file imports from some module, with what they are called
// there.
func (p *protocolJudge) given() map[string]string {
	if p.imports != nil {
		return p.imports
	}
	p.imports = make(map[string]string)
	for i := range p.tree.Nodes {
		i := syntax.Index(i)
		if p.tree.Kind(i) != syntax.ImportFromStatement {
			continue
		}
		for c := p.tree.First(i); c != syntax.None; c = p.tree.Next(c) {
			if p.tree.Nodes[c].Field != syntax.Name {
				continue
			}
			name, local := c, c
			if p.tree.Kind(c) == syntax.AliasedImport {
				name, local = p.tree.Child(c, syntax.Name), p.tree.Child(c, syntax.Alias)
			}
			if name != syntax.None && local != syntax.None {
				p.imports[string(p.tree.Text(local))] = string(p.tree.Text(name))
			}
		}
	}
	return p.imports
}

// callOf looks at what is done with an expression that stands for what writes pickles.
func (p *protocolJudge) callOf(at syntax.Index, target names.Target, fact *catalog.PythonDump) (dumped, bool) {
	d := dumped{node: at, what: fact.Name, fact: fact, arguments: arguments{starred: -1}, via: target.Via}
	for _, partial := range target.Partials {
		d.arguments = d.arguments.then(p.file.arguments(partial, 1))
	}
	top := p.top(at)
	switch {
	case p.isFunction(top):
		d.node = p.tree.Parent(top)
		if slices.ContainsFunc(target.Classes, p.definesInit) {
			d.hidden = true
			return d, p.all // what its arguments are is its own business
		}
		bound, _ := p.protocolIn(&d)
		d.arguments = d.arguments.then(p.file.arguments(d.node, 0))
		d.bound = bound != syntax.None
	case len(target.Partials) > 0 && p.table.Binds(at):
		d.bound = true
	default:
		d.reference = true
		return d, p.all && p.handed(top, target)
	}
	value, hidden := p.protocolIn(&d)
	d.value, d.hidden = value, hidden
	return d, p.all || !hidden && (value != syntax.None || !d.bound)
}

// definesInit reports a class that takes arguments of its own.
func (p *protocolJudge) definesInit(class syntax.Index) bool {
	body := p.tree.Child(class, syntax.Body)
	if body == syntax.None {
		return false
	}
	for c := p.tree.First(body); c != syntax.None; c = p.tree.Next(c) {
		if p.tree.Kind(c) != syntax.FunctionDefinition {
			continue
		}
		if name := p.tree.Child(c, syntax.Name); name != syntax.None && string(p.tree.Text(name)) == "__init__" {
			return true
		}
	}
	return false
}

// methodAt looks at an attribute that writes pickles, whatever it is taken of.
func (p *protocolJudge) methodAt(i syntax.Index) (dumped, bool) {
	name, of := p.tree.Child(i, syntax.AttributeName), p.tree.Child(i, syntax.Object)
	if name == syntax.None || of == syntax.None || !p.isFunction(i) {
		return dumped{}, false
	}
	word := string(p.tree.Text(name))
	fact, ok := p.gate.dumps.methods[word]
	if !ok || len(fact.Protocol) == 0 && !p.all {
		return dumped{}, false
	}
	// A function of a module has other arguments, and stands under its name.
	if own, other := p.table.Defines(p.unwrap(of), word); own || other {
		return dumped{}, false
	}
	d := dumped{node: p.tree.Parent(i), what: word, fact: fact}
	d.arguments = p.file.arguments(d.node, 0)
	value, hidden := p.protocolIn(&d)
	d.value, d.hidden = value, hidden
	return d, p.all || !hidden
}

// protocolIn finds the argument that holds the protocol. hidden means that it may have been
// passed where the source does not show it.
func (p *protocolJudge) protocolIn(d *dumped) (value syntax.Index, hidden bool) {
	for _, arg := range d.fact.Protocol {
		got, maybe := d.arguments.find(arg)
		if got != syntax.None {
			return got, false
		}
		hidden = hidden || maybe
	}
	return syntax.None, hidden
}
