package pyscan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// protocolNone is what None stands for: whatever is written without the argument.
const protocolNone catalog.Protocol = "none"

// maxProtocolHops bounds the names between an argument and its value, and maxProtocols what one may
// be.
const (
	maxProtocolHops = 8
	maxProtocols    = 8
)

// protocolsOf lists the protocols that an expression may be. ok is false if it may be
// anything else, or hangs on the version of Python.
func (p *protocolJudge) protocolsOf(value syntax.Index) (all []catalog.Protocol, ok bool) {
	ok = p.addProtocols(value, 0, &all)
	return all, ok && len(all) > 0 && len(all) <= maxProtocols
}

func (p *protocolJudge) addProtocols(i syntax.Index, hops int, all *[]catalog.Protocol) bool {
	if i = p.unwrap(i); i == syntax.None || hops > maxProtocolHops || len(*all) > maxProtocols {
		return false
	}
	add := func(protocol catalog.Protocol) bool {
		if !slices.Contains(*all, protocol) {
			*all = append(*all, protocol)
		}
		return true
	}
	switch p.tree.Kind(i) {
	case syntax.NoneLiteral:
		return add(protocolNone)
	case syntax.False:
		return add("0")
	case syntax.True:
		return add("1")
	case syntax.Integer, syntax.Other:
		if n, ok := integer(string(p.tree.Text(i))); ok {
			return add(catalog.Protocol(strconv.Itoa(n)))
		}
		return false
	case syntax.String:
		// An environment variable, a value of an INI file.
		text, ok := p.constant(i)
		if n, number := integer(strings.Trim(text, `"`)); ok && number {
			return add(catalog.Protocol(strconv.Itoa(n)))
		}
		return false
	case syntax.NamedExpression:
		return p.addProtocols(p.tree.Child(i, syntax.Value), hops+1, all)
	case syntax.ConditionalExpression:
		yes := p.tree.First(i)
		if yes == syntax.None || p.tree.Next(yes) == syntax.None {
			return false
		}
		condition := p.tree.Next(yes)
		return !asksForVersion(string(p.tree.Text(condition))) && p.addProtocols(yes, hops+1, all) && p.addProtocols(p.tree.Next(condition), hops+1, all)
	case syntax.Call:
		return p.leastProtocol(i, hops, all)
	case syntax.Identifier, syntax.Attribute:
		return p.namedProtocol(i, hops, all)
	}
	return false
}

// integer reads an integer as Python writes it.
func integer(text string) (int, bool) {
	text = strings.ReplaceAll(text, " ", "")
	n, err := strconv.ParseInt(strings.TrimSuffix(text, "L"), 0, 32)
	return int(n), err == nil
}

// leastProtocol takes min(4, pickle.HIGHEST_PROTOCOL) for 4, which is what every Python
// writes that can.
func (p *protocolJudge) leastProtocol(call syntax.Index, hops int, all *[]catalog.Protocol) bool {
	function := p.tree.Child(call, syntax.Function)
	word := p.lastWord(function)
	if word != "min" && word != "int" {
		return p.foundBy(call, all)
	}
	args := p.file.arguments(call, 0)
	if len(args.positional) == 0 || args.starred >= 0 {
		return false
	}
	var out []catalog.Protocol
	for _, arg := range args.positional {
		var one []catalog.Protocol
		if !p.addProtocols(arg, hops+1, &one) || len(one) != 1 {
			return false
		}
		out = append(out, one[0])
	}
	least := out[0]
	for _, protocol := range out[1:] {
		n, number := protocol.Number()
		if m, other := least.Number(); number && (!other || n < m) {
			least = protocol
		}
	}
	*all = append(*all, least)
	return true
}

// namedProtocol follows a name or an attribute.
func (p *protocolJudge) namedProtocol(i syntax.Index, hops int, all *[]catalog.Protocol) bool {
	if p.foundBy(i, all) {
		return true
	}
	if p.tree.Kind(i) == syntax.Identifier {
		if value := p.table.OnlyValue(i); value != syntax.None {
			if p.versioned(value) {
				return false
			}
			return p.addProtocols(value, hops+1, all)
		}
	}
	values, ok := p.table.Values(i)
	if !ok || slices.ContainsFunc(values, p.versioned) {
		return false
	}
	for _, value := range values {
		if p.tree.Kind(value) == syntax.Identifier || p.tree.Kind(value) == syntax.Attribute || !p.addProtocols(value, hops+1, all) {
			return false
		}
	}
	return true
}

