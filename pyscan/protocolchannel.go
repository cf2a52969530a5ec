package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// channel is where the bytes of a dump go, as far as the function around it shows. The zero
// value is that nothing shows it.
type channel uint8

// The ways, from what says least to what says most.
const (
	// unseen: nothing shows it.
	unseen channel = iota
	// staying: they are read again in the process, or measured, or gone with it.
	staying
	// made: a function that makes bytes for others returns them.
	made
	// likely: what they are written to is called like a file.
	likely
	// leaving: they leave the process.
	leaving
)

const (
	// maxWayHops bounds the names between a dump and where it goes, and maxUses how
	// often one of them is looked at.
	maxWayHops = 4
	maxUses    = 64
)

// wayOf tells where a dump goes.
func (p *protocolJudge) wayOf(d *dumped) channel {
	if d.fact == nil {
		return leaving
	}
	switch d.fact.To {
	case catalog.ToProcess:
		return staying
	case catalog.ToStore:
		return leaving
	case catalog.ToBytes:
		return p.followed(d.node, 0)
	}
	value, _ := d.arguments.find(d.fact.Arg)
	if value == syntax.None {
		return unseen
	}
	return p.streamWay(value, d.fact.To == catalog.ToPath, 0)
}

// step reports that there may be another one.
func (p *protocolJudge) step() bool {
	p.steps++
	return p.steps <= maxProtocolSteps
}

// streamWay tells where an open file leads, or a path if it may be one.
func (p *protocolJudge) streamWay(i syntax.Index, path bool, hops int) channel {
	i = p.unwrap(i)
	if !p.step() || hops > maxWayHops {
		return unseen
	}
	switch p.tree.Kind(i) {
	case syntax.Call:
		return p.openedWay(i, path)
	case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator:
		if path {
			return p.pathWay(i)
		}
	case syntax.Identifier:
		if p.partOf(string(p.tree.Text(i)), catalog.NamesTemporary) {
			return p.temporary(i)
		}
		if value := p.table.OnlyValue(i); value != syntax.None {
			way := p.streamWay(value, path, hops+1)
			if way == staying {
				// What was written to memory may be sent on.
				way = max(way, p.usesOf(i, hops+1))
			}
			return way
		}
		return p.namedWay(i, string(p.tree.Text(i)), path)
	case syntax.Attribute:
		if word := p.lastWord(i); word == "buffer" || word == "raw" {
			return p.streamWay(p.tree.Child(i, syntax.Object), path, hops+1) // sys.stdout.buffer
		}
		return p.namedWay(i, p.lastWord(i), path)
	case syntax.Subscript:
		if path {
			return leaving
		}
	case syntax.NamedExpression:
		return p.streamWay(p.tree.Child(i, syntax.Value), path, hops+1)
	}
	return unseen
}

// openedWay tells where that leads which a call opens.
func (p *protocolJudge) openedWay(call syntax.Index, path bool) channel {
	function := p.tree.Child(call, syntax.Function)
	word := p.lastWord(function)
	switch ch := p.channel(word); {
	case ch == nil:
	case ch.Is(catalog.NamesMemory):
		return staying
	case ch.Is(catalog.NamesTemporary):
		return p.temporary(call)
	case ch.Is(catalog.NamesFile):
		return p.pathWay(call)
	}
	if path {
		return p.pathWay(call)
	}
	return p.namedWay(call, word, false)
}