// foundBy takes what the catalogue says of a constant: of its full name, if the file
// leads to one, or else of its last word.
func (p *protocolJudge) foundBy(i syntax.Index, all *[]catalog.Protocol) bool {
	known := p.gate.catalog.PythonProtocols()
	r := p.table.Expression(i)
	targets := r.Targets
	switch {
	case len(targets) == 0:
	case p.tree.Kind(i) == syntax.Identifier && !r.Complete, p.tree.Kind(i) == syntax.Attribute && p.setElsewhere(i):
		return false // a parameter with a default, say
	}
	if p.settled.words[p.lastWord(i)] {
		return false // pickle.HIGHEST_PROTOCOL = 4
	}
	for _, target := range targets {
		protocol, ok := known[target.Name]
		if !ok {
			protocol, ok = known[target.Name[strings.LastIndexByte(target.Name, '.')+1:]]
		}
		if !ok {
			return false
		}
		if !slices.Contains(*all, protocol) {
			*all = append(*all, protocol)
		}
	}
	if len(targets) > 0 || p.tree.Kind(i) == syntax.Call {
		return len(targets) > 0
	}
	protocol, ok := known[p.lastWord(i)]
	if ok && (p.tree.Kind(i) == syntax.Attribute || p.table.OnlyValue(i) == syntax.None) {
		*all = append(*all, protocol)
	}
	return ok && len(*all) > 0
}

// setElsewhere reports that the file sets an attribute of that name to something that is not
// known.
func (p *protocolJudge) setElsewhere(i syntax.Index) bool {
	if p.sets == nil {
		p.sets = make(map[string][]syntax.Index)
		for k := range p.tree.Nodes {
			k := syntax.Index(k)
			if p.tree.Kind(k) != syntax.Assignment {
				continue
			}
			left, right := p.tree.Child(k, syntax.Left), p.tree.Child(k, syntax.Right)
			if p.tree.Kind(left) == syntax.Attribute && right != syntax.None {
				p.sets[p.lastWord(left)] = append(p.sets[p.lastWord(left)], right)
			}
		}
	}
	word := p.lastWord(i)
	return slices.ContainsFunc(p.sets[word], func(right syntax.Index) bool {
		var all []catalog.Protocol
		return !p.step() || p.tree.Kind(right) == syntax.Attribute && p.lastWord(right) == word || !p.addProtocols(right, 1, &all)
	})
}

// versionMarks are words of conditions that ask which Python runs.
var versionMarks = []string{"version_info", "hexversion", "HIGHEST_PROTOCOL", "python_version", "PY2", "PY3", "six.", "sys.version"}

// asksForVersion reports a condition that asks which Python runs.
func asksForVersion(condition string) bool {
	return slices.ContainsFunc(versionMarks, func(mark string) bool { return strings.Contains(condition, mark) })
}

// versioned reports that a node is reached in some versions of Python only.
func (p *protocolJudge) versioned(i syntax.Index) bool {
	for n := 0; i != syntax.None && n < maxAround; i, n = p.tree.Parent(i), n+1 {
		parent := p.tree.Parent(i)
		condition := parent
		switch p.tree.Kind(parent) {
		case syntax.IfStatement, syntax.ElifClause, syntax.WhileStatement:
			if condition = p.tree.First(parent); condition == syntax.None {
				continue
			}
			fallthrough
		case syntax.BooleanOperator, syntax.ConditionalExpression:
			text := p.tree.Text(condition)
			if asksForVersion(string(text[:min(len(text), maxCondition)])) {
				return true
			}
		case syntax.FunctionDefinition, syntax.ClassDefinition, syntax.Lambda:
			return false
		}
	}
	return false
}

// maxAround bounds the nodes around one that are looked at, and maxCondition a condition, in
// bytes.
const (
	maxAround    = 256
	maxCondition = 1 << 10
)