// pathWay tells whether a path, or the call that opens it, leads to something that stays.
func (p *protocolJudge) pathWay(i syntax.Index) channel {
	out := leaving
	for k := i; k < p.tree.Nodes[i].After && p.step(); k++ {
		if p.tree.Kind(k) != syntax.Identifier {
			if p.tree.Kind(k) == syntax.String && strings.Contains(string(p.tree.Text(k)), "/dev/null") {
				return staying
			}
			continue
		}
		word := string(p.tree.Text(k))
		if p.partOf(word, catalog.NamesMemory) {
			return staying
		}
		if p.partOf(word, catalog.NamesTemporary) {
			out = p.temporary(k)
			continue
		}
		value := p.table.OnlyValue(k)
		if value == syntax.None && k != i && p.mentions(p.around(k), "mkstemp(") {
			out = p.temporary(k) // handle, path = tempfile.mkstemp()
		}
		if value != syntax.None && p.table.IsUse(k) && p.namesTemporary(value, 0) {
			out = p.temporary(k)
		}
	}
	return out
}

// namesTemporary reports that a path is made from the name of something temporary.
func (p *protocolJudge) namesTemporary(path syntax.Index, hops int) bool {
	for n := path; n < p.tree.Nodes[path].After && p.step(); n++ {
		if p.tree.Kind(n) != syntax.Identifier {
			continue
		}
		if p.partOf(string(p.tree.Text(n)), catalog.NamesTemporary) {
			return true
		}
		if value := p.table.OnlyValue(n); hops < maxWayHops && value != syntax.None && value != path && p.table.IsUse(n) && p.namesTemporary(value, hops+1) {
			return true
		}
	}
	return false
}

// renames are calls by which a temporary file becomes one that stays.
var renames = []string{"os.replace(", "os.rename(", "os.link(", "shutil.move(", "shutil.copy", ".rename(", ".replace(", ".move(", ".upload"}

// temporary tells where a temporary file leads: nowhere, unless the function moves it.
func (p *protocolJudge) temporary(i syntax.Index) channel {
	if p.mentions(p.around(i), renames...) {
		return leaving
	}
	return staying
}

// mentions reports that some text stands in that of a node.
func (p *protocolJudge) mentions(i syntax.Index, words ...string) bool {
	text := p.tree.Text(i)
	return len(text) < maxTemporary && slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(text, []byte(word)) })
}

// maxTemporary bounds a function that is searched for what becomes of a temporary file, in
// bytes.
const maxTemporary = 64 << 10

// around returns the function around a node, the module, or what stands maxClimb nodes above.
func (p *protocolJudge) around(i syntax.Index) syntax.Index {
	for range maxClimb {
		parent := p.tree.Parent(i)
		if parent == syntax.None {
			return i
		}
		i = parent
		if kind := p.tree.Kind(i); kind == syntax.FunctionDefinition || kind == syntax.Lambda {
			return i
		}
	}
	return i
}

// followed tells where the value of an expression goes.
func (p *protocolJudge) followed(i syntax.Index, hops int) channel {
	for p.step() {
		parent := p.tree.Parent(i)
		if parent == syntax.None {
			return unseen
		}
		switch p.tree.Kind(parent) {
		case syntax.ParenthesizedExpression, syntax.Await, syntax.Tuple, syntax.List, syntax.Set, syntax.ExpressionList, syntax.Dictionary, syntax.Pair,
			syntax.ListSplat, syntax.BinaryOperator, syntax.ConditionalExpression, syntax.BooleanOperator, syntax.KeywordArgument, syntax.ListComprehension,
			syntax.GeneratorExpression, syntax.DictionaryComprehension, syntax.SetComprehension, syntax.Subscript, syntax.ArgumentList:
			i = parent
		case syntax.Attribute:
			call := p.tree.Parent(parent)
			ch := p.channel(p.lastWord(parent))
			switch {
			case ch == nil || p.tree.Kind(call) != syntax.Call:
				return unseen
			case ch.Is(catalog.Stays):
				return staying
			case !ch.Is(catalog.Passes):
				return unseen
			}
			i = call
		case syntax.Call:
			way, further := p.givenTo(parent, i, hops)
			if !further {
				return way
			}
			i = parent
		case syntax.Assignment:
			if p.tree.Nodes[i].Field != syntax.Right {
				return unseen
			}
			return p.assignedWay(p.tree.Child(parent, syntax.Left), hops)
		case syntax.NamedExpression:
			name := p.tree.Child(parent, syntax.Name)
			if way := p.usesOf(name, hops+1); way > unseen {
				return way
			}
			i = parent
		case syntax.ReturnStatement:
			return p.returnedWay(parent)
		case syntax.ComparisonOperator, syntax.AssertStatement:
			return staying
		default:
			return unseen
		}
	}
	return unseen
}

// givenTo tells what a call does with an argument. further: it returns it.
func (p *protocolJudge) givenTo(call, i syntax.Index, hops int) (w channel, further bool) {
	if p.tree.Nodes[i].Field == syntax.Function {
		return unseen, false
	}
	function := p.tree.Child(call, syntax.Function)
	ch := p.channel(p.lastWord(function))
	if ch == nil {
		return unseen, false
	}
	of := syntax.None
	if p.tree.Kind(function) == syntax.Attribute {
		of = p.tree.Child(function, syntax.Object)
	}
	switch {
	case ch.Is(catalog.Stays):
		return staying, false
	case ch.Is(catalog.Passes), ch.Is(catalog.NamesMemory):
		return unseen, true
	case !ch.Is(catalog.Leaves):
		return unseen, false
	case ch.Of != nil:
		if p.isOneOf(of, ch.Of) {
			return leaving, false
		}
		return unseen, false
	case of != syntax.None:
		if p.toFork(call, of, p.lastWord(function)) {
			return staying, false
		}
		// What is written to memory, or to a file that is gone, does not leave.
		if way := p.streamWay(of, p.lastWord(function) == "write_bytes", hops+1); way == staying {
			return way, false
		}
	}
	return leaving, false
}

// toFork reports a call that writes into a pipe that was made where it stands, a
// connection of multiprocessing, or what a program reads that was started with
// sys.executable: a process of the same Python is at the other end.
func (p *protocolJudge) toFork(call, of syntax.Index, method string) bool {
	switch method {
	case "send_bytes":
		return p.spells("multiprocessing") && p.spells("Pipe")
	case "send":
		return p.mentions(p.around(call), "Pipe(")
	case "write":
		if p.lastWord(p.unwrap(of)) == "stdin" {
			return p.mentions(p.around(call), "sys.executable")
		}
		return p.mentions(p.around(call), "os.pipe(") && p.mentions(p.around(call), "os.fork(")
	}
	return false
}

// assignedWay tells where that goes which is assigned to something.
func (p *protocolJudge) assignedWay(left syntax.Index, hops int) channel {
	left = p.unwrap(left)
	switch p.tree.Kind(left) {
	case syntax.Identifier:
		return p.usesOf(left, hops+1)
	case syntax.Subscript:
		ch, ok := p.gate.catalog.Channel("__setitem__")
		if of := p.tree.First(left); ok && of != syntax.None && p.isOneOf(of, ch.Of) {
			return leaving
		}
	}
	return unseen
}

// usesOf tells where a name goes behind the place at which it was bound or written to, in the
// same function.
func (p *protocolJudge) usesOf(name syntax.Index, hops int) (out channel) {
	if name == syntax.None || hops > maxWayHops {
		return unseen
	}
	if p.uses == nil {
		p.uses = make(map[string][]syntax.Index)
		for k := range p.tree.Nodes {
			if k := syntax.Index(k); p.tree.Kind(k) == syntax.Identifier && p.table.IsUse(k) {
				p.uses[string(p.tree.Text(k))] = append(p.uses[string(p.tree.Text(k))], k)
			}
		}
	}
	end := p.tree.Nodes[p.around(name)].After
	all := p.uses[string(p.tree.Text(name))]
	first, _ := slices.BinarySearch(all, name+1)
	for n, k := range all[first:] {
		if k >= end || n == maxUses || !p.step() {
			break
		}
		if out = max(out, p.followed(k, hops)); out == leaving {
			break
		}
	}
	return out
}
